/* Events in the index: a table of index/events.sql.
 *
 * Traits are bits: 0-2 precision, 3-4 kind, 5 undated, 6 heading, 8-11 stage, 12-15 level,
 * 16-17 stage of the document's title. */
#include "store/events.h"

#include "events_sql.h"
#include "store/sql.h"

enum nq_status nq_store_events_create(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db, events_sql, err);
}

enum nq_status nq_store_events_current(struct nq_db *db, bool *current, struct nq_error *err)
{
    int64_t version = 0;
    enum nq_status status = nq_db_meta_get(db, "events", &version, err);
    *current = version == NQ_EVENTS_VERSION;
    return status;
}

enum nq_status nq_store_events_clear(struct nq_db *db, struct nq_error *err)
{
    enum nq_status status = nq_db_exec(db, "DELETE FROM event; DELETE FROM document", err);
    return status == NQ_OK ? nq_db_meta_set(db, "events", NQ_EVENTS_VERSION, err) : status;
}

static int64_t traits_of(const struct nq_event_row *e)
{
    return (int64_t)e->precision | (int64_t)e->kind << 3 | (int64_t)e->undated << 5 |
           (int64_t)e->heading << 6 | (int64_t)(e->stage & 15) << 8 |
           (int64_t)(e->level & 15) << 12 | (int64_t)(e->title_stage & 3) << 16;
}

static void read_traits(int64_t traits, struct nq_event_row *e)
{
    e->precision = (enum nq_precision)(traits & 7);
    e->kind = (enum nq_event_kind)(traits >> 3 & 3);
    e->undated = traits >> 5 & 1;
    e->heading = traits >> 6 & 1;
    e->stage = traits >> 8 & 15;
    e->level = traits >> 12 & 15;
    e->title_stage = traits >> 16 & 3;
}

enum nq_status nq_store_event_put(struct nq_db *db, const struct nq_event_row *e,
                                  struct nq_error *err)
{
    static const char sql[] = "INSERT INTO event (id, first, last, start, stop, traits, actor,"
                              " action, document) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    return nq_sql_run(db, sql,
                      NQ_WITH(nq_int(e->passage * NQ_EVENTS_A_PASSAGE + e->number),
                              nq_int(e->first), nq_int(e->last), nq_int(e->start), nq_int(e->end),
                              nq_int(traits_of(e)), nq_text(e->actor), nq_text(e->action),
                              nq_id(e->document)),
                      err);
}

enum nq_status nq_store_events_of(struct nq_db *db, int64_t first, int64_t last,
                                  enum nq_status (*fn)(void *user, const struct nq_event_row *event,
                                                       struct nq_error *err),
                                  void *user, struct nq_error *err)
{
    static const char sql[] = "SELECT id, first, last, start, stop, traits, actor, action, document"
                              " FROM event WHERE id >= ?1 AND id < ?2 ORDER BY id";
    struct nq_rows r = nq_rows(
        db, sql,
        NQ_WITH(nq_int(first * NQ_EVENTS_A_PASSAGE), nq_int((last + 1) * NQ_EVENTS_A_PASSAGE)),
        err);
    while (nq_rows_next(&r)) {
        int64_t id = nq_rows_int(&r, 0);
        struct nq_event_row e = {.passage = id / NQ_EVENTS_A_PASSAGE,
                                 .number = (unsigned)(id % NQ_EVENTS_A_PASSAGE),
                                 .first = (int32_t)nq_rows_int(&r, 1),
                                 .last = (int32_t)nq_rows_int(&r, 2),
                                 .start = (uint32_t)nq_rows_int(&r, 3),
                                 .end = (uint32_t)nq_rows_int(&r, 4),
                                 .actor = nq_rows_str(&r, 6),
                                 .action = nq_rows_str(&r, 7),
                                 .document = nq_rows_int(&r, 8)};
        read_traits(nq_rows_int(&r, 5), &e);
        if (r.status == NQ_OK)
            r.status = fn(user, &e, err);
    }
    return nq_rows_end(&r);
}

bool nq_store_event_is_of(int32_t first, int32_t last, int32_t from, int32_t to)
{
    enum { SHORT = 11, TIMES = 2 }; /* a third of a month, or twice the days asked for */
    if ((from != NQ_NO_DAY && last < from) || (to != NQ_NO_DAY && first > to))
        return false;
    int64_t asked = from == NQ_NO_DAY || to == NQ_NO_DAY ? INT32_MAX : (int64_t)to - from + 1;
    int64_t length = (int64_t)last - first + 1;
    return length <= SHORT || length <= TIMES * asked;
}

enum nq_status nq_store_passages_with_events(struct nq_db *db, int32_t from, int32_t to,
                                             bool *passages, size_t n, struct nq_error *err)
{
    static const char sql[] = "SELECT id / 256, first, last FROM event"
                              " WHERE first <= ?2 AND last >= ?1";
    bool current = false;
    enum nq_status status = nq_store_events_current(db, &current, err);
    if (status == NQ_OK && !current)
        status = nq_fail(err, NQ_ERR_USAGE, _("%s: no events in it yet; run nqindex once more"),
                         db->path);
    if (status != NQ_OK)
        return status;
    struct nq_rows r = nq_rows(db, sql,
                               NQ_WITH(nq_int(from == NQ_NO_DAY ? INT32_MIN : from),
                                       nq_int(to == NQ_NO_DAY ? INT32_MAX : to)),
                               err);
    while (nq_rows_next(&r))
        if ((size_t)nq_rows_int(&r, 0) < n &&
            nq_store_event_is_of((int32_t)nq_rows_int(&r, 1), (int32_t)nq_rows_int(&r, 2), from,
                                 to))
            passages[nq_rows_int(&r, 0)] = true;
    return nq_rows_end(&r);
}

enum nq_status nq_store_place(struct nq_db *db, struct nq_arena *arena, int64_t passage,
                              struct nq_place *place, struct nq_error *err)
{
    static const char sql[] =
        "SELECT p.text, r.id, r.day, s.id, s.heading, r.kind FROM passage AS p"
        " JOIN report AS r ON r.id = (SELECT max(id) FROM report WHERE id <= p.id)"
        " LEFT JOIN section AS s"
        " ON s.id = (SELECT max(id) FROM section WHERE id <= p.id) AND s.id >= r.id"
        " WHERE p.id = ?1";
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_int(passage)), err);
    *place = (struct nq_place){.report_day = NQ_NO_DAY};
    if (nq_rows_next(&r))
        *place = (struct nq_place){.text = nq_rows_copy(&r, 0, arena),
                                   .report = nq_rows_int(&r, 1),
                                   .report_day = nq_rows_day(&r, 2),
                                   .section = nq_rows_int(&r, 3),
                                   .heading = nq_rows_copy(&r, 4, arena),
                                   .kind = (enum nq_kind)nq_rows_int(&r, 5)};
    return nq_rows_end(&r);
}
