/* Records: one line of JSONL as a report. */
#ifndef NQ_INGEST_RECORD_H
#define NQ_INGEST_RECORD_H

#include "base/arena.h"

enum { NQ_KEYS_PARTS = 1 << 6 };

/* The keys that a file has had, as 64-bit hashes: 12 bytes a key, whatever its length, and in
 * parts, so that little is there twice while one grows.  Zeroed is empty. */
struct nq_keys {
    struct nq_keys_part {
        uint64_t *slots; /* 0: free */
        size_t size, n;
    } parts[NQ_KEYS_PARTS];
};

/* Adds `key`: false in `*fresh` if it was there.  False without memory. */
bool nq_keys_add(struct nq_keys *keys, struct nq_str key, bool *fresh);
void nq_keys_finish(struct nq_keys *keys);

/* Reads one line into `*out`, whose fields live in `arena`.  Where it is no document the result is
 * false and `*why` says what is wrong, in the user's language (NULL: no memory).  `*repaired` grows
 * by the bytes that were no UTF-8. */
bool nq_record_read(struct nq_arena *arena, struct nq_str line, struct nq_report *out,
                    size_t *repaired, const char **why);

#endif
