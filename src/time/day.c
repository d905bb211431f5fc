/* Days: number to date and back, and the ISO 8601 forms of a day, a month and a year.
 *
 * The arithmetic is Howard Hinnant's "chrono-compatible low-level date algorithms": years begin in
 * March, so that the leap day is the last of its year, and come in eras of 400 years. */
#include "time/day.h"

enum { DAYS_OF_ERA = 146097, EPOCH_SHIFT = 719468 };

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int nq_day_month_length(int year, int month)
{
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return length[month - 1] + (month == 2 && is_leap(year));
}

int32_t nq_day_of(int year, int month, int day)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > nq_day_month_length(year, month))
        return NQ_NO_DAY;
    int y = year - (month <= 2);
    int era = y / 400, year_of_era = y % 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_OF_ERA + day_of_era - EPOCH_SHIFT;
}

void nq_day_civil(int32_t day_number, int *year, int *month, int *day)
{
    int64_t z = (int64_t)day_number + EPOCH_SHIFT;
    int64_t era = (z >= 0 ? z : z - (DAYS_OF_ERA - 1)) / DAYS_OF_ERA;
    int doe = (int)(z - era * DAYS_OF_ERA);
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = (int)(yoe + era * 400) + (*month <= 2);
}

char *nq_day_format(int32_t day, char out[11])
{
    static const int32_t last = 2932896; /* 9999-12-31 */
    int y, m, d;
    out[0] = '\0';
    if (day < -719162 || day > last) /* 0001-01-01; NQ_NO_DAY is below it */
        return out;
    nq_day_civil(day, &y, &m, &d);
    const int field[] = {y / 1000, y / 100 % 10, y / 10 % 10, y % 10, -1,
                         m / 10,   m % 10,       -1,          d / 10, d % 10};
    for (int i = 0; i < 10; i++)
        out[i] = (char)(field[i] < 0 ? '-' : '0' + field[i]);
    out[10] = '\0';
    return out;
}

/* The number of `n` digits at `p`, or -1. */
static int digits(const char *p, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9')
            return -1;
        value = value * 10 + (p[i] - '0');
    }
    return value;
}

bool nq_day_parse(struct nq_str text, int32_t *first, int32_t *last)
{
    if (text.len != 4 && text.len != 7 && text.len != 10)
        return false;
    const char *p = text.ptr;
    int year = digits(p, 4), month = 0, day = 0;
    if (year < 1)
        return false;
    if (text.len >= 7 && (p[4] != '-' || (month = digits(p + 5, 2)) < 1 || month > 12))
        return false;
    if (text.len == 10 && (p[7] != '-' || (day = digits(p + 8, 2)) < 1))
        return false;
    int last_month = month ? month : 12;
    int32_t a = nq_day_of(year, month ? month : 1, day ? day : 1);
    int32_t b = nq_day_of(year, last_month, day ? day : nq_day_month_length(year, last_month));
    if (a == NQ_NO_DAY || b == NQ_NO_DAY)
        return false;
    *first = a;
    *last = b;
    return true;
}
