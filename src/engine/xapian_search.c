/* Searching the second engine's shards: candidates by Xapian's own ranking, filters and counts. */
#include "engine/xapian_ask.h"

#include "engine/compile.h"
#include "store/packed.h"
#include "store/reports.h"
#include "store/sql.h"
#include "time/day.h"

enum { MOST_UNPACKED = 20000 }; /* passages that a front keeps */

/* ---- queries
 * ---------------------------------------------------------------------------------------- */

void nq_xapian_asking_finish(struct nq_xapian_asking *a)
{
    a->run->engine->xapian->api->hits_finish(&a->hits);
    nq_arena_destroy(a->arena);
    nq_buf_finish(&a->match);
    nq_buf_finish(&a->must);
    nq_buf_finish(&a->excluded);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

/* Whether `part` stands in `name`, capital letters aside. */
static bool names(struct nq_str name, struct nq_str part)
{
    for (size_t i = 0; i + part.len <= name.len; i++) {
        size_t k = 0;
        while (k < part.len && lower(name.ptr[i + k]) == lower(part.ptr[k]))
            k++;
        if (k == part.len)
            return true;
    }
    return false;
}

static bool on_source(void *user, struct nq_str name, uint64_t passages)
{
    struct nq_xapian_asking *a = user;
    bool wanted = false;
    (void)passages;
    for (size_t t = 0; t < a->clause->n_terms; t++)
        wanted |= names(name, a->clause->terms[t].text);
    if (!wanted)
        return true;
    struct nq_str *grown = nq_arena_grow(a->arena, a->names, a->n_names, sizeof *grown);
    if (!grown)
        return false;
    a->names = grown;
    a->names[a->n_names++] = nq_arena_str(a->arena, name);
    return true;
}

/* The sources that source: clauses ask for, of those that there are. */
static enum nq_status gather_sources(struct nq_xapian_asking *a, const struct nq_query *query,
                                     struct nq_error *err)
{
    struct nq_xapian_state *x = a->run->engine->xapian;
    struct nq_xapian_sources *sources =
        nq_arena_array(a->arena, query->n_clauses + 1, sizeof *sources);
    enum nq_status status = sources ? NQ_OK : nq_fail_nomem(err);
    for (size_t c = 0; c < query->n_clauses && status == NQ_OK; c++) {
        a->clause = &query->clauses[c];
        if (a->clause->terms[0].field != NQ_FIELD_SOURCE)
            continue;
        a->names = NULL;
        a->n_names = 0;
        status = x->api->terms(x->reader, NQ_XAPIAN_SOURCE, NQ_STR(""), on_source, a, err);
        sources[a->q.n_sources++] =
            (struct nq_xapian_sources){a->names, a->n_names, a->clause->negated};
    }
    a->q.sources = sources;
    return status == NQ_OK && nq_arena_failed(a->arena) ? nq_fail_nomem(err) : status;
}

/* What only the database can tell of a match. */
static bool keep(void *user, int64_t id)
{
    struct nq_run *r = user;
    const struct nq_attribute *a = r->status == NQ_OK ? nq_run_attribute(r, id) : NULL;
    return a && nq_run_passes(r, id, a) && nq_run_holds(r, id, a->kind);
}

/* Whether somebody still waits for the answer, and nothing has failed in `keep`. */
static bool go_on(void *user)
{
    struct nq_run *r = user;
    return r->status == NQ_OK && !nq_db_is_stopped(r->engine->db);
}

enum nq_status nq_xapian_begin(struct nq_xapian_asking *a)
{
    struct nq_run *r = a->run;
    struct nq_xapian_state *x = r->engine->xapian;
    size_t n = 0;
    enum nq_status status = nq_xapian_read(r->engine, r->err);
    if (status == NQ_OK && !(a->arena = nq_arena_create()))
        status = nq_fail_nomem(r->err);
    if (status == NQ_OK && !nq_compile_negated(r->engine, r->search->query, &a->excluded, &n))
        status = nq_fail_nomem(r->err);
    if (status == NQ_OK)
        status = gather_sources(a, r->search->query, r->err);
    if (n > 0)
        a->q.excluded = nq_buf_str(&a->excluded);
    a->q.filter = &r->search->query->filter;
    a->q.by_day = r->search->sort == NQ_SORT_DATE;
    a->q.user = r;
    a->q.go_on = r->engine->db->stop ? go_on : NULL;
    if (!x->front &&
        (r->events || a->q.filter->documents || r->exact.needles.n > 0 || x->out_of_step))
        a->q.keep = keep;
    return status;
}

enum nq_status nq_xapian_ask(struct nq_xapian_asking *a)
{
    struct nq_run *r = a->run;
    enum nq_status status = nq_db_go_on(r->engine->db, r->err);
    if (status == NQ_OK)
        status = r->engine->xapian->api->search(r->engine->xapian->reader, &a->q, &a->hits, r->err);
    if (r->status != NQ_OK) /* of `keep` */
        status = r->status;
    else if (status == NQ_ERR_STOPPED)
        status = nq_db_interrupted(r->engine->db, r->err);
    for (size_t i = 0; i < a->hits.n && status == NQ_OK; i++)
        status = nq_xapian_fetch(r->engine, a->hits.items[i].id, r->err);
    return status;
}

/* ---- counts
 * ----------------------------------------------------------------------------------------- */

static void count_days(struct nq_run *r, const struct nq_xapian_hits *hits)
{
    struct nq_found *found = r->found;
    uint64_t dated = 0;
    for (size_t i = 0; i < hits->n_days; i++) {
        int year = 0, month = 1, day = 1;
        nq_day_civil(hits->days[i].day, &year, &month, &day);
        size_t m = (size_t)(12 * year + month - 1);
        found->months[m] += (uint32_t)hits->days[i].n;
        dated += hits->days[i].n;
        if (found->first_month == 0 || m < found->first_month)
            found->first_month = m;
        if (m > found->last_month)
            found->last_month = m;
    }
    found->months[0] += (uint32_t)(hits->total - dated);
}

static enum nq_status count_sources(struct nq_run *r, const struct nq_xapian_hits *hits)
{
    static const char sql[] = "SELECT id FROM source WHERE name = ?1";
    struct nq_db *db = r->engine->db;
    uint64_t named = 0;
    for (size_t i = 0; i < hits->n_sources; i++) {
        int64_t id = 0;
        struct nq_str name = hits->sources[i].name;
        enum nq_status status = r->engine->xapian->front
                                    ? nq_store_source(db, name, &id, r->err)
                                    : nq_sql_int(db, sql, NQ_WITH(nq_text(name)), &id, r->err);
        if (status != NQ_OK)
            return status;
        size_t s = id < NQ_N_SOURCES ? (size_t)id : 0;
        r->found->sources[s] += (uint32_t)hits->sources[i].n;
        named += hits->sources[i].n;
        if (s > r->found->last_source)
            r->found->last_source = s;
    }
    r->found->sources[0] += (uint32_t)(hits->total - named);
    return NQ_OK;
}

static enum nq_status count(struct nq_run *r, const struct nq_xapian_hits *hits)
{
    r->found->total_is_exact = r->found->total_is_exact && hits->total_is_exact;
    for (size_t i = 0; i < hits->n_listed && r->status == NQ_OK; i++) {
        const struct nq_attribute *a = nq_run_attribute(r, hits->listed[i]);
        if (a)
            nq_run_count(r, a, (uint32_t)hits->times);
    }
    if (hits->listed)
        return r->status;
    r->found->total += hits->total;
    r->found->n_report += hits->n_report;
    r->found->n_reference += hits->n_reference;
    if (!r->found->months)
        return NQ_OK;
    count_days(r, hits);
    return count_sources(r, hits);
}

/* ---- matches as typed
 * ------------------------------------------------------------------------------- */

void nq_xapian_take(struct nq_run *r, const struct nq_xapian_hit *hit, enum nq_tier tier)
{
    const struct nq_attribute *a = nq_run_attribute(r, hit->id);
    if (!a || !a->kind)
        return;
    if (r->engine->xapian->front && tier != NQ_TIER_PARTIAL && !nq_run_holds(r, hit->id, a->kind)) {
        r->found->total_is_exact = false;
        return;
    }
    nq_best_add(&r->best, (struct nq_match){hit->id, hit->score, a->day, tier});
}

/* Forgets what queries brought, before it is too much. */
static enum nq_status make_room(struct nq_engine *engine, struct nq_error *err)
{
    int64_t n = 0;
    if (!engine->xapian->front)
        return NQ_OK;
    enum nq_status status = nq_sql_int(engine->db, "SELECT count(*) FROM passage", NULL, &n, err);
    if (status != NQ_OK || n < MOST_UNPACKED)
        return status;
    nq_attributes_finish(&engine->attributes);
    return nq_store_unpacked_clear(engine->db, err);
}

/* Notes what was asked for as typed, which other names of it are not to find again. */
static void keep_typed(struct nq_run *r, const struct nq_buf *match, bool any)
{
    struct nq_buf *typed = &r->engine->xapian->typed;
    typed->len = 0;
    if (any && r->search->widened)
        nq_buf_add(typed, nq_buf_str(match));
    if (typed->failed)
        r->status = nq_fail_nomem(r->err);
}

enum nq_status nq_xapian_find(struct nq_run *r)
{
    struct nq_xapian_asking a = {.run = r};
    const struct nq_filter *f = &r->search->query->filter;
    size_t n = 0;
    r->status = make_room(r->engine, r->err);
    if (r->status == NQ_OK)
        r->status = nq_xapian_begin(&a);
    if (r->status == NQ_OK && !nq_compile_query(r->engine, r->search->query, false, &a.match, &n))
        r->status = nq_fail_nomem(r->err);
    if (r->status == NQ_OK && (n > 0 || r->search->pattern->n_atoms == 0)) {
        if (n > 0) {
            a.q.match = nq_buf_str(&a.match);
            a.q.excluded = (struct nq_str){0}; /* they are in it */
        }
        if (r->widening)
            a.q.excluded = nq_buf_str(&r->engine->xapian->typed); /* found already */
        else
            keep_typed(r, &a.match, n > 0);
        /* doc: alone is ranked by how much of a passage is about the document. */
        bool by_document = n == 0 && f->documents;
        a.q.most = by_document ? f->n_documents : r->best.k;
        a.q.count = true;
        a.q.facets = r->search->facets;
        a.q.list = !r->engine->xapian->front;
        if (r->status == NQ_OK)
            r->status = nq_xapian_ask(&a);
        if (r->status == NQ_OK)
            r->status = count(r, &a.hits);
        for (size_t i = 0; i < a.hits.n && r->status == NQ_OK && by_document; i++)
            a.hits.items[i].score = f->documents[a.hits.items[i].id];
        for (size_t i = 0; i < a.hits.n && r->status == NQ_OK; i++)
            nq_xapian_take(r, &a.hits.items[i], r->widening ? NQ_TIER_SYNONYM : NQ_TIER_EXACT);
    }
    nq_xapian_asking_finish(&a);
    return r->status;
}
