/* Files, reports, sections, passages and references in the index.
 *
 * Ids come from one sequence that never goes back: passages of a report have neighbouring ids, a
 * section has the id of its first passage, a report that of its first passage (or one of its own,
 * where it has none).  What a passage stands in is the section and the report with the largest id
 * not above its own. */
#ifndef NQ_STORE_REPORTS_H
#define NQ_STORE_REPORTS_H

#include "model/passage.h"
#include "store/db.h"

/* A file as it was when it was read. */
struct nq_file_row {
    int64_t id;
    int64_t size, modified_ns, hash;
};

/* Finds the file at `path`: row->id is 0 where the index has none. */
enum nq_status nq_store_file_find(struct nq_db *db, struct nq_str path, struct nq_file_row *row,
                                  struct nq_error *err);

/* Adds the file at `path`, or changes the row with row->id; sets row->id. */
enum nq_status nq_store_file_put(struct nq_db *db, struct nq_str path, struct nq_file_row *row,
                                 struct nq_error *err);

enum nq_status nq_store_file_delete(struct nq_db *db, int64_t file, struct nq_error *err);

/* Calls `fn` with each file whose path begins with `prefix`, in the order of paths. */
enum nq_status nq_store_files_below(struct nq_db *db, struct nq_str prefix,
                                    enum nq_status (*fn)(void *user, int64_t id, struct nq_str path,
                                                         struct nq_error *err),
                                    void *user, struct nq_error *err);

/* The id of a source's name, made where there is none; 0 for an absent name. */
enum nq_status nq_store_source(struct nq_db *db, struct nq_str name, int64_t *id,
                               struct nq_error *err);

/* Writes a report with its passages under the ids from `id` on. */
enum nq_status nq_store_report_put(struct nq_db *db, int64_t id, int64_t file, int64_t source,
                                   const struct nq_report *report, struct nq_str key,
                                   const struct nq_passage *passages, size_t n,
                                   struct nq_error *err);

/* Deletes the rows of all reports of a file. */
enum nq_status nq_store_reports_delete(struct nq_db *db, int64_t file, struct nq_error *err);

/* A passage as stored; slices are borrowed until the next step. */
struct nq_stored_passage {
    int64_t id, report;
    enum nq_kind kind;
    bool first; /* of its report */
    struct nq_str title, section_heading, text;
};

/* Calls `fn` with each passage of a file (0: of all files) with an id of at least `from`, in the
 * order of ids; false from `fn` stops. */
enum nq_status nq_store_each_passage(struct nq_db *db, int64_t file, int64_t from,
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
