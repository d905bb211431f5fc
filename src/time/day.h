/* Days of the proleptic Gregorian calendar as numbers since 1970-01-01.
 * nq_day_format() and nq_day_parse() of <nqsearch.h> stand beside these. */
#ifndef NQ_TIME_DAY_H
#define NQ_TIME_DAY_H

#include <nqsearch.h>

/* The number of a day; `month` 1-12, `day` 1-31.  NQ_NO_DAY for a date that no calendar has or a
 * year outside 1 to 9999. */
int32_t nq_day_of(int year, int month, int day);

/* The date of a day that is not NQ_NO_DAY. */
void nq_day_civil(int32_t day_number, int *year, int *month, int *day);

/* 28 to 31; `month` 1-12. */
int nq_day_month_length(int year, int month);

#endif
