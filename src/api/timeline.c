/* Timelines: search for each term of the query, load the events of what was found, say how much
 * each has to do with the query, merge. */
#include "api/timeline.h"

#include <stdlib.h>

#include "query/parse.h"
#include "time/day.h"

enum { MOST_PASSAGES = 900 }; /* whose events are looked at */

/* The public struct first, then what owns its memory. */
struct owned {
    struct nq_timeline timeline;
    struct nq_arena *arena;
};

static int by_score(const void *a, const void *b)
{
    const struct nq_timeline_candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->passage > y->passage ? -1 : x->passage < y->passage;
}

static int month_of(int32_t day)
{
    int y, m, d;
    nq_day_civil(day, &y, &m, &d);
    return y * 12 + m - 1;
}

static enum nq_status count_months(struct nq_timeline_job *j, struct nq_timeline *t)
{
    int first = INT32_MAX, last = 0;
    for (size_t i = 0; i < j->n_candidates; i++)
        if (j->candidates[i].day != NQ_NO_DAY) {
            int m = month_of(j->candidates[i].day);
            first = m < first ? m : first;
            last = m > last ? m : last;
        }
    if (first > last)
        return NQ_OK;
    t->n_months = (size_t)(last - first + 1);
    struct nq_timeline_month *months = nq_arena_array(j->arena, t->n_months, sizeof *months);
    if (!months)
        return nq_fail_nomem(j->err);
    t->months = months;
    for (size_t i = 0; i < t->n_months; i++) {
        int m = first + (int)i;
        months[i].first_day = nq_day_of(m / 12, m % 12 + 1, 1);
    }
    for (size_t i = 0; i < j->n_candidates; i++)
        if (j->candidates[i].day != NQ_NO_DAY)
            months[month_of(j->candidates[i].day) - first].passages++;
    for (size_t i = 0; i < t->n_events; i++) {
        int m = month_of(t->events[i].first);
        if (m >= first && m <= last)
            months[m - first].events++;
    }
    return NQ_OK;
}

/* Takes out of the labels what stands beside them. */
static enum nq_status shorten_labels(struct nq_timeline_job *j, struct nq_timeline *t)
{
    struct nq_date_finder finder;
    bool ok = t->n_events == 0 || nq_date_finder_init(&finder);
    for (size_t i = 0; i < t->n_events && ok; i++) {
        t->events[i].label = nq_timeline_without_day(j, &finder, &t->events[i]);
        ok = !j->nomem;
    }
    if (t->n_events > 0)
        nq_date_finder_finish(&finder);
    return ok ? NQ_OK : nq_fail_nomem(j->err);
}

static enum nq_status answer(struct nq_timeline_job *j, struct nq_timeline *out)
{
    struct nq_query *query;
    bool current = false;
    enum nq_status status = nq_query_parse(j->arena, j->params->query, &query, j->err);
    if (status == NQ_OK)
        status = nq_store_events_current(j->index->db, &current, j->err);
    if (status == NQ_OK && !current)
        return nq_fail(j->err, NQ_ERR_USAGE, _("%s: no events in it yet; run nqindex once more"),
                       j->index->db->path);
    if (status != NQ_OK)
        return status;
    if (j->params->passages)
        query->filter.kinds &= j->params->passages;
    status = nq_engine_refresh(j->index->engine, j->err);
    if (status == NQ_OK)
        status = nq_timeline_passages(j, query);
    if (status != NQ_OK)
        return status;
    size_t n = j->n_candidates;
    if (n > MOST_PASSAGES) {
        qsort(j->candidates, n, sizeof *j->candidates, by_score);
        qsort(j->candidates, MOST_PASSAGES, sizeof *j->candidates, nq_timeline_by_passage);
        n = MOST_PASSAGES;
    }
    for (size_t i = 0; i < n && status == NQ_OK; i++)
        status = nq_timeline_tell(j, &j->candidates[i]);
    if (status == NQ_OK &&
        !nq_timeline_merge(j->arena, j->tellings, j->n_tellings, j->params->limit, &out->events,
                           &out->n_events, &out->total))
        status = nq_fail_nomem(j->err);
    if (status == NQ_OK)
        status = shorten_labels(j, out);
    return status == NQ_OK ? count_months(j, out) : status;
}

enum nq_status nq_timeline(struct nq_index *index, const struct nq_timeline_params *params,
                           struct nq_timeline **out, struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    struct owned *o = calloc(1, sizeof *o);
    if (!o || !(o->arena = nq_arena_create())) {
        free(o);
        return nq_fail_nomem(err);
    }
    struct nq_timeline_job job = {.index = index, .params = params, .arena = o->arena, .err = err};
    enum nq_status status = nq_index_begin_whole(index, err);
    if (status == NQ_OK) {
        status = answer(&job, &o->timeline);
        nq_db_leave(index->db);
    }
    free(job.candidates);
    nq_folded_finish(&job.folded);
    nq_word_buf_finish(&job.words);
    if (status == NQ_OK)
        *out = &o->timeline;
    else
        nq_timeline_destroy(&o->timeline);
    return status;
}

void nq_timeline_destroy(struct nq_timeline *timeline)
{
    struct owned *o = (struct owned *)timeline;
    if (!o)
        return;
    nq_arena_destroy(o->arena);
    free(o);
}
