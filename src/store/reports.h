/* Reports, sections, passages and references in the index.
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

/* The ids of the reports of a file, in order and in `arena`. */
enum nq_status nq_store_reports_of(struct nq_db *db, int64_t file, struct nq_arena *arena,
                                   int64_t **ids, size_t *n, struct nq_error *err);

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

/* Calls `fn` with the id and the key of each report of a file, in the order of ids. */
enum nq_status nq_store_each_name(struct nq_db *db, int64_t file,
                                  bool (*fn)(void *user, int64_t id, struct nq_str key), void *user,
                                  struct nq_error *err);

/* A passage as stored; slices are borrowed until the next step. */
struct nq_stored_passage {
    int64_t id, report;
    enum nq_kind kind;
    bool first; /* of its report */
    bool cited; /* one of the report's references */
    bool opens_section;
    struct nq_str title, section_number, section_heading, text;
};

/* Calls `fn` with each passage of a report (0: of all) with an id of at least `from`, in the order
 * of ids; false from `fn` stops. */
enum nq_status nq_store_each_passage(struct nq_db *db, int64_t report, int64_t from,
                                     bool (*fn)(void *user, const struct nq_stored_passage *p),
                                     void *user, struct nq_error *err);

/* What a passage stands in, as ranges of ids, both ends included.  References may follow the
 * passages of a report's last section. */
struct nq_extent {
    int64_t report, report_last;
    int64_t section, section_last; /* the report's without a section */
    bool in_section;
};

/* Finds what passage `id` stands in; *found is false where the index has no such passage. */
enum nq_status nq_store_extent(struct nq_db *db, int64_t id, struct nq_extent *extent, bool *found,
                               struct nq_error *err);
/* Appends what can be read of a report, as nq_passages_text writes it. */
enum nq_status nq_store_report_text(struct nq_db *db, int64_t report, struct nq_buf *out,
                                    struct nq_error *err);

/* Appends heading (see nq_passage_heading) and text of passage `id`, which is of `kind`, to the
 * buffers; nothing where the index has no such passage. */
enum nq_status nq_store_passage_text(struct nq_db *db, int64_t id, enum nq_kind kind,
                                     struct nq_buf *heading, struct nq_buf *text,
                                     struct nq_error *err);

/* Fills what the index knows of the passage hit->passage: report, section, reference, text, in
 * `arena`. CORRUPT where there is no such passage. */
enum nq_status nq_store_load_hit(struct nq_db *db, struct nq_arena *arena, struct nq_hit *hit,
                                 struct nq_error *err);

#endif
