/* Holidays, lunar days and weeks: see calendar.h. */
#include "time/calendar.h"

#include "lunar.h"
#include "time/day.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int nq_weekday(int32_t day)
{
    return (int)(((int64_t)day + 3) % 7 + 7) % 7 + 1; /* 1970-01-01 was a Thursday */
}

int32_t nq_first_week(int32_t first)
{
    int weekday = nq_weekday(first);
    return first + (weekday <= 4 ? 1 - weekday : 8 - weekday);
}

/* A row: first day of the year, leap month, lengths of the months (L 30 days, S 29). */
int32_t nq_lunar_day(int year, int month, int day, bool leap)
{
    int row = year - 1900;
    int32_t first, last;
    if (row < 0 || (size_t)row >= NQ_COUNT(lunar) || month < 1 || month > 12 || day < 1 ||
        !nq_day_parse(nq_str_from(lunar[row][0]), &first, &last))
        return NQ_NO_DAY;
    int leap_month = atoi(lunar[row][1]);
    const char *months = lunar[row][2];
    if (leap && month != leap_month)
        return NQ_NO_DAY;
    int index = month - 1 + (leap_month > 0 && (month > leap_month || leap));
    for (int i = 0; i < index; i++)
        first += months[i] == 'L' ? 30 : 29;
    /* New Year's Eve is called the thirtieth also where the last month has 29 days. */
    int length = months[index] == 'L' ? 30 : 29;
    if (month == 12 && day == 30)
        day = length;
    return day > length ? NQ_NO_DAY : first + day - 1;
}

/* The day of a solar term, by the formula of 《寿星万年历》 (Xu Jianwei): day = [0.2422 y + c] -
 * [y/4] of the year's last two digits y; true from 1901 to 2099 but for single years. */
static int32_t solar_term(const char *name, int year)
{
    static const struct {
        const char *name;
        int month;
        double c20, c21; /* the constants of the 20th and 21st century */
    } terms[] = {{"春分", 3, 21.415, 20.646},
                 {"清明", 4, 5.59, 4.81},
                 {"夏至", 6, 22.20, 21.37},
                 {"秋分", 9, 23.822, 23.042},
                 {"冬至", 12, 22.60, 21.94}};
    if (year < 1901 || year > 2099)
        return NQ_NO_DAY;
    for (size_t i = 0; i < NQ_COUNT(terms); i++)
        if (strcmp(terms[i].name, name) == 0) {
            int y = year % 100;
            double c = year > 2000 ? terms[i].c21 : terms[i].c20;
            return nq_day_of(year, terms[i].month, (int)floor(y * 0.2422 + c) - y / 4);
        }
    return NQ_NO_DAY;
}

int32_t nq_lunar_in_year(int year, int month, int day, bool leap)
{
    /* The last months of a lunar year mostly lie in the next one of the calendar. */
    for (int back = 1; back >= 0; back--) {
        int32_t found = nq_lunar_day(year - back, month, day, leap);
        if (found >= nq_day_of(year, 1, 1) && found <= nq_day_of(year, 12, 31))
            return found;
    }
    return NQ_NO_DAY;
}

int32_t nq_holiday(const char *rule, int year)
{
    int month, number, weekday;
    if (sscanf(rule, "L%d-%d", &month, &number) == 2)
        return nq_lunar_in_year(year, month, number, false);
    if (sscanf(rule, "%d-%d", &month, &number) == 2)
        return nq_day_of(year, month, number);
    if (sscanf(rule, "%d %d %d", &month, &number, &weekday) != 3)
        return solar_term(rule, year);
    int32_t first = nq_day_of(year, month, 1);
    if (first == NQ_NO_DAY)
        return NQ_NO_DAY;
    return first + (weekday - nq_weekday(first) + 7) % 7 + 7 * (number - 1);
}
