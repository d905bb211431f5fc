/* Passages in the index, read with what they stand in: the section and the report with the largest
 * id not above their own (see reports.h). */
#ifndef NQ_STORE_PASSAGES_H
#define NQ_STORE_PASSAGES_H

#include "model/passage.h"
#include "store/db.h"

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
