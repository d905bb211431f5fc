/* Days: number to date and back, and the ISO 8601 forms of a day, a month and a year.
 *
 * The arithmetic is Howard Hinnant's "chrono-compatible low-level date algorithms": years begin in
 * March, so that the leap day is the last of its year, and come in eras of 400 years. */
#include "time/day.h"

#include "base/str.h"

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

/* Takes a number of `least` to `most` digits from the front of `s`; -1 where there is none. */
static int take_number(struct nq_str *s, size_t least, size_t most)
{
    int value = 0;
    size_t n = 0;
    for (; n < s->len && n < most && s->ptr[n] >= '0' && s->ptr[n] <= '9'; n++)
        value = value * 10 + (s->ptr[n] - '0');
    *s = nq_str_sub(*s, n, s->len);
    return n < least ? -1 : value;
}

static bool take_text(struct nq_str *s, struct nq_str text)
{
    bool there = nq_str_starts(*s, text);
    if (there)
        *s = nq_str_sub(*s, text.len, s->len);
    return there;
}

/* 2026年6月17日, or what is left of it from the front; 0 for what is not there. */
static bool take_han(struct nq_str *s, int *month, int *day)
{
    if (s->len > 0 && ((*month = take_number(s, 1, 2)) < 1 || !take_text(s, NQ_STR("月"))))
        return false;
    if (s->len > 0 && ((*day = take_number(s, 1, 2)) < 1 ||
                       (!take_text(s, NQ_STR("日")) && !take_text(s, NQ_STR("号")))))
        return false;
    return s->len == 0;
}

/* -06-17 or /6/17. */
static bool take_signs(struct nq_str *s, int *month, int *day)
{
    static const char signs[] = "-/.";
    for (size_t i = 0; signs[i]; i++) {
        struct nq_str sign = {&signs[i], 1};
        if (!take_text(s, sign))
            continue;
        *month = take_number(s, 1, 2);
        if (take_text(s, sign) && (*day = take_number(s, 1, 2)) < 1)
            return false;
        return *month > 0 && s->len == 0;
    }
    return s->len == 0;
}

bool nq_day_parse(struct nq_str text, int32_t *first, int32_t *last)
{
    int year = take_number(&text, 4, 4), month = 0, day = 0;
    bool read = take_text(&text, NQ_STR("年")) ? take_han(&text, &month, &day)
                                               : take_signs(&text, &month, &day);
    if (year < 1 || !read || month > 12)
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
