/* Scopes: years, months and days as intervals. */
#include "time/scope.h"

#include "time/day.h"

bool nq_scope_of(int year, int month, int day, struct scope *out)
{
    int32_t first = nq_day_of(year, month ? month : 1, day ? day : 1);
    if (first == NQ_NO_DAY)
        return false;
    out->year = year;
    out->month = month;
    out->first = out->last = first;
    out->level = day ? LEVEL_DAY : month ? LEVEL_MONTH : LEVEL_YEAR;
    if (!day)
        out->last =
            nq_day_of(year, month ? month : 12, nq_day_month_length(year, month ? month : 12));
    return true;
}

/* The months [first, last] of a year, 1 to 12. */
bool nq_scope_months(struct scope *s, int first, int last, enum level level)
{
    struct scope end = *s;
    int year = s->year;
    if (first < 1 || last > 12 || first > last || !nq_scope_of(year, first, 0, s) ||
        !nq_scope_of(year, last, 0, &end))
        return false;
    s->last = end.last;
    s->level = first == last ? LEVEL_MONTH : level;
    return true;
}

bool nq_scope_days(struct scope *s, int32_t first, int32_t last)
{
    bool inside = first >= s->first && last <= s->last && first <= last;
    s->first = first;
    s->last = last;
    s->level = first == last ? LEVEL_DAY : LEVEL_OTHER;
    s->closed = true;
    return inside;
}

bool nq_shift_months(struct scope *s, int year, int month, int by, int n)
{
    struct scope last = {0};
    int from = year * 12 + month - 1 + by, to = from + n - 1;
    if (from < 12 || !nq_scope_of(from / 12, from % 12 + 1, 0, s) ||
        !nq_scope_of(to / 12, to % 12 + 1, 0, &last))
        return false;
    s->last = last.last;
    return true;
}
