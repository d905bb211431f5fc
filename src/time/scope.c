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
static bool months(struct scope *s, int first, int last, enum level level)
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

static bool days(struct scope *s, int32_t first, int32_t last)
{
    bool inside = first >= s->first && last <= s->last && first <= last;
    s->first = first;
    s->last = last;
    s->level = first == last ? LEVEL_DAY : LEVEL_OTHER;
    s->closed = true;
    return inside;
}

static const struct nq_lexeme *word_at(const struct parser *p, size_t at)
{
    return nq_lexicon_at(&p->finder->words, p->text, at);
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
        bool ok = months(s, month[edge], month[edge], LEVEL_MONTH);
        s->closed = true;
        return ok;
    }
    if (edge == EDGE_START)
        return days(s, s->first, s->first + 9);
    if (edge == EDGE_MIDDLE)
        return days(s, s->first + 10, s->first + 19);
    return days(s, s->last, s->last);
}

/* 天, 周, 个月: what is counted. */
enum count_unit { COUNT_NONE, COUNT_DAY, COUNT_WEEK, COUNT_MONTH, COUNT_QUARTER, COUNT_YEAR };

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
        if (s->level != LEVEL_YEAR)
            return false;
        return last ? months(s, 13 - n, 12, LEVEL_OTHER) : months(s, from, n, LEVEL_OTHER);
    case COUNT_QUARTER:
        if (s->level != LEVEL_YEAR || n > 4)
            return false;
        return last ? months(s, 13 - 3 * n, 12, LEVEL_OTHER)
                    : months(s, 3 * from - 2, 3 * n, only || n == 1 ? LEVEL_QUARTER : LEVEL_OTHER);
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
        return last ? days(s, s->last - n + 1, s->last)
                    : days(s, s->first + from - 1, s->first + n - 1);
    default:
        return false;
    }
}

/* 第二周, 前5个月, 最后一个星期一. */
static size_t counted_at(const struct parser *p, size_t at, struct scope *s)
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
        weekday->kind == WORD_WEEKDAY && weekday->value < 8 && n.value >= 1 && n.value <= 5) {
        int32_t first =
            s->first + (weekday->value - nq_weekday(s->first) + 7) % 7 + 7 * (n.value - 1);
        if (last)
            first = s->last - (nq_weekday(s->last) - weekday->value + 7) % 7;
        return days(s, first, first) ? day + weekday->n : 0;
    }
    enum count_unit unit = count_unit_at(p, behind, &end);
    /* 前三天 of nothing named is not the start of a year. */
    if (s->implied && (last || unit == COUNT_DAY || unit == COUNT_WEEK || unit == COUNT_YEAR ||
                       (nth && unit != COUNT_QUARTER)))
        return 0;
    return take_count(s, unit, n.value, last, nth) ? end : 0;
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
    return months(s, from.value, to.value, LEVEL_OTHER) ? end : 0;
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
    if ((end = month_at(p, at, s)) || (end = counted_at(p, at, s)))
        return end;
    if ((end = numbers_before(p, at, "季度", NULL, &from, &to)))
        return from.value <= to.value && from.value >= 1 && to.value <= 4 &&
                       months(s, 3 * from.value - 2, 3 * to.value, LEVEL_QUARTER)
                   ? end
                   : 0;
    const struct nq_lexeme *w = word_at(p, at);
    if (!w)
        return 0;
    end = at + w->n;
    switch (w->kind) {
    case WORD_HALF:
        s->closed = true;
        return months(s, 6 * w->value - 5, 6 * w->value, LEVEL_OTHER) ? end : 0;
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
    if ((end = day_at(p, at, s)) || (end = han_day_at(p, at, s)) || (end = counted_at(p, at, s)))
        return end;
    const struct nq_lexeme *w = word_at(p, at);
    if (!w)
        return 0;
    end = at + w->n;
    switch (w->kind) {
    case WORD_XUN:
        return days(s, s->first + 10 * (w->value - 1),
                    w->value == 3 ? s->last : s->first + 10 * w->value - 1)
                   ? end
                   : 0;
    case WORD_HALF_MONTH:
        return days(s, w->value == 1 ? s->first : s->first + 15,
                    w->value == 1 ? s->first + 14 : s->last)
                   ? end
                   : 0;
    case WORD_EDGE:
        if (s->implied || !edge_stands(p, at, w->value))
            return 0;
        return take_edge(s, w->value) ? end : 0;
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
        return days(s, w->value == 1 ? monday : monday + 3, w->value == 1 ? monday + 2 : s->last)
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
    return value == 8 ? (days(s, monday + 5, monday + 6) ? end : 0)
                      : (days(s, monday + value - 1, monday + value - 1) ? end : 0);
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

int32_t nq_shift_day(int32_t day, int unit, int n)
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
        s->relative = s->about = s->closed = true;
        return behind;
    }
    return 0;
}
