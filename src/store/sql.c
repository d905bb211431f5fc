/* Statements. */
#include "store/sql.h"

#include "base/grow.h"

static enum nq_status prepare(struct nq_db *db, const char *sql, sqlite3_stmt **out,
                              struct nq_error *err)
{
    for (size_t i = 0; i < db->n_statements; i++) {
        if (db->statements[i].sql == sql) {
            *out = db->statements[i].stmt;
            sqlite3_reset(*out);
            sqlite3_clear_bindings(*out);
            return NQ_OK;
        }
    }
    struct nq_prepared *grown =
        nq_grow(db->statements, db->n_statements, &db->statements_cap, sizeof *grown);
    if (!grown)
        return nq_fail_nomem(err);
    db->statements = grown;
    int rc = sqlite3_prepare_v3(db->sql, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
    if (rc != SQLITE_OK)
        return nq_db_fail(db, rc, err);
    db->statements[db->n_statements++] = (struct nq_prepared){sql, *out};
    return NQ_OK;
}

static int bind(sqlite3_stmt *stmt, int parameter, const struct nq_value *v)
{
    switch (v->type) {
    case NQ_VALUE_INT:
        return sqlite3_bind_int64(stmt, parameter, v->number);
    case NQ_VALUE_TEXT:
        return sqlite3_bind_text64(stmt, parameter, v->bytes.ptr, v->bytes.len, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case NQ_VALUE_BLOB:
        return sqlite3_bind_blob64(stmt, parameter, v->bytes.ptr, v->bytes.len, SQLITE_STATIC);
    default:
        return SQLITE_OK; /* NULL, as it is */
    }
}

struct nq_rows nq_rows(struct nq_db *db, const char *sql, const struct nq_value *values,
                       struct nq_error *err)
{
    struct nq_rows r = {.db = db, .err = err};
    r.status = prepare(db, sql, &r.stmt, err);
    for (int i = 0; r.status == NQ_OK && values && values[i].type != NQ_VALUE_NONE; i++) {
        int rc = bind(r.stmt, i + 1, &values[i]);
        if (rc != SQLITE_OK)
            r.status = nq_db_fail(db, rc, err);
    }
    return r;
}

bool nq_rows_next(struct nq_rows *r)
{
    if (r->status != NQ_OK)
        return false;
    int rc = sqlite3_step(r->stmt);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        r->status = nq_db_fail(r->db, rc, r->err);
    return rc == SQLITE_ROW;
}

enum nq_status nq_rows_end(struct nq_rows *r)
{
    sqlite3_reset(r->stmt);
    return r->status;
}

int64_t nq_rows_int(struct nq_rows *r, int column)
{
    return sqlite3_column_int64(r->stmt, column);
}

bool nq_rows_null(struct nq_rows *r, int column)
{
    return sqlite3_column_type(r->stmt, column) == SQLITE_NULL;
}

int32_t nq_rows_day(struct nq_rows *r, int column)
{
    return nq_rows_null(r, column) ? NQ_NO_DAY : sqlite3_column_int(r->stmt, column);
}

/* Text that cannot be turned into UTF-8 for lack of memory is NULL, which means something else. */
struct nq_str nq_rows_str(struct nq_rows *r, int column)
{
    const char *text = (const char *)sqlite3_column_text(r->stmt, column);
    if (!text && !nq_rows_null(r, column))
        r->status = nq_fail_nomem(r->err);
    return (struct nq_str){text, text ? (size_t)sqlite3_column_bytes(r->stmt, column) : 0};
}

struct nq_str nq_rows_blob(struct nq_rows *r, int column)
{
    const char *bytes = sqlite3_column_blob(r->stmt, column);
    return (struct nq_str){bytes, bytes ? (size_t)sqlite3_column_bytes(r->stmt, column) : 0};
}

struct nq_str nq_rows_copy(struct nq_rows *r, int column, struct nq_arena *arena)
{
    struct nq_str text = nq_rows_str(r, column), copy = nq_arena_str(arena, text);
    if (text.ptr && !copy.ptr)
        r->status = nq_fail_nomem(r->err);
    return copy;
}

static uint32_t unit_at(const unsigned char *p, size_t i)
{
    return (uint32_t)(p[2 * i] | p[2 * i + 1] << 8);
}

/* What stands in UTF-16 goes straight where it is wanted; SQLite would make it a copy of its own.
 */
void nq_rows_add(struct nq_rows *r, int column, struct nq_buf *out)
{
    enum { MOST = 3 }; /* bytes in UTF-8 of two of UTF-16 */
    sqlite3_value *value = sqlite3_column_value(r->stmt, column);
    if (sqlite3_column_type(r->stmt, column) != SQLITE_TEXT ||
        sqlite3_value_encoding(value) != SQLITE_UTF16LE) {
        nq_buf_add(out, nq_rows_str(r, column));
        return;
    }
    const unsigned char *p = sqlite3_column_blob(r->stmt, column);
    size_t n = (size_t)sqlite3_column_bytes16(r->stmt, column) / 2;
    if (!nq_buf_reserve(out, n * MOST))
        return;
    for (size_t i = 0; i < n; i++) {
        uint32_t unit = unit_at(p, i);
        if (unit >> 11 == 0x1B) { /* half of a pair, or damage */
            uint32_t low = unit < 0xDC00 && i + 1 < n ? unit_at(p, i + 1) : 0;
            bool pair = low >> 10 == 0x37;
            i += pair;
            unit = pair ? 0x10000 + ((unit & 0x3FF) << 10 | (low & 0x3FF)) : 0xFFFD;
        }
        out->len += nq_str_encode(unit, out->ptr + out->len);
    }
}

enum nq_status nq_sql_run(struct nq_db *db, const char *sql, const struct nq_value *values,
                          struct nq_error *err)
{
    struct nq_rows r = nq_rows(db, sql, values, err);
    nq_rows_next(&r);
    return nq_rows_end(&r);
}

enum nq_status nq_sql_int(struct nq_db *db, const char *sql, const struct nq_value *values,
                          int64_t *number, struct nq_error *err)
{
    struct nq_rows r = nq_rows(db, sql, values, err);
    *number = nq_rows_next(&r) ? nq_rows_int(&r, 0) : 0;
    return nq_rows_end(&r);
}

enum nq_status nq_sql_blob(struct nq_db *db, const char *sql, const struct nq_value *values,
                           struct nq_buf *out, struct nq_error *err)
{
    struct nq_rows r = nq_rows(db, sql, values, err);
    out->len = 0;
    if (nq_rows_next(&r))
        nq_buf_add(out, nq_rows_blob(&r, 0));
    if (out->failed && r.status == NQ_OK)
        r.status = nq_fail_nomem(err);
    return nq_rows_end(&r);
}
