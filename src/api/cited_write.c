/* Finding which references are to one work, and noting it.
 *
 * Two references can be to one where their titles are equal or their dates near (link/work.h).  So
 * references stand in chains by their title and by the week in which their date begins, and one is
 * compared with those of its own chains.  Chains are read from the index when they are first needed
 * and forgotten when there are many: reports come mostly in the order of time, so that those of
 * some weeks are enough, whatever the size of the archive.  A chain is read no further back than
 * its latest thousand. */
#include "api/cited.h"

#include "base/hash.h"
#include "base/map.h"
#include "link/work.h"
#include "store/sql.h"
#include "store/topics.h"
#include "store/works.h"

/* What tells the work of a reference: the whole text where it has no title. */
#define REFERENCE                                                                                  \
    "f.source, f.title, f.day, f.day_end,"                                                         \
    " CASE WHEN f.title IS NULL THEN (SELECT text FROM passage WHERE id = f.id) END"

enum {
    WEEK = 8,              /* days; works in the weeks beside it are compared, too */
    MOST_WEEKS = 6,        /* of a date that tells: a month and what is beside it */
    MOST_PRINTINGS = 8192, /* that are remembered, or a few times what one reference needs */
    MOST_ALIKE = 1000,     /* under one title, or in a week, that are compared: the latest */
};

/* A way in which a work was cited. */
struct printing {
    struct nq_work as;
    int64_t work;
    size_t next; /* in its chain: place plus 1 */
};

/* What is remembered; zeroed it is empty. */
struct memory {
    struct nq_arena *arena;
    struct printing *printings;
    size_t n;
    size_t needed;        /* by the first reference since it was empty */
    struct nq_map chains; /* a week or the hash of a title -> mark: place of the first plus 1 */
};

struct joining {
    struct nq_db *db;
    struct nq_work_reader reader;
    struct memory memory;
    struct nq_error *err;
};

/* ---- chains
 * ------------------------------------------------------------------------------------ */

/* The key of a chain: which kind, and its number. */
struct place {
    int64_t kind, number;
};

enum { BY_TITLE = 1, BY_WEEK = 2 };

static struct nq_str key_of(const struct place *place)
{
    return (struct nq_str){(const char *)place, sizeof *place};
}

static int64_t title_of(const struct nq_work *w)
{
    struct nq_str units = {(const char *)w->units, w->n * sizeof *w->units};
    return (int64_t)nq_fnv(NQ_FNV_START, units);
}

static int64_t week_of(int32_t day)
{
    return day >= 0 ? day / WEEK : -((WEEK - 1 - day) / WEEK);
}

/* The first day of a date that tells its week, else NQ_NO_DAY. */
static int32_t telling_day(const struct nq_work *w)
{
    bool tells = w->day != NQ_NO_DAY && week_of(w->day_end) - week_of(w->day) < MOST_WEEKS;
    return tells ? w->day : NQ_NO_DAY;
}

static void forget(struct memory *m)
{
    nq_map_finish(&m->chains);
    nq_arena_destroy(m->arena);
    *m = (struct memory){0};
}

static bool remember(struct memory *m, struct nq_map_entry *chain, const struct nq_work *as,
                     int64_t work)
{
    struct printing *grown = nq_arena_grow(m->arena, m->printings, m->n, sizeof *grown);
    if (!grown)
        return false;
    m->printings = grown;
    grown[m->n++] = (struct printing){*as, work, (size_t)chain->mark};
    chain->mark = (int64_t)m->n;
    return true;
}

/* REFERENCE behind the first column. */
static struct nq_reference reference_of(struct nq_rows *r)
{
    return (struct nq_reference){.source = nq_rows_str(r, 1),
                                 .title = nq_rows_str(r, 2),
                                 .day = nq_rows_day(r, 3),
                                 .day_end = nq_rows_day(r, 4),
                                 .raw = nq_rows_str(r, 5)};
}

/* Reads the printings of a chain into it. */
static enum nq_status load(struct joining *j, const struct place *place, struct nq_map_entry *chain)
{
#define PRINTINGS                                                                                  \
    "SELECT c.work, " REFERENCE " FROM cited AS c CROSS JOIN reference AS f ON f.id = c.id WHERE "
    static const char by_title[] = PRINTINGS "c.title = ?1 ORDER BY c.id DESC LIMIT ?2";
    static const char by_week[] =
        PRINTINGS "c.day >= ?1 AND c.day < ?2 ORDER BY c.id DESC LIMIT ?3";
    const int64_t first = place->number * WEEK;
    struct nq_rows r =
        place->kind == BY_TITLE
            ? nq_rows(j->db, by_title, NQ_WITH(nq_int(place->number), nq_int(MOST_ALIKE)), j->err)
            : nq_rows(j->db, by_week,
                      NQ_WITH(nq_int(first), nq_int(first + WEEK), nq_int(MOST_ALIKE)), j->err);
    while (nq_rows_next(&r)) {
        struct nq_reference f = reference_of(&r);
        struct nq_work as;
        if (!nq_work_read(&j->reader, j->memory.arena, &f, &as) ||
            !remember(&j->memory, chain, &as, nq_rows_int(&r, 0)))
            r.status = nq_fail_nomem(j->err);
    }
    return nq_rows_end(&r);
}

/* The chain of a place, NULL on failure. */
static struct nq_map_entry *chain_of(struct joining *j, struct place place, enum nq_status *status)
{
    struct nq_map_entry *chain = nq_map_find(&j->memory.chains, key_of(&place));
    if (chain)
        return chain;
    chain = nq_map_put(&j->memory.chains, key_of(&place));
    *status = chain ? load(j, &place, chain) : nq_fail_nomem(j->err);
    return *status == NQ_OK ? chain : NULL;
}

/* Whether two dates are too far apart for works under different titles. */
static bool is_far(const struct nq_work *a, const struct nq_work *b)
{
    return a->day > b->day_end + WEEK || b->day > a->day_end + WEEK;
}

/* Lowers *work to that of a printing in the chain that is to the same as `w`. */
static enum nq_status look(struct joining *j, struct place place, const struct nq_work *w,
                           int64_t *work)
{
    enum nq_status status = NQ_OK;
    const struct nq_map_entry *chain = chain_of(j, place, &status);
    for (size_t at = chain ? (size_t)chain->mark : 0; at > 0;) {
        const struct printing *p = &j->memory.printings[at - 1];
        bool far = place.kind == BY_WEEK && is_far(&p->as, w);
        if (p->work < *work && !far && nq_works_same(&p->as, w))
            *work = p->work;
        at = p->next;
    }
    return status;
}

static enum nq_status add(struct joining *j, struct place place, const struct nq_work *w,
                          int64_t work)
{
    enum nq_status status = NQ_OK;
    struct nq_map_entry *chain = chain_of(j, place, &status);
    if (chain && !remember(&j->memory, chain, w, work))
        status = nq_fail_nomem(j->err);
    return status;
}

/* ---- references
 * -------------------------------------------------------------------------------- */

/* Finds the work of reference `id`, and notes it. */
static enum nq_status join(struct joining *j, int64_t id, const struct nq_work *w)
{
    const struct place title = {BY_TITLE, title_of(w)};
    const int32_t day = telling_day(w);
    int64_t work = id;
    enum nq_status status = look(j, title, w, &work);
    if (day != NQ_NO_DAY)
        for (int64_t week = week_of(day) - MOST_WEEKS;
             week <= week_of(w->day_end) + 1 && status == NQ_OK; week++)
            status = look(j, (struct place){BY_WEEK, week}, w, &work);
    if (status == NQ_OK)
        status = add(j, title, w, work);
    if (status == NQ_OK && day != NQ_NO_DAY)
        status = add(j, (struct place){BY_WEEK, week_of(day)}, w, work);
    return status == NQ_OK ? nq_store_work_put(j->db, id, work, title.number, day, j->err) : status;
}

/* Takes in the references behind passage `upto`. */
static enum nq_status join_new(struct joining *j, int64_t upto)
{
    static const char sql[] =
        "SELECT f.id, " REFERENCE " FROM reference AS f WHERE f.id > ?1 ORDER BY f.id";
    struct nq_rows r = nq_rows(j->db, sql, NQ_WITH(nq_int(upto)), j->err);
    while (nq_rows_next(&r)) {
        struct nq_reference f = reference_of(&r);
        struct nq_work w;
        if (r.status != NQ_OK)
            break;
        if (j->memory.n >= MOST_PRINTINGS && j->memory.n >= 4 * j->memory.needed)
            forget(&j->memory);
        if (!j->memory.arena && !(j->memory.arena = nq_arena_create()))
            r.status = nq_fail_nomem(j->err);
        else if (!nq_work_read(&j->reader, j->memory.arena, &f, &w))
            r.status = nq_fail_nomem(j->err);
        else
            r.status = join(j, nq_rows_int(&r, 0), &w);
        j->memory.needed = j->memory.needed ? j->memory.needed : j->memory.n;
    }
    return nq_rows_end(&r);
}

/* Within a transaction. */
static enum nq_status renew(struct nq_index *index, int64_t topics, struct nq_error *err)
{
    struct joining j = {.db = index->db, .err = err};
    struct nq_works_state s = {0};
    enum nq_status status = nq_store_works_create(index->db, err);
    if (status == NQ_OK)
        status = nq_store_works_state(index->db, &s, err);
    if (status == NQ_OK && s.form != NQ_WORKS_FORM) {
        s = (struct nq_works_state){.form = NQ_WORKS_FORM};
        status = nq_store_works_clear(index->db, err);
    }
    if (status == NQ_OK)
        status = nq_store_works_prune(index->db, err);
    if (status == NQ_OK)
        status = join_new(&j, s.upto);
    if (status == NQ_OK)
        status = nq_works_join_topics(index, err);
    if (status == NQ_OK)
        status = nq_sql_int(index->db, "SELECT max(id) FROM passage", NULL, &s.upto, err);
    s.generation = index->engine->generation;
    s.topics = topics;
    forget(&j.memory);
    nq_work_reader_finish(&j.reader);
    return status == NQ_OK ? nq_store_works_set_state(index->db, &s, err) : status;
}

enum nq_status nq_works_renew(struct nq_index *index, struct nq_error *err)
{
    struct nq_works_state s = {0};
    struct nq_topics_state topics = {0};
    enum nq_status status = nq_engine_refresh(index->engine, err);
    if (status == NQ_OK)
        status = nq_store_works_state(index->db, &s, err);
    if (status == NQ_OK)
        status = nq_store_topics_state(index->db, &topics, err);
    if (status != NQ_OK || (s.form == NQ_WORKS_FORM && s.topics == topics.hash &&
                            s.generation == index->engine->generation))
        return status;
    status = nq_db_begin(index->db, err);
    return status == NQ_OK ? nq_db_end(index->db, renew(index, topics.hash, err), err) : status;
}
