/* Reports in the index. */
#include "store/reports.h"

#include "store/sql.h"

enum nq_status nq_store_source(struct nq_db *db, struct nq_str name, int64_t *id,
                               struct nq_error *err)
{
    static const char find[] = "SELECT id FROM source WHERE name = ?1";
    static const char add[] = "INSERT INTO source (name) VALUES (?1)";
    if (name.len == 0)
        name = NQ_STR("");
    enum nq_status status = nq_sql_int(db, find, NQ_WITH(nq_text(name)), id, err);
    if (status != NQ_OK || *id)
        return status;
    status = nq_sql_run(db, add, NQ_WITH(nq_text(name)), err);
    *id = sqlite3_last_insert_rowid(db->sql);
    return status;
}

static enum nq_status put_section(struct nq_db *db, int64_t id, const struct nq_passage *p,
                                  struct nq_error *err)
{
    static const char sql[] = "INSERT INTO section (id, number, heading) VALUES (?1, ?2, ?3)";
    return nq_sql_run(
        db, sql, NQ_WITH(nq_id(id), nq_text(p->section_number), nq_text(p->section_heading)), err);
}

static enum nq_status put_reference(struct nq_db *db, int64_t id, const struct nq_reference *ref,
                                    struct nq_error *err)
{
    static const char sql[] = "INSERT INTO reference (id, source, title, date, day, day_end,"
                              " purpose) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    return nq_sql_run(db, sql,
                      NQ_WITH(nq_id(id), nq_text(ref->source), nq_text(ref->title),
                              nq_text(ref->date), nq_day(ref->day), nq_day(ref->day_end),
                              nq_text(ref->purpose)),
                      err);
}

static enum nq_status put_passage(struct nq_db *db, int64_t id, const struct nq_passage *p,
                                  struct nq_error *err)
{
    static const char sql[] = "INSERT INTO passage (id, text, page) VALUES (?1, ?2, ?3)";
    enum nq_status status = NQ_OK;
    if (p->opens_section && (p->section_heading.len > 0 || p->section_number.len > 0))
        status = put_section(db, id, p, err);
    if (status == NQ_OK && p->reference)
        status = put_reference(db, id, p->reference, err);
    if (status != NQ_OK)
        return status;
    return nq_sql_run(db, sql, NQ_WITH(nq_id(id), nq_text(p->text), nq_id(p->page)), err);
}

enum nq_status nq_store_report_put(struct nq_db *db, int64_t id, int64_t file, int64_t source,
                                   const struct nq_report *report, struct nq_str key,
                                   const struct nq_passage *passages, size_t n,
                                   struct nq_error *err)
{
    static const char sql[] =
        "INSERT INTO report (id, last, file, kind, day, source, key, title, publisher, url)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    enum nq_status status = nq_sql_run(db, sql,
                                       NQ_WITH(nq_id(id), nq_int(id + (int64_t)n - 1), nq_id(file),
                                               nq_int(report->kind), nq_day(report->day),
                                               nq_int(source), nq_text(key), nq_text(report->title),
                                               nq_text(report->publisher), nq_text(report->url)),
                                       err);
    for (size_t i = 0; i < n && status == NQ_OK; i++)
        status = put_passage(db, id + (int64_t)i, &passages[i], err);
    return status;
}

enum nq_status nq_store_report_delete(struct nq_db *db, int64_t id, struct nq_error *err)
{
    static const char last_sql[] = "SELECT last FROM report WHERE id = ?1";
    static const char *const deletions[] = {
        "DELETE FROM passage WHERE id BETWEEN ?1 AND ?2",
        "DELETE FROM section WHERE id BETWEEN ?1 AND ?2",
        "DELETE FROM reference WHERE id BETWEEN ?1 AND ?2",
        "DELETE FROM event WHERE id >= ?1 * 256 AND id < (?2 + 1) * 256", /* NQ_EVENTS_A_PASSAGE */
        "DELETE FROM report WHERE id BETWEEN ?1 AND max(?1, ?2)",
    };
    struct nq_rows r = nq_rows(db, last_sql, NQ_WITH(nq_id(id)), err);
    bool found = nq_rows_next(&r);
    int64_t last = found ? nq_rows_int(&r, 0) : 0;
    enum nq_status status = nq_rows_end(&r);
    for (size_t i = 0; i < NQ_COUNT(deletions) && status == NQ_OK && found; i++)
        status = nq_sql_run(db, deletions[i], NQ_WITH(nq_id(id), nq_int(last)), err);
    return status;
}

enum nq_status nq_store_report_get(struct nq_db *db, int64_t id, struct nq_arena *arena,
                                   struct nq_report_row *out, struct nq_error *err)
{
    static const char sql[] = "SELECT id, last, file, source, kind, day, key, title, publisher, url"
                              " FROM report WHERE id = ?1";
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_id(id)), err);
    *out = (struct nq_report_row){0};
    if (nq_rows_next(&r))
        *out = (struct nq_report_row){.id = nq_rows_int(&r, 0),
                                      .last = nq_rows_int(&r, 1),
                                      .file = nq_rows_int(&r, 2),
                                      .source = nq_rows_int(&r, 3),
                                      .kind = (enum nq_kind)nq_rows_int(&r, 4),
                                      .day = nq_rows_day(&r, 5),
                                      .key = nq_rows_copy(&r, 6, arena),
                                      .title = nq_rows_copy(&r, 7, arena),
                                      .publisher = nq_rows_copy(&r, 8, arena),
                                      .url = nq_rows_copy(&r, 9, arena)};
    return nq_rows_end(&r);
}

enum nq_status nq_store_report_of(struct nq_db *db, int64_t id, int64_t *report,
                                  struct nq_error *err)
{
    static const char sql[] = "SELECT id FROM (SELECT id, last FROM report WHERE id <= ?1"
                              " ORDER BY id DESC LIMIT 1) WHERE max(id, last) >= ?1";
    return nq_sql_int(db, sql, NQ_WITH(nq_int(id)), report, err);
}

enum nq_status nq_store_report_named(struct nq_db *db, const struct nq_report_name *name,
                                     int64_t *report, struct nq_error *err)
{
    static const char sql[] = "SELECT id FROM report WHERE key = ?1 AND day IS ?2 AND id > ?3"
                              " AND (file = ?4) <> ?5 ORDER BY id LIMIT 1";
    return nq_sql_int(db, sql,
                      NQ_WITH(nq_text(name->key), nq_day(name->day), nq_int(*report),
                              nq_int(name->file), nq_int(name->elsewhere)),
                      report, err);
}

enum nq_status nq_store_reports_of(struct nq_db *db, int64_t file, int64_t after, size_t max,
                                   int64_t *ids, size_t *n, struct nq_error *err)
{
    static const char sql[] =
        "SELECT id FROM report WHERE file = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    struct nq_rows r =
        nq_rows(db, sql, NQ_WITH(nq_int(file), nq_int(after), nq_int((int64_t)max)), err);
    *n = 0;
    while (nq_rows_next(&r))
        ids[(*n)++] = nq_rows_int(&r, 0);
    return nq_rows_end(&r);
}

enum nq_status nq_store_report_keyed(struct nq_db *db, int64_t file, struct nq_str key,
                                     int64_t after, int64_t *id, struct nq_error *err)
{
    /* By the index of keys: + keeps SQLite from taking that of files for the order. */
    static const char sql[] =
        "SELECT id FROM report WHERE key = ?1 AND +file = ?2 AND id > ?3 ORDER BY id LIMIT 1";
    return nq_sql_int(db, sql, NQ_WITH(nq_text(key), nq_int(file), nq_int(after)), id, err);
}
