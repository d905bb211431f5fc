/* The index's own numbers and texts, by name: the table meta. */
#include "store/sql.h"

static const char get_sql[] = "SELECT value FROM meta WHERE key = ?1";

static enum nq_status set(struct nq_db *db, const char *key, struct nq_value value,
                          struct nq_error *err)
{
    static const char sql[] = "INSERT INTO meta (key, value) VALUES (?1, ?2)"
                              " ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    return nq_sql_run(db, sql, NQ_WITH(nq_text(nq_str_from(key)), value), err);
}

enum nq_status nq_db_meta_get(struct nq_db *db, const char *key, int64_t *value,
                              struct nq_error *err)
{
    return nq_sql_int(db, get_sql, NQ_WITH(nq_text(nq_str_from(key))), value, err);
}

enum nq_status nq_db_meta_set(struct nq_db *db, const char *key, int64_t value,
                              struct nq_error *err)
{
    return set(db, key, nq_int(value), err);
}

enum nq_status nq_db_meta_text(struct nq_db *db, const char *key, struct nq_arena *arena,
                               struct nq_str *value, struct nq_error *err)
{
    struct nq_rows r = nq_rows(db, get_sql, NQ_WITH(nq_text(nq_str_from(key))), err);
    if (nq_rows_next(&r))
        *value = nq_rows_copy(&r, 0, arena);
    return nq_rows_end(&r);
}

enum nq_status nq_db_meta_set_text(struct nq_db *db, const char *key, struct nq_str value,
                                   struct nq_error *err)
{
    return set(db, key, nq_text(value), err);
}

enum nq_status nq_db_meta_blob(struct nq_db *db, const char *key, struct nq_buf *out,
                               struct nq_error *err)
{
    return nq_sql_blob(db, get_sql, NQ_WITH(nq_text(nq_str_from(key))), out, err);
}

enum nq_status nq_db_meta_set_blob(struct nq_db *db, const char *key, struct nq_str bytes,
                                   struct nq_error *err)
{
    return set(db, key, nq_blob(bytes), err);
}

enum nq_status nq_db_meta_load(struct nq_db *db, const struct nq_meta_member *members, size_t n,
                               void *out, struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < n && status == NQ_OK; i++)
        status = nq_db_meta_get(db, members[i].key, (int64_t *)((char *)out + members[i].at), err);
    return status;
}

enum nq_status nq_db_meta_save(struct nq_db *db, const struct nq_meta_member *members, size_t n,
                               const void *from, struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < n && status == NQ_OK; i++)
        status = nq_db_meta_set(db, members[i].key,
                                *(const int64_t *)((const char *)from + members[i].at), err);
    return status;
}
