/* Searching: parse, expand, engine search, load, snippet. */
#include <stdio.h>
#include <stdlib.h>

#include "api/correct.h"
#include "api/documents.h"
#include "api/explain.h"
#include "api/index.h"
#include "api/mark.h"
#include "api/works.h"
#include "query/expand.h"
#include "query/parse.h"
#include "query/widen.h"
#include "store/events.h"
#include "store/passages.h"
#include "store/sql.h"
#include "time/day.h"

/* The public struct first, then what owns its memory. */
struct owned {
    struct nq_results results;
    struct nq_arena *arena;
};

enum {
    MOST_MARKED = 256, /* terms: a pasted page is shown by its first */
    FEW = 2,           /* hits as typed that may be slips of the pen */
    MOST_WORKS = 200,  /* hits: of more than a person reads, cited works are not looked for */
};

/* A hit's event on its way. */
struct event_of_hit {
    struct nq_hit *hit;
    struct nq_str match; /* the first in the snippet */
    int32_t from, to;    /* what event: asks for */
    bool holds_match;    /* that which is set */
};

static enum nq_status on_event(void *user, const struct nq_event_row *e, struct nq_error *err)
{
    struct event_of_hit *o = user;
    struct nq_hit *hit = o->hit;
    (void)err;
    if (e->heading || e->undated || e->end > hit->text.len ||
        !nq_store_event_is_of(e->first, e->last, o->from, o->to))
        return NQ_OK;
    struct nq_str statement = nq_str_sub(hit->text, e->start, e->end);
    bool holds = o->match.ptr && nq_str_find(statement, o->match, 0) != SIZE_MAX;
    bool asked = o->from != NQ_NO_DAY || o->to != NQ_NO_DAY;
    if (hit->event_day == NQ_NO_DAY ? holds || asked : holds && !o->holds_match) {
        hit->event_day = e->first;
        hit->event_day_end = e->last;
        o->holds_match = holds;
    }
    return NQ_OK;
}

/* The day of the dated statement that the match stands in; where the query asks for days of events,
 * of one of these. */
static enum nq_status load_event(struct nq_index *index, const struct nq_filter *filter,
                                 struct nq_hit *hit, struct nq_error *err)
{
    struct event_of_hit o = {.hit = hit, .from = filter->event_from, .to = filter->event_to};
    for (size_t i = 0; i < hit->n_snippet && !o.match.ptr; i++)
        if (hit->snippet[i].match)
            o.match = hit->snippet[i].text;
    return nq_store_events_of(index->db, hit->passage, hit->passage, on_event, &o, err);
}

/* What passages that match by other names are marked with. */
static bool mark_names(struct nq_index *index, struct nq_arena *arena,
                       const struct nq_search *search, struct nq_pattern *names,
                       struct nq_marking *marking)
{
    marking->pattern = names;
    return nq_pattern_init(names, arena) && nq_expand(search->widened, index->segmenter, names) &&
           nq_needles_init(&marking->needles, arena, search->widened, index->engine->stemmer, false,
                           MOST_MARKED);
}

static enum nq_status load_hits(struct nq_index *index, struct nq_arena *arena,
                                const struct nq_search *search, const struct nq_found *found,
                                const struct nq_search_params *params, struct nq_results *results,
                                struct nq_error *err)
{
    struct nq_marking marking = {.pattern = search->pattern}, other = {0};
    struct nq_pattern names = {0};
    bool events = false;
    size_t first = params->offset < found->n ? params->offset : found->n;
    size_t n = found->n - first < params->limit ? found->n - first : params->limit;
    enum nq_status status = nq_store_events_current(index->db, &events, err);
    if (status != NQ_OK)
        return status;
    results->hits = nq_arena_array(arena, n + 1, sizeof *results->hits);
    if (!results->hits || !nq_needles_init(&marking.needles, arena, search->query,
                                           index->engine->stemmer, false, MOST_MARKED))
        status = nq_fail_nomem(err);
    if (status == NQ_OK && search->widened && !mark_names(index, arena, search, &names, &other))
        status = nq_fail_nomem(err);
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        const struct nq_match *match = &found->matches[first + i];
        struct nq_hit *hit = &results->hits[i];
        hit->passage = match->passage;
        hit->score = match->score;
        hit->tier = match->tier;
        status = nq_store_load_hit(index->db, arena, hit, err);
        hit->day = match->day;
        bool by_name = hit->tier == NQ_TIER_SYNONYM;
        if (status == NQ_OK && !nq_mark_hit(by_name ? &other : &marking, arena, hit))
            status = nq_fail_nomem(err);
        hit->event_day = hit->event_day_end = NQ_NO_DAY;
        if (status == NQ_OK && events)
            status = load_event(index, &search->query->filter, hit, err);
        if (status == NQ_OK && n <= MOST_WORKS && !nq_index_is_front(index))
            status = nq_works_find(index, arena, hit, err);
        results->n_hits++;
    }
    if (status == NQ_OK && params->topics)
        status = nq_hits_topics(index, arena, results->hits, results->n_hits, err);
    nq_marking_finish(&marking);
    nq_marking_finish(&other);
    nq_pattern_finish(&names);
    return status;
}

static enum nq_status load_months(struct nq_arena *arena, const struct nq_found *found,
                                  struct nq_results *results, struct nq_error *err)
{
    struct nq_month_count *months = NULL;
    /* Undated last: the table begins with them. */
    for (size_t i = found->first_month; i <= found->last_month + 1; i++) {
        size_t m = i <= found->last_month ? i : 0;
        if (found->months[m] == 0 || (m == 0 && i <= found->last_month))
            continue;
        months = nq_arena_grow(arena, months, results->n_months, sizeof *months);
        if (!months)
            return nq_fail_nomem(err);
        int32_t day = m ? nq_day_of((int)(m / 12), (int)(m % 12) + 1, 1) : NQ_NO_DAY;
        months[results->n_months++] = (struct nq_month_count){day, found->months[m]};
    }
    results->months = months;
    return NQ_OK;
}

static int by_count(const void *a, const void *b)
{
    const struct nq_source_count *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return nq_str_cmp(x->source, y->source);
}

static enum nq_status load_sources(struct nq_index *index, struct nq_arena *arena,
                                   const struct nq_found *found, struct nq_results *results,
                                   struct nq_error *err)
{
    static const char sql[] = "SELECT name FROM source WHERE id = ?1";
    struct nq_source_count *sources = NULL;
    for (size_t i = 0; i <= found->last_source; i++) {
        if (found->sources[i] == 0)
            continue;
        sources = nq_arena_grow(arena, sources, results->n_sources, sizeof *sources);
        if (!sources)
            return nq_fail_nomem(err);
        struct nq_rows r = nq_rows(index->db, sql, NQ_WITH(nq_int((int64_t)i)), err);
        struct nq_str name = nq_rows_next(&r) ? nq_rows_copy(&r, 0, arena) : NQ_STR("");
        if (name.len > 0)
            sources[results->n_sources++] = (struct nq_source_count){name, found->sources[i]};
        enum nq_status status = nq_rows_end(&r);
        if (status != NQ_OK)
            return status;
    }
    if (results->n_sources)
        qsort(sources, results->n_sources, sizeof *sources, by_count);
    results->sources = sources;
    return NQ_OK;
}

/* The bounds of the parameters narrow those of the query. */
static void narrow(struct nq_filter *filter, const struct nq_search_params *params)
{
    if (params->kinds)
        filter->kinds &= params->kinds;
    if (!params->bounded)
        return;
    if (params->from != NQ_NO_DAY && (filter->from == NQ_NO_DAY || filter->from < params->from))
        filter->from = params->from;
    if (params->to != NQ_NO_DAY && (filter->to == NQ_NO_DAY || filter->to > params->to))
        filter->to = params->to;
}

static enum nq_status load_missing(struct nq_index *index, struct nq_arena *arena,
                                   struct nq_results *results, struct nq_error *err)
{
    struct nq_missing_shard *missing = NULL;
    const char *place, *why;
    while (nq_engine_missing(index->engine, results->n_missing, &place, &why)) {
        missing = nq_arena_grow(arena, missing, results->n_missing, sizeof *missing);
        if (!missing)
            return nq_fail_nomem(err);
        missing[results->n_missing++] = (struct nq_missing_shard){
            nq_arena_str(arena, nq_str_from(place)), nq_arena_str(arena, nq_str_from(why))};
    }
    results->missing = missing;
    return nq_arena_failed(arena) ? nq_fail_nomem(err) : NQ_OK;
}

/* Shards know no events. */
static enum nq_status refuse_events(const struct nq_index *index, const struct nq_filter *filter,
                                    struct nq_error *err)
{
    if (!nq_index_is_front(index) ||
        (filter->event_from == NQ_NO_DAY && filter->event_to == NQ_NO_DAY))
        return NQ_OK;
    return nq_fail(err, NQ_ERR_USAGE, _("%s: only names shards, which know no events"),
                   index->db->path);
}

/* Finds the passages of the query, which it makes ready in `search`. */
static enum nq_status find(struct nq_index *index, const struct nq_search_params *params,
                           struct nq_arena *arena, struct nq_search *search, struct nq_found *found,
                           struct nq_error *err)
{
    struct nq_query *query, *widened = NULL;
    enum nq_status status = nq_query_parse(arena, params->query, &query, err);
    if (status == NQ_OK)
        status = refuse_events(index, &query->filter, err);
    if (status == NQ_OK)
        status = nq_documents_resolve(index, arena, query, err);
    if (status != NQ_OK)
        return status;
    narrow(&query->filter, params);
    if (!nq_pattern_init(search->pattern, arena) ||
        !nq_expand(query, index->segmenter, search->pattern) ||
        (!params->exact && !nq_query_widen(arena, query, index->segmenter, &widened)))
        return nq_fail_nomem(err);
    search->query = query;
    search->widened = widened;
    search->exact = params->exact;
    search->sort = params->sort;
    search->wanted =
        params->limit < SIZE_MAX - params->offset ? params->offset + params->limit : SIZE_MAX;
    search->facets = params->facets;
    return nq_engine_search(index->engine, search, found, err);
}

static enum nq_status load(struct nq_index *index, const struct nq_search_params *params,
                           const struct nq_search *search, const struct nq_found *found,
                           struct owned *o, struct nq_error *err)
{
    struct nq_results *results = &o->results;
    results->total = found->total;
    results->total_is_exact = found->total_is_exact;
    results->partial = found->partial;
    results->n_report = found->n_report;
    results->n_reference = found->n_reference;
    enum nq_status status = load_hits(index, o->arena, search, found, params, results, err);
    if (status == NQ_OK && params->facets)
        status = load_months(o->arena, found, results, err);
    if (status == NQ_OK && params->facets)
        status = load_sources(index, o->arena, found, results, err);
    bool as_typed = found->n > FEW && found->matches[FEW].tier == NQ_TIER_EXACT;
    if (status == NQ_OK && params->correct && !as_typed && !search->pattern->question)
        status =
            nq_correct(index, o->arena, params->query, search->query, &results->did_you_mean, err);
    if (status == NQ_OK)
        status = load_missing(index, o->arena, results, err);
    if (status == NQ_OK && params->explain) {
        results->explanation = nq_explain(o->arena, search, found);
        status = results->explanation.ptr ? NQ_OK : nq_fail_nomem(err);
    }
    return status;
}

static enum nq_status answer(struct nq_index *index, const struct nq_search_params *params,
                             struct owned *o, struct nq_error *err)
{
    struct nq_pattern pattern = {0};
    struct nq_search search = {.pattern = &pattern};
    struct nq_found found = {0};
    enum nq_status status = find(index, params, o->arena, &search, &found, err);
    if (status == NQ_OK)
        status = load(index, params, &search, &found, o, err);
    nq_found_finish(&found);
    nq_pattern_finish(&pattern);
    return status;
}

enum nq_status nq_search(struct nq_index *index, const struct nq_search_params *params,
                         struct nq_results **out, struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    struct owned *o = calloc(1, sizeof *o);
    if (!o || !(o->arena = nq_arena_create())) {
        free(o);
        return nq_fail_nomem(err);
    }
    nq_index_asked(index);
    /* One snapshot for all that is read. */
    enum nq_status status = nq_db_exec(index->db, "BEGIN", err);
    if (status == NQ_OK) {
        status = answer(index, params, o, err);
        nq_db_leave(index->db);
    }
    if (status == NQ_OK)
        *out = &o->results;
    else
        nq_results_destroy(&o->results);
    return status;
}

void nq_results_destroy(struct nq_results *results)
{
    struct owned *o = (struct owned *)results;
    if (!o)
        return;
    nq_arena_destroy(o->arena);
    free(o);
}
