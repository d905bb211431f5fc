/* Scopes narrowed by the words behind them: 2026年 | 6月 | 中旬. */
#include "time/scope.h"

#include "time/day.h"

/* Whether 初, 中, 底 or 末 at `at` is a word of its own (and not 初步, 中国, 末端). */
static bool edge_stands(const struct parser *p, size_t at, int edge)
{
    uint32_t next = cp_at(p, at + 1);
    if (edge == EDGE_MIDDLE)
        return !is_han(next);
    return !nq_one_of(next, "步级期次始创衷心中端尾位梢部座盘线气蕴色层冬夏春秋一二三");
}

/* The edge of a year or a month; a month's start and middle are ten days each. */
static bool take_edge(struct scope *s, int edge)
{
    if (s->level == LEVEL_YEAR) {
        static const int month[] = {1, 6, 12};
        bool ok = nq_scope_months(s, month[edge], month[edge], LEVEL_MONTH);
        s->closed = true;
        return ok;
    }
    if (edge == EDGE_START)
        return nq_scope_days(s, s->first, s->first + 9);
    if (edge == EDGE_MIDDLE)
        return nq_scope_days(s, s->first + 10, s->first + 19);
    return nq_scope_days(s, s->last, s->last);
}

size_t nq_edge_at(const struct parser *p, size_t at, struct scope *s)
{
    const struct nq_lexeme *w = word_at(p, at);
    bool alone = w && w->kind == WORD_EDGE; /* 底, which says nothing by itself */
    if (!w || (alone && s->implied) || !edge_stands(p, at + w->n - 1, w->value))
        return 0;
    return take_edge(s, w->value) ? at + w->n : 0;
}

size_t nq_range_mark_at(const struct parser *p, size_t at)
{
    static const char *const marks[] = {"至", "到", "--", "-", "~"};
    size_t i = nq_skip_spaces(p, at), end;
    for (size_t m = 0; m < NQ_COUNT(marks); m++)
        if (nq_literal_at(p, i, marks[m], &end))
            return nq_skip_spaces(p, end);
    return 0;
}

/* 七八月: two Chinese digits, one more than the other. */
static void part_digits(struct number *from, struct number *to)
{
    int high = from->value / 10, low = from->value % 10;
    if (from->kind != NUMERAL_HAN || from->digits != 2 || high < 1 || low != high + 1)
        return;
    *to = *from;
    from->value = high;
    to->value = low;
    from->digits = to->digits = 1;
}

size_t nq_numbers_at(const struct parser *p, size_t at, const char *unit, const char *unit2,
                     struct number *from, struct number *to)
{
    size_t end, mark;
    *from = *to = nq_number_at(p, at);
    if (!from->kind)
        return 0;
    size_t i = nq_skip_spaces(p, from->end);
    if (nq_literal_at(p, i, unit, &end) || (unit2 && nq_literal_at(p, i, unit2, &end))) {
        part_digits(from, to);
        return end;
    }
    mark = nq_range_mark_at(p, from->end);
    if (!mark && nq_one_of(cp_at(p, i), "/、"))
        mark = nq_skip_spaces(p, i + 1);
    if (!mark)
        return 0;
    *to = nq_number_at(p, mark);
    i = nq_skip_spaces(p, to->end);
    if (to->kind != from->kind ||
        (!nq_literal_at(p, i, unit, &end) && !(unit2 && nq_literal_at(p, i, unit2, &end))))
        return 0;
    return end;
}

/* Whether a character may end the number of a price: 三千元月薪. */
static bool counts(uint32_t cp)
{
    return is_digit(cp) || nq_one_of(cp, "一二三四五六七八九十百千万亿多余几");
}

static size_t month_at(const struct parser *p, size_t at, struct scope *s)
{
    struct number from = {0}, to = {0};
    size_t end, ignored;
    if (nq_literal_at(p, at, "元月", &end) && !counts(at > 0 ? cp_at(p, at - 1) : 0))
        return nq_scope_months(s, 1, 1, LEVEL_MONTH) ? end : 0;
    end = nq_numbers_at(p, at, "月", NULL, &from, &to);
    if (!end || nq_one_of(cp_at(p, end), "球亮饼票嫂光") || from.digits > 2 || to.digits > 2)
        return 0;
    if (cp_at(p, end) == 0x4EFD /* 份 */ && !nq_literal_at(p, end, "份额", &ignored))
        end++;
    if (from.value < 1 || to.value < 1 || from.value > 12 || to.value > 12) {
        size_t day = nq_numbers_at(p, nq_skip_spaces(p, end), "日", "号", &from, &to);
        s->invalid = true;
        return day ? day : end;
    }
    if (from.value > to.value)
        return 0;
    s->closed = from.value < to.value;
    return nq_scope_months(s, from.value, to.value, LEVEL_OTHER) ? end : 0;
}

static bool quarters(struct scope *s, int first, int last)
{
    return first >= 1 && first <= last && last <= 4 &&
           nq_scope_months(s, 3 * first - 2, 3 * last, first < last ? LEVEL_OTHER : LEVEL_QUARTER);
}

/* 去年的今天: the reference's day in the year of `s`. */
static bool same_day(const struct parser *p, struct scope *s)
{
    int year, month, day;
    nq_day_civil(p->reference, &year, &month, &day);
    s->closed = true;
    s->about = false;
    return nq_scope_of(s->year, month, day, s);
}

static size_t year_part_at(const struct parser *p, size_t at, struct scope *s)
{
    struct number from = {0}, to = {0};
    size_t end;
    if (s->lunar_year)
        return nq_named_at(p, at, s);
    if ((end = month_at(p, at, s)) || (end = nq_counted_at(p, at, s)))
        return end;
    if ((end = nq_numbers_at(p, at, "季度", NULL, &from, &to)))
        return quarters(s, from.value, to.value) ? end : 0;
    const struct nq_lexeme *w = word_at(p, at);
    if (!w)
        return 0;
    end = at + w->n;
    switch (w->kind) {
    case WORD_HALF:
        s->closed = true;
        return nq_scope_months(s, 6 * w->value - 5, 6 * w->value, LEVEL_OTHER) ? end : 0;
    case WORD_EDGE:
    case WORD_YEAR_EDGE:
        return nq_edge_at(p, at, s);
    case WORD_QUARTER:
        return quarters(s, w->value, w->value) ? end : 0;
    case WORD_REL_DAY:
    case WORD_SAME_DAY:
        return w->value == 0 && s->relative && same_day(p, s) ? end : 0;
    case WORD_WHOLE_YEAR:
        s->closed = true;
        return s->implied && !nq_literal_at(p, at, "年内", &end) ? 0 : end;
    case WORD_LUNAR:
    case WORD_LUNAR_MONTH:
    case WORD_HOLIDAY:
        return nq_named_at(p, at, s);
    case WORD_SEASON:
        s->vague = true;
        return s->implied ? 0 : end;
    default:
        return 0;
    }
}

size_t nq_narrow_at(const struct parser *p, size_t at, struct scope *s)
{
    struct scope narrowed = *s;
    size_t i = nq_skip_spaces(p, at), end = 0;
    if (s->closed || s->invalid || s->vague)
        return 0;
    if (!s->implied && cp_at(p, i) == 0x7684 /* 的 */)
        i = nq_skip_spaces(p, i + 1);
    if (s->level == LEVEL_YEAR)
        end = year_part_at(p, i, &narrowed);
    else if (s->level == LEVEL_MONTH)
        end = nq_month_part_at(p, i, &narrowed);
    else if (s->level == LEVEL_WEEK)
        end = nq_week_part_at(p, i, &narrowed);
    else if (s->level == LEVEL_QUARTER) {
        const struct nq_lexeme *w = word_at(p, i);
        bool edge = w && w->kind == WORD_EDGE && w->value != EDGE_MIDDLE;
        if (edge && edge_stands(p, i, w->value))
            end = take_edge(&narrowed, w->value) ? i + w->n : 0;
        else
            end = nq_counted_at(p, i, &narrowed);
    }
    if (!end)
        return 0;
    narrowed.implied = false;
    *s = narrowed;
    return end;
}
