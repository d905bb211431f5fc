/* Sections as units: all their passages together. */
#include "store/sections.h"

#include <stdlib.h>

#include "base/grow.h"
#include "store/sql.h"

enum { MOST_BYTES = 96 << 10 }; /* of a unit: what lies behind is not looked at */

enum nq_status nq_store_units(struct nq_db *db, struct nq_units_index *out, struct nq_error *err)
{
    static const char sql[] = "SELECT id FROM report UNION SELECT id FROM section ORDER BY 1";
    struct nq_rows r = nq_rows(db, sql, NULL, err);
    while (nq_rows_next(&r)) {
        int64_t *ids = nq_grow(out->ids, out->n, &out->cap, sizeof *ids);
        if (!ids) {
            r.status = nq_fail_nomem(err);
            break;
        }
        out->ids = ids;
        out->ids[out->n++] = nq_rows_int(&r, 0);
    }
    return nq_rows_end(&r);
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
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_int(first), nq_int(end)), err);
    size_t before = text->len;
    while (text->len - before < MOST_BYTES && nq_rows_next(&r)) {
        nq_buf_add(text, nq_rows_str(&r, 0));
        nq_buf_add_byte(text, '\n');
    }
    if (r.status == NQ_OK && text->failed)
        r.status = nq_fail_nomem(err);
    return nq_rows_end(&r);
}
