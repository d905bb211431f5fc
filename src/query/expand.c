/* From a query to a pattern. */
#include "query/expand.h"

#include "question_words.h"

/* The texts of one term on their way into the pattern. */
struct scratch {
    struct nq_folded folded;
    struct nq_atoms atoms;
    struct nq_word_buf words;
};

static bool is_question_word(const struct nq_atoms *atoms, size_t first, size_t last)
{
    const char *start = atoms->bytes + atoms->items[first].text;
    const struct nq_atom *end = &atoms->items[last - 1];
    struct nq_str word = {start, (size_t)(atoms->bytes + end->text + end->len - start)};
    for (size_t i = 0; i < NQ_COUNT(question_words); i++)
        if (nq_str_eq(word, nq_str_from(question_words[i])))
            return true;
    return false;
}

/* The atoms that word `w` consists of: [*first, *last), from *first of the word before on. */
static void atoms_of(const struct scratch *s, size_t w, size_t *first, size_t *last)
{
    uint32_t start = s->folded.start[s->words.words[w].first];
    uint32_t end = s->folded.end[s->words.words[w].last - 1];
    size_t i = *last;
    while (i < s->atoms.n && s->atoms.items[i].end <= start)
        i++;
    *first = i;
    while (i < s->atoms.n && s->atoms.items[i].start < end)
        i++;
    *last = i;
}

/* Adds [first, last), which holds no question word, as bigrams, and gives its atoms weight. */
static bool add_run(const struct scratch *s, size_t first, size_t last, bool exact,
                    struct nq_pattern *p)
{
    for (size_t i = first; i < last; i++) {
        if (i + 1 < last && s->atoms.items[i].join != NQ_JOIN_BREAK &&
            !nq_pattern_add(p, &p->bigrams, &s->atoms, i, i + 2, exact))
            return false;
        /* As a unit of one atom where it stands alone: so that it has a number. */
        if (last - first == 1 && !nq_pattern_add(p, &p->words, &s->atoms, i, i + 1, false))
            return false;
    }
    for (size_t i = first; i < last; i++) {
        const struct nq_map_entry *e = nq_map_find(&p->index, nq_atom_text(&s->atoms, i));
        if (e)
            p->idf[e->value] = 1;
    }
    return true;
}

static bool add_words(const struct scratch *s, bool keep_questions, bool exact,
                      struct nq_pattern *p, size_t *kept)
{
    size_t run = 0, first = 0, last = 0;
    for (size_t w = 0; w < s->words.n; w++) {
        atoms_of(s, w, &first, &last);
        if (first == last)
            continue;
        if (!keep_questions && is_question_word(&s->atoms, first, last)) {
            p->question = true;
            if (!add_run(s, run, first, exact, p))
                return false;
            run = last;
            continue;
        }
        ++*kept;
        bool single_han = last - first == 1 && s->atoms.items[first].cls == NQ_CLASS_HAN;
        if (!single_han && !nq_pattern_add(p, &p->words, &s->atoms, first, last, false))
            return false;
    }
    return add_run(s, run, s->atoms.n, exact, p);
}

/* Adds a term as units of terms, one for each of its clauses. */
static bool add_terms(const struct scratch *s, bool exact, struct nq_pattern *p)
{
    size_t first = 0;
    for (size_t i = 0; i < s->atoms.n; i++) {
        if (s->atoms.items[i].join != NQ_JOIN_BREAK)
            continue;
        if (!nq_pattern_add(p, &p->terms, &s->atoms, first, i + 1, exact))
            return false;
        first = i + 1;
    }
    return true;
}

static bool add_term(const struct nq_term *term, const struct nq_segmenter *segmenter,
                     bool keep_questions, struct scratch *s, struct nq_pattern *p, size_t *kept)
{
    return nq_fold_text(term->text, &s->folded) && nq_atoms_build(&s->folded, &s->atoms) &&
           nq_segment_folded(segmenter, &s->folded, &s->words) &&
           add_words(s, keep_questions || term->exact, term->exact, p, kept) &&
           add_terms(s, term->exact, p);
}

bool nq_expand(const struct nq_query *query, const struct nq_segmenter *segmenter,
               struct nq_pattern *p)
{
    struct scratch s = {0};
    bool ok = true;
    size_t kept = 0;
    for (int pass = 0; pass < 2 && kept == 0 && ok; pass++)
        for (size_t c = 0; c < query->n_clauses && ok; c++)
            for (size_t t = 0; t < query->clauses[c].n_terms && ok; t++)
                if (!query->clauses[c].negated && !nq_clause_is_filter(&query->clauses[c]))
                    ok = add_term(&query->clauses[c].terms[t], segmenter, pass > 0, &s, p, &kept);
    nq_folded_finish(&s.folded);
    nq_atoms_finish(&s.atoms);
    nq_word_buf_finish(&s.words);
    return ok;
}
