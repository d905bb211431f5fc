/* Answers that own their memory: a public struct in an arena of its own, where all that it points
 * to lives, too. */
#ifndef NQ_API_OWNED_H
#define NQ_API_OWNED_H

#include "base/arena.h"

/* A zeroed answer of `size` bytes and the arena that it lives in; NULL without memory. */
void *nq_owned_create(size_t size, struct nq_arena **arena);

/* Frees the answer and all in its arena; NULL is fine. */
void nq_owned_destroy(void *answer);

#endif
