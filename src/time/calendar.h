/* The days that a year gives a name to: holidays of the calendar, of the lunar calendar and of the
 * sun, weeks, and the eras of old years. */
#ifndef NQ_TIME_CALENDAR_H
#define NQ_TIME_CALENDAR_H

#include "base/str.h"

/* The days [*first, *last] of a rule of dicts/holidays.tsv in `year`: "05-04", "L08-15" (lunar),
 * "05 2 7" (the second Sunday of May), a solar term, or one of the dog days (三伏, 初伏, 中伏,
 * 末伏). False where the tables don't know it. */
bool nq_holiday(const char *rule, int year, int32_t *first, int32_t *last);

/* The days off for the holiday of that rule in `year`; false where dicts/days_off.tsv has none. */
bool nq_days_off(const char *rule, int year, int32_t *first, int32_t *last);

/* The day of a lunar date; month 1-12 (the leap month of that number with `leap`), day 1-30, of the
 * lunar year that begins in `year` (1900 to 2100). NQ_NO_DAY where there is none. */
int32_t nq_lunar_day(int year, int month, int day, bool leap);

/* The same, in the year `year` of the calendar. */
int32_t nq_lunar_in_year(int year, int month, int day, bool leap);

/* 1 (Monday) to 7. */
int nq_weekday(int32_t day);

/* The Monday of the first week of the days from `first` on: the week that has its Thursday in
 * them (ISO 8601). */
int32_t nq_first_week(int32_t first);

#endif
