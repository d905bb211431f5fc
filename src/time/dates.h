/* Dates in running text: what each says in days, relative to a reference day.
 *
 * An expression opens a scope (a year, a month, a week, a day: named, or implied by the reference
 * or by the date before it), which the words behind it narrow: 去年 | 底, 2026年 | 6月 | 中旬,
 * implied year | 三季度.  Two of them joined by 至 are a range.  What stands around (到…, …前, …起)
 * makes a bound of it.  The words are in time/words.c and in dicts/ (eras, holidays, periods). */
#ifndef NQ_TIME_DATES_H
#define NQ_TIME_DATES_H

#include "text/fold.h"
#include "text/lexicon.h"

/* Finds dates; reused for any number of texts, by one thread at a time. */
struct nq_date_finder {
    struct nq_arena *arena;
    struct nq_lexicon words;
    struct nq_date *dates; /* of the last text */
    size_t n, cap;
    struct nq_folded folded; /* for nq_dates_find */
};

/* Makes a finder; false without memory. */
bool nq_date_finder_init(struct nq_date_finder *finder);
void nq_date_finder_finish(struct nq_date_finder *finder);

/* Finds the dates of `text`, in order and not overlapping, into finder->dates: borrowed until the
 * next call.  `reference` is the day that 今天 means; with NQ_NO_DAY only what names its year is a
 * date.  Linear in the text.  False without memory. */
bool nq_dates_find(struct nq_date_finder *finder, struct nq_str text, int32_t reference);

#endif
