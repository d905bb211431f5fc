/* The record of an FTS5 table that lists its segments: row 10 of TABLE_data.
 *
 * As at the head of https://sqlite.org/src/file/ext/fts5/fts5_index.c, version 4: a cookie of four
 * bytes, then varints: levels, segments, leaves written so far, and for each level, newest first,
 * segments that are being merged, segments, and number, first and last leaf of each, oldest first.
 * A first leaf of 0 says that all of the segment has been merged into another. */
#ifndef NQ_ENGINE_FTS5_STRUCTURE_H
#define NQ_ENGINE_FTS5_STRUCTURE_H

#include "store/db.h"

enum {
    NQ_FTS5_STRUCTURE = 10,     /* the row */
    NQ_FTS5_SEGMENT_SHIFT = 37, /* a leaf's row is (segment << 37) + leaf */
    NQ_FTS5_HEADER = 4,         /* bytes of a leaf before its content */
};

/* A segment: leaves `first` to `last` of number `id`. */
struct nq_fts5_segment {
    int64_t id, first, last;
};

struct nq_fts5_structure {
    struct nq_fts5_segment *segments; /* newest first */
    size_t n;
    uint64_t levels, written;
    uint64_t merging, n_first; /* of the first level */
    size_t from, to;           /* where in the record the first level's segments stand */
};

/* Reads a record; fails as for a damaged database.  The caller frees `segments`, also then. */
enum nq_status nq_fts5_structure_read(struct nq_db *db, struct nq_str record,
                                      struct nq_fts5_structure *out, struct nq_error *err);

/* Adds to `out` the record with a segment of the given number and leaves 1 to `leaves` as the
 * newest; `s` is what `record` says. */
void nq_fts5_structure_add(struct nq_str record, const struct nq_fts5_structure *s, int64_t number,
                           int64_t leaves, struct nq_buf *out);

/* The same with that segment alone, as old as the oldest; with none where it has no leaves. */
void nq_fts5_structure_one(struct nq_str record, const struct nq_fts5_structure *s, int64_t number,
                           int64_t leaves, struct nq_buf *out);

/* Writes a varint of SQLite's, at most nine bytes; returns how many. */
size_t nq_fts5_put_number(uint8_t *out, uint64_t value);

void nq_fts5_add_number(struct nq_buf *out, uint64_t value);

/* A number of more than one byte; see nq_fts5_number. */
bool nq_fts5_long_number(struct nq_str bytes, size_t *at, uint64_t *value);

/* Reads a varint of SQLite's at `*at` and moves on; false where `bytes` ends before it does. */
static inline bool nq_fts5_number(struct nq_str bytes, size_t *at, uint64_t *value)
{
    if (*at < bytes.len && (unsigned char)bytes.ptr[*at] < 0x80) {
        *value = (unsigned char)bytes.ptr[(*at)++];
        return true;
    }
    return nq_fts5_long_number(bytes, at, value);
}

#endif
