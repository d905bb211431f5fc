/* Holidays, lunar days and weeks: see calendar.h. */
#include "time/calendar.h"

#include "days_off.h"
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

/* The sun's apparent longitude in degrees, `days` after noon of 2000-01-01: Meeus, Astronomical
 * Algorithms, chapter 25, with what planets and moon add by chapter 18 of his Astronomical Formulae
 * for Calculators; true to some minutes of time. */
static double sun_longitude(double days)
{
    static const struct {
        double amplitude, phase, rate;           /* degrees; of a sine, by the century since 1900 */
    } pulls[] = {{0.00134, 243.23, 22518.7541},  /* Venus */
                 {0.00154, 306.57, 45037.5082},  /* Venus */
                 {0.00200, 42.69, 32964.3577},   /* Jupiter */
                 {0.00179, 350.74, 445267.1142}, /* the moon */
                 {0.00178, 231.19, 20.20}};      /* a long period */
    double t = days / 36525, degree = acos(-1) / 180, pull = 0;
    for (size_t i = 0; i < NQ_COUNT(pulls); i++)
        pull += pulls[i].amplitude * sin((pulls[i].phase + pulls[i].rate * (t + 1)) * degree);
    double anomaly = (357.52911 + 35999.05029 * t) * degree;
    double centre = (1.914602 - 0.004817 * t) * sin(anomaly) + 0.019993 * sin(2 * anomaly) +
                    0.000289 * sin(3 * anomaly);
    double node = (125.04 - 1934.136 * t) * degree;
    return 280.46646 + 36000.76983 * t + centre + pull - 0.00569 - 0.00478 * sin(node);
}

/* The day (in China) on which the sun stands `degrees` behind the spring equinox. */
static int32_t sun_day(int year, int degrees)
{
    enum { EPOCH = 10957 /* 2000-01-01 */, MOST_STEPS = 5 };
    double days = nq_day_of(year, 3, 20) - EPOCH + degrees * 365.2422 / 360;
    for (int i = 0; i < MOST_STEPS; i++) {
        double off = fmod(degrees - sun_longitude(days), 360);
        off += off > 180 ? -360 : off < -180 ? 360 : 0;
        days += off * 365.2422 / 360;
    }
    return EPOCH + (int32_t)floor(days + 0.5 + 8.0 / 24);
}

/* The day of a solar term. */
static int32_t solar_term(const char *name, int year)
{
    static const char *const terms[] = {"小寒", "大寒", "立春", "雨水", "惊蛰", "春分",
                                        "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
                                        "小暑", "大暑", "立秋", "处暑", "白露", "秋分",
                                        "寒露", "霜降", "立冬", "小雪", "大雪", "冬至"};
    enum { EQUINOX = 5, DEGREES = 15, FIRST_YEAR = 1901, LAST_YEAR = 2099 };
    for (int i = 0; i < (int)NQ_COUNT(terms); i++)
        if (strcmp(terms[i], name) == 0)
            return year < FIRST_YEAR || year > LAST_YEAR ? NQ_NO_DAY
                                                         : sun_day(year, (i - EQUINOX) * DEGREES);
    return NQ_NO_DAY;
}

/* The dog days: the first begin on the third 庚 day from the summer solstice on, the middle ones
 * ten days later, the last on the first 庚 day from the beginning of autumn on. */
static bool dog_days(const char *rule, int year, int32_t *first, int32_t *last)
{
    enum { GENG = 6, STEM = 7 /* 1970-01-01, 辛 */, TEN = 10 };
    int32_t solstice = solar_term("夏至", year), autumn = solar_term("立秋", year);
    if (solstice == NQ_NO_DAY)
        return false;
    int32_t begin = solstice + (GENG - (solstice + STEM) % TEN + TEN) % TEN + 2 * TEN;
    int32_t end = autumn + (GENG - (autumn + STEM) % TEN + TEN) % TEN;
    bool all = strcmp(rule, "三伏") == 0, early = strcmp(rule, "初伏") == 0;
    bool middle = strcmp(rule, "中伏") == 0, late = strcmp(rule, "末伏") == 0;
    *first = all || early ? begin : middle ? begin + TEN : end;
    *last = early ? begin + TEN - 1 : middle ? end - 1 : end + TEN - 1;
    return all || early || middle || late;
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

/* The day of a rule that names one. */
static int32_t holiday(const char *rule, int year)
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

bool nq_holiday(const char *rule, int year, int32_t *first, int32_t *last)
{
    *first = *last = holiday(rule, year);
    return *first != NQ_NO_DAY || dog_days(rule, year, first, last);
}

bool nq_days_off(const char *rule, int year, int32_t *first, int32_t *last)
{
    for (size_t i = 0; i < NQ_COUNT(days_off); i++) {
        int32_t ignored; /* the last day lies in the holiday's year, which the first may not */
        if (strcmp(days_off[i][0], rule) == 0 && atoi(days_off[i][2]) == year)
            return nq_day_parse(nq_str_from(days_off[i][1]), first, &ignored) &&
                   nq_day_parse(nq_str_from(days_off[i][2]), last, &ignored);
    }
    return false;
}
