/* Searching: what matches as typed, then what matches in part, each in two steps of ranking. */
#include <stdlib.h>

#include "engine/backend.h"
#include "engine/compile.h"
#include "engine/run.h"
#include "store/sql.h"

enum {
    RERANKED = 40,        /* full matches whose text is read */
    PHRASE_RERANKED = 30, /* of one phrase: it says itself how well it fits */
    ENOUGH = 200,         /* full matches: nobody needs them by other names, too */
};

static void end_row(struct nq_run *r)
{
    if (r->row > 0)
        nq_run_take(r, r->row, r->row_score, NQ_TIER_EXACT);
    r->row = 0;
    r->row_score = 0;
}

static enum nq_next on_posting(void *user, const struct nq_posting *posting)
{
    struct nq_run *r = user;
    if (posting->passage != r->row) {
        end_row(r);
        r->row = posting->passage;
    }
    const struct nq_attribute *a = nq_run_attribute(r, posting->passage);
    if (!a)
        return NQ_NEXT_NONE;
    double n = posting->in_body + posting->in_heading;
    r->row_score += n / (n + r->norm[a->length_code]);
    return NQ_NEXT_POSTING;
}

/* Everything that the filters let through and that holds no excluded term. */
static void take_all(struct nq_run *r)
{
    const struct nq_filter *f = &r->search->query->filter;
    struct nq_scores marks = {0};
    struct nq_buf match = {0};
    int64_t last = 0;
    size_t n = 0;
    if (!nq_compile_negated(r->engine, r->search->query, &match, &n))
        r->status = nq_fail_nomem(r->err);
    else if (n > 0)
        nq_run_mark(r, nq_buf_str(&match), &marks);
    if (r->status == NQ_OK)
        r->status = nq_sql_int(r->engine->db, "SELECT max(id) FROM passage", NULL, &last, r->err);
    for (int64_t id = 1; id <= last && r->status == NQ_OK; id++) {
        size_t page = (size_t)(id / NQ_ATTRIBUTE_CHUNK);
        const float *marked = page < marks.n_pages ? marks.pages[page] : NULL;
        if (!marked || marked[id % NQ_ATTRIBUTE_CHUNK] == 0)
            nq_run_take(r, id, f->documents && (size_t)id < f->n_documents ? f->documents[id] : 0,
                        NQ_TIER_EXACT);
    }
    nq_scores_finish(&marks);
    nq_buf_finish(&match);
}

enum nq_status nq_fts5_find(struct nq_run *r)
{
    struct nq_buf match = {0};
    size_t n = 0;
    if (!nq_compile_query(r->engine, r->search->query, false, &match, &n)) {
        r->status = nq_fail_nomem(r->err);
    } else if (n == 0 && r->search->pattern->n_atoms == 0) {
        take_all(r);
    } else if (n > 0) {
        nq_run_walked(r,
                      nq_fts5_passages(r->engine->db, nq_buf_str(&match), on_posting, r, r->err));
    }
    if (r->status == NQ_OK)
        end_row(r);
    nq_buf_finish(&match);
    return r->status;
}

/* What matches by other names of the same things, behind what matches as typed. */
static enum nq_status find_synonyms(struct nq_run *r)
{
    const struct nq_search *search = r->search;
    struct nq_search wide = *search;
    wide.query = search->widened;
    r->search = &wide;
    r->widening = true;
    r->status = r->engine->backend->find(r);
    if (r->status == NQ_OK && r->best.failed)
        r->status = nq_fail_nomem(r->err);
    nq_match_sort(r->best.items, r->best.n, search->sort);
    r->widening = false;
    r->search = search;
    r->found->partial |= r->best.n > 0;
    return r->status == NQ_OK ? nq_run_append(r) : r->status;
}

/* Puts what holds all words before what matches by other names, partial matches behind it. */
static enum nq_status order_tiers(struct nq_run *r)
{
    static const enum nq_tier order[] = {NQ_TIER_EXACT, NQ_TIER_WORDS, NQ_TIER_SYNONYM,
                                         NQ_TIER_PARTIAL};
    struct nq_found *found = r->found;
    size_t n = 0;
    struct nq_match *ordered = malloc((found->n + 1) * sizeof *ordered);
    if (!ordered)
        return nq_fail_nomem(r->err);
    for (size_t t = 0; t < NQ_COUNT(order); t++)
        for (size_t i = 0; i < found->n; i++)
            if (found->matches[i].tier == order[t])
                ordered[n++] = found->matches[i];
    free(found->matches);
    found->matches = ordered;
    return NQ_OK;
}

/* What all steps need: norms of lengths, room for facets, what the filters let through, weights. */
static enum nq_status prepare(struct nq_run *r)
{
    struct nq_engine *engine = r->engine;
    struct nq_found *found = r->found;
    double passages = engine->n_passages > 0 ? (double)engine->n_passages : 1;
    r->average_length = (double)engine->n_atoms / passages + 1;
    for (size_t i = 0; i < NQ_COUNT(r->norm); i++)
        r->norm[i] = 1 / nq_saturate(1, engine->lengths[i], r->average_length) - 1;
    if (r->search->facets) {
        found->months = calloc(NQ_N_MONTHS, sizeof *found->months);
        found->sources = calloc(NQ_N_SOURCES, sizeof *found->sources);
        if (!found->months || !found->sources)
            return nq_fail_nomem(r->err);
    }
    if (!nq_exact_init(&r->exact, engine, r->search->query))
        return nq_fail_nomem(r->err);
    if (nq_run_load_sources(r) == NQ_OK && nq_run_load_events(r) == NQ_OK)
        r->status = nq_run_load_idf(r);
    return r->status;
}

/* What holds the query as typed. */
static enum nq_status find_typed(struct nq_run *r)
{
    size_t most = r->search->query->n_clauses == 1 ? PHRASE_RERANKED : RERANKED;
    r->status = r->engine->backend->find(r);
    if (r->status == NQ_OK && r->best.failed)
        r->status = nq_fail_nomem(r->err);
    if (r->status == NQ_OK)
        r->status = nq_run_rerank(r, most, false);
    return r->status == NQ_OK ? nq_run_append(r) : r->status;
}

static enum nq_status find_tiers(struct nq_run *r)
{
    const struct nq_search *search = r->search;
    struct nq_found *found = r->found;
    r->status = find_typed(r);
    size_t typed = found->n;
    if (r->status == NQ_OK && search->widened && found->total < ENOUGH)
        r->status = find_synonyms(r);
    bool widened = found->n > typed;
    if (r->status == NQ_OK && !search->exact && nq_run_wants_partial(r))
        r->status = nq_run_find_partial(r);
    return r->status == NQ_OK && widened ? order_tiers(r) : r->status;
}

enum nq_status nq_engine_search(struct nq_engine *engine, const struct nq_search *search,
                                struct nq_found *out, struct nq_error *err)
{
    struct nq_run r = {
        .engine = engine, .search = search, .found = out, .err = err, .last_day = NQ_NO_DAY};
    *out = (struct nq_found){.total_is_exact = true};
    r.best.sort = search->sort;
    r.best.k = search->wanted > RERANKED ? search->wanted : RERANKED;
    enum nq_status status = nq_engine_refresh(engine, err);
    if (status == NQ_OK)
        status = prepare(&r);
    if (status == NQ_OK)
        status = find_tiers(&r);
    nq_scores_finish(&r.typed);
    nq_exact_finish(&r.exact);
    free(r.sources);
    free(r.events);
    free(r.best.items);
    if (status != NQ_OK)
        nq_found_finish(out);
    return status;
}

void nq_found_finish(struct nq_found *found)
{
    free(found->matches);
    free(found->months);
    free(found->sources);
    *found = (struct nq_found){0};
}
