/* Sources: which report cites which how often.  A cited work that stands on two sites
 * (新华网/经济日报) is one of both; a source is known by any of its names.
 *
 * References are read as they were indexed, to count; by works, to count these; and once more for
 * the reports of the sources that are shown, so that nothing else is remembered. */
#include <stdlib.h>

#include "api/cited.h"
#include "api/owned.h"
#include "base/map.h"
#include "link/profile.h"
#include "link/source.h"
#include "text/fold.h"

/* A source on its way. */
struct use {
    struct nq_source_use public;
    struct nq_source_report *reports; /* of one that is shown: room for all, in the order of ids */
    size_t n_listed;
    int64_t passage, report, work; /* counted last */
};

struct gathering {
    struct nq_index *index;
    const struct nq_sources_params *params;
    struct nq_arena *arena;
    struct use *uses;
    size_t n;
    struct nq_map names; /* common form, folded -> place in uses */
    struct nq_folded folded;
    struct nq_buf key;
    uint64_t reports, citations;
    int64_t last_report;
    struct nq_error *err;
};

/* The source called `name`, made where there is none; NULL without memory. */
static struct use *use_of(struct gathering *g, struct nq_str name)
{
    g->key.len = 0;
    if (!nq_fold_text(name, &g->folded))
        return NULL;
    for (size_t i = 0; i < g->folded.n; i++)
        nq_buf_add_cp(&g->key, g->folded.cp[i]);
    if (g->key.failed)
        return NULL;
    struct nq_map_entry *e = nq_map_put(&g->names, nq_profile_common_form(nq_buf_str(&g->key)));
    if (!e)
        return NULL;
    if (e->mark == 0) {
        struct use *grown = nq_arena_grow(g->arena, g->uses, g->n, sizeof *grown);
        if (!grown)
            return NULL;
        g->uses = grown;
        e->mark = 1;
        e->value = (int32_t)g->n;
        grown[g->n++] = (struct use){.public = {.name = nq_arena_str(g->arena, name),
                                                .first_day = NQ_NO_DAY,
                                                .last_day = NQ_NO_DAY}};
    }
    return &g->uses[e->value];
}

/* Counts one citation for one source. */
static bool count(struct gathering *g, struct nq_str name, const struct nq_cited *cited)
{
    struct use *use = use_of(g, name);
    int32_t day = cited->report.day;
    if (!use || use->passage == cited->passage) /* a reference may name it twice */
        return use != NULL;
    struct nq_source_use *u = &use->public;
    u->citations++;
    u->n_reports += use->report != cited->report.id;
    use->passage = cited->passage;
    use->report = cited->report.id;
    if (day != NQ_NO_DAY && (u->first_day == NQ_NO_DAY || day < u->first_day))
        u->first_day = day;
    if (day != NQ_NO_DAY && (u->last_day == NQ_NO_DAY || day > u->last_day))
        u->last_day = day;
    return true;
}

static bool count_work(struct gathering *g, struct nq_str name, const struct nq_cited *cited)
{
    struct use *use = use_of(g, name);
    if (use && use->work != cited->work)
        use->public.works++;
    if (use)
        use->work = cited->work;
    return use != NULL;
}

/* Notes the report of a source that is shown. */
static bool list(struct gathering *g, struct nq_str name, const struct nq_cited *cited)
{
    struct use *use = use_of(g, name);
    if (!use || !use->reports || use->passage == cited->passage)
        return use != NULL;
    use->passage = cited->passage;
    if (use->n_listed > 0 && use->reports[use->n_listed - 1].id == cited->report.id) {
        use->reports[use->n_listed - 1].citations++;
        return true;
    }
    if (use->n_listed == use->public.n_reports) /* cannot be: all were counted */
        return true;
    use->reports[use->n_listed++] = (struct nq_source_report){
        cited->report.id, cited->report.day, nq_arena_str(g->arena, cited->report.title), 1};
    return !nq_arena_failed(g->arena);
}

/* Calls `fn` with each source that a reference names. */
static bool each_source(struct gathering *g, const struct nq_cited *cited,
                        bool (*fn)(struct gathering *g, struct nq_str name,
                                   const struct nq_cited *cited))
{
    struct nq_str name;
    for (size_t at = 0; nq_source_next(cited->reference.source, &at, &name);)
        if (!fn(g, name, cited))
            return false;
    return true;
}

static bool on_cited(void *user, const struct nq_cited *cited)
{
    struct gathering *g = user;
    g->citations++;
    g->reports += cited->report.id != g->last_report;
    g->last_report = cited->report.id;
    return each_source(g, cited, count);
}

static bool on_work(void *user, const struct nq_cited *cited)
{
    return each_source(user, cited, count_work);
}

static bool on_shown(void *user, const struct nq_cited *cited)
{
    return each_source(user, cited, list);
}

static int by_citations(const void *a, const void *b)
{
    const struct use *const *x = a, *const *y = b;
    if ((*x)->public.citations != (*y)->public.citations)
        return (*x)->public.citations < (*y)->public.citations ? 1 : -1;
    return nq_str_cmp((*x)->public.name, (*y)->public.name);
}

/* The sources that are shown, with their reports. */
static enum nq_status choose(struct gathering *g, const struct nq_cited_bounds *bounds,
                             struct nq_sources *out)
{
    struct use **uses = nq_arena_array(g->arena, g->n + 1, sizeof *uses);
    size_t first = g->params->offset < g->n ? g->params->offset : g->n;
    size_t n = g->n - first < g->params->limit ? g->n - first : g->params->limit;
    struct nq_source_use *items = nq_arena_array(g->arena, n + 1, sizeof *items);
    if (!uses || !items)
        return nq_fail_nomem(g->err);
    for (size_t i = 0; i < g->n; i++) {
        uses[i] = &g->uses[i];
        uses[i]->passage = 0;
    }
    if (g->n)
        qsort(uses, g->n, sizeof *uses, by_citations);
    for (size_t i = 0; i < n; i++) {
        struct use *use = uses[first + i];
        use->reports = nq_arena_array(g->arena, use->public.n_reports + 1, sizeof *use->reports);
        if (!use->reports)
            return nq_fail_nomem(g->err);
        items[i] = use->public;
        items[i].reports = use->reports;
    }
    out->items = items;
    out->n_items = n;
    return nq_cited_each(g->index, bounds, on_shown, g, g->err);
}

static enum nq_status answer(struct gathering *g, struct nq_sources *out)
{
    struct nq_cited_bounds bounds = {g->params->bounded, g->params->from, g->params->to,
                                     NQ_CITED_AS_INDEXED, 0};
    enum nq_status status = nq_cited_each(g->index, &bounds, on_cited, g, g->err);
    bounds.order = NQ_CITED_BY_WORK;
    if (status == NQ_OK)
        status = nq_cited_each(g->index, &bounds, on_work, g, g->err);
    bounds.order = NQ_CITED_AS_INDEXED;
    if (status == NQ_OK)
        status = choose(g, &bounds, out);
    out->total = g->n;
    out->reports = g->reports;
    out->citations = g->citations;
    return status;
}

enum nq_status nq_sources(struct nq_index *index, const struct nq_sources_params *params,
                          struct nq_sources **out, struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    struct gathering g = {.index = index, .params = params, .err = err};
    struct nq_sources *sources = nq_owned_create(sizeof *sources, &g.arena);
    if (!sources)
        return nq_fail_nomem(err);
    enum nq_status status = nq_index_begin_whole(index, err);
    if (status == NQ_OK) {
        status = answer(&g, sources);
        nq_db_leave(index->db);
    }
    nq_map_finish(&g.names);
    nq_folded_finish(&g.folded);
    nq_buf_finish(&g.key);
    if (status == NQ_OK)
        *out = sources;
    else
        nq_sources_destroy(sources);
    return status;
}

void nq_sources_destroy(struct nq_sources *sources)
{
    nq_owned_destroy(sources);
}
