/* What has a name in the index: documents, and the headlines of sections, reports and cited works.
 */
#ifndef NQ_STORE_NAMES_H
#define NQ_STORE_NAMES_H

#include "store/db.h"

struct nq_stored_name {
    struct nq_str text; /* borrowed until the next */
    bool document;      /* else a headline */
    int64_t passage;    /* the last that names the document; of a headline, that it stands over */
    uint64_t n;         /* passages that name the document; 1 */
};

/* Calls `fn` with each name: documents, then headlines, the newest of each kind first; false from
 * it stops. */
enum nq_status nq_store_names(struct nq_db *db,
                              bool (*fn)(void *user, const struct nq_stored_name *name), void *user,
                              struct nq_error *err);

#endif
