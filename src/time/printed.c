/* Dates as printed: a form of cursor.h, or two of them that are a range. */
#include "time/printed.h"

#include "time/cursor.h"
#include "time/day.h"

#include <stdio.h>

/* The days [first, last] of `p` and its ISO form; false for a date that no calendar has. */
static bool interval(const struct date_parts *p, char iso[11], int32_t *first, int32_t *last)
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
        if (nq_take(c, marks[i]))
            return true;
    return false;
}

/* The end of a range that began with `from`: a whole date, or the fields that differ. */
static bool take_range_end(struct cursor *c, const struct date_parts *from, struct date_parts *to)
{
    struct cursor at = *c;
    if (!take_range_mark(&at))
        return false;
    *to = *from;
    struct date_parts whole = {0};
    struct cursor end = at;
    if (nq_take_date(&end, NQ_NO_DAY, &whole) && !whole.day == !from->day &&
        !whole.month == !from->month) {
        *to = whole;
    } else {
        end = at;
        bool month = from->month && nq_take_field(&end, NQ_STR("月"), &to->month);
        bool day = from->day && nq_take_day_field(&end, &to->day);
        if (!month && !day &&
            !(from->day && nq_take_number(&end, 1, 2, &to->day) &&
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
    struct date_parts from, to;
    struct nq_printed_date date;
    if (!nq_take_date(&c, reference, &from)) {
        from = (struct date_parts){0};
        if (!bare_year || !nq_take_number(&c, 4, 4, &from.year) || from.year < 1900 ||
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
