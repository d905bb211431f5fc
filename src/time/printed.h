/* Dates as a report prints them where a date is expected: under its title, in a reference, as a
 * file's name.  (Dates in running text, with their relative forms, are another matter.) */
#ifndef NQ_TIME_PRINTED_H
#define NQ_TIME_PRINTED_H

#include "base/str.h"

/* A printed date.  `iso` is its first day, month or year with the precision of the print
 * ("2026-06"), NUL-terminated; [first, last] are the days that it means. */
struct nq_printed_date {
    char iso[11];
    int32_t first, last;
};

/* Reads the date that `text` begins with and returns its bytes, or 0.
 * Taken are 2026 年 6 月 12 日, ２０２６年６月１２日, 二〇二六年六月, 2026-06-18, 2026/6/18,
 * 2026.6.18, 20260618, 2026-06, 2026年, June 18, 2026, 18 Jun 2026; ranges of these (12 日至 13 日,
 * 2026-06-18/19). With a `reference` day that is not NQ_NO_DAY also 6 月 12 日: in the year that
 * puts it nearest to the reference, later by a month at most.  A bare number is no year unless
 * `bare_year`. */
size_t nq_printed_date(struct nq_str text, int32_t reference, bool bare_year,
                       struct nq_printed_date *out);

/* The first full date (to the day) anywhere in `text`: its bytes, and where it starts; 0 if none.
 */
size_t nq_printed_date_find(struct nq_str text, size_t *start, struct nq_printed_date *out);

#endif
