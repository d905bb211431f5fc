/* Answers that own their memory. */
#include "api/owned.h"

#include <stddef.h>

/* What stands before the answer. */
union before {
    struct nq_arena *arena;
    max_align_t align;
};

void *nq_owned_create(size_t size, struct nq_arena **arena)
{
    *arena = nq_arena_create();
    union before *b = *arena ? nq_arena_alloc(*arena, sizeof *b + size) : NULL;
    if (!b) {
        nq_arena_destroy(*arena);
        return NULL;
    }
    b->arena = *arena;
    return b + 1;
}

void nq_owned_destroy(void *answer)
{
    if (answer)
        nq_arena_destroy(((union before *)answer)[-1].arena);
}
