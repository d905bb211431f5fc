/* Sources: which report cites which how often.  A cited work that stands on two sites
 * (新华网/经济日报, 转载) is one of both; a source is known by any of its names. */
#include <stdlib.h>

#include "api/index.h"
#include "base/arena.h"
#include "link/profile.h"
#include "store/sql.h"
#include "text/fold.h"
#include "text/title.h"

/* The public struct first, then what owns its memory. */
struct owned {
    struct nq_sources sources;
    struct nq_arena *arena;
};

/* A source on its way. */
struct use {
    struct nq_source_use public;
    struct nq_source_report *reports; /* in the order of ids */
};

struct gathering {
    struct nq_index *index;
    const struct nq_sources_params *params;
    struct nq_arena *arena;
    struct use *uses;
    size_t n;
    struct nq_map names; /* common form, folded -> place in uses */
    struct nq_map works; /* source's place and the title's key */
    struct nq_folded folded;
    struct nq_buf key;
    uint64_t reports, citations;
    int64_t last_report;
    struct nq_error *err;
};

static bool within(const struct gathering *g, int32_t day)
{
    const struct nq_sources_params *p = g->params;
    if (!p->bounded || (p->from == NQ_NO_DAY && p->to == NQ_NO_DAY))
        return true;
    return day != NQ_NO_DAY && (p->from == NQ_NO_DAY || day >= p->from) &&
           (p->to == NQ_NO_DAY || day <= p->to);
}

/* 搜狐转载 is 搜狐. */
static struct nq_str bare(struct nq_str name)
{
    static const struct nq_str ends[] = {NQ_STR_INIT("转载"), NQ_STR_INIT("转发"),
                                         NQ_STR_INIT("相关报道")};
    name = nq_str_trim(name);
    for (size_t i = 0; i < NQ_COUNT(ends); i++)
        if (nq_str_ends(name, ends[i]) && name.len > ends[i].len)
            name.len -= ends[i].len;
    return nq_str_trim(name);
}

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
static bool is_new_work(struct gathering *g, const struct use *use, struct nq_str title, bool *ok)
{
    enum nq_title_stage stage;
    size_t place = (size_t)(use - g->uses);
    if (!(*ok = nq_title_key(title, &g->folded, &g->key, &stage)) || g->key.len == 0)
        return false;
    nq_buf_addf(&g->key, "\t%zu", place);
    struct nq_map_entry *e = g->key.failed ? NULL : nq_map_put(&g->works, nq_buf_str(&g->key));
    *ok = e != NULL;
    return e && e->mark++ == 0;
}

/* Counts one citation for one source. */
static bool count(struct gathering *g, struct nq_str name, struct nq_str title,
                  const struct nq_source_report *report)
{
    struct use *use = use_of(g, name);
    bool ok = use != NULL;
    if (!ok)
        return false;
    struct nq_source_use *u = &use->public;
    u->citations++;
    u->works += is_new_work(g, use, title, &ok);
    if (report->day != NQ_NO_DAY && (u->first_day == NQ_NO_DAY || report->day < u->first_day))
        u->first_day = report->day;
    if (report->day != NQ_NO_DAY && (u->last_day == NQ_NO_DAY || report->day > u->last_day))
        u->last_day = report->day;
    if (u->n_reports > 0 && use->reports[u->n_reports - 1].id == report->id) {
        use->reports[u->n_reports - 1].citations++;
        return ok;
    }
    struct nq_source_report *grown =
        nq_arena_grow(g->arena, use->reports, u->n_reports, sizeof *grown);
    if (!grown)
        return false;
    use->reports = grown;
    grown[u->n_reports] = *report;
    grown[u->n_reports].title = nq_arena_str(g->arena, report->title);
    grown[u->n_reports++].citations = 1;
    return ok && !nq_arena_failed(g->arena);
}

/* Each of the sources that a reference names, parted by a slash or 、. */
static bool count_all(struct gathering *g, struct nq_str source, struct nq_str title,
                      const struct nq_source_report *report)
{
    static const struct nq_str marks[] = {NQ_STR_INIT("/"), NQ_STR_INIT("／"), NQ_STR_INIT("、"),
                                          NQ_STR_INIT("|")};
    g->citations++;
    g->reports += report->id != g->last_report;
    g->last_report = report->id;
    for (size_t at = 0; at < source.len;) {
        size_t end = source.len, len = 0;
        for (size_t i = 0; i < NQ_COUNT(marks); i++) {
            size_t found = nq_str_find(source, marks[i], at);
            if (found < end) {
                end = found;
                len = marks[i].len;
            }
        }
        struct nq_str name = bare(nq_str_sub(source, at, end));
        if (name.len > 0 && !count(g, name, title, report))
            return false;
        at = end + len;
    }
    return true;
}

static enum nq_status gather(struct gathering *g)
{
    static const char sql[] =
        "SELECT f.source, f.title, r.id, r.day, r.title FROM reference AS f JOIN report AS r"
        " ON r.id = (SELECT max(id) FROM report WHERE id <= f.id) ORDER BY f.id";
    struct nq_rows r = nq_rows(g->index->db, sql, NULL, g->err);
    while (nq_rows_next(&r)) {
        struct nq_source_report report = {
            .id = nq_rows_int(&r, 2), .day = nq_rows_day(&r, 3), .title = nq_rows_str(&r, 4)};
        if (within(g, report.day) && !count_all(g, nq_rows_str(&r, 0), nq_rows_str(&r, 1), &report))
            r.status = nq_fail_nomem(g->err);
    }
    return nq_rows_end(&r);
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
    enum nq_status status = gather(g);
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
    struct owned *o = calloc(1, sizeof *o);
    if (!o || !(o->arena = g.arena = nq_arena_create())) {
        free(o);
        return nq_fail_nomem(err);
    }
    enum nq_status status = answer(&g, &o->sources);
    nq_map_finish(&g.names);
    nq_map_finish(&g.works);
    nq_folded_finish(&g.folded);
    nq_buf_finish(&g.key);
    if (status == NQ_OK)
        *out = &o->sources;
    else
        nq_sources_destroy(&o->sources);
    return status;
}

void nq_sources_destroy(struct nq_sources *sources)
{
    struct owned *o = (struct owned *)sources;
    if (!o)
        return;
    nq_arena_destroy(o->arena);
    free(o);
}
