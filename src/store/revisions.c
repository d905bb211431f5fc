/* Texts that reports had before. */
#include "store/revisions.h"

#include "store/sql.h"

enum nq_status nq_store_revision_put(struct nq_db *db, const struct nq_revision_row *row,
                                     struct nq_error *err)
{
    static const char sql[] =
        "INSERT INTO revision (id, report, file, modified, day, key, title, text)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    /* Of too many the second oldest goes: what was there first is worth most, then the latest. */
    static const char limit[] =
        "DELETE FROM revision WHERE id IN (SELECT id FROM revision WHERE report = ?1"
        " AND file IS NULL AND (SELECT count(*) FROM revision WHERE report = ?1) > ?2"
        " ORDER BY modified, id LIMIT 1 OFFSET 1)";
    struct nq_str text = row->text.ptr ? row->text : NQ_STR("");
    enum nq_status status = nq_sql_run(
        db, sql,
        NQ_WITH(nq_int(row->id), nq_int(row->report), nq_id(row->file), nq_int(row->modified_ns),
                nq_day(row->day), nq_text(row->key), nq_text(row->title), nq_text(text)),
        err);
    if (status != NQ_OK)
        return status;
    return nq_sql_run(db, limit, NQ_WITH(nq_int(row->report), nq_int(NQ_MOST_REVISIONS)), err);
}

enum nq_status nq_store_revisions_move(struct nq_db *db, int64_t from, int64_t to,
                                       struct nq_error *err)
{
    static const char sql[] = "UPDATE revision SET report = ?2 WHERE report = ?1";
    return nq_sql_run(db, sql, NQ_WITH(nq_int(from), nq_int(to)), err);
}

enum nq_status nq_store_revisions_of(struct nq_db *db, int64_t report, struct nq_arena *arena,
                                     struct nq_revision_row **out, size_t *n, struct nq_error *err)
{
    static const char sql[] = "SELECT id, report, coalesce(file, 0), modified, day, key, title,"
                              " text FROM revision WHERE report = ?1 ORDER BY modified DESC,"
                              " id DESC";
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_int(report)), err);
    *out = NULL;
    *n = 0;
    while (nq_rows_next(&r)) {
        struct nq_revision_row *grown = nq_arena_grow(arena, *out, *n, sizeof *grown);
        if (!grown) {
            r.status = nq_fail_nomem(err);
            break;
        }
        *out = grown;
        grown[(*n)++] = (struct nq_revision_row){
            .id = nq_rows_int(&r, 0),
            .report = nq_rows_int(&r, 1),
            .file = nq_rows_int(&r, 2),
            .modified_ns = nq_rows_int(&r, 3),
            .day = nq_rows_day(&r, 4),
            .key = nq_rows_copy(&r, 5, arena),
            .title = nq_rows_copy(&r, 6, arena),
            .text = nq_rows_copy(&r, 7, arena),
        };
    }
    return nq_rows_end(&r);
}

enum nq_status nq_store_revisions_delete(struct nq_db *db, int64_t report, bool *files,
                                         struct nq_error *err)
{
    static const char reread[] =
        "UPDATE file SET modified = 0, hash = 0"
        " WHERE id IN (SELECT file FROM revision WHERE report = ?1 AND file IS NOT NULL)";
    static const char sql[] = "DELETE FROM revision WHERE report = ?1";
    enum nq_status status = nq_sql_run(db, reread, NQ_WITH(nq_int(report)), err);
    *files |= status == NQ_OK && sqlite3_changes(db->sql) > 0;
    return status == NQ_OK ? nq_sql_run(db, sql, NQ_WITH(nq_int(report)), err) : status;
}

enum nq_status nq_store_revisions_of_file(struct nq_db *db, int64_t file, bool keep,
                                          struct nq_error *err)
{
    static const char part[] = "UPDATE revision SET file = NULL WHERE file = ?1";
    static const char drop[] = "DELETE FROM revision WHERE file = ?1";
    return nq_sql_run(db, keep ? part : drop, NQ_WITH(nq_int(file)), err);
}

enum nq_status nq_store_revision_heir(struct nq_db *db, int64_t id, int64_t *report,
                                      struct nq_error *err)
{
    static const char sql[] = "SELECT report FROM revision WHERE id = ?1";
    return nq_sql_int(db, sql, NQ_WITH(nq_int(id)), report, err);
}

enum nq_status nq_store_revision_held(struct nq_db *db, int64_t report, int64_t file, bool *held,
                                      struct nq_error *err)
{
    static const char sql[] = "SELECT count(*) FROM revision WHERE report = ?1 AND +file = ?2";
    int64_t n = 0;
    enum nq_status status = nq_sql_int(db, sql, NQ_WITH(nq_int(report), nq_int(file)), &n, err);
    *held = n > 0;
    return status;
}
