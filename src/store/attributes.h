/* Passage attributes: what every match is filtered, counted and normalised by.  Passages with
 * neighbouring ids mostly share all but the length, so that a chunk, the attributes of
 * NQ_ATTRIBUTE_CHUNK passages, is stored as
 *
 *     uint8   length in atoms, heading included, as nq_length_code: one for each passage
 *     runs of passages that have the rest in common, eight little-endian bytes each:
 *     0  int32   day of the passage: its report's, a reference's own; NQ_NO_DAY without one
 *     4  uint16  source (row of the source table; 0 beyond 65,535 of them)
 *     6  uint16  the first passage's place in the chunk, and from bit 12 on enum nq_kind;
 *                0: no passage has this id
 *
 * or, in indexes before schema version 4 and where this takes less room, as eight bytes for each
 * passage: day, source, uint8 length, uint8 kind. */
#ifndef NQ_STORE_ATTRIBUTES_H
#define NQ_STORE_ATTRIBUTES_H

#include "store/db.h"

enum { NQ_ATTRIBUTE_CHUNK = 4096 };

struct nq_attribute {
    int32_t day;
    uint16_t source;
    uint8_t length_code;
    uint8_t kind;
};

/* Lengths on a scale of eighths of a power of two: an error of at most 5 %. */
uint8_t nq_length_code(size_t n_atoms);
double nq_length_decode(uint8_t code);

struct nq_attribute_chunk;

/* All chunks that have been looked at, for one connection; zeroed is empty. */
struct nq_attributes {
    struct nq_attribute_chunk **chunks; /* NULL: not read yet */
    size_t n_chunks, n_loaded;
    size_t most;        /* chunks to be held by who only reads, in no order; 0: all */
    int64_t generation; /* of the index that the chunks were read from */
};

/* Drops what was read where the index has changed since (its meta "generation"). */
void nq_attributes_refresh(struct nq_attributes *attributes, int64_t generation);

/* The attributes of passage `id`; all zero where the index has none. */
enum nq_status nq_attributes_get(struct nq_attributes *attributes, struct nq_db *db, int64_t id,
                                 struct nq_attribute *out, struct nq_error *err);

/* The codes of length of the chunk that holds passage `id` (at [id % NQ_ATTRIBUTE_CHUNK]), for
 * those who need nothing else of many; borrowed until the next refresh or set. */
enum nq_status nq_attributes_lengths(struct nq_attributes *attributes, struct nq_db *db, int64_t id,
                                     const uint8_t **out, struct nq_error *err);

/* Sets the attributes of passage `id`; written by nq_attributes_write. */
enum nq_status nq_attributes_set(struct nq_attributes *attributes, struct nq_db *db, int64_t id,
                                 struct nq_attribute value, struct nq_error *err);

/* Writes changed chunks, within the caller's transaction. */
enum nq_status nq_attributes_write(struct nq_attributes *attributes, struct nq_db *db,
                                   struct nq_error *err);

void nq_attributes_finish(struct nq_attributes *attributes);

#endif
