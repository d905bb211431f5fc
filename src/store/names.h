/* What has a name in the index: documents, and the headlines of sections, reports and cited works;
 * and the table `name`, in which all that may be suggested stands ready to be looked up. */
#ifndef NQ_STORE_NAMES_H
#define NQ_STORE_NAMES_H

#include "store/db.h"

struct nq_stored_name {
    struct nq_str text; /* borrowed until the next */
    bool document;      /* else a headline */
    int64_t passage;    /* the last that names the document; of a headline, that it stands over */
    uint64_t n;         /* passages that name the document; 1 */
};

/* Calls `fn` with each name of the passages from `from` on: documents, then headlines, the newest
 * of each kind first and at most `most` of it; false from it stops. */
enum nq_status nq_store_names(struct nq_db *db, int64_t from, int64_t most,
                              bool (*fn)(void *user, const struct nq_stored_name *name), void *user,
                              struct nq_error *err);

/* ---- the table
 * ------------------------------------------------------------------------------------ */

/* What is said of it in meta; all 0 where there is no table. */
struct nq_names_state {
    int64_t form;       /* of the rows; 0: there are none */
    int64_t made;       /* the hash of what made them */
    int64_t generation; /* of the index that they are of */
    int64_t passages;   /* the first tier is of the passages below this id; 0: of others, too */
    int64_t topics;     /* and of the topics up to this id */
    int64_t counted;    /* passages that there were then */
    int64_t newest;     /* day of all names */
};

enum nq_status nq_store_names_state(struct nq_db *db, struct nq_names_state *state,
                                    struct nq_error *err);
enum nq_status nq_store_names_set_state(struct nq_db *db, const struct nq_names_state *state,
                                        struct nq_error *err);

/* Makes the table where it is missing. */
enum nq_status nq_store_names_create(struct nq_db *db, struct nq_error *err);

/* Empties the rows from `first` to `last`. */
enum nq_status nq_store_names_clear(struct nq_db *db, int64_t first, int64_t last,
                                    struct nq_error *err);
enum nq_status nq_store_names_put(struct nq_db *db, int64_t id, struct nq_str data,
                                  struct nq_error *err);

/* Calls `fn` with the rows from `first` to `last`; false from it stops. */
enum nq_status nq_store_names_rows(struct nq_db *db, int64_t first, int64_t last,
                                   bool (*fn)(void *user, int64_t id, struct nq_str data),
                                   void *user, struct nq_error *err);

/* Notes that a passage goes: where the first tier is of it, it is made anew. */
enum nq_status nq_store_names_forget(struct nq_db *db, int64_t passage, struct nq_error *err);

#endif
