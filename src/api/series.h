/* Reports that appear again and again, and the days on which one should have. */
#ifndef NQ_API_SERIES_H
#define NQ_API_SERIES_H

#include "base/arena.h"
#include "base/buf.h"

/* Appends `s` with each run of digits as one '#': what the names of a series' files have in common.
 */
void nq_series_pattern(struct nq_buf *out, struct nq_str s);

/* On how many weekdays a series appears (7: daily, 5: on workdays, 1: weekly), from its days in
 * order, each once.  0 where it keeps no rhythm, or too few days are known. */
int nq_series_rhythm(const int32_t *days, size_t n);

/* The days between the first and the last on which the series would have appeared by its habit: on
 * more than half of the same weekdays of eight weeks before and eight weeks after the gap it did.
 * So weekends, a change from daily to workdays and years of pause are not missed.  Gaps in order,
 * in `arena`; false without memory. */
bool nq_series_gaps(const int32_t *days, size_t n, struct nq_arena *arena, struct nq_gap **out,
                    size_t *n_out, uint64_t *n_days);

#endif
