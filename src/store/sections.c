/* Sections as units: all their passages together. */
#include "store/sections.h"

#include <stdlib.h>

enum { MOST_BYTES = 96 << 10 }; /* of a unit: what lies behind is not looked at */

enum nq_status nq_store_units(struct nq_db *db, struct nq_units_index *out, struct nq_error *err)
{
    static const char sql[] = "SELECT id FROM report UNION SELECT id FROM section ORDER BY 1";
    sqlite3_stmt *stmt;
    bool row = true;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    while (status == NQ_OK && (status = nq_db_step(db, stmt, &row, err)) == NQ_OK && row) {
        if (out->n == out->cap) {
            size_t cap = out->cap ? 2 * out->cap : 1024;
            int64_t *grown = realloc(out->ids, cap * sizeof *grown);
            if (!grown) {
                sqlite3_reset(stmt);
                return nq_fail_nomem(err);
            }
            out->ids = grown;
            out->cap = cap;
        }
        out->ids[out->n++] = sqlite3_column_int64(stmt, 0);
    }
    return status;
}

void nq_units_index_finish(struct nq_units_index *units)
{
    free(units->ids);
    *units = (struct nq_units_index){0};
}

enum nq_status nq_store_unit_text(struct nq_db *db, int64_t first, int64_t end, struct nq_buf *text,
                                  struct nq_error *err)
{
    static const char sql[] = "SELECT text FROM passage AS p WHERE id >= ?1 AND id < ?2 AND NOT"
                              " EXISTS (SELECT 1 FROM reference WHERE id = p.id) ORDER BY id";
    sqlite3_stmt *stmt;
    bool row = true;
    size_t before = text->len;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, first);
    sqlite3_bind_int64(stmt, 2, end);
    while (status == NQ_OK && row && text->len - before < MOST_BYTES) {
        status = nq_db_step(db, stmt, &row, err);
        if (status == NQ_OK && row) {
            nq_buf_add(text, nq_db_column_str(stmt, 0));
            nq_buf_add_byte(text, '\n');
        }
    }
    sqlite3_reset(stmt);
    return status == NQ_OK && text->failed ? nq_fail_nomem(err) : status;
}
