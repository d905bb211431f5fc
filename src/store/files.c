/* Files in the index. */
#include "store/files.h"

#define COLUMNS "id, path, key, size, modified, hash, coalesce(copy_of, 0)"

/* Reads a row into `out`, its slices into `arena`. */
static void read_row(sqlite3_stmt *stmt, struct nq_arena *arena, struct nq_file_row *out)
{
    out->id = sqlite3_column_int64(stmt, 0);
    out->path = nq_arena_str(arena, nq_db_column_str(stmt, 1));
    out->key = nq_arena_str(arena, nq_db_column_str(stmt, 2));
    out->size = sqlite3_column_int64(stmt, 3);
    out->modified_ns = sqlite3_column_int64(stmt, 4);
    out->hash = sqlite3_column_int64(stmt, 5);
    out->copy_of = sqlite3_column_int64(stmt, 6);
}

/* The first row of a statement that is bound. */
static enum nq_status first_row(struct nq_db *db, sqlite3_stmt *stmt, struct nq_arena *arena,
                                struct nq_file_row *out, struct nq_error *err)
{
    bool row;
    *out = (struct nq_file_row){0};
    enum nq_status status = nq_db_step(db, stmt, &row, err);
    if (status == NQ_OK && row) {
        read_row(stmt, arena, out);
        sqlite3_reset(stmt);
    }
    return status == NQ_OK && nq_arena_failed(arena) ? nq_fail_nomem(err) : status;
}

enum nq_status nq_store_file_find(struct nq_db *db, struct nq_str path, struct nq_file_row *out,
                                  struct nq_error *err)
{
    static const char sql[] =
        "SELECT id, size, modified, hash, coalesce(copy_of, 0) FROM file WHERE path = ?1";
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
        out->copy_of = sqlite3_column_int64(stmt, 4);
        sqlite3_reset(stmt);
    }
    return status;
}

enum nq_status nq_store_file_get(struct nq_db *db, int64_t id, struct nq_arena *arena,
                                 struct nq_file_row *out, struct nq_error *err)
{
    static const char sql[] = "SELECT " COLUMNS " FROM file WHERE id = ?1";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, id);
    return first_row(db, stmt, arena, out, err);
}

enum nq_status nq_store_file_put(struct nq_db *db, struct nq_file_row *row, struct nq_error *err)
{
    static const char sql[] =
        "INSERT INTO file (id, path, key, size, modified, hash, copy_of)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, nullif(?7, 0))"
        " ON CONFLICT (id) DO UPDATE SET path = excluded.path, key = excluded.key,"
        " size = excluded.size, modified = excluded.modified, hash = excluded.hash,"
        " copy_of = excluded.copy_of";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    if (row->id)
        sqlite3_bind_int64(stmt, 1, row->id);
    nq_db_bind_str(stmt, 2, row->path);
    nq_db_bind_str(stmt, 3, row->key);
    sqlite3_bind_int64(stmt, 4, row->size);
    sqlite3_bind_int64(stmt, 5, row->modified_ns);
    sqlite3_bind_int64(stmt, 6, row->hash);
    sqlite3_bind_int64(stmt, 7, row->copy_of);
    status = nq_db_run(db, stmt, err);
    if (status == NQ_OK && !row->id)
        row->id = sqlite3_last_insert_rowid(db->sql);
    return status;
}

enum nq_status nq_store_file_touch(struct nq_db *db, int64_t id, int64_t modified_ns,
                                   struct nq_error *err)
{
    static const char sql[] = "UPDATE file SET modified = ?2 WHERE id = ?1";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_int64(stmt, 2, modified_ns);
    return nq_db_run(db, stmt, err);
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

/* All rows of a statement that is bound, in `arena`. */
static enum nq_status all_rows(struct nq_db *db, sqlite3_stmt *stmt, struct nq_arena *arena,
                               struct nq_file_row **out, size_t *n, struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    bool row = true;
    *out = NULL;
    *n = 0;
    while (status == NQ_OK && row) {
        status = nq_db_step(db, stmt, &row, err);
        if (status != NQ_OK || !row)
            break;
        struct nq_file_row *grown = nq_arena_grow(arena, *out, *n, sizeof *grown);
        if (!grown)
            break;
        *out = grown;
        read_row(stmt, arena, &grown[(*n)++]);
    }
    sqlite3_reset(stmt);
    return status == NQ_OK && nq_arena_failed(arena) ? nq_fail_nomem(err) : status;
}

enum nq_status nq_store_files_like(struct nq_db *db, int64_t hash, int64_t size,
                                   struct nq_arena *arena, struct nq_file_row **out, size_t *n,
                                   struct nq_error *err)
{
    static const char sql[] =
        "SELECT " COLUMNS " FROM file WHERE hash = ?1 AND size = ?2 ORDER BY id";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, hash);
    sqlite3_bind_int64(stmt, 2, size);
    return all_rows(db, stmt, arena, out, n, err);
}

enum nq_status nq_store_files_marked(struct nq_db *db, struct nq_arena *arena,
                                     struct nq_file_row **out, size_t *n, struct nq_error *err)
{
    static const char sql[] = "SELECT " COLUMNS " FROM file WHERE modified = 0 ORDER BY path";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    return status == NQ_OK ? all_rows(db, stmt, arena, out, n, err) : status;
}

enum nq_status nq_store_file_copies(struct nq_db *db, int64_t file, struct nq_arena *arena,
                                    struct nq_file_row **out, size_t *n, struct nq_error *err)
{
    static const char sql[] = "SELECT " COLUMNS " FROM file WHERE copy_of = ?1 ORDER BY path";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, file);
    return all_rows(db, stmt, arena, out, n, err);
}

enum nq_status nq_store_file_rename(struct nq_db *db, struct nq_file_row *row, struct nq_str path,
                                    struct nq_str key, struct nq_error *err)
{
    static const char sql[] =
        "UPDATE report SET key = ?3 || substr(key, length(?2) + 1) WHERE file = ?1"
        " AND (key = ?2 OR substr(key, 1, length(?2) + 1) = ?2 || '/')";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, row->id);
    nq_db_bind_str(stmt, 2, row->key);
    nq_db_bind_str(stmt, 3, key);
    status = nq_db_run(db, stmt, err);
    row->path = path;
    row->key = key;
    return status == NQ_OK ? nq_store_file_put(db, row, err) : status;
}
