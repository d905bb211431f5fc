/* Files in the index. */
#include "store/reports.h"

enum nq_status nq_store_file_find(struct nq_db *db, struct nq_str path, struct nq_file_row *out,
                                  struct nq_error *err)
{
    static const char sql[] = "SELECT id, size, modified, hash FROM file WHERE path = ?1";
    sqlite3_stmt *stmt;
    bool row;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    nq_db_bind_str(stmt, 1, path);
    status = nq_db_step(db, stmt, &row, err);
    *out = (struct nq_file_row){0};
    if (status == NQ_OK && row) {
        out->id = sqlite3_column_int64(stmt, 0);
        out->size = sqlite3_column_int64(stmt, 1);
        out->modified_ns = sqlite3_column_int64(stmt, 2);
        out->hash = sqlite3_column_int64(stmt, 3);
        sqlite3_reset(stmt);
    }
    return status;
}

enum nq_status nq_store_file_put(struct nq_db *db, struct nq_str path, struct nq_file_row *row,
                                 struct nq_error *err)
{
    static const char sql[] =
        "INSERT INTO file (id, path, size, modified, hash) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT (id) DO UPDATE SET path = excluded.path, size = excluded.size,"
        " modified = excluded.modified, hash = excluded.hash";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    if (row->id)
        sqlite3_bind_int64(stmt, 1, row->id);
    nq_db_bind_str(stmt, 2, path);
    sqlite3_bind_int64(stmt, 3, row->size);
    sqlite3_bind_int64(stmt, 4, row->modified_ns);
    sqlite3_bind_int64(stmt, 5, row->hash);
    status = nq_db_run(db, stmt, err);
    if (status == NQ_OK && !row->id)
        row->id = sqlite3_last_insert_rowid(db->sql);
    return status;
}

enum nq_status nq_store_file_delete(struct nq_db *db, int64_t file, struct nq_error *err)
{
    static const char sql[] = "DELETE FROM file WHERE id = ?1";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, file);
    return nq_db_run(db, stmt, err);
}

enum nq_status nq_store_files_below(struct nq_db *db, struct nq_str prefix,
                                    enum nq_status (*fn)(void *user, int64_t id, struct nq_str path,
                                                         struct nq_error *err),
                                    void *user, struct nq_error *err)
{
    static const char sql[] = "SELECT id, path FROM file WHERE path >= ?1 ORDER BY path";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    nq_db_bind_str(stmt, 1, prefix);
    bool row = true;
    while (status == NQ_OK && row) {
        status = nq_db_step(db, stmt, &row, err);
        if (status != NQ_OK || !row)
            break;
        struct nq_str path = nq_db_column_str(stmt, 1);
        if (!nq_str_starts(path, prefix))
            break;
        status = fn(user, sqlite3_column_int64(stmt, 0), path, err);
    }
    sqlite3_reset(stmt);
    return status;
}
