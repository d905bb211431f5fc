/* The forms in which dates are printed: with Chinese units, in digits, in English, without a year.
 */
#include "time/cursor.h"
#include "time/day.h"

#include <strings.h>

/* 2026 年 6 月 12 日, 2026 年 6 月, 2026 年. */
static bool take_han_date(struct cursor *c, struct date_parts *p)
{
    struct cursor at = *c;
    nq_cursor_skip_spaces(&at);
    if (!nq_take_number(&at, 4, 4, &p->year) && !nq_take_han_year(&at, &p->year))
        return false;
    if (!nq_take(&at, NQ_STR("年")))
        return false;
    if (nq_take_field(&at, NQ_STR("月"), &p->month))
        nq_take_day_field(&at, &p->day);
    *c = at;
    return true;
}

/* 2026-0618 and 202606-18: a hyphen at the end of a line, which pdftotext took for that of a word.
 */
static bool take_rejoined_date(struct cursor *c, struct date_parts *p)
{
    struct cursor at = *c;
    int high, low;
    if (nq_take_number(&at, 4, 4, &high) && nq_digit_at(&at, 1) && at.s.ptr[at.at] == '-') {
        at.at++;
        if (!nq_take_number(&at, 4, 4, &low))
            return false;
        *p = (struct date_parts){high, low / 100, low % 100};
    } else {
        at = *c;
        if (!nq_take_number(&at, 6, 6, &high) || !nq_digit_at(&at, 1) || at.s.ptr[at.at] != '-')
            return false;
        at.at++;
        if (!nq_take_number(&at, 2, 2, &low))
            return false;
        *p = (struct date_parts){high / 100, high % 100, low};
    }
    *c = at;
    return p->year >= 1900 && p->year < 2100 && p->month >= 1 && p->month <= 12 && p->day >= 1 &&
           p->day <= 31;
}

/* Takes the - / . of a date in digits, of either width, that a digit follows; 0 where none stands.
 */
static char take_date_mark(struct cursor *c)
{
    static const char *const wide[] = {"－", "／", "．"}, narrow[] = "-/.";
    struct cursor at = *c;
    char mark = 0;
    for (size_t i = 0; i < NQ_COUNT(wide) && !mark; i++)
        if (nq_take(&at, nq_str_from(wide[i])))
            mark = narrow[i];
    if (!mark && at.at < at.s.len && at.s.ptr[at.at] && strchr(narrow, at.s.ptr[at.at]))
        mark = at.s.ptr[at.at++];
    struct cursor number = at;
    int ignored;
    if (!mark || at.at >= at.s.len || at.s.ptr[at.at] == ' ' ||
        !nq_take_number(&number, 1, 2, &ignored))
        return 0;
    *c = at;
    return mark;
}

/* 2026-06-18, 2026/6/18, 2026.6.18, 2026-06, 20260618. */
static bool take_numeric_date(struct cursor *c, struct date_parts *p)
{
    struct cursor at = *c;
    int compact;
    if (take_rejoined_date(&at, p)) {
        *c = at;
        return true;
    }
    at = *c;
    if (nq_take_number(&at, 8, 8, &compact)) {
        *p = (struct date_parts){compact / 10000, compact / 100 % 100, compact % 100};
        *c = at;
        return p->year >= 1900 && p->year < 2100;
    }
    char mark;
    if (!nq_take_number(&at, 4, 4, &p->year) || !(mark = take_date_mark(&at)) ||
        !nq_take_number(&at, 1, 2, &p->month))
        return false;
    struct cursor day = at;
    if (take_date_mark(&day) == mark && nq_take_number(&day, 1, 2, &p->day))
        at = day;
    *c = at;
    return true;
}

/* June, Jun., JUNE. */
static bool take_month_name(struct cursor *c, int *month)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    struct cursor at = *c;
    nq_cursor_skip_spaces(&at);
    struct nq_str rest = nq_cursor_rest(&at);
    size_t n = 0;
    while (n < rest.len && ((rest.ptr[n] | 32) >= 'a' && (rest.ptr[n] | 32) <= 'z'))
        n++;
    for (int i = 0; i < 12; i++) {
        bool whole = n == strlen(names[i]), short_form = n == 3 || (n == 4 && i == 8);
        if ((whole || short_form) && strncasecmp(rest.ptr, names[i], n) == 0) {
            at.at += n;
            nq_take(&at, NQ_STR("."));
            *c = at;
            *month = i + 1;
            return true;
        }
    }
    return false;
}

/* June 18, 2026; 18 June 2026; June 2026. */
static bool take_english_date(struct cursor *c, struct date_parts *p)
{
    struct cursor at = *c;
    bool day_first = nq_take_number(&at, 1, 2, &p->day);
    if (!take_month_name(&at, &p->month))
        return false;
    if (!day_first) {
        struct cursor day = at;
        int number;
        if (nq_take_number(&day, 1, 2, &number)) {
            at = day;
            p->day = number;
        }
    }
    nq_take(&at, NQ_STR(","));
    if (!nq_take_number(&at, 4, 4, &p->year))
        return false;
    *c = at;
    return true;
}

/* 6 月 12 日 in the year nearest to `reference`. */
static bool take_yearless_date(struct cursor *c, int32_t reference, struct date_parts *p)
{
    enum { LATEST = 31 };
    struct cursor at = *c;
    int y, m, d;
    if (reference == NQ_NO_DAY || !nq_take_field(&at, NQ_STR("月"), &p->month) ||
        !nq_take_day_field(&at, &p->day))
        return false;
    nq_day_civil(reference, &y, &m, &d);
    int32_t day = nq_day_of(y, p->month, p->day);
    p->year = day != NQ_NO_DAY && day > reference + LATEST ? y - 1 : y;
    *c = at;
    return true;
}

bool nq_take_date(struct cursor *c, int32_t reference, struct date_parts *p)
{
    struct date_parts none = {0};
    *p = none;
    if (take_han_date(c, p))
        return true;
    *p = none;
    if (take_numeric_date(c, p))
        return true;
    *p = none;
    if (take_english_date(c, p))
        return true;
    *p = none;
    return take_yearless_date(c, reference, p);
}
