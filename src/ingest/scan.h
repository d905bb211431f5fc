/* Small looks at a line: how wide it is, whether a sentence ends with it, what number it begins
 * with, whether it is the same line as another.  Nothing here allocates. */
#ifndef NQ_INGEST_SCAN_H
#define NQ_INGEST_SCAN_H

#include "base/str.h"

/* Columns on a page: 2 for a Han character or full-width sign, 1 for other characters. */
size_t nq_scan_width(struct nq_str s);

/* The last code point of `s` and the byte it starts at; 0 for an empty slice. */
uint32_t nq_scan_last(struct nq_str s, size_t *start);
uint32_t nq_scan_first(struct nq_str s);

/* Han characters and other signs that stand without spaces between them. */
bool nq_scan_is_wide(uint32_t cp);

/* Whether `s` ends a sentence: 。！？；… or a full stop, also with closing quotation marks or
 * brackets, or a label in brackets, behind it.  A colon that introduces what follows counts too. */
bool nq_scan_ended(struct nq_str s);

/* Whether `s` holds a stop that is not at its end: 。！？；. */
bool nq_scan_has_stop_inside(struct nq_str s);

/* How many more brackets and quotation marks open in `s` than close. */
int nq_scan_depth(struct nq_str s);

/* A hash of `s` without its white space, ASCII of either width, letters of any case; with
 * `any_digits` all runs of digits are alike and the marks between cells do not count, so that "第 3
 * 页" and "第 12 页" are.
 */
uint64_t nq_scan_hash(struct nq_str s, bool any_digits);

/* Copies `s` into `out` (of s.len bytes) with ASCII for its full-width forms: ２０２６－０６ gives
 * 2026-06. */
struct nq_str nq_scan_narrow(struct nq_str s, char *out);

/* Whether any of the `n` words stands in `s` (ASCII letters of any case). */
bool nq_scan_has_any(struct nq_str s, const struct nq_str *words, size_t n);

/* The byte at which `needle` stands in `s`, ASCII letters of any case, or SIZE_MAX. */
size_t nq_scan_find_nocase(struct nq_str s, struct nq_str needle);

/* Copies `s` into `out` (of s.len bytes) with Simplified characters for Traditional ones.  Every
 * byte keeps its place: what is found in the copy stands there in `s` too. */
struct nq_str nq_scan_simplify(struct nq_str s, char *out);

/* `s` without list marks and brackets around it: 【摘要】 and 摘　要： give 摘要 in `out`, lower
 * case, Simplified and without spaces; the length, or 0 where `s` is longer than `size`. */
size_t nq_scan_bare(struct nq_str s, char *out, size_t size);

/* `s` without the white space, list separators and stops at its ends. */
struct nq_str nq_scan_trim_marks(struct nq_str s);

#endif
