/* Texts that reports had before.  A revision has the id that its report had, or one of its own, and
 * belongs to the report that stands in its place now. */
#ifndef NQ_STORE_REVISIONS_H
#define NQ_STORE_REVISIONS_H

#include "store/reports.h"

/* Of how many earlier texts of a report the index keeps: the first and the latest. */
enum { NQ_MOST_REVISIONS = 20 };

struct nq_revision_row {
    int64_t id, report;
    int64_t file; /* the file that still holds this text, though another's took its place; else 0 */
    int64_t modified_ns; /* when the file with this text was written */
    int32_t day;
    struct nq_str key, title, text;
};

/* Adds a revision; those beyond NQ_MOST_REVISIONS of its report go. */
enum nq_status nq_store_revision_put(struct nq_db *db, const struct nq_revision_row *row,
                                     struct nq_error *err);

/* Gives the revisions of one report to another. */
enum nq_status nq_store_revisions_move(struct nq_db *db, int64_t from, int64_t to,
                                       struct nq_error *err);

/* The revisions of a report, the latest first, in `arena`. */
enum nq_status nq_store_revisions_of(struct nq_db *db, int64_t report, struct nq_arena *arena,
                                     struct nq_revision_row **out, size_t *n, struct nq_error *err);

/* Deletes the revisions of a report.  Files that hold such a text are marked to be read again:
 * *files is set where there are any. */
enum nq_status nq_store_revisions_delete(struct nq_db *db, int64_t report, bool *files,
                                         struct nq_error *err);

/* Deletes the revisions that a file holds, or (`keep`) has them stand without it. */
enum nq_status nq_store_revisions_of_file(struct nq_db *db, int64_t file, bool keep,
                                          struct nq_error *err);

/* Whether a file holds a revision of a report. */
enum nq_status nq_store_revision_held(struct nq_db *db, int64_t report, int64_t file, bool *held,
                                      struct nq_error *err);

/* The report that took the place of the one that had this id; 0 where there is none. */
enum nq_status nq_store_revision_heir(struct nq_db *db, int64_t id, int64_t *report,
                                      struct nq_error *err);

#endif
