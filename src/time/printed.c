/* Dates as printed: see printed.h.  A cursor walks over the text; every reader either takes what it
 * is named for and moves on, or leaves the cursor where it was. */
#include "time/printed.h"

#include "time/day.h"

#include <stdio.h>
#include <strings.h>

struct cursor {
    struct nq_str s;
    size_t at;
};

/* Year, month, day; 0 where nothing is printed. */
struct parts {
    int year, month, day;
};

static struct nq_str rest_of(const struct cursor *c)
{
    return nq_str_sub(c->s, c->at, c->s.len);
}

static void nq_skip_spaces(struct cursor *c)
{
    struct nq_str rest = rest_of(c);
    struct nq_str trimmed = nq_str_trim(rest);
    c->at = trimmed.len ? (size_t)(trimmed.ptr - c->s.ptr) : c->at;
}

static bool take(struct cursor *c, struct nq_str word)
{
    struct cursor at = *c;
    nq_skip_spaces(&at);
    if (!nq_str_starts(rest_of(&at), word))
        return false;
    c->at = at.at + word.len;
    return true;
}

static bool is_digit_at(const struct cursor *c, size_t offset)
{
    return c->at + offset < c->s.len && c->s.ptr[c->at + offset] >= '0' &&
           c->s.ptr[c->at + offset] <= '9';
}

/* Takes one digit, full-width ones too (２０２６), and returns its value; -1 if there is none. */
static int take_digit(struct cursor *c)
{
    if (is_digit_at(c, 0))
        return c->s.ptr[c->at++] - '0';
    struct nq_str rest = rest_of(c);
    unsigned char low = rest.len > 2 ? (unsigned char)rest.ptr[2] : 0;
    if (!nq_str_starts(rest, NQ_STR("\xEF\xBC")) || low < 0x90 || low > 0x99)
        return -1;
    c->at += 3;
    return low - 0x90;
}

/* A number of `low` to `high` digits. */
static bool take_number(struct cursor *c, size_t low, size_t high, int *value)
{
    struct cursor at = *c;
    nq_skip_spaces(&at);
    size_t n = 0;
    int v = 0, digit;
    for (; (digit = take_digit(&at)) >= 0; n++) {
        if (n == high)
            return false;
        v = v * 10 + digit;
    }
    if (n < low)
        return false;
    c->at = at.at;
    *value = v;
    return true;
}

/* The value of a Chinese numeral at the cursor, -1 if there is none; 十 is 10. */
static int han_digit(struct cursor *c)
{
    static const struct {
        struct nq_str text;
        int value;
    } table[] = {
        {NQ_STR_INIT("〇"), 0},  {NQ_STR_INIT("○"), 0},  {NQ_STR_INIT("零"), 0},
        {NQ_STR_INIT("一"), 1},  {NQ_STR_INIT("二"), 2}, {NQ_STR_INIT("三"), 3},
        {NQ_STR_INIT("四"), 4},  {NQ_STR_INIT("五"), 5}, {NQ_STR_INIT("六"), 6},
        {NQ_STR_INIT("七"), 7},  {NQ_STR_INIT("八"), 8}, {NQ_STR_INIT("九"), 9},
        {NQ_STR_INIT("十"), 10},
    };
    for (size_t i = 0; i < NQ_COUNT(table); i++)
        if (nq_str_starts(rest_of(c), table[i].text)) {
            c->at += table[i].text.len;
            return table[i].value;
        }
    return -1;
}

/* 二〇二六. */
static bool take_han_year(struct cursor *c, int *value)
{
    struct cursor at = *c;
    int year = 0;
    for (int i = 0; i < 4; i++) {
        int digit = han_digit(&at);
        if (digit < 0 || digit > 9)
            return false;
        year = year * 10 + digit;
    }
    *c = at;
    *value = year;
    return true;
}

/* 1 to 31: 六, 十七, 二十, 三十一. */
static bool take_han_number(struct cursor *c, int *value)
{
    struct cursor at = *c;
    int v = han_digit(&at);
    if (v < 1)
        return false;
    struct cursor before_ten = at;
    if (v < 10 && han_digit(&at) == 10)
        v *= 10;
    else
        at = before_ten;
    if (v >= 10) {
        struct cursor before_unit = at;
        int unit = han_digit(&at);
        if (unit >= 1 && unit <= 9)
            v += unit;
        else
            at = before_unit;
    }
    *c = at;
    *value = v;
    return true;
}

static bool take_field(struct cursor *c, struct nq_str unit, int *value)
{
    struct cursor at = *c;
    int number;
    nq_skip_spaces(&at);
    if (!take_number(&at, 1, 2, &number) && !take_han_number(&at, &number))
        return false;
    if (!take(&at, unit))
        return false;
    *c = at;
    *value = number;
    return true;
}

static bool take_day_field(struct cursor *c, int *day)
{
    return take_field(c, NQ_STR("日"), day) || take_field(c, NQ_STR("号"), day);
}

/* 2026 年 6 月 12 日, 2026 年 6 月, 2026 年. */
static bool take_han_date(struct cursor *c, struct parts *p)
{
    struct cursor at = *c;
    nq_skip_spaces(&at);
    if (!take_number(&at, 4, 4, &p->year) && !take_han_year(&at, &p->year))
        return false;
    if (!take(&at, NQ_STR("年")))
        return false;
    if (take_field(&at, NQ_STR("月"), &p->month))
        take_day_field(&at, &p->day);
    *c = at;
    return true;
}

/* 2026-0618 and 202606-18: a hyphen at the end of a line, which pdftotext took for that of a word.
 */
static bool take_rejoined_date(struct cursor *c, struct parts *p)
{
    struct cursor at = *c;
    int high, low;
    if (take_number(&at, 4, 4, &high) && is_digit_at(&at, 1) && at.s.ptr[at.at] == '-') {
        at.at++;
        if (!take_number(&at, 4, 4, &low))
            return false;
        *p = (struct parts){high, low / 100, low % 100};
    } else {
        at = *c;
        if (!take_number(&at, 6, 6, &high) || !is_digit_at(&at, 1) || at.s.ptr[at.at] != '-')
            return false;
        at.at++;
        if (!take_number(&at, 2, 2, &low))
            return false;
        *p = (struct parts){high / 100, high % 100, low};
    }
    *c = at;
    return p->year >= 1900 && p->year < 2100 && p->month >= 1 && p->month <= 12 && p->day >= 1 &&
           p->day <= 31;
}

/* 2026-06-18, 2026/6/18, 2026.6.18, 2026-06, 20260618. */
static bool take_numeric_date(struct cursor *c, struct parts *p)
{
    struct cursor at = *c;
    int compact;
    if (take_rejoined_date(&at, p)) {
        *c = at;
        return true;
    }
    at = *c;
    if (take_number(&at, 8, 8, &compact)) {
        *p = (struct parts){compact / 10000, compact / 100 % 100, compact % 100};
        *c = at;
        return p->year >= 1900 && p->year < 2100;
    }
    if (!take_number(&at, 4, 4, &p->year) || at.at >= at.s.len)
        return false;
    char mark = at.s.ptr[at.at];
    if ((mark != '-' && mark != '/' && mark != '.') || !is_digit_at(&at, 1))
        return false;
    at.at++;
    if (!take_number(&at, 1, 2, &p->month))
        return false;
    if (at.at < at.s.len && at.s.ptr[at.at] == mark && is_digit_at(&at, 1)) {
        struct cursor before_day = at;
        at.at++;
        if (!take_number(&at, 1, 2, &p->day))
            at = before_day;
    }
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
    nq_skip_spaces(&at);
    struct nq_str rest = rest_of(&at);
    size_t n = 0;
    while (n < rest.len && ((rest.ptr[n] | 32) >= 'a' && (rest.ptr[n] | 32) <= 'z'))
        n++;
    for (int i = 0; i < 12; i++) {
        bool whole = n == strlen(names[i]), short_form = n == 3 || (n == 4 && i == 8);
        if ((whole || short_form) && strncasecmp(rest.ptr, names[i], n) == 0) {
            at.at += n;
            take(&at, NQ_STR("."));
            *c = at;
            *month = i + 1;
            return true;
        }
    }
    return false;
}

/* June 18, 2026; 18 June 2026; June 2026. */
static bool take_english_date(struct cursor *c, struct parts *p)
{
    struct cursor at = *c;
    bool day_first = take_number(&at, 1, 2, &p->day);
    if (!take_month_name(&at, &p->month))
        return false;
    if (!day_first) {
        struct cursor day = at;
        int number;
        if (take_number(&day, 1, 2, &number)) {
            at = day;
            p->day = number;
        }
    }
    take(&at, NQ_STR(","));
    if (!take_number(&at, 4, 4, &p->year))
        return false;
    *c = at;
    return true;
}

/* 6 月 12 日 in the year nearest to `reference`. */
static bool take_yearless_date(struct cursor *c, int32_t reference, struct parts *p)
{
    enum { LATEST = 31 };
    struct cursor at = *c;
    int y, m, d;
    if (reference == NQ_NO_DAY || !take_field(&at, NQ_STR("月"), &p->month) ||
        !take_day_field(&at, &p->day))
        return false;
    nq_day_civil(reference, &y, &m, &d);
    int32_t day = nq_day_of(y, p->month, p->day);
    p->year = day != NQ_NO_DAY && day > reference + LATEST ? y - 1 : y;
    *c = at;
    return true;
}

static bool take_parts(struct cursor *c, int32_t reference, struct parts *p)
{
    struct parts none = {0};
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

/* The days [first, last] of `p` and its ISO form; false for a date that no calendar has. */
static bool interval(const struct parts *p, char iso[11], int32_t *first, int32_t *last)
{
    char text[40];
    int n = snprintf(text, sizeof text, "%04d", p->year);
    if (p->month)
        n += snprintf(text + n, sizeof text - (size_t)n, "-%02d", p->month);
    if (p->day)
        n += snprintf(text + n, sizeof text - (size_t)n, "-%02d", p->day);
    if (!nq_day_parse((struct nq_str){text, (size_t)n}, first, last))
        return false;
    memcpy(iso, text, (size_t)n + 1);
    return true;
}

static bool take_range_mark(struct cursor *c)
{
    static const struct nq_str marks[] = {
        NQ_STR_INIT("至"), NQ_STR_INIT("到"), NQ_STR_INIT("——"), NQ_STR_INIT("—"),
        NQ_STR_INIT("–"),  NQ_STR_INIT("--"), NQ_STR_INIT("-"),  NQ_STR_INIT("~"),
        NQ_STR_INIT("～"), NQ_STR_INIT("/"),  NQ_STR_INIT("、"),
    };
    for (size_t i = 0; i < NQ_COUNT(marks); i++)
        if (take(c, marks[i]))
            return true;
    return false;
}

/* The end of a range that began with `from`: a whole date, or the fields that differ. */
static bool take_range_end(struct cursor *c, const struct parts *from, struct parts *to)
{
    struct cursor at = *c;
    if (!take_range_mark(&at))
        return false;
    *to = *from;
    struct parts whole = {0};
    struct cursor end = at;
    if (take_parts(&end, NQ_NO_DAY, &whole) && !whole.day == !from->day &&
        !whole.month == !from->month) {
        *to = whole;
    } else {
        end = at;
        bool month = from->month && take_field(&end, NQ_STR("月"), &to->month);
        bool day = from->day && take_day_field(&end, &to->day);
        if (!month && !day &&
            !(from->day && take_number(&end, 1, 2, &to->day) &&
              (end.at >= end.s.len || strchr(",;|)/ ", end.s.ptr[end.at]) ||
               (unsigned char)end.s.ptr[end.at] >= 0x80)))
            return false;
    }
    *c = end;
    return true;
}

size_t nq_printed_date(struct nq_str text, int32_t reference, bool bare_year,
                       struct nq_printed_date *out)
{
    struct cursor c = {text, 0};
    struct parts from, to;
    struct nq_printed_date date;
    if (!take_parts(&c, reference, &from)) {
        from = (struct parts){0};
        if (!bare_year || !take_number(&c, 4, 4, &from.year) || from.year < 1900 ||
            from.year > 2099)
            return 0;
    }
    if (!interval(&from, date.iso, &date.first, &date.last))
        return 0;
    struct cursor end = c;
    char ignored[11];
    int32_t first, last;
    if (take_range_end(&end, &from, &to) && interval(&to, ignored, &first, &last) &&
        last > date.last) {
        date.last = last;
        c = end;
    }
    *out = date;
    return c.at;
}

size_t nq_printed_date_find(struct nq_str text, size_t *start, struct nq_printed_date *out)
{
    for (size_t i = 0; i < text.len; i++) {
        bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
        bool inside = i > 0 && text.ptr[i - 1] >= '0' && text.ptr[i - 1] <= '9';
        struct nq_str rest = nq_str_sub(text, i, text.len);
        bool wide = nq_str_starts(rest, NQ_STR("二")) || nq_str_starts(rest, NQ_STR("２"));
        bool month = text.ptr[i] >= 'A' && text.ptr[i] <= 'S' && (i == 0 || text.ptr[i - 1] == ' ');
        if ((!digit && !wide && !month) || inside)
            continue;
        size_t n = nq_printed_date(rest, NQ_NO_DAY, false, out);
        if (n > 0 && strlen(out->iso) == 10) {
            *start = i;
            return n;
        }
    }
    return 0;
}
