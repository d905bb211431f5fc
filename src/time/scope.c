/* Scopes narrowed by the words behind them: 2026年 | 6月 | 中旬. */
#include "time/scope.h"

#include "time/calendar.h"
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

size_t nq_range_mark_at(const struct parser *p, size_t at)
{
    static const char *const marks[] = {"至", "到", "--", "-", "~"};
    size_t i = nq_skip_spaces(p, at), end;
    for (size_t m = 0; m < NQ_COUNT(marks); m++)
        if (nq_literal_at(p, i, marks[m], &end))
            return nq_skip_spaces(p, end);
    return 0;
}

/* A number, or two of them with a mark between (18-20, 18/19), before the unit `unit`. */
static size_t numbers_before(const struct parser *p, size_t at, const char *unit, const char *unit2,
                             struct number *from, struct number *to)
{
    size_t end, mark;
    *from = *to = nq_number_at(p, at);
    if (!from->kind)
        return 0;
    size_t i = nq_skip_spaces(p, from->end);
    if (nq_literal_at(p, i, unit, &end) || (unit2 && nq_literal_at(p, i, unit2, &end)))
        return end;
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

static size_t month_at(const struct parser *p, size_t at, struct scope *s)
{
    struct number from = {0}, to = {0};
    size_t end = numbers_before(p, at, "月", NULL, &from, &to), ignored;
    if (!end || nq_one_of(cp_at(p, end), "球亮饼票嫂光") || from.digits > 2 || to.digits > 2)
        return 0;
    if (cp_at(p, end) == 0x4EFD /* 份 */ && !nq_literal_at(p, end, "份额", &ignored))
        end++;
    if (from.value < 1 || to.value < 1 || from.value > 12 || to.value > 12) {
        size_t day = numbers_before(p, nq_skip_spaces(p, end), "日", "号", &from, &to);
        s->invalid = true;
        return day ? day : end;
    }
    if (from.value > to.value)
        return 0;
    s->closed = from.value < to.value;
    return nq_scope_months(s, from.value, to.value, LEVEL_OTHER) ? end : 0;
}

static bool lunar_month(struct scope *s, int month)
{
    int32_t first = nq_lunar_in_year(s->year, month, 1, false);
    if (first == NQ_NO_DAY) /* the calendar's year may have no first day of 腊月 */
        first = nq_lunar_day(s->year, month, 1, false);
    if (first == NQ_NO_DAY) /* beyond the table: as if it were the calendar's */
        return s->explicit_year && nq_scope_of(s->year, month, 0, s);
    int32_t last = nq_lunar_in_year(s->year, month, 30, false);
    if (last < first) /* of the year before, whose end the calendar's year begins with */
        last = NQ_NO_DAY;
    s->lunar = month;
    s->month = 0;
    s->first = first;
    s->last = last == NQ_NO_DAY ? first + 28 : last;
    s->level = LEVEL_MONTH;
    return true;
}

static size_t year_part_at(const struct parser *p, size_t at, struct scope *s)
{
    struct number from = {0}, to = {0};
    size_t end;
    if ((end = month_at(p, at, s)) || (end = nq_counted_at(p, at, s)))
        return end;
    if ((end = numbers_before(p, at, "季度", NULL, &from, &to)))
        return from.value <= to.value && from.value >= 1 && to.value <= 4 &&
                       nq_scope_months(s, 3 * from.value - 2, 3 * to.value,
                                       from.value < to.value ? LEVEL_OTHER : LEVEL_QUARTER)
                   ? end
                   : 0;
    const struct nq_lexeme *w = word_at(p, at);
    if (!w)
        return 0;
    end = at + w->n;
    switch (w->kind) {
    case WORD_HALF:
        s->closed = true;
        return nq_scope_months(s, 6 * w->value - 5, 6 * w->value, LEVEL_OTHER) ? end : 0;
    case WORD_EDGE:
        if (s->implied || !edge_stands(p, at, w->value))
            return 0;
        return take_edge(s, w->value) ? end : 0;
    case WORD_YEAR_EDGE:
        return edge_stands(p, end - 1, w->value) && take_edge(s, w->value) ? end : 0;
    case WORD_WHOLE_YEAR:
        s->closed = true;
        return s->implied && !nq_literal_at(p, at, "年内", &end) ? 0 : end;
    case WORD_LUNAR: /* 农历八月 */
        from = nq_number_at(p, end);
        return from.kind && from.value >= 1 && from.value <= 12 &&
                       nq_literal_at(p, from.end, "月", &end) && lunar_month(s, from.value)
                   ? end
                   : 0;
    case WORD_LUNAR_MONTH:
        return lunar_month(s, w->value) ? at + w->n : 0;
    case WORD_HOLIDAY: {
        int32_t day = nq_holiday(nq_holiday_rule(w->value), s->year);
        if (day == NQ_NO_DAY) {
            s->vague = true; /* 雍正四年除夕: beyond the tables */
            return s->implied ? 0 : end;
        }
        s->level = LEVEL_DAY;
        s->first = s->last = day;
        s->month = 0;
        return end;
    }
    case WORD_SEASON:
        s->vague = true;
        return s->implied ? 0 : end;
    default:
        return 0;
    }
}

static bool take_lunar_day(struct scope *s, int day)
{
    int month = s->lunar ? s->lunar : s->month;
    int32_t found = nq_lunar_in_year(s->year, month, day, false);
    if (found == NQ_NO_DAY)
        found = nq_day_of(s->year, month, day);
    if (found == NQ_NO_DAY)
        return false;
    s->first = s->last = found;
    s->level = LEVEL_DAY;
    return true;
}

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
        return n.value <= 10 && take_lunar_day(s, n.value) ? n.end : 0;
    if (n.digits > 0 || (is_han(next) && !nq_one_of(next, "至到前起是为在的")))
        return 0;
    if (s->lunar)
        return take_lunar_day(s, n.value) ? n.end : 0;
    return nq_scope_of(s->year, s->month, n.value, s) ? n.end : 0;
}

static size_t day_at(const struct parser *p, size_t at, struct scope *s)
{
    struct number from = {0}, to = {0};
    struct scope end_day = {0};
    size_t end = numbers_before(p, at, "日", "号", &from, &to);
    if (!end || from.digits > 2 || to.digits > 2 || s->lunar)
        return end && s->lunar && take_lunar_day(s, from.value) ? end : 0;
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

static size_t month_part_at(const struct parser *p, size_t at, struct scope *s)
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
        if (s->implied || !edge_stands(p, at, w->value))
            return 0;
        return take_edge(s, w->value) ? end : 0;
    case WORD_WHOLE_MONTH:
        return s->implied ? end : 0;
    case WORD_MONTH_EDGE:
        return edge_stands(p, end - 1, w->value) && take_edge(s, w->value) ? end : 0;
    default:
        return 0;
    }
}

/* 一 … 日, 末 behind 下周; 周三 in an implied week. */
static size_t week_part_at(const struct parser *p, size_t at, struct scope *s)
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
        end = month_part_at(p, i, &narrowed);
    else if (s->level == LEVEL_WEEK)
        end = week_part_at(p, i, &narrowed);
    else if (s->level == LEVEL_QUARTER) {
        const struct nq_lexeme *w = word_at(p, i);
        bool edge = w && w->kind == WORD_EDGE && w->value != EDGE_MIDDLE;
        if (edge && edge_stands(p, i, w->value))
            end = take_edge(&narrowed, w->value) ? i + w->n : 0;
    }
    if (!end)
        return 0;
    narrowed.implied = false;
    *s = narrowed;
    return end;
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
