/* Arrays that grow. */
#ifndef NQ_BASE_GROW_H
#define NQ_BASE_GROW_H

#include <stddef.h>

/* `items`, an array from malloc() of `n` items of `size` bytes with room for *cap, with room for
 * one more: itself, or a larger one in its place.  NULL without memory; then `items` is as before.
 */
void *nq_grow(void *items, size_t n, size_t *cap, size_t size);

/* The same with room for `more`. */
void *nq_reserve(void *items, size_t n, size_t more, size_t *cap, size_t size);

#endif
