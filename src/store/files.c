/* Files in the index. */
#include "store/files.h"

#include "store/sql.h"

#define COLUMNS "id, path, key, size, modified, hash, coalesce(copy_of, 0)"

/* The row, its slices in `arena`; absent without one. */
static struct nq_file_row read_row(struct nq_rows *r, struct nq_arena *arena)
{
    return (struct nq_file_row){
        .id = nq_rows_int(r, 0),
        .path = arena ? nq_rows_copy(r, 1, arena) : (struct nq_str){0},
        .key = arena ? nq_rows_copy(r, 2, arena) : (struct nq_str){0},
        .size = nq_rows_int(r, 3),
        .modified_ns = nq_rows_int(r, 4),
        .hash = nq_rows_int(r, 5),
        .copy_of = nq_rows_int(r, 6),
    };
}

static enum nq_status first_row(struct nq_rows r, struct nq_arena *arena, struct nq_file_row *out)
{
    *out = nq_rows_next(&r) ? read_row(&r, arena) : (struct nq_file_row){0};
    return nq_rows_end(&r);
}

/* All rows, in `arena`. */
static enum nq_status all_rows(struct nq_rows r, struct nq_arena *arena, struct nq_file_row **out,
                               size_t *n)
{
    *out = NULL;
    *n = 0;
    while (nq_rows_next(&r)) {
        struct nq_file_row *grown = nq_arena_grow(arena, *out, *n, sizeof *grown);
        if (!grown)
            r.status = nq_fail_nomem(r.err);
        else
            (*out = grown)[(*n)++] = read_row(&r, arena);
    }
    return nq_rows_end(&r);
}

enum nq_status nq_store_file_find(struct nq_db *db, struct nq_str path, struct nq_file_row *out,
                                  struct nq_error *err)
{
    static const char sql[] = "SELECT " COLUMNS " FROM file WHERE path = ?1";
    return first_row(nq_rows(db, sql, NQ_WITH(nq_text(path)), err), NULL, out);
}

enum nq_status nq_store_file_get(struct nq_db *db, int64_t id, struct nq_arena *arena,
                                 struct nq_file_row *out, struct nq_error *err)
{
    static const char sql[] = "SELECT " COLUMNS " FROM file WHERE id = ?1";
    return first_row(nq_rows(db, sql, NQ_WITH(nq_int(id)), err), arena, out);
}

enum nq_status nq_store_file_put(struct nq_db *db, struct nq_file_row *row, struct nq_error *err)
{
    static const char sql[] =
        "INSERT INTO file (id, path, key, size, modified, hash, copy_of)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        " ON CONFLICT (id) DO UPDATE SET path = excluded.path, key = excluded.key,"
        " size = excluded.size, modified = excluded.modified, hash = excluded.hash,"
        " copy_of = excluded.copy_of";
    enum nq_status status =
        nq_sql_run(db, sql,
                   NQ_WITH(nq_id(row->id), nq_text(row->path), nq_text(row->key), nq_int(row->size),
                           nq_int(row->modified_ns), nq_int(row->hash), nq_id(row->copy_of)),
                   err);
    if (status == NQ_OK && !row->id)
        row->id = sqlite3_last_insert_rowid(db->sql);
    return status;
}

enum nq_status nq_store_file_touch(struct nq_db *db, int64_t id, int64_t modified_ns,
                                   struct nq_error *err)
{
    static const char sql[] = "UPDATE file SET modified = ?2 WHERE id = ?1";
    return nq_sql_run(db, sql, NQ_WITH(nq_int(id), nq_int(modified_ns)), err);
}

enum nq_status nq_store_file_delete(struct nq_db *db, int64_t file, struct nq_error *err)
{
    static const char sql[] = "DELETE FROM file WHERE id = ?1";
    return nq_sql_run(db, sql, NQ_WITH(nq_int(file)), err);
}

enum nq_status nq_store_files_below(struct nq_db *db, struct nq_str prefix,
                                    enum nq_status (*fn)(void *user, int64_t id, struct nq_str path,
                                                         struct nq_error *err),
                                    void *user, struct nq_error *err)
{
    static const char sql[] = "SELECT id, path FROM file WHERE path >= ?1 ORDER BY path";
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_text(prefix)), err);
    while (nq_rows_next(&r)) {
        struct nq_str path = nq_rows_str(&r, 1);
        if (!nq_str_starts(path, prefix))
            break;
        r.status = fn(user, nq_rows_int(&r, 0), path, err);
    }
    return nq_rows_end(&r);
}

enum nq_status nq_store_files_like(struct nq_db *db, int64_t hash, int64_t size,
                                   struct nq_arena *arena, struct nq_file_row **out, size_t *n,
                                   struct nq_error *err)
{
    static const char sql[] =
        "SELECT " COLUMNS " FROM file WHERE hash = ?1 AND size = ?2 ORDER BY id";
    return all_rows(nq_rows(db, sql, NQ_WITH(nq_int(hash), nq_int(size)), err), arena, out, n);
}

enum nq_status nq_store_files_marked(struct nq_db *db, struct nq_arena *arena,
                                     struct nq_file_row **out, size_t *n, struct nq_error *err)
{
    static const char sql[] = "SELECT " COLUMNS " FROM file WHERE modified = 0 ORDER BY path";
    return all_rows(nq_rows(db, sql, NULL, err), arena, out, n);
}

enum nq_status nq_store_file_copies(struct nq_db *db, int64_t file, struct nq_arena *arena,
                                    struct nq_file_row **out, size_t *n, struct nq_error *err)
{
    static const char sql[] = "SELECT " COLUMNS " FROM file WHERE copy_of = ?1 ORDER BY path";
    return all_rows(nq_rows(db, sql, NQ_WITH(nq_int(file)), err), arena, out, n);
}

enum nq_status nq_store_file_rename(struct nq_db *db, struct nq_file_row *row, struct nq_str path,
                                    struct nq_str key, struct nq_error *err)
{
    static const char sql[] =
        "UPDATE report SET key = ?3 || substr(key, length(?2) + 1) WHERE file = ?1"
        " AND (key = ?2 OR substr(key, 1, length(?2) + 1) = ?2 || '/')";
    enum nq_status status =
        nq_sql_run(db, sql, NQ_WITH(nq_int(row->id), nq_text(row->key), nq_text(key)), err);
    row->path = path;
    row->key = key;
    return status == NQ_OK ? nq_store_file_put(db, row, err) : status;
}
