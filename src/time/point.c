/* One date: a scope that is named or implied, narrowed as far as the words go. */
#include "time/scope.h"

#include "time/calendar.h"
#include "time/day.h"

#include <stdlib.h>

static size_t number_opening(const struct parser *p, size_t at, struct scope *s)
{
    struct number n = nq_number_at(p, at);
    size_t end;
    if (!n.kind)
        return 0;
    if (n.kind == NUMERAL_DIGITS) {
        s->explicit_year = s->closed = true;
        if ((end = nq_digits_at(p, at, &n, s)) || (end = nq_english_at(p, at, s)))
            return end;
        *s = (struct scope){0};
    }
    if ((end = nq_year_at(&n, p, s)))
        return end;
    *s = (struct scope){0};
    if ((end = nq_ago_at(p, &n, s)) || (end = nq_decade_at(p, at, 0, s)))
        return end;
    if (nq_literal_at(p, nq_skip_spaces(p, n.end), "世纪", &end) && n.value >= 1 && n.value <= 30)
        return nq_decade_at(p, end + (cp_at(p, end) == 0x7684), n.value, s);
    return nq_years_at(&n, p, s);
}

/* The year that 上年 is before: that of the last date, where it is near the reference's
 * (2024年…较上年 in a report of 2026, 自1978年以来…较上年 not). */
static int year_in_hand(const struct parser *p)
{
    enum { NEAR = 2 };
    int year = p->ref_year, month, day;
    if (p->has_last)
        nq_day_civil(p->last.last, &year, &month, &day);
    return abs(year - p->ref_year) <= NEAR ? year : p->ref_year;
}

/* Words that follow the reference day. */
static bool relative(const struct parser *p, const struct nq_lexeme *w, struct scope *s)
{
    if (!p->ref_year)
        return false;
    s->relative = s->explicit_year = true;
    switch (w->kind) {
    case WORD_REL_YEAR:
        return nq_scope_of(p->ref_year + w->value, 0, 0, s);
    case WORD_YEAR_BEFORE:
        s->anaphoric = p->has_last;
        return nq_scope_of(year_in_hand(p) + w->value, 0, 0, s);
    case WORD_TWO_YEARS: {
        struct scope second = {0};
        bool ok = nq_scope_of(p->ref_year + w->value, 0, 0, s) &&
                  nq_scope_of(p->ref_year + w->value + 1, 0, 0, &second);
        s->last = second.last;
        s->level = LEVEL_OTHER;
        s->closed = true;
        return ok;
    }
    case WORD_TWO_DAYS:
        s->first = p->reference + w->value;
        s->last = s->first + 1;
        s->level = LEVEL_OTHER;
        s->closed = true;
        return true;
    case WORD_REL_MONTH:
        return nq_shift_months(s, p->ref_year, p->ref_month, w->value, 1);
    case WORD_REL_QUARTER:
        s->level = LEVEL_QUARTER;
        return nq_shift_months(s, p->ref_year, (p->ref_month - 1) / 3 * 3 + 1, 3 * w->value, 3) &&
               (s->level = LEVEL_QUARTER, true);
    case WORD_REL_HALF:
        s->closed = true;
        return nq_shift_months(s, p->ref_year, (p->ref_month - 1) / 6 * 6 + 1, 6 * w->value, 6) &&
               (s->level = LEVEL_OTHER, true);
    case WORD_REL_WEEK:
        s->first = p->reference - nq_weekday(p->reference) + 1 + 7 * w->value;
        s->last = s->first + 6;
        s->level = LEVEL_WEEK;
        return true;
    case WORD_REL_DAY:
        s->first = s->last = p->reference + w->value;
        s->level = LEVEL_DAY;
        s->closed = true;
        return true;
    default:
        return false;
    }
}

/* The days of the last date, `years` later. */
static bool same_period(const struct parser *p, int years, struct scope *s)
{
    int32_t first = nq_shift_day(p->last.first, COUNT_YEAR, years);
    int32_t behind = nq_shift_day(p->last.last + 1, COUNT_YEAR, years);
    if (first == NQ_NO_DAY || behind == NQ_NO_DAY)
        return false;
    *s = p->last;
    s->anaphoric = s->closed = s->explicit_year = true;
    s->first = first;
    s->last = behind - 1;
    return true;
}

/* 2022年同期 */
static void same_period_of(const struct parser *p, struct scope *s)
{
    int year = s->year, last_year = 0, month, day;
    if (p->has_last)
        nq_day_civil(p->last.first, &last_year, &month, &day);
    if (last_year <= year || !same_period(p, year - last_year, s))
        s->vague = true;
}

/* Words that follow another date. */
static bool anaphoric(const struct parser *p, const struct nq_lexeme *w, struct scope *s)
{
    const struct scope *b = &p->before;
    int y, m, d;
    s->anaphoric = s->explicit_year = true;
    if (w->kind == WORD_SAME_PERIOD)
        return p->has_last && same_period(p, w->value, s);
    if (!p->has_before)
        return false;
    nq_day_civil(b->first, &y, &m, &d);
    if (w->kind == WORD_SAME_YEAR)
        return nq_scope_of(y + w->value, 0, 0, s);
    if (w->kind == WORD_SAME_MONTH)
        return nq_shift_months(s, y, m, w->value, 1);
    s->closed = true;
    s->first = s->last = (w->value > 0 ? b->last : b->first) + w->value;
    s->level = LEVEL_DAY;
    return b->level == LEVEL_DAY || b->last - b->first < 31;
}

/* 今起, and the days counted from there: 今起三天.  The 起 of the former is no part of it. */
static size_t from_today(const struct parser *p, size_t at, struct scope *s)
{
    size_t end;
    struct number n = nq_number_at(p, at);
    bool days = n.kind && n.value >= 1 && n.value <= 31 &&
                (nq_literal_at(p, n.end, "天", &end) || nq_literal_at(p, n.end, "日", &end));
    if (!p->ref_year)
        return 0;
    s->relative = s->explicit_year = s->closed = true;
    s->first = p->reference;
    s->last = s->first + (days ? n.value - 1 : 0);
    s->level = s->first == s->last ? LEVEL_DAY : LEVEL_OTHER;
    return days ? end : at - 1;
}

/* 半年前 */
static bool half_ago(const struct parser *p, int months, struct scope *s)
{
    s->relative = s->about = s->closed = true;
    return p->ref_year && nq_shift_months(s, p->ref_year, p->ref_month, months, 1);
}

static size_t word_opening(const struct parser *p, size_t at, struct scope *s)
{
    size_t end = nq_period_at(p, at, s);
    const struct nq_lexeme *w = word_at(p, at);
    if (end || !w)
        return end;
    switch (w->kind) {
    case WORD_SAME_DAY:
    case WORD_SAME_MONTH:
    case WORD_SAME_YEAR:
    case WORD_SAME_PERIOD:
        return anaphoric(p, w, s) ? at + w->n : 0;
    case WORD_CENTURY:
        return nq_decade_at(p, at + w->n + (cp_at(p, at + w->n) == 0x7684), w->value, s);
    case WORD_FROM_TODAY:
        return from_today(p, at + w->n, s);
    case WORD_HALF_AGO:
        return half_ago(p, w->value, s) ? at + w->n : 0;
    case WORD_LUNAR: { /* 农历2016年 */
        struct number year = nq_number_at(p, at + w->n);
        s->lunar_year = true;
        return year.kind ? nq_year_at(&year, p, s) : 0;
    }
    case WORD_ERA:
        return nq_era_at(p, w, at, s);
    case WORD_ENGLISH:
        return nq_english_at(p, at, s);
    case WORD_RECENT:
        return nq_recent_at(p, at, s);
    default:
        return relative(p, w, s) ? at + w->n : 0;
    }
}

size_t nq_point_at(const struct parser *p, size_t at, const struct scope *before, struct scope *out)
{
    struct scope s = {0};
    size_t end = number_opening(p, at, &s);
    if (!end) {
        struct parser from = *p; /* 11月至次年3月: 次年 is told by the start */
        if (before) {
            from.before = *before;
            from.has_before = true;
        }
        s = (struct scope){0};
        end = word_opening(&from, at, &s);
    }
    if (!end) {
        s = (struct scope){0};
        end =
            before && before->year ? nq_range_end_at(p, at, before, &s) : nq_implied_at(p, at, &s);
    }
    if (!end)
        return 0;
    s.implied = false;
    for (size_t more; (more = nq_narrow_at(p, end, &s)) > 0;)
        end = more;
    size_t same;
    if (s.level == LEVEL_YEAR && !s.closed && nq_literal_at(p, end, "同期", &same)) {
        same_period_of(p, &s);
        end = same;
    }
    *out = s;
    return end;
}
