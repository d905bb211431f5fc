/* Arenas: many small allocations that live and die together.  Results live in their parent's arena.
 * An arena's failure is sticky: after one allocation failed `nq_arena_failed` is true until a
 * reset. */
#ifndef NQ_BASE_ARENA_H
#define NQ_BASE_ARENA_H

#include "base/str.h"

struct nq_arena;

/* NULL without memory. */
struct nq_arena *nq_arena_create(void);
void nq_arena_destroy(struct nq_arena *arena);

/* `size` zeroed bytes aligned for any type, or NULL without memory. */
void *nq_arena_alloc(struct nq_arena *arena, size_t size);

/* `n` zeroed items of `size` bytes, or NULL without memory or where n × size overflows. */
void *nq_arena_array(struct nq_arena *arena, size_t n, size_t size);

/* A copy of `s` with a NUL behind it (not counted).  An absent slice stays absent; without memory
 * the result is absent too. */
struct nq_str nq_arena_str(struct nq_arena *arena, struct nq_str s);

/* Grows an array of `n` items of `size` bytes, whose capacity is always the next power of two:
 * returns `items` or its larger copy with room for one more, or NULL without memory. */
void *nq_arena_grow(struct nq_arena *arena, void *items, size_t n, size_t size);

bool nq_arena_failed(const struct nq_arena *arena);

/* Frees everything at once but keeps the arena, and memory for the next use. */
void nq_arena_reset(struct nq_arena *arena);

#endif
