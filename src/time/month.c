/* What narrows a month and a week: 18日, 初五, 中旬, 底; 下周 | 三. */
#include "time/calendar.h"
#include "time/day.h"
#include "time/scope.h"

/* A day of a month without 日: 八月十五, 三月初一. */
static size_t han_day_at(const struct parser *p, size_t at, struct scope *s)
{
    size_t i = at;
    bool first_ten = nq_literal_at(p, at, "初", &i);
    struct number n = nq_number_at(p, i);
    uint32_t next = cp_at(p, n.end);
    if (n.kind != NUMERAL_HAN || s->implied || n.value < 1 || n.value > 30)
        return 0;
    if (first_ten)
        return n.value <= 10 && nq_lunar_day_of(s, n.value) ? n.end : 0;
    if (n.digits > 0 || (is_han(next) && !nq_one_of(next, "至到前起是为在的")))
        return 0;
    if (s->lunar)
        return nq_lunar_day_of(s, n.value) ? n.end : 0;
    return nq_scope_of(s->year, s->month, n.value, s) ? n.end : 0;
}

static size_t day_at(const struct parser *p, size_t at, struct scope *s)
{
    struct number from = {0}, to = {0};
    struct scope end_day = {0};
    size_t end = nq_numbers_at(p, at, "日", "号", &from, &to);
    if (!end || from.digits > 2 || to.digits > 2 || s->lunar)
        return end && s->lunar && nq_lunar_day_of(s, from.value) ? end : 0;
    if (from.value > to.value || !nq_scope_of(s->year, s->month, from.value, s) ||
        !(end_day = *s, nq_scope_of(s->year, s->month, to.value, &end_day)) || from.value < 1) {
        s->invalid = true;
        return end;
    }
    if (to.value > from.value) {
        s->last = end_day.last;
        s->level = LEVEL_OTHER;
        s->closed = true;
    }
    return end;
}

size_t nq_month_part_at(const struct parser *p, size_t at, struct scope *s)
{
    size_t end;
    if ((end = day_at(p, at, s)) || (end = han_day_at(p, at, s)) || (end = nq_counted_at(p, at, s)))
        return end;
    const struct nq_lexeme *w = word_at(p, at);
    if (!w)
        return 0;
    end = at + w->n;
    switch (w->kind) {
    case WORD_XUN:
        return nq_scope_days(s, s->first + 10 * (w->value / 10 - 1),
                             w->value % 10 == 3 ? s->last : s->first + 10 * (w->value % 10) - 1)
                   ? end
                   : 0;
    case WORD_HALF_MONTH:
        return nq_scope_days(s, w->value == 1 ? s->first : s->first + 15,
                             w->value == 1 ? s->first + 14 : s->last)
                   ? end
                   : 0;
    case WORD_EDGE:
    case WORD_MONTH_EDGE:
        return nq_edge_at(p, at, s);
    case WORD_WHOLE_MONTH:
        return s->implied ? end : 0;
    default:
        return 0;
    }
}

size_t nq_week_part_at(const struct parser *p, size_t at, struct scope *s)
{
    static const char names[] = "一二三四五六日天末";
    const struct nq_lexeme *w = word_at(p, at);
    int32_t monday = s->first;
    if (s->implied && w && w->kind == WORD_HALF_WEEK)
        return nq_scope_days(s, w->value == 1 ? monday : monday + 3,
                             w->value == 1 ? monday + 2 : s->last)
                   ? at + w->n
                   : 0;
    size_t end = at + 1;
    int value = 0;
    if (s->implied) {
        if (!w || w->kind != WORD_WEEKDAY)
            return 0;
        value = w->value;
        end = at + w->n;
    } else if (nq_one_of(cp_at(p, at), names)) {
        for (size_t ignored; value < 9; value++)
            if (nq_literal_at(
                    p, at,
                    (char[4]){names[3 * value], names[3 * value + 1], names[3 * value + 2], 0},
                    &ignored))
                break;
        value = value < 7 ? value + 1 : value; /* 日 and 天 are both the seventh */
    }
    if (value == 0)
        return 0;
    return value == 8 ? (nq_scope_days(s, monday + 5, monday + 6) ? end : 0)
                      : (nq_scope_days(s, monday + value - 1, monday + value - 1) ? end : 0);
}
