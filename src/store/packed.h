/* Everything that the database knows of one passage, as bytes that can be carried elsewhere: its
 * row and those of its report, file, section and reference. */
#ifndef NQ_STORE_PACKED_H
#define NQ_STORE_PACKED_H

#include "base/buf.h"
#include "store/attributes.h"

/* Appends the rows of passage `id`. */
enum nq_status nq_store_pack(struct nq_db *db, int64_t id, struct nq_buf *out,
                             struct nq_error *err);

/* Puts what was packed into another database, where it is not there yet; *attribute is what of the
 * passage's attributes follows from it (no length).  CORRUPT where the bytes are no such rows. */
enum nq_status nq_store_unpack(struct nq_db *db, int64_t id, struct nq_str packed,
                               struct nq_attribute *attribute, struct nq_error *err);

/* Forgets all that was unpacked. */
enum nq_status nq_store_unpacked_clear(struct nq_db *db, struct nq_error *err);

#endif
