/* The longest common subsequence of two rows of numbers. */
#ifndef NQ_CHECK_ALIGN_H
#define NQ_CHECK_ALIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Marks in in_a[n] and in_b[m] what belongs to it, and sets *common to its length and [*start,
 * *end) to the piece of `b` from its first to its last member.  Stray members at b's ends, parted
 * from the rest by a gap, are left out.  False without memory. */
bool nq_align(const uint32_t *a, size_t n, const uint32_t *b, size_t m, bool *in_a, bool *in_b,
              size_t *start, size_t *end, size_t *common);

#endif
