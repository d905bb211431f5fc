/* What the readers of numbers share: see number.h. */
#ifndef NQ_INGEST_NUMBER_PARTS_H
#define NQ_INGEST_NUMBER_PARTS_H

#include "ingest/number.h"

enum { NQ_NUMBER_LARGEST = 999, NQ_NUMBER_LARGEST_BELOW = 99 }; /* 1. to 999., and behind a dot */

/* The bytes of the digits at `at`, at most nine, and their value. */
size_t nq_number_digits(struct nq_str s, size_t at, unsigned *value);

/* `s` from byte `at` on. */
struct nq_str nq_number_from(struct nq_str s, size_t at);

/* The bytes of the first of `n` marks that stands at `at`, or 0. */
size_t nq_number_mark(struct nq_str s, size_t at, const char *const *marks, size_t n);

/* Fills `out` but for its value: a number of `text_len` bytes which with its mark has `len`.  True.
 */
bool nq_number_finish(struct nq_str s, struct nq_number *out, enum nq_numbering style,
                      size_t text_len, size_t len);

/* Numbers that don't begin with a digit: 一、 （1） 第一章 Ⅱ. Part 1 A. ①. */
bool nq_number_word(struct nq_str s, struct nq_number *out);

#endif
