/* A set of lines by their hashes. */
#ifndef NQ_INGEST_LINE_SET_H
#define NQ_INGEST_LINE_SET_H

#include "base/arena.h"

struct nq_line_set {
    uint64_t *slots; /* 0: empty; their number is a power of two */
    size_t mask, n;
};

/* Makes an empty set for at most `most` hashes; false without memory. */
bool nq_line_set_init(struct nq_arena *arena, struct nq_line_set *set, size_t most);

/* The set never grows: beyond the number it was made for nothing is added. */
void nq_line_set_add(struct nq_line_set *set, uint64_t hash);
bool nq_line_set_has(const struct nq_line_set *set, uint64_t hash);

/* The slot that `hash` has, or would have, in `set`: for what is kept beside the slots. */
size_t nq_line_set_slot(const struct nq_line_set *set, uint64_t hash);

#endif
