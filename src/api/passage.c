/* nq_passage: one passage, whole, with what a query matches marked. */
#include <stdlib.h>

#include "api/index.h"
#include "api/mark.h"
#include "api/works.h"
#include "query/expand.h"
#include "query/parse.h"
#include "store/passages.h"

enum { MOST_MARKED = 256 }; /* terms */

/* The public struct first, then what owns its memory. */
struct owned {
    struct nq_results results;
    struct nq_arena *arena;
};

static bool mark(struct nq_index *index, struct owned *o, struct nq_str text,
                 struct nq_pattern *pattern, struct nq_hit *hit)
{
    struct nq_marking marking = {.pattern = pattern};
    struct nq_query *query;
    if (text.len == 0 || nq_query_parse(o->arena, text, &query, NULL) != NQ_OK) {
        struct nq_fragment *whole = nq_arena_array(o->arena, 1, sizeof *whole);
        if (whole)
            *whole = (struct nq_fragment){hit->text, false};
        hit->snippet = whole;
        hit->n_snippet = 1;
        return whole != NULL;
    }
    bool ok = nq_pattern_init(pattern, o->arena) && nq_expand(query, index->segmenter, pattern) &&
              nq_needles_init(&marking.needles, o->arena, query, index->engine->stemmer, false,
                              MOST_MARKED) &&
              nq_mark_whole(&marking, o->arena, hit);
    nq_marking_finish(&marking);
    return ok;
}

static enum nq_status load(struct nq_index *index, struct owned *o, int64_t passage,
                           struct nq_str query, struct nq_error *err)
{
    struct nq_pattern pattern = {0};
    struct nq_extent extent;
    bool found;
    enum nq_status status = nq_store_extent(index->db, passage, &extent, &found, err);
    if (status != NQ_OK || !found)
        return status;
    struct nq_hit *hit = nq_arena_array(o->arena, 1, sizeof *hit);
    if (!hit)
        return nq_fail_nomem(err);
    *hit = (struct nq_hit){.passage = passage, .tier = NQ_TIER_WORDS};
    status = nq_store_load_hit(index->db, o->arena, hit, err);
    hit->event_day = hit->event_day_end = NQ_NO_DAY;
    if (status == NQ_OK)
        status = nq_works_find(index, o->arena, hit, err);
    if (status == NQ_OK && !mark(index, o, query, &pattern, hit))
        status = nq_fail_nomem(err);
    nq_pattern_finish(&pattern);
    o->results.hits = hit;
    o->results.n_hits = o->results.total = 1;
    o->results.total_is_exact = true;
    o->results.n_report = hit->kind == NQ_KIND_REPORT;
    o->results.n_reference = hit->kind == NQ_KIND_REFERENCE;
    return status;
}

enum nq_status nq_passage(struct nq_index *index, int64_t passage, struct nq_str query,
                          struct nq_results **out, struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    struct owned *o = calloc(1, sizeof *o);
    if (!o || !(o->arena = nq_arena_create())) {
        free(o);
        return nq_fail_nomem(err);
    }
    enum nq_status status = nq_db_exec(index->db, "BEGIN", err);
    if (status == NQ_OK) {
        status = load(index, o, passage, query, err);
        nq_db_leave(index->db);
    }
    if (status == NQ_OK)
        *out = &o->results;
    else
        nq_results_destroy(&o->results);
    return status;
}
