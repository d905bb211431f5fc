/* Widening a query. */
#include "query/widen.h"

#include "base/buf.h"
#include "text/synonyms.h"

enum {
    LONGEST = 16, /* characters: a longer term is a sentence */
    MOST = 16,    /* other forms of a term */
};

struct widening {
    struct nq_arena *arena;
    const struct nq_segmenter *segmenter;
    struct nq_folded folded;
    struct nq_word_buf words;
    struct nq_buf text;
    bool failed;
};

/* Adds the term with the bytes [start, end) of its text in each of their other forms. */
static void add_forms(struct widening *w, const struct nq_term *term, size_t start, size_t end,
                      struct nq_term *terms, size_t *n)
{
    struct nq_str forms[NQ_SYNONYMS_MAX];
    size_t n_forms = nq_synonyms(nq_str_sub(term->text, start, end), forms);
    for (size_t i = 0; i < n_forms && *n <= MOST; i++) {
        w->text.len = 0;
        nq_buf_add(&w->text, nq_str_sub(term->text, 0, start));
        nq_buf_add(&w->text, forms[i]);
        nq_buf_add(&w->text, nq_str_sub(term->text, end, term->text.len));
        struct nq_term *other = &terms[(*n)++];
        *other = *term;
        other->text = nq_arena_str(w->arena, nq_buf_str(&w->text));
        w->failed |= w->text.failed || !other->text.ptr;
    }
}

/* Whether a term is a sentence or a headline, which is looked for as it stands. */
static bool is_sentence(const struct nq_folded *f)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->cls[i] == NQ_CLASS_BREAK)
            return true;
    return f->n > LONGEST;
}

/* The term and what it may be called besides: terms[0] is itself; returns their number. */
static size_t widen_term(struct widening *w, const struct nq_term *term, struct nq_term *terms)
{
    size_t n = 1;
    terms[0] = *term;
    if (term->exact || term->prefix ||
        (term->field != NQ_FIELD_ANY && term->field != NQ_FIELD_TITLE))
        return n;
    add_forms(w, term, 0, term->text.len, terms, &n);
    if (n > 1)
        return n;
    if (!nq_fold_text(term->text, &w->folded)) {
        w->failed = true;
        return n;
    }
    if (is_sentence(&w->folded))
        return n;
    w->failed |= !nq_segment_folded(w->segmenter, &w->folded, &w->words);
    for (size_t i = 0; i < w->words.n && w->words.n > 1 && !w->failed; i++) {
        const struct nq_word *word = &w->words.words[i];
        if (word->last - word->first > 1)
            add_forms(w, term, w->folded.start[word->first], w->folded.end[word->last - 1], terms,
                      &n);
    }
    return n;
}

/* Replaces the terms of a clause; true where there are more. */
static bool widen_clause(struct widening *w, struct nq_clause *clause)
{
    struct nq_term terms[MOST + 1], *all = NULL;
    size_t n_all = 0;
    for (size_t t = 0; t < clause->n_terms && !w->failed; t++) {
        size_t n = widen_term(w, &clause->terms[t], terms);
        for (size_t i = 0; i < n && !w->failed; i++) {
            struct nq_term *grown = nq_arena_grow(w->arena, all, n_all, sizeof *all);
            w->failed |= !grown;
            if (!grown)
                break;
            all = grown;
            all[n_all++] = terms[i];
        }
    }
    bool more = n_all > clause->n_terms;
    clause->terms = all;
    clause->n_terms = n_all;
    return more;
}

bool nq_query_widen(struct nq_arena *arena, const struct nq_query *query,
                    const struct nq_segmenter *segmenter, struct nq_query **out)
{
    struct widening w = {.arena = arena, .segmenter = segmenter};
    struct nq_query *wide = nq_arena_alloc(arena, sizeof *wide);
    bool more = false;
    *out = NULL;
    if (wide) {
        *wide = *query;
        wide->clauses = nq_arena_array(arena, query->n_clauses + 1, sizeof *wide->clauses);
    }
    w.failed = !wide || !wide->clauses;
    for (size_t c = 0; c < query->n_clauses && !w.failed; c++) {
        wide->clauses[c] = query->clauses[c];
        if (!query->clauses[c].negated)
            more |= widen_clause(&w, &wide->clauses[c]);
    }
    if (more && !w.failed)
        *out = wide;
    nq_folded_finish(&w.folded);
    nq_word_buf_finish(&w.words);
    nq_buf_finish(&w.text);
    return !w.failed;
}
