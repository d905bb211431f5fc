/* Sources: which report cites which how often.  A cited work that stands on two sites
 * (新华网/经济日报) is one of both; a source is known by any of its names. */
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
    struct nq_source_report *reports; /* in the order of ids */
    int64_t passage;                  /* the reference counted last, which may name it twice */
};

struct gathering {
    struct nq_index *index;
    const struct nq_sources_params *params;
    struct nq_arena *arena;
    struct use *uses;
    size_t n;
    struct nq_map names; /* common form, folded -> place in uses */
    struct nq_map works; /* source's place and number of the work */
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

/* Whether the source has not been cited for this work before; *ok is false without memory. */
static bool is_new_work(struct gathering *g, const struct use *use, size_t work, bool *ok)
{
    size_t pair[] = {(size_t)(use - g->uses), work};
    struct nq_map_entry *e =
        nq_map_put(&g->works, (struct nq_str){(const char *)pair, sizeof pair});
    *ok = e != NULL;
    return e && e->mark++ == 0;
}

/* Counts one citation for one source. */
static bool count(struct gathering *g, struct nq_str name, const struct nq_cited *cited)
{
    struct use *use = use_of(g, name);
    bool ok = use != NULL;
    int32_t day = cited->report.day;
    if (!ok)
        return false;
    if (use->passage == cited->passage)
        return true;
    use->passage = cited->passage;
    struct nq_source_use *u = &use->public;
    u->citations++;
    u->works += is_new_work(g, use, cited->work, &ok);
    if (day != NQ_NO_DAY && (u->first_day == NQ_NO_DAY || day < u->first_day))
        u->first_day = day;
    if (day != NQ_NO_DAY && (u->last_day == NQ_NO_DAY || day > u->last_day))
        u->last_day = day;
    if (u->n_reports > 0 && use->reports[u->n_reports - 1].id == cited->report.id) {
        use->reports[u->n_reports - 1].citations++;
        return ok;
    }
    struct nq_source_report *grown =
        nq_arena_grow(g->arena, use->reports, u->n_reports, sizeof *grown);
    if (!grown)
        return false;
    use->reports = grown;
    grown[u->n_reports++] = (struct nq_source_report){
        cited->report.id, day, nq_arena_str(g->arena, cited->report.title), 1};
    return ok && !nq_arena_failed(g->arena);
}

/* Each of the sources that a reference names. */
static bool on_cited(void *user, const struct nq_cited *cited)
{
    struct gathering *g = user;
    struct nq_str name;
    g->citations++;
    g->reports += cited->report.id != g->last_report;
    g->last_report = cited->report.id;
    for (size_t at = 0; nq_source_next(cited->reference.source, &at, &name);)
        if (!count(g, name, cited))
            return false;
    return true;
}

static int by_citations(const void *a, const void *b)
{
    const struct nq_source_use *x = a, *y = b;
    if (x->citations != y->citations)
        return x->citations < y->citations ? 1 : -1;
    return nq_str_cmp(x->name, y->name);
}

static enum nq_status answer(struct gathering *g, struct nq_sources *out)
{
    const struct nq_cited_bounds bounds = {g->params->bounded, g->params->from, g->params->to};
    enum nq_status status = nq_cited_each(g->index, &bounds, on_cited, g, g->err);
    struct nq_source_use *items = nq_arena_array(g->arena, g->n + 1, sizeof *items);
    if (status == NQ_OK && !items)
        status = nq_fail_nomem(g->err);
    if (status != NQ_OK)
        return status;
    for (size_t i = 0; i < g->n; i++) {
        items[i] = g->uses[i].public;
        items[i].reports = g->uses[i].reports;
    }
    if (g->n)
        qsort(items, g->n, sizeof *items, by_citations);
    size_t first = g->params->offset < g->n ? g->params->offset : g->n;
    out->items = items + first;
    out->n_items = g->n - first < g->params->limit ? g->n - first : g->params->limit;
    out->total = g->n;
    out->reports = g->reports;
    out->citations = g->citations;
    return NQ_OK;
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
        nq_db_exec(index->db, "COMMIT", NULL);
    }
    nq_map_finish(&g.names);
    nq_map_finish(&g.works);
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
