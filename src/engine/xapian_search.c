/* Searching the second engine's shards: candidates by Xapian's own ranking, filters and counts. */
#include "engine/xapian_state.h"

#include <stdlib.h>

#include "engine/compile.h"
#include "store/packed.h"
#include "store/reports.h"
#include "store/sql.h"
#include "time/day.h"

enum {
    FRONT_TIMEOUT_MS = 5000, /* for shards elsewhere, all in all */
    MOST_UNPACKED = 20000,   /* passages that a front keeps */
    PARTIAL_LISTS = 96,      /* of a kind that are asked for, see partial.c */
    FEW_LISTS = 2,
};

static const double bigram_weight = 0.8;

/* ---- the shards
 * ------------------------------------------------------------------------------------- */

enum nq_status nq_xapian_read(struct nq_engine *engine, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    enum nq_status status = NQ_OK;
    if (!x->reader) {
        status = x->api->reader_open(x->places, x->n_shards, x->front ? FRONT_TIMEOUT_MS : 0,
                                     &x->reader, err);
        x->read_generation = -1;
    } else if (x->front || x->out_of_step || x->read_generation != engine->generation) {
        status = x->api->refresh(x->reader, err);
    }
    if (status == NQ_OK && !x->front)
        status = x->api->differs(x->reader, "generation", engine->generation, &x->out_of_step, err);
    if (status == NQ_OK)
        x->read_generation = engine->generation;
    return status;
}

struct unpacking {
    struct nq_engine *engine;
    int64_t id;
    struct nq_attribute attribute;
    bool found;
    enum nq_status status;
    struct nq_error *err;
};

static bool unpack(void *user, struct nq_str data)
{
    struct unpacking *u = user;
    u->found = true;
    u->status = nq_store_unpack(u->engine->db, u->id, data, &u->attribute, u->err);
    return false;
}

enum nq_status nq_xapian_fetch(struct nq_engine *engine, int64_t id, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    struct nq_attribute known;
    struct unpacking u = {.engine = engine, .id = id, .err = err};
    if (!x->front)
        return NQ_OK;
    enum nq_status status = nq_attributes_get(&engine->attributes, engine->db, id, &known, err);
    if (status != NQ_OK || known.kind)
        return status;
    status = x->api->data(x->reader, id, unpack, &u, err);
    if (status == NQ_OK)
        status = u.status;
    if (status == NQ_OK && u.found)
        status = nq_attributes_set(&engine->attributes, engine->db, id, u.attribute, err);
    return status;
}

/* ---- queries
 * ---------------------------------------------------------------------------------------- */

/* A query on its way: what its parts are kept in. */
struct asking {
    struct nq_run *run;
    struct nq_xapian_query q;
    struct nq_xapian_hits hits;
    struct nq_arena *arena;
    struct nq_buf match, must, excluded;
    const struct nq_clause *clause; /* whose sources are being gathered */
    struct nq_str *names;
    size_t n_names;
};

static void finish(struct asking *a)
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
    struct asking *a = user;
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
static enum nq_status gather_sources(struct asking *a, const struct nq_query *query,
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

/* Begins a query of the run with its filters and exclusions. */
static enum nq_status begin(struct asking *a)
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
    if (!x->front &&
        (r->events || a->q.filter->documents || r->exact.needles.n > 0 || x->out_of_step))
        a->q.keep = keep;
    return status;
}

static enum nq_status ask(struct asking *a)
{
    struct nq_run *r = a->run;
    enum nq_status status =
        r->engine->xapian->api->search(r->engine->xapian->reader, &a->q, &a->hits, r->err);
    if (status == NQ_OK)
        status = r->status; /* of `keep` */
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

/* Takes in a hit; a front looks at quotations only now. */
static void take(struct nq_run *r, const struct nq_xapian_hit *hit, enum nq_tier tier)
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
    struct asking a = {.run = r};
    const struct nq_filter *f = &r->search->query->filter;
    size_t n = 0;
    r->status = make_room(r->engine, r->err);
    if (r->status == NQ_OK)
        r->status = begin(&a);
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
            r->status = ask(&a);
        if (r->status == NQ_OK)
            r->status = count(r, &a.hits);
        for (size_t i = 0; i < a.hits.n && r->status == NQ_OK && by_document; i++)
            a.hits.items[i].score = f->documents[a.hits.items[i].id];
        for (size_t i = 0; i < a.hits.n && r->status == NQ_OK; i++)
            take(r, &a.hits.items[i], r->widening ? NQ_TIER_SYNONYM : NQ_TIER_EXACT);
    }
    finish(&a);
    return r->status;
}

/* ---- partial matches
 * -------------------------------------------------------------------------------- */

/* A unit of the pattern, and the word that is the same two atoms. */
struct choice {
    struct nq_unit *unit, *twin;
    struct nq_str token, synonym;
    char prefix;
    double weight;
};

static struct nq_str bare(struct nq_str single)
{
    if (single.len > 0 && single.ptr[single.len - 1] == NQ_TOKEN_SEP)
        single.len--;
    return single;
}

static struct nq_str joined(struct nq_arena *arena, struct nq_buf *buf)
{
    struct nq_str s = buf->failed ? (struct nq_str){0} : nq_arena_str(arena, nq_buf_str(buf));
    buf->len = 0;
    return s;
}

/* The terms of a unit. */
static void name_unit(struct choice *c, const struct nq_pattern *p, struct nq_arena *arena,
                      struct nq_buf *buf)
{
    const uint32_t *atoms = p->sequence + c->unit->first;
    if (c->prefix == NQ_XAPIAN_WORD) {
        for (uint32_t i = 0; i < c->unit->n; i++)
            nq_buf_add(buf, bare(p->atoms[atoms[i]]));
        c->token = joined(arena, buf);
    } else if (c->unit->n == 1) {
        c->prefix = NQ_XAPIAN_ATOM;
        c->token = bare(p->atoms[atoms[0]]);
    } else {
        nq_buf_add(buf, p->atoms[atoms[0]]);
        nq_buf_add(buf, bare(p->atoms[atoms[1]]));
        c->token = joined(arena, buf);
        nq_buf_add(buf, p->atoms[atoms[0]]);
        nq_buf_add_byte(buf, NQ_TOKEN_ACROSS);
        nq_buf_add(buf, bare(p->atoms[atoms[1]]));
        c->synonym = joined(arena, buf);
    }
}

static int by_idf(const void *a, const void *b)
{
    const struct choice *x = a, *y = b;
    return (x->unit->idf < y->unit->idf) - (x->unit->idf > y->unit->idf);
}

/* Words that are no bigram (first) and the others, the `most` rarest of each: their number. */
static size_t choose_units(const struct nq_pattern *p, struct choice *out, size_t most)
{
    size_t n = 0, n_words;
    for (size_t i = 0; i < p->words.n; i++) {
        struct nq_unit *word = &p->words.items[i];
        if (word->n > 1 && !nq_pattern_twin(p, word))
            out[n++] = (struct choice){.unit = word, .prefix = NQ_XAPIAN_WORD, .weight = 1};
    }
    if (n > 1)
        qsort(out, n, sizeof *out, by_idf);
    n = n_words = n < most ? n : most;
    for (size_t i = 0; i < p->bigrams.n; i++)
        out[n++] = (struct choice){.unit = &p->bigrams.items[i], .weight = bigram_weight};
    for (size_t i = 0; i < p->words.n; i++) {
        struct nq_unit *word = &p->words.items[i], *twin = nq_pattern_twin(p, word);
        if (word->n == 1) {
            out[n++] = (struct choice){.unit = word, .weight = 1};
        } else if (twin) {
            struct choice *c = &out[n_words + (size_t)(twin - p->bigrams.items)];
            c->twin = word;
            c->weight += 1;
        }
    }
    if (n - n_words > 1)
        qsort(out + n_words, n - n_words, sizeof *out, by_idf);
    return n - n_words < most ? n : n_words + most;
}

/* Asks for any of the pattern's units, and fills in their idf. */
static enum nq_status ask_units(struct asking *a, struct nq_pattern *p, size_t most)
{
    struct nq_run *r = a->run;
    size_t n = p->words.n + p->bigrams.n;
    struct choice *choices = nq_arena_array(a->arena, n + 1, sizeof *choices);
    struct nq_xapian_unit *units = nq_arena_array(a->arena, n + 1, sizeof *units);
    struct nq_buf buf = {0};
    if (!choices || !units)
        return nq_fail_nomem(r->err);
    n = choose_units(p, choices, most);
    for (size_t i = 0; i < n; i++) {
        name_unit(&choices[i], p, a->arena, &buf);
        units[i] = (struct nq_xapian_unit){choices[i].token, choices[i].synonym, choices[i].prefix,
                                           choices[i].weight, 0};
    }
    bool failed = buf.failed || nq_arena_failed(a->arena);
    nq_buf_finish(&buf);
    a->q.units = units;
    a->q.n_units = n;
    enum nq_status status = failed ? nq_fail_nomem(r->err) : n > 0 ? ask(a) : NQ_OK;
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        choices[i].unit->idf = nq_idf(units[i].passages, (double)r->engine->n_passages);
        if (choices[i].twin)
            choices[i].twin->idf = choices[i].unit->idf;
    }
    return status;
}

static bool is_found(const struct nq_found *found, int64_t id)
{
    for (size_t i = 0; i < found->n; i++)
        if (found->matches[i].passage == id)
            return true;
    return false;
}

enum nq_status nq_xapian_find_partial(struct nq_run *r, bool few)
{
    struct asking a = {.run = r};
    size_t n = 0;
    enum nq_status status = begin(&a);
    if (status == NQ_OK && !nq_compile_query(r->engine, r->search->query, true, &a.must, &n))
        status = nq_fail_nomem(r->err);
    if (n > 0)
        a.q.must = nq_buf_str(&a.must);
    a.q.most = r->best.k + r->found->n;
    if (status == NQ_OK)
        status = ask_units(&a, r->search->pattern, few ? FEW_LISTS : PARTIAL_LISTS);
    for (size_t i = 0; i < a.hits.n && status == NQ_OK; i++)
        if (!is_found(r->found, a.hits.items[i].id))
            take(r, &a.hits.items[i], NQ_TIER_PARTIAL);
    finish(&a);
    return status == NQ_OK ? r->status : status;
}

enum nq_status nq_xapian_likely(struct nq_engine *engine, struct nq_pattern *pattern,
                                const struct nq_filter *filter, int64_t skip_first,
                                int64_t skip_last, struct nq_best *best, struct nq_error *err)
{
    static const struct nq_query none;
    struct nq_search search = {.query = &none};
    struct nq_run r = {.engine = engine, .search = &search, .err = err};
    struct asking a = {.run = &r};
    enum nq_status status = begin(&a);
    a.q.filter = filter;
    a.q.keep = NULL;
    a.q.most = best->k + (size_t)(skip_last - skip_first + 1);
    if (status == NQ_OK)
        status = ask_units(&a, pattern, SIZE_MAX);
    for (size_t i = 0; i < a.hits.n && status == NQ_OK; i++) {
        int64_t id = a.hits.items[i].id;
        const struct nq_attribute *at = nq_run_attribute(&r, id);
        if (!at)
            status = r.status;
        else if (at->kind && (id < skip_first || id > skip_last))
            nq_best_add(best,
                        (struct nq_match){id, a.hits.items[i].score, at->day, NQ_TIER_PARTIAL});
    }
    finish(&a);
    return status == NQ_OK && best->failed ? nq_fail_nomem(err) : status;
}

/* ---- lists
 * ------------------------------------------------------------------------------------------ */

enum nq_status nq_xapian_count(struct nq_engine *engine, struct nq_str match, size_t phrases,
                               size_t most, size_t *n, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    struct nq_xapian_query q = {.match = match, .counted = most};
    struct nq_xapian_hits hits = {0};
    (void)phrases;
    enum nq_status status = nq_xapian_read(engine, err);
    if (status == NQ_OK)
        status = x->api->search(x->reader, &q, &hits, err);
    if (status == NQ_OK)
        *n = hits.total < most ? (size_t)hits.total : most;
    x->api->hits_finish(&hits);
    return status;
}

/* A walk over the postings of terms. */
struct walk {
    size_t phrase;
    nq_posting_fn *posting;
    void *user;
    enum nq_next next;
};

static bool on_posting(void *user, struct nq_str term, int64_t passage, uint32_t count,
                       const uint32_t *positions, size_t n)
{
    struct walk *w = user;
    (void)term, (void)positions, (void)n;
    struct nq_posting p = {.passage = passage, .phrase = w->phrase, .in_body = count};
    w->next = w->posting(w->user, &p);
    return w->next == NQ_NEXT_POSTING;
}

enum nq_status nq_xapian_lists(struct nq_engine *engine, const struct nq_str *terms, size_t n,
                               bool words, nq_posting_fn *posting, void *user, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    struct walk w = {.posting = posting, .user = user};
    enum nq_status status = n > 0 ? nq_xapian_read(engine, err) : NQ_OK;
    for (w.phrase = 0; w.phrase < n && status == NQ_OK && w.next != NQ_NEXT_NONE; w.phrase++)
        status = x->api->list(x->reader, words ? NQ_XAPIAN_WORD : NQ_XAPIAN_ATOM, terms[w.phrase],
                              on_posting, &w, err);
    return status;
}

/* The words of most passages, in order. */
struct top {
    struct nq_arena *arena;
    struct {
        struct nq_str word;
        uint64_t passages;
    } * items;
    size_t n, most;
};

static bool on_word(void *user, struct nq_str word, uint64_t passages)
{
    struct top *t = user;
    size_t i = t->n < t->most ? t->n++ : t->most;
    for (; i > 0 && t->items[i - 1].passages < passages; i--)
        if (i < t->most)
            t->items[i] = t->items[i - 1];
    if (i < t->most) {
        t->items[i].word = nq_arena_str(t->arena, word);
        t->items[i].passages = passages;
    }
    return !nq_arena_failed(t->arena);
}

enum nq_status nq_xapian_complete(struct nq_engine *engine, struct nq_str beginning, size_t limit,
                                  bool (*word)(void *user, struct nq_str word, uint64_t passages),
                                  void *user, struct nq_error *err)
{
    enum { MOST = 1000 };
    struct nq_xapian_state *x = engine->xapian;
    struct top t = {.arena = nq_arena_create(), .most = limit < MOST ? limit : MOST};
    enum nq_status status = t.arena ? nq_xapian_read(engine, err) : nq_fail_nomem(err);
    if (status == NQ_OK && !(t.items = nq_arena_array(t.arena, t.most + 1, sizeof *t.items)))
        status = nq_fail_nomem(err);
    if (status == NQ_OK)
        status = x->api->terms(x->reader, NQ_XAPIAN_WORD, beginning, on_word, &t, err);
    if (status == NQ_OK && nq_arena_failed(t.arena))
        status = nq_fail_nomem(err);
    for (size_t i = 0; i < t.n && status == NQ_OK; i++)
        if (!word(user, t.items[i].word, t.items[i].passages))
            break;
    nq_arena_destroy(t.arena);
    return status;
}
