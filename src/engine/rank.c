/* Statistics of a query, and the second step of ranking. */
#include <stdlib.h>
#include <string.h>

#include "engine/backend.h"
#include "engine/run.h"
#include "store/passages.h"
#include "store/sql.h"

/* Of a partial match at least so much of the query's weight must be there. */
static const double least_share = 0.2;

static double unit_idf(const struct nq_pattern *p, const struct nq_unit *unit)
{
    double idf = 0;
    for (uint32_t i = 0; i < unit->n; i++)
        if (p->idf[p->sequence[unit->first + i]] > idf)
            idf = p->idf[p->sequence[unit->first + i]];
    return idf + 0.5 * (unit->n - 1); /* a run is rarer than its rarest atom */
}

enum nq_status nq_engine_atom(struct nq_engine *engine, struct nq_str atom, int64_t *passages,
                              struct nq_error *err)
{
    static const char sql[] = "SELECT passages FROM atom WHERE text = ?1";
    return nq_sql_int(engine->db, sql, NQ_WITH(nq_text(atom)), passages, err);
}

enum nq_status nq_run_load_idf(struct nq_run *r)
{
    struct nq_pattern *p = r->search->pattern;
    for (size_t i = 0; i < p->n_atoms; i++) {
        int64_t n = 0;
        if (p->idf[i] == 0)
            continue;
        struct nq_str text = p->atoms[i];
        if (text.ptr[text.len - 1] == NQ_TOKEN_SEP)
            text.len--;
        enum nq_status status = r->engine->backend->atom(r->engine, text, &n, r->err);
        if (status != NQ_OK)
            return status;
        p->idf[i] = nq_idf((double)n, (double)r->engine->n_passages);
        p->total += p->idf[i];
    }
    struct nq_units *lists[] = {&p->terms, &p->bigrams, &p->words};
    for (size_t l = 0; l < NQ_COUNT(lists); l++)
        for (size_t u = 0; u < lists[l]->n; u++)
            lists[l]->items[u].idf = unit_idf(p, &lists[l]->items[u]);
    return NQ_OK;
}

/* Reads a passage's heading and text as one text, with a clause's end between. */
static enum nq_status rescore(struct nq_run *r, struct nq_scan *scan, struct nq_buf *text,
                              struct nq_buf *body, struct nq_match *match, bool partial)
{
    struct nq_engine *engine = r->engine;
    const struct nq_attribute *a = nq_run_attribute(r, match->passage);
    if (!a)
        return r->status;
    enum nq_kind kind = a->kind;
    text->len = body->len = 0;
    enum nq_status status =
        nq_store_passage_text(engine->db, match->passage, kind, text, body, r->err);
    if (status != NQ_OK)
        return status;
    nq_buf_add(text, NQ_STR("。"));
    nq_buf_add(text, nq_buf_str(body));
    if (text->failed || !nq_fold_text(nq_buf_str(text), &engine->body.folded) ||
        !nq_atoms_build(&engine->body.folded, &engine->body.atoms) ||
        !nq_scan_text(scan, r->search->pattern, &engine->body.atoms))
        return nq_fail_nomem(r->err);
    struct nq_relevance v = nq_pattern_score(r->search->pattern, scan, r->average_length);
    match->score = v.score;
    if (partial) {
        match->tier = v.all_words && v.share > 0.999 ? NQ_TIER_WORDS : NQ_TIER_PARTIAL;
        if (v.share < least_share || !nq_run_holds(r, match->passage, kind))
            match->passage = 0; /* to be dropped */
    }
    return r->status;
}

/* Ranks the best of r->best anew and appends them to what was found. */
enum nq_status nq_run_rerank(struct nq_run *r, size_t most, bool partial)
{
    struct nq_best *best = &r->best;
    struct nq_scan scan = {0};
    struct nq_buf text = {0}, body = {0};
    enum nq_status status = NQ_OK;
    /* Without words to look for (filters alone) the first step's scores are all there is. */
    bool worth = partial || (r->search->sort == NQ_SORT_RELEVANCE && best->n > 1 &&
                             r->search->pattern->n_atoms > 0);
    size_t n = best->n < most ? best->n : most, kept = 0;
    nq_match_sort(best->items, best->n, r->search->sort);
    for (size_t i = 0; i < n && worth && status == NQ_OK; i++)
        status = rescore(r, &scan, &text, &body, &best->items[i], partial);
    double least = 0;
    for (size_t i = 0; i < best->n; i++) {
        if (best->items[i].passage == 0)
            continue;
        best->items[kept++] = best->items[i];
        if (i < n && (i == 0 || best->items[kept - 1].score < least))
            least = best->items[kept - 1].score;
    }
    /* What was not read stands behind what was, in the order of the first step. */
    for (size_t i = n; i < best->n && worth && !partial; i++)
        best->items[i].score = least * (double)(best->n - i) / (double)(best->n - n + 1);
    best->n = kept;
    nq_match_sort(best->items, best->n, r->search->sort);
    nq_scan_finish(&scan);
    nq_buf_finish(&text);
    nq_buf_finish(&body);
    return status;
}

enum nq_status nq_run_append(struct nq_run *r)
{
    struct nq_found *found = r->found;
    size_t n = found->n + r->best.n;
    struct nq_match *grown = realloc(found->matches, (n + 1) * sizeof *grown);
    if (!grown)
        return nq_fail_nomem(r->err);
    if (r->best.n)
        memcpy(grown + found->n, r->best.items, r->best.n * sizeof *grown);
    found->matches = grown;
    found->n = n;
    r->best.n = 0;
    return NQ_OK;
}
