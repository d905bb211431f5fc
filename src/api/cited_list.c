/* Cited works: one row for each, however references print it, with all its printings.
 *
 * References are read work by work, so that only those works are remembered that come among the
 * first; their printings are read when it is known which they are. */
#include <stdlib.h>

#include "api/cited.h"
#include "api/owned.h"
#include "base/grow.h"
#include "link/source.h"

/* A work on its way, by what it is ordered by. */
struct entry {
    int64_t work;
    uint64_t reports, citations;
    int32_t day, day_end;
    int64_t last_report;
};

struct gathering {
    struct entry *heap; /* the best so far; once they are `most`, the last of them on top */
    size_t n, cap, most;
    struct entry at; /* the work at hand */
    uint64_t works, citations;
};

/* ---- which works
 * ------------------------------------------------------------------------------- */

/* The most cited, then the latest first. */
static int by_reports(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->reports != y->reports)
        return x->reports < y->reports ? 1 : -1;
    if (x->citations != y->citations)
        return x->citations < y->citations ? 1 : -1;
    if (x->day != y->day)
        return x->day < y->day ? 1 : -1;
    return (x->work > y->work) - (x->work < y->work);
}

/* Moves the entry at `i` down to where those below it come before. */
static void sift_down(struct gathering *g, size_t i)
{
    for (size_t last; (last = 2 * i + 1) < g->n; i = last) {
        if (last + 1 < g->n && by_reports(&g->heap[last], &g->heap[last + 1]) < 0)
            last++;
        if (by_reports(&g->heap[i], &g->heap[last]) >= 0)
            return;
        struct entry e = g->heap[i];
        g->heap[i] = g->heap[last];
        g->heap[last] = e;
    }
}

/* Puts the work at hand among the best, if it is one of them; false without memory. */
static bool end_work(struct gathering *g)
{
    if (g->at.citations == 0)
        return true;
    g->works++;
    if (g->n < g->most) {
        struct entry *heap = nq_grow(g->heap, g->n, &g->cap, sizeof *heap);
        if (!heap)
            return false;
        g->heap = heap;
        g->heap[g->n++] = g->at;
        for (size_t i = g->n / 2; g->n == g->most && i-- > 0;)
            sift_down(g, i);
    } else if (g->n > 0 && by_reports(&g->at, &g->heap[0]) < 0) {
        g->heap[0] = g->at;
        sift_down(g, 0);
    }
    return true;
}

/* The most precise date, the earlier of two that are as precise: others are those of a reprint. */
static void take_date(int32_t *day, int32_t *day_end, const struct nq_reference *r)
{
    if (r->day == NQ_NO_DAY)
        return;
    int32_t end = r->day_end == NQ_NO_DAY ? r->day : r->day_end;
    int32_t length = end - r->day, had = *day == NQ_NO_DAY ? 0 : *day_end - *day;
    if (*day == NQ_NO_DAY || length < had || (length == had && r->day < *day)) {
        *day = r->day;
        *day_end = end;
    }
}

static bool count(void *user, const struct nq_cited *c)
{
    struct gathering *g = user;
    if (c->work != g->at.work) {
        if (!end_work(g))
            return false;
        g->at = (struct entry){.work = c->work, .day = NQ_NO_DAY, .day_end = NQ_NO_DAY};
    }
    g->citations++;
    g->at.citations++;
    g->at.reports += g->at.last_report != c->report.id;
    g->at.last_report = c->report.id;
    take_date(&g->at.day, &g->at.day_end, &c->reference);
    return true;
}

/* ---- what they are
 * ------------------------------------------------------------------------------ */

struct telling {
    struct nq_arena *arena;
    struct nq_cited_work *work;
};

static bool add_source(struct telling *t, struct nq_str name)
{
    struct nq_cited_work *w = t->work;
    struct nq_str *sources = (struct nq_str *)w->sources;
    for (size_t i = 0; i < w->n_sources; i++)
        if (nq_str_eq(sources[i], name))
            return true;
    struct nq_str *grown = nq_arena_grow(t->arena, sources, w->n_sources, sizeof *grown);
    if (!grown)
        return false;
    grown[w->n_sources++] = nq_arena_str(t->arena, name);
    w->sources = grown;
    return true;
}

static bool tell(void *user, const struct nq_cited *c)
{
    struct telling *t = user;
    struct nq_cited_work *w = t->work;
    struct nq_str name;
    struct nq_work_printing *grown =
        nq_arena_grow(t->arena, (void *)w->printings, w->citations, sizeof *grown);
    if (!grown)
        return false;
    w->printings = grown;
    grown[w->citations++] = (struct nq_work_printing){
        .passage = c->passage,
        .report = c->report.id,
        .report_day = c->report.day,
        .report_title = nq_arena_str(t->arena, c->report.title),
        .raw = nq_arena_str(t->arena, c->reference.raw),
    };
    if (c->reference.title.len > w->title.len)
        w->title = nq_arena_str(t->arena, c->reference.title);
    for (size_t at = 0; nq_source_next(c->reference.source, &at, &name);)
        if (!add_source(t, name))
            return false;
    return !nq_arena_failed(t->arena);
}

static bool count_report(void *user, const struct nq_cited *c)
{
    struct entry *e = user;
    e->reports += e->last_report != c->report.id;
    e->last_report = c->report.id;
    return true;
}

static enum nq_status answer(struct nq_index *index, const struct nq_sources_params *p,
                             struct nq_arena *arena, struct gathering *g,
                             struct nq_cited_works *out, struct nq_error *err)
{
    struct nq_cited_bounds bounds = {p->bounded, p->from, p->to, NQ_CITED_BY_WORK, 0};
    enum nq_status status = nq_cited_each(index, &bounds, count, g, err);
    if (status == NQ_OK && !end_work(g))
        status = nq_fail_nomem(err);
    if (status != NQ_OK)
        return status;
    if (g->n)
        qsort(g->heap, g->n, sizeof *g->heap, by_reports);
    size_t first = p->offset < g->n ? p->offset : g->n;
    struct nq_cited_work *items = nq_arena_array(arena, g->n - first + 1, sizeof *items);
    if (!items)
        return nq_fail_nomem(err);
    for (size_t i = first; i < g->n && status == NQ_OK; i++) {
        const struct entry *e = &g->heap[i];
        items[i - first] =
            (struct nq_cited_work){.day = e->day, .day_end = e->day_end, .reports = e->reports};
        struct telling t = {arena, &items[i - first]};
        bounds.work = e->work;
        status = nq_cited_each(index, &bounds, tell, &t, err);
    }
    struct entry reports = {0};
    bounds.work = 0;
    bounds.order = NQ_CITED_AS_INDEXED;
    if (status == NQ_OK)
        status = nq_cited_each(index, &bounds, count_report, &reports, err);
    *out = (struct nq_cited_works){items, g->n - first, g->works, reports.reports, g->citations};
    return status;
}

enum nq_status nq_cited_works(struct nq_index *index, const struct nq_sources_params *params,
                              struct nq_cited_works **out, struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    struct nq_arena *arena;
    size_t limit = params->limit < SIZE_MAX - params->offset ? params->limit : 0;
    struct gathering g = {.most = limit ? params->offset + limit : SIZE_MAX};
    struct nq_cited_works *works = nq_owned_create(sizeof *works, &arena);
    if (!works)
        return nq_fail_nomem(err);
    enum nq_status status = nq_index_begin_whole(index, err);
    if (status == NQ_OK) {
        status = answer(index, params, arena, &g, works, err);
        nq_db_leave(index->db);
    }
    free(g.heap);
    if (status == NQ_OK)
        *out = works;
    else
        nq_cited_works_destroy(works);
    return status;
}

void nq_cited_works_destroy(struct nq_cited_works *works)
{
    nq_owned_destroy(works);
}
