/* Texts that reports had before. */
#include "store/revisions.h"

/* Runs `sql` with one or two numbers. */
static enum nq_status run(struct nq_db *db, const char *sql, int64_t first, int64_t second,
                          struct nq_error *err)
{
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, first);
    if (sqlite3_bind_parameter_count(stmt) > 1)
        sqlite3_bind_int64(stmt, 2, second);
    return nq_db_run(db, stmt, err);
}

enum nq_status nq_store_revision_put(struct nq_db *db, const struct nq_revision_row *row,
                                     struct nq_error *err)
{
    static const char sql[] =
        "INSERT INTO revision (id, report, file, modified, day, key, title, text)"
        " VALUES (?1, ?2, nullif(?3, 0), ?4, ?5, ?6, ?7, ?8)";
    /* Of too many the second oldest goes: what was there first is worth most, then the latest. */
    static const char limit[] =
        "DELETE FROM revision WHERE id IN (SELECT id FROM revision WHERE report = ?1"
        " AND file IS NULL AND (SELECT count(*) FROM revision WHERE report = ?1) > ?2"
        " ORDER BY modified, id LIMIT 1 OFFSET 1)";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, row->id);
    sqlite3_bind_int64(stmt, 2, row->report);
    sqlite3_bind_int64(stmt, 3, row->file);
    sqlite3_bind_int64(stmt, 4, row->modified_ns);
    nq_db_bind_day(stmt, 5, row->day);
    nq_db_bind_str(stmt, 6, row->key);
    nq_db_bind_str(stmt, 7, row->title);
    nq_db_bind_str(stmt, 8, row->text.ptr ? row->text : NQ_STR(""));
    status = nq_db_run(db, stmt, err);
    return status == NQ_OK ? run(db, limit, row->report, NQ_MOST_REVISIONS, err) : status;
}

enum nq_status nq_store_revisions_move(struct nq_db *db, int64_t from, int64_t to,
                                       struct nq_error *err)
{
    return run(db, "UPDATE revision SET report = ?2 WHERE report = ?1", from, to, err);
}

enum nq_status nq_store_revisions_of(struct nq_db *db, int64_t report, struct nq_arena *arena,
                                     struct nq_revision_row **out, size_t *n, struct nq_error *err)
{
    static const char sql[] = "SELECT id, report, coalesce(file, 0), modified, day, key, title,"
                              " text FROM revision WHERE report = ?1 ORDER BY modified DESC,"
                              " id DESC";
    sqlite3_stmt *stmt;
    bool row = true;
    *out = NULL;
    *n = 0;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, report);
    while (status == NQ_OK && row) {
        status = nq_db_step(db, stmt, &row, err);
        if (status != NQ_OK || !row)
            break;
        struct nq_revision_row *grown = nq_arena_grow(arena, *out, *n, sizeof *grown);
        if (!grown)
            break;
        *out = grown;
        grown[(*n)++] = (struct nq_revision_row){
            .id = sqlite3_column_int64(stmt, 0),
            .report = sqlite3_column_int64(stmt, 1),
            .file = sqlite3_column_int64(stmt, 2),
            .modified_ns = sqlite3_column_int64(stmt, 3),
            .day = nq_db_column_day(stmt, 4),
            .key = nq_arena_str(arena, nq_db_column_str(stmt, 5)),
            .title = nq_arena_str(arena, nq_db_column_str(stmt, 6)),
            .text = nq_arena_str(arena, nq_db_column_str(stmt, 7)),
        };
    }
    sqlite3_reset(stmt);
    return status == NQ_OK && nq_arena_failed(arena) ? nq_fail_nomem(err) : status;
}

enum nq_status nq_store_revisions_delete(struct nq_db *db, int64_t report, bool *files,
                                         struct nq_error *err)
{
    static const char reread[] =
        "UPDATE file SET modified = 0, hash = 0"
        " WHERE id IN (SELECT file FROM revision WHERE report = ?1 AND file IS NOT NULL)";
    enum nq_status status = run(db, reread, report, 0, err);
    *files |= status == NQ_OK && sqlite3_changes(db->sql) > 0;
    if (status == NQ_OK)
        status = run(db, "DELETE FROM revision WHERE report = ?1", report, 0, err);
    return status;
}

enum nq_status nq_store_revisions_of_file(struct nq_db *db, int64_t file, bool keep,
                                          struct nq_error *err)
{
    return run(db,
               keep ? "UPDATE revision SET file = NULL WHERE file = ?1"
                    : "DELETE FROM revision WHERE file = ?1",
               file, 0, err);
}

enum nq_status nq_store_revision_heir(struct nq_db *db, int64_t id, int64_t *report,
                                      struct nq_error *err)
{
    static const char sql[] = "SELECT report FROM revision WHERE id = ?1";
    sqlite3_stmt *stmt;
    bool row;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, id);
    status = nq_db_step(db, stmt, &row, err);
    *report = status == NQ_OK && row ? sqlite3_column_int64(stmt, 0) : 0;
    sqlite3_reset(stmt);
    return status;
}
