/* Where the terms of a timeline's query stand in a text: folded, so that width, case and script do
 * not matter, and looking through spaces and quotation marks, as the text index does. */
#include "api/timeline.h"

#include <string.h>

/* Folds `text` into job->folded, without what is looked through. */
static bool read_text(struct nq_timeline_job *j, struct nq_str text)
{
    struct nq_folded *f = &j->folded;
    size_t n = 0;
    if (!nq_fold_text(text, f)) {
        j->nomem = true;
        f->n = 0;
        return false;
    }
    for (size_t i = 0; i < f->n; i++) {
        if (f->cls[i] == NQ_CLASS_SPACE || f->cls[i] == NQ_CLASS_BRACKET)
            continue;
        f->cp[n] = f->cp[i];
        f->cls[n] = f->cls[i];
        f->start[n++] = f->start[i];
    }
    f->n = n;
    return true;
}

static bool is_latin(const struct nq_folded *f, size_t i)
{
    return f->cls[i] == NQ_CLASS_LETTER || f->cls[i] == NQ_CLASS_DIGIT;
}

/* Whether a word runs across an edge of the characters [first, last) of what was read: 公司法 in
 * 有限公司法定代表人, 开行 in 展开行动.  A longer word that holds them all is none. */
static bool crossed(struct nq_timeline_job *j, size_t first, size_t last)
{
    enum { AROUND = 8 }; /* characters */
    const struct nq_folded *f = &j->folded;
    size_t from = first > AROUND ? first - AROUND : 0;
    size_t to = last + AROUND < f->n ? last + AROUND : f->n;
    struct nq_folded around = {
        .cp = f->cp + from, .start = f->start + from, .end = f->end + from, .cls = f->cls + from};
    around.n = to - from;
    if (!nq_segment_folded(j->index->segmenter, &around, &j->words)) {
        j->nomem = true;
        return false;
    }
    for (size_t w = 0; w < j->words.n; w++) {
        size_t start = from + j->words.words[w].first, end = from + j->words.words[w].last;
        bool holds = start <= first && end >= last;
        if (!holds && ((start < first && end > first) || (start < last && end > last)))
            return true;
    }
    return false;
}

/* Whether the term is printed at `i` of what was read: never as a part of a Latin word. */
static bool printed(const struct nq_folded *f, const struct nq_timeline_term *term, size_t i)
{
    size_t end = i + term->n;
    return term->n > 0 && end <= f->n && f->cp[i] == term->cp[0] &&
           memcmp(&f->cp[i], term->cp, term->n * sizeof *term->cp) == 0 &&
           !(i > 0 && is_latin(f, i) && is_latin(f, i - 1)) &&
           !(end < f->n && is_latin(f, end - 1) && is_latin(f, end));
}

/* Whether the term stands at `i` of what was read, and not only across the edges of others. */
static bool stands(struct nq_timeline_job *j, size_t t, size_t i)
{
    const struct nq_timeline_term *term = &j->terms[t];
    if (!printed(&j->folded, term, i))
        return false;
    if (!term->word || !crossed(j, i, i + term->n))
        return true;
    j->mistaken |= 1u << t;
    return false;
}

/* Where the term first stands in what was read, SIZE_MAX where it does not. */
static size_t find(struct nq_timeline_job *j, size_t t)
{
    for (size_t i = 0; i < j->folded.n; i++)
        if (stands(j, t, i))
            return i;
    return SIZE_MAX;
}

bool nq_timeline_term_read(struct nq_timeline_job *j, struct nq_timeline_term *term)
{
    enum { SHORT = 4 }; /* characters */
    if (!read_text(j, term->text))
        return false;
    term->n = j->folded.n;
    term->word = term->n <= SHORT && nq_segmenter_has(j->index->segmenter, j->folded.cp, term->n);
    term->cp = nq_arena_array(j->arena, term->n + 1, sizeof *term->cp);
    if (term->cp)
        memcpy(term->cp, j->folded.cp, term->n * sizeof *term->cp);
    return term->cp != NULL;
}

bool nq_timeline_same_term(const struct nq_timeline_term *a, const struct nq_timeline_term *b)
{
    return a->n == b->n && memcmp(a->cp, b->cp, a->n * sizeof *a->cp) == 0;
}

bool nq_timeline_term_holds(const struct nq_timeline_term *term,
                            const struct nq_timeline_term *part)
{
    for (size_t i = 0; part->n && i + part->n <= term->n; i++)
        if (memcmp(&term->cp[i], part->cp, part->n * sizeof *part->cp) == 0)
            return true;
    return false;
}

uint64_t nq_timeline_all_of(const struct nq_timeline_term *whole)
{
    return whole->n < 64 ? (1ull << whole->n) - 1 : 0;
}

uint32_t nq_timeline_with_wholes(const struct nq_timeline_job *j, uint32_t terms)
{
    uint64_t covered[NQ_TIMELINE_TERMS] = {0};
    for (size_t t = 0; t < j->n_terms; t++) {
        const struct nq_timeline_term *part = &j->terms[t], *whole = &j->terms[part->whole];
        if (part->part && (terms >> t & 1 || (part->everywhere && whole->unseen)))
            covered[part->whole] |= part->covers;
    }
    for (size_t t = 0; t < j->n_terms; t++)
        if (covered[t] && covered[t] == nq_timeline_all_of(&j->terms[t]))
            terms |= 1u << t;
    return terms;
}

/* Whether the parts of a name of which `t` is the last to stand at `i` all stand near before it. */
static bool together(const struct nq_timeline_job *j, size_t t, size_t i, const size_t *last)
{
    enum { BETWEEN = 6 }; /* characters */
    size_t whole = j->terms[t].whole, reach = j->terms[whole].n + BETWEEN;
    uint64_t covered = 0;
    for (size_t k = 0; k < j->n_terms; k++)
        if (j->terms[k].part && j->terms[k].whole == whole && last[k] && i + 1 - last[k] <= reach)
            covered |= j->terms[k].covers;
    return covered && covered == nq_timeline_all_of(&j->terms[whole]);
}

uint32_t nq_timeline_terms_in(struct nq_timeline_job *j, struct nq_str text)
{
    uint32_t found = 0;
    uint64_t firsts = 0; /* of the terms' first characters, by their last bits */
    size_t last[NQ_TIMELINE_TERMS] = {0};
    if (text.len == 0 || !read_text(j, text))
        return 0;
    for (size_t t = 0; t < j->n_terms; t++)
        firsts |= 1ull << (j->terms[t].n ? j->terms[t].cp[0] & 63 : 0);
    for (size_t i = 0; i < j->folded.n; i++) {
        if (j->folded.cls[i] == NQ_CLASS_BREAK)
            memset(last, 0, sizeof last);
        if (!(firsts >> (j->folded.cp[i] & 63) & 1))
            continue;
        for (size_t t = 0; t < j->n_terms; t++) {
            if ((!j->terms[t].part && found >> t & 1) || !stands(j, t, i))
                continue;
            found |= 1u << t;
            last[t] = i + 1;
            if (j->terms[t].part && together(j, t, i, last))
                found |= 1u << j->terms[t].whole;
        }
    }
    return found & ~j->everywhere;
}

size_t nq_timeline_best_place(struct nq_timeline_job *j, struct nq_str text)
{
    size_t at = SIZE_MAX;
    double best = -1;
    if (!read_text(j, text))
        return SIZE_MAX;
    for (size_t t = 0; t < j->n_terms; t++) {
        size_t i = j->terms[t].weight > best ? find(j, t) : SIZE_MAX;
        if (i == SIZE_MAX)
            continue;
        best = j->terms[t].weight;
        at = j->folded.start[i];
    }
    return at;
}
