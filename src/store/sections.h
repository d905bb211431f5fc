/* Sections as units: all their passages together. */
#ifndef NQ_STORE_SECTIONS_H
#define NQ_STORE_SECTIONS_H

#include "base/arena.h"
#include "base/buf.h"
#include "store/db.h"

/* Where each unit begins, in the order of ids: sections, and for what stands before the first
 * section of a report (all of it where it has none) the report.  A unit ends where the next
 * begins. */
struct nq_units_index {
    int64_t *ids;
    size_t n, cap;
};

enum nq_status nq_store_units(struct nq_db *db, struct nq_units_index *out, struct nq_error *err);
void nq_units_index_finish(struct nq_units_index *units);

/* Appends the text of the passages [first, end), references left out, a line each. */
enum nq_status nq_store_unit_text(struct nq_db *db, int64_t first, int64_t end, struct nq_buf *text,
                                  struct nq_error *err);

#endif
