/* What is counted: 第二周, 前5个月, 最后一个星期一, 近三年, 三天前. */
#include "time/scope.h"

#include "time/calendar.h"
#include "time/day.h"

static enum count_unit count_unit_at(const struct parser *p, size_t at, size_t *end)
{
    static const struct {
        const char *word;
        enum count_unit unit;
    } units[] = {{"个月", COUNT_MONTH},  {"个季度", COUNT_QUARTER}, {"季度", COUNT_QUARTER},
                 {"个星期", COUNT_WEEK}, {"个礼拜", COUNT_WEEK},    {"星期", COUNT_WEEK},
                 {"周", COUNT_WEEK},     {"天", COUNT_DAY},         {"日", COUNT_DAY},
                 {"个周", COUNT_WEEK},   {"月", COUNT_MONTH},       {"年", COUNT_YEAR},
                 {"整年", COUNT_YEAR},   {"个年头", COUNT_YEAR}};
    at = nq_skip_spaces(p, at);
    for (size_t i = 0; i < NQ_COUNT(units); i++)
        if (nq_literal_at(p, at, units[i].word, end))
            return units[i].unit;
    return COUNT_NONE;
}

/* `n` units from the start of a scope (from its end, with `last`); the `only`-th alone. */
static bool take_count(struct scope *s, enum count_unit unit, int n, bool last, bool only)
{
    if (n < 1 || n > 366)
        return false;
    int from = only ? n : 1;
    switch (unit) {
    case COUNT_MONTH:
        if (s->level == LEVEL_QUARTER && n <= 3) {
            int month = s->month + (last ? 3 - n : from - 1);
            return nq_scope_months(s, month, last ? s->month + 2 : s->month + n - 1, LEVEL_OTHER);
        }
        if (s->level != LEVEL_YEAR)
            return false;
        return last ? nq_scope_months(s, 13 - n, 12, LEVEL_OTHER)
                    : nq_scope_months(s, from, n, LEVEL_OTHER);
    case COUNT_QUARTER:
        if (s->level != LEVEL_YEAR || n > 4)
            return false;
        return last ? nq_scope_months(s, 13 - 3 * n, 12, LEVEL_OTHER)
                    : nq_scope_months(s, 3 * from - 2, 3 * n,
                                      only || n == 1 ? LEVEL_QUARTER : LEVEL_OTHER);
    case COUNT_WEEK: {
        int32_t monday = nq_first_week(last ? s->last + 1 : s->first);
        int32_t first = last ? monday - 7 * n : monday + 7 * (from - 1);
        bool ok = n <= 53;
        s->last = first + 7 * (last || !only ? n : 1) - 1;
        s->first = first;
        s->level = LEVEL_OTHER;
        s->closed = true;
        return ok;
    }
    case COUNT_DAY:
        return last ? nq_scope_days(s, s->last - n + 1, s->last)
                    : nq_scope_days(s, s->first + from - 1, s->first + n - 1);
    default:
        return false;
    }
}

/* The n-th Monday (1) to Sunday or weekend (8) of a month, or its last one. */
static bool take_weekday(struct scope *s, int weekday, int n, bool last)
{
    bool weekend = weekday == 8;
    int from = weekend ? 6 : weekday;
    int32_t first = s->first + (from - nq_weekday(s->first) + 7) % 7 + 7 * (n - 1);
    if (last)
        first = s->last - weekend - (nq_weekday(s->last - weekend) - from + 7) % 7;
    return nq_scope_days(s, first, first + weekend);
}

/* 第二周, 前5个月, 最后一个星期一. */
size_t nq_counted_at(const struct parser *p, size_t at, struct scope *s)
{
    const struct nq_lexeme *w = word_at(p, at);
    size_t i, end;
    bool nth = nq_literal_at(p, at, "第", &i), last = w && w->kind == WORD_LAST;
    if (!nth && !last && !(w && w->kind == WORD_RECENT && w->value == 0))
        return 0;
    if (!nth)
        i = at + w->n;
    struct number n = nq_number_at(p, nq_skip_spaces(p, i));
    if (!n.kind)
        return 0;
    size_t behind = nq_skip_spaces(p, n.end), day = behind;
    nq_literal_at(p, behind, "个", &day);
    const struct nq_lexeme *weekday = word_at(p, day);
    if ((nth || (last && n.value == 1)) && s->level == LEVEL_MONTH && weekday &&
        weekday->kind == WORD_WEEKDAY && n.value >= 1 && n.value <= 5)
        return take_weekday(s, weekday->value, n.value, last) ? day + weekday->n : 0;
    enum count_unit unit = count_unit_at(p, behind, &end);
    /* 前三天 of nothing named is not the start of a year. */
    if (s->implied && (last || unit == COUNT_DAY || unit == COUNT_WEEK || unit == COUNT_YEAR ||
                       (nth && unit != COUNT_QUARTER)))
        return 0;
    return take_count(s, unit, n.value, last, nth) ? end : 0;
}

size_t nq_recent_at(const struct parser *p, size_t at, struct scope *s)
{
    const struct nq_lexeme *w = word_at(p, at);
    size_t end;
    if (!w || w->kind != WORD_RECENT || w->value == 0 || !p->ref_year)
        return 0;
    struct number n = nq_number_at(p, nq_skip_spaces(p, at + w->n));
    enum count_unit unit = n.kind ? count_unit_at(p, n.end, &end) : COUNT_NONE;
    if (unit == COUNT_NONE || unit == COUNT_QUARTER || n.value < 1 || n.value > 1000)
        return 0;
    int32_t far = nq_shift_day(p->reference, unit, n.value * w->value);
    if (far == NQ_NO_DAY)
        return 0;
    s->level = LEVEL_OTHER;
    s->relative = s->closed = true;
    s->first = w->value < 0 ? far : p->reference + 1;
    s->last = w->value < 0 ? p->reference - 1 : far;
    return end;
}

int32_t nq_shift_day(int32_t day, enum count_unit unit, int n)
{
    int y, m, d;
    if (unit == COUNT_DAY || unit == COUNT_WEEK)
        return day + n * (unit == COUNT_WEEK ? 7 : 1);
    nq_day_civil(day, &y, &m, &d);
    int total = y * 12 + m - 1 + n * (unit == COUNT_YEAR ? 12 : 1);
    if (total < 12 || total >= 12 * 10000)
        return NQ_NO_DAY;
    y = total / 12;
    m = total % 12 + 1;
    int most = nq_day_month_length(y, m);
    return nq_day_of(y, m, d < most ? d : most);
}

size_t nq_ago_at(const struct parser *p, const struct number *n, struct scope *s)
{
    size_t end, ignored;
    enum count_unit unit = count_unit_at(p, n->end, &end);
    if (!p->ref_year || n->value < 1 || n->value > 300 || unit == COUNT_NONE ||
        unit == COUNT_QUARTER || nq_literal_at(p, nq_skip_spaces(p, n->end), "月", &ignored) ||
        nq_literal_at(p, nq_skip_spaces(p, n->end), "日", &ignored) ||
        (n->digits >= 2 && n->value < 10))
        return 0;
    static const struct {
        const char *word;
        int sign;
    } sides[] = {{"以前", -1}, {"之前", -1}, {"前", -1}, {"以后", 1}, {"之后", 1}, {"后", 1}};
    end = nq_skip_spaces(p, end);
    for (size_t i = 0; i < NQ_COUNT(sides); i++) {
        size_t behind;
        if (!nq_literal_at(p, end, sides[i].word, &behind))
            continue;
        int32_t day = nq_shift_day(p->reference, unit, sides[i].sign * n->value);
        int y, m, d;
        if (day == NQ_NO_DAY)
            return 0;
        nq_day_civil(day, &y, &m, &d);
        if (!nq_scope_of(y, unit == COUNT_YEAR ? 0 : m,
                         unit == COUNT_DAY || unit == COUNT_WEEK ? d : 0, s))
            return 0;
        s->relative = s->about = true;
        s->closed = unit != COUNT_YEAR; /* 十年前的今天 */
        return behind;
    }
    return 0;
}
