/* Reports in the index, written with their sections, passages and references.
 *
 * Ids come from one sequence that never goes back: passages of a report have neighbouring ids, a
 * section has the id of its first passage, a report that of its first passage (or one of its own,
 * where it has none).  What a passage stands in is the section and the report with the largest id
 * not above its own. */
#ifndef NQ_STORE_REPORTS_H
#define NQ_STORE_REPORTS_H

#include "model/passage.h"
#include "store/files.h"

/* The id of a source's name, made where there is none; 0 for an absent name. */
enum nq_status nq_store_source(struct nq_db *db, struct nq_str name, int64_t *id,
                               struct nq_error *err);

/* Writes a report with its passages under the ids from `id` on. */
enum nq_status nq_store_report_put(struct nq_db *db, int64_t id, int64_t file, int64_t source,
                                   const struct nq_report *report, struct nq_str key,
                                   const struct nq_passage *passages, size_t n,
                                   struct nq_error *err);

/* Deletes the rows of a report. */
enum nq_status nq_store_report_delete(struct nq_db *db, int64_t id, struct nq_error *err);

/* A report's own row. */
struct nq_report_row {
    int64_t id, last, file, source;
    enum nq_kind kind;
    int32_t day;
    struct nq_str key, title, publisher, url;
};

/* The report with this id, in `arena`; row->id is 0 where there is none. */
enum nq_status nq_store_report_get(struct nq_db *db, int64_t id, struct nq_arena *arena,
                                   struct nq_report_row *row, struct nq_error *err);

/* The report that passage or report `id` belongs to; 0 where there is none. */
enum nq_status nq_store_report_of(struct nq_db *db, int64_t id, int64_t *report,
                                  struct nq_error *err);

/* The ids of reports of a file, at most `max` of those above `after`, in order: a file of records
 * has too many to hold them all. */
enum nq_status nq_store_reports_of(struct nq_db *db, int64_t file, int64_t after, size_t max,
                                   int64_t *ids, size_t *n, struct nq_error *err);

/* The first report of a file with this key and an id above `after`; 0 where there is none. */
enum nq_status nq_store_report_keyed(struct nq_db *db, int64_t file, struct nq_str key,
                                     int64_t after, int64_t *id, struct nq_error *err);

/* Whose name is looked for: key and day together, since numbers are names, too, and many files have
 * a document 1. */
struct nq_report_name {
    struct nq_str key;
    int32_t day;
    int64_t file;
    bool elsewhere; /* in another file than `file` */
};

/* The first report of that name with an id above `*report`; 0 where there is none. */
enum nq_status nq_store_report_named(struct nq_db *db, const struct nq_report_name *name,
                                     int64_t *report, struct nq_error *err);

#endif
