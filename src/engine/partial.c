/* Partial matches: passages that hold some of the query. */
#include <float.h>
#include <math.h>

#include "engine/backend.h"
#include "engine/compile.h"
#include "engine/run.h"

enum {
    PARTIAL_RERANKED = 80, /* those whose text is read: their first step says less */
    WORD_RERANKED = 40,    /* those of a single word */
    PARTIAL_LISTS = 96,    /* lists of a kind that are walked for them */
    FEW_RERANKED = 12,     /* both where a phrase was found as typed: then they only fill up */
    FEW_LISTS = 2,
    LITTLE = 10,    /* fewer full matches than this are little */
    SHORT_TERM = 8, /* atoms: a single term as short as this is a word, not a sentence */
};

/* Terms that partial matches may hold in part, and atoms that say something. */
static void measure(const struct nq_run *r, size_t *loose, size_t *atoms)
{
    const struct nq_query *query = r->search->query;
    *loose = *atoms = 0;
    for (size_t c = 0; c < query->n_clauses; c++)
        for (size_t t = 0; t < query->clauses[c].n_terms && !query->clauses[c].negated; t++)
            *loose += !query->clauses[c].terms[t].exact &&
                      query->clauses[c].terms[t].field == NQ_FIELD_ANY;
    for (size_t i = 0; i < r->search->pattern->n_atoms; i++)
        *atoms += r->search->pattern->idf[i] > 0;
}

/* Whether partial matches are to follow: not where few words say all there is to find, but a
 * question that was printed just so somewhere (什么是…) asks for more than that. */
bool nq_run_wants_partial(const struct nq_run *r)
{
    size_t loose, atoms;
    measure(r, &loose, &atoms);
    if (loose == 0 || r->found->total >= LITTLE)
        return false;
    return r->found->total == 0 || loose > 1 || atoms > SHORT_TERM || r->search->pattern->question;
}

/* How many partial matches are worth reading. */
static size_t worth_reading(const struct nq_run *r)
{
    size_t loose, atoms;
    measure(r, &loose, &atoms);
    if (r->found->total > 0 && r->search->query->n_clauses == 1)
        return FEW_RERANKED;
    return loose == 1 && atoms <= SHORT_TERM ? WORD_RERANKED : PARTIAL_RERANKED;
}

/* Sets the scores of passages that miss a quoted term or hold an excluded one to 0. */
static void strike_out(struct nq_run *r, struct nq_scores *scores, bool must)
{
    struct nq_scores marked = {0};
    struct nq_buf match = {0};
    size_t n = 0;
    bool ok = must ? nq_compile_query(r->engine, r->search->query, true, &match, &n)
                   : nq_compile_negated(r->engine, r->search->query, &match, &n);
    if (!ok)
        r->status = nq_fail_nomem(r->err);
    else if (n > 0)
        nq_run_mark(r, nq_buf_str(&match), &marked);
    for (size_t p = 0; p < scores->n_pages && n > 0 && r->status == NQ_OK; p++) {
        const float *marks = p < marked.n_pages ? marked.pages[p] : NULL;
        for (size_t i = 0; scores->pages[p] && i < NQ_ATTRIBUTE_CHUNK; i++)
            if ((marks && marks[i] > 0) != must)
                scores->pages[p][i] = 0;
    }
    nq_scores_finish(&marked);
    nq_buf_finish(&match);
}

enum { BLOCK = 16 }; /* scores that are looked at together */

static bool reaches(const float *scores, float least)
{
    int any = 0;
    for (int i = 0; i < BLOCK; i++)
        any |= scores[i] >= least;
    return any;
}

/* Takes in what a page of scores, that of the passages from `first` on, has of the best. */
static void take_page(struct nq_run *r, const float *scores, int64_t first)
{
    float least = FLT_MIN;
    for (int64_t i = 0; i < NQ_ATTRIBUTE_CHUNK; i++) {
        if (i % BLOCK == 0 && !reaches(scores + i, least)) {
            i += BLOCK - 1;
            continue;
        }
        const struct nq_attribute *a = NULL;
        if (scores[i] < least || !(a = nq_run_attribute(r, first + i)) ||
            !nq_run_passes(r, first + i, a))
            continue;
        nq_best_add(&r->best, (struct nq_match){first + i, scores[i], a->day, NQ_TIER_PARTIAL});
        if (r->best.n == r->best.k && r->best.sort == NQ_SORT_RELEVANCE)
            least = fmaxf(FLT_MIN, (float)r->best.items[0].score);
    }
}

enum nq_status nq_fts5_find_partial(struct nq_run *r, size_t lists)
{
    struct nq_scores scores = {0};
    r->status = nq_accumulate(r->engine, r->search->pattern, r->norm, lists, &scores, r->err);
    if (r->status == NQ_OK)
        strike_out(r, &scores, true);
    if (r->status == NQ_OK)
        strike_out(r, &scores, false);
    for (size_t i = 0; i < r->found->n && r->status == NQ_OK; i++) {
        float *page = nq_scores_page(&scores, r->found->matches[i].passage);
        if (page)
            page[r->found->matches[i].passage % NQ_ATTRIBUTE_CHUNK] = 0; /* found already */
    }
    for (size_t p = 0; p < scores.n_pages && r->status == NQ_OK; p++)
        if (scores.pages[p])
            take_page(r, scores.pages[p], (int64_t)(p * NQ_ATTRIBUTE_CHUNK));
    nq_scores_finish(&scores);
    return r->status;
}

enum nq_status nq_run_find_partial(struct nq_run *r)
{
    uint64_t before = r->found->total;
    r->best.k = worth_reading(r);
    bool few = r->best.k == FEW_RERANKED;
    r->status = r->engine->backend->find_partial(r, few ? FEW_LISTS : PARTIAL_LISTS);
    if (r->status == NQ_OK && r->best.failed)
        r->status = nq_fail_nomem(r->err);
    if (r->status == NQ_OK)
        r->status = nq_run_rerank(r, r->best.k, true);
    for (size_t i = 0; i < r->best.n && r->status == NQ_OK; i++) {
        const struct nq_attribute *a = nq_run_attribute(r, r->best.items[i].passage);
        if (a)
            nq_run_count(r, a, 1);
        r->found->partial |= r->best.items[i].tier == NQ_TIER_PARTIAL;
    }
    r->found->total_is_exact = r->found->total_is_exact && r->found->total == before;
    return r->status == NQ_OK ? nq_run_append(r) : r->status;
}
