/* Cited works: one row for each, however references print it, with all its printings. */
#include <stdlib.h>

#include "api/cited.h"
#include "api/owned.h"
#include "link/source.h"

struct gathering {
    struct nq_arena *arena;
    struct nq_cited_work *works; /* by number of the work */
    size_t n;
    struct nq_cited_works *out;
    int64_t last_report;
};

static bool add_source(struct gathering *g, struct nq_cited_work *w, struct nq_str name)
{
    struct nq_str *sources = (struct nq_str *)w->sources;
    for (size_t i = 0; i < w->n_sources; i++)
        if (nq_str_eq(sources[i], name))
            return true;
    struct nq_str *grown = nq_arena_grow(g->arena, sources, w->n_sources, sizeof *grown);
    if (!grown)
        return false;
    grown[w->n_sources++] = nq_arena_str(g->arena, name);
    w->sources = grown;
    return true;
}

/* The most precise date, the earlier of two that are as precise: others are those of a reprint. */
static void take_date(struct nq_cited_work *w, const struct nq_reference *r)
{
    if (r->day == NQ_NO_DAY)
        return;
    int32_t end = r->day_end == NQ_NO_DAY ? r->day : r->day_end;
    int32_t length = end - r->day, had = w->day == NQ_NO_DAY ? 0 : w->day_end - w->day;
    if (w->day == NQ_NO_DAY || length < had || (length == had && r->day < w->day)) {
        w->day = r->day;
        w->day_end = end;
    }
}

static bool add_printing(struct gathering *g, struct nq_cited_work *w, const struct nq_cited *c)
{
    struct nq_work_printing *grown =
        nq_arena_grow(g->arena, (void *)w->printings, w->citations, sizeof *grown);
    if (!grown)
        return false;
    w->printings = grown;
    grown[w->citations++] = (struct nq_work_printing){
        .passage = c->passage,
        .report = c->report.id,
        .report_day = c->report.day,
        .report_title = nq_arena_str(g->arena, c->report.title),
        .raw = nq_arena_str(g->arena, c->reference.raw),
    };
    return true;
}

static bool on_cited(void *user, const struct nq_cited *c)
{
    struct gathering *g = user;
    struct nq_str name, title = c->reference.title;
    if (c->work == g->n) {
        struct nq_cited_work *grown = nq_arena_grow(g->arena, g->works, g->n, sizeof *grown);
        if (!grown)
            return false;
        g->works = grown;
        grown[g->n++] = (struct nq_cited_work){.day = NQ_NO_DAY, .day_end = NQ_NO_DAY};
    }
    struct nq_cited_work *w = &g->works[c->work];
    size_t before = w->citations;
    g->out->citations++;
    g->out->reports += c->report.id != g->last_report;
    g->last_report = c->report.id;
    take_date(w, &c->reference);
    if (title.len > w->title.len)
        w->title = nq_arena_str(g->arena, title);
    for (size_t at = 0; nq_source_next(c->reference.source, &at, &name);)
        if (!add_source(g, w, name))
            return false;
    if (!add_printing(g, w, c) || nq_arena_failed(g->arena))
        return false;
    w->reports += before == 0 || w->printings[before - 1].report != c->report.id;
    return true;
}

/* The most cited, then the latest first. */
static int by_reports(const void *a, const void *b)
{
    const struct nq_cited_work *x = a, *y = b;
    if (x->reports != y->reports)
        return x->reports < y->reports ? 1 : -1;
    if (x->citations != y->citations)
        return x->citations < y->citations ? 1 : -1;
    if (x->day != y->day)
        return x->day < y->day ? 1 : -1;
    return nq_str_cmp(x->title, y->title);
}

static enum nq_status answer(struct nq_index *index, const struct nq_sources_params *p,
                             struct nq_arena *arena, struct nq_cited_works *out,
                             struct nq_error *err)
{
    const struct nq_cited_bounds bounds = {p->bounded, p->from, p->to};
    struct gathering g = {.arena = arena, .out = out};
    enum nq_status status = nq_cited_each(index, &bounds, on_cited, &g, err);
    if (status != NQ_OK)
        return status;
    if (g.n)
        qsort(g.works, g.n, sizeof *g.works, by_reports);
    size_t first = p->offset < g.n ? p->offset : g.n;
    out->items = g.works ? g.works + first : NULL;
    out->n_items = g.n - first < p->limit ? g.n - first : p->limit;
    out->total = g.n;
    return NQ_OK;
}

enum nq_status nq_cited_works(struct nq_index *index, const struct nq_sources_params *params,
                              struct nq_cited_works **out, struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    struct nq_arena *arena;
    struct nq_cited_works *works = nq_owned_create(sizeof *works, &arena);
    if (!works)
        return nq_fail_nomem(err);
    enum nq_status status = nq_index_begin_whole(index, err);
    if (status == NQ_OK) {
        status = answer(index, params, arena, works, err);
        nq_db_exec(index->db, "COMMIT", NULL);
    }
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
