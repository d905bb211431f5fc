/* Dates of which the year, the month or both are not printed. */
#include "time/scope.h"

#include "time/calendar.h"
#include "time/day.h"

enum {
    FAR = 215,         /* a date without a year lies at most so many days from the reference */
    DAY_AHEAD = 15,    /* a day without a month: as far ahead as that, else in the month before */
    LEAP_YEARS = 8,    /* as far as a 29 February has to be looked for */
    TURN_DAYS = 15,    /* 30日至2日 runs into the next month, 20日至18日 is a slip */
    TURN_MONTHS = 250, /* 8月至2月 into the next year, 6月至5月 is a slip */
};

/* A month, quarter, half or holiday without a year: in the year of `around` unless that is far
 * from the day `around` and the next or the last one is nearer. */
static size_t implied_year(const struct parser *p, size_t at, int year, int32_t around,
                           struct scope *s)
{
    struct scope best = {0}, try = {0};
    size_t best_end = 0;
    const struct nq_lexeme *w = word_at(p, at);
    bool this_year = w && (w->kind == WORD_YEAR_EDGE || w->kind == WORD_WHOLE_YEAR); /* 年底 */
    for (int i = 0; i <= (this_year ? 0 : 2 * LEAP_YEARS); i++) {
        int shift = i % 2 ? (i + 1) / 2 : -i / 2;
        try = (struct scope){.implied = true};
        if (!nq_scope_of(year + shift, 0, 0, &try))
            continue;
        try.implied = true;
        size_t end = nq_narrow_at(p, at, &try);
        if (!end)
            break;
        for (size_t more; (more = nq_narrow_at(p, end, &try)) > 0;)
            end = more;
        bool better = best_end == 0 || (best.invalid && !try.invalid) ||
                      (!try.invalid && distance(&try, around) < distance(&best, around));
        if (better) {
            best = try;
            best_end = end;
        }
        if (i >= 2 && !best.invalid)
            break;
        bool near = distance(&try, around) <= FAR;
        bool said =
            p->this_year && year == p->ref_year && try.month && try.last < around; /* 今年…2月2日 */
        if (!try.invalid && i == 0 && (near || said))
            break;
        /* Only a leap day is worth another look. */
        if (try.invalid && !(try.month == 2))
            break;
    }
    *s = best;
    return best_end;
}

/* A day without a month: in the month of `near` (a date before it in the text, whose month is
 * printed) or the one beside it, whichever is nearer; else in that of the reference, or the one
 * before it. */
static size_t implied_day(const struct parser *p, size_t at, const struct scope *near,
                          struct scope *s)
{
    int year = near ? near->year : p->ref_year, month = near ? near->month : p->ref_month;
    size_t best_end = 0;
    for (int shift = 0; month && shift < 3; shift++) {
        static const int shifts[] = {0, -1, 1};
        struct scope try = {0};
        if (shift == 2 && !near)
            break;
        if (!nq_shift_months(&try, year, month, shifts[shift], 1))
            continue;
        try.implied = true;
        size_t end = nq_narrow_at(p, at, &try);
        if (!end)
            return 0;
        bool better =
            !best_end || (s->invalid && !try.invalid) ||
            (near && !try.invalid && distance(&try, near->first) < distance(s, near->first)) ||
            (!near && !try.invalid && s->first > p->reference + DAY_AHEAD);
        if (better)
            *s = try;
        best_end = end;
    }
    return best_end;
}

/* The day that ends a range: in the month of its start, or early in the next. */
static size_t range_day(const struct parser *p, size_t at, const struct scope *from,
                        struct scope *s)
{
    for (int shift = 0; shift < 2; shift++) {
        struct scope try = {0};
        if (!nq_shift_months(&try, from->year, from->month, shift, 1))
            return 0;
        try.implied = true;
        size_t end = nq_narrow_at(p, at, &try);
        if (!end)
            return 0;
        *s = try;
        if (s->invalid || s->first >= from->first || shift == 1) {
            s->invalid |= s->first - from->first > TURN_DAYS && shift == 1;
            return end;
        }
    }
    return 0;
}

/* Whether a bare day at [at, end) is one: not 3日游, 每月5日, 1号线. */
static bool bare_day_stands(const struct parser *p, size_t at, size_t end)
{
    uint32_t prev = at > 0 ? cp_at(p, at - 1) : 0, next = cp_at(p, end), unit = cp_at(p, end - 1);
    size_t ignored;
    struct number n = nq_number_at(p, at);
    if (unit == 0x53F7 /* 号 */ && nq_one_of(next, "去回"))
        return prev != 0x7B2C /* 第 */;
    if (unit == 0x53F7)
        return (!is_han(prev) || nq_one_of(prev, "我他她你于在从到至是者或和与及")) &&
               (!is_han(next) ||
                nq_one_of(next, "回去来到至我在有要开之前后起是会举召发上下早中晚凌夜")) &&
               !(prev >= 'a' && prev <= 'z') && !nq_one_of(prev, "-)]〕】"); /* 〔2026〕12号 */
    if (nq_one_of(prev, "第每近续隔数前后期百共满半月") ||
        (nq_one_of(next, "内游均龄化常子线夜程") && !nq_literal_at(p, end, "夜间", &ignored)))
        return false;
    if (next == 0x62A5 /* 报 */ && !nq_literal_at(p, end, "报道", &ignored) &&
        !nq_literal_at(p, end, "报告", &ignored))
        return false;
    return n.kind == NUMERAL_DIGITS || n.value > 10;
}

/* The end of a range that begins on `from`: in its year or the next, its month, its week. */
size_t nq_range_end_at(const struct parser *p, size_t at, const struct scope *from, struct scope *s)
{
    size_t end = implied_year(p, at, from->year, from->first, s);
    if (end && s->last < from->first) {
        struct scope next = {0};
        if (!nq_scope_of(from->year + 1, 0, 0, &next))
            return 0;
        next.implied = true;
        end = nq_narrow_at(p, at, &next);
        for (size_t more; end && (more = nq_narrow_at(p, end, &next)) > 0;)
            end = more;
        *s = next;
        s->invalid |= s->last - from->first > TURN_MONTHS;
    }
    if (end)
        return end;
    const struct nq_lexeme *w = word_at(p, at);
    struct scope part = {0};
    if (w && w->kind == WORD_WEEKDAY) {
        part.first = from->first - nq_weekday(from->first) + 1;
        part.last = part.first + 6;
        part.level = LEVEL_WEEK;
        part.implied = true;
        end = nq_narrow_at(p, at, &part);
        *s = part;
        return end;
    }
    if (from->month && w && (w->kind == WORD_XUN || w->kind == WORD_EDGE) &&
        nq_scope_of(from->year, from->month, 0, &part) && (end = nq_narrow_at(p, at, &part))) {
        *s = part;
        return end;
    }
    return from->month ? range_day(p, at, from, s) : 0;
}

size_t nq_implied_at(const struct parser *p, size_t at, struct scope *s)
{
    size_t end;
    uint32_t prev = at > 0 ? cp_at(p, at - 1) : 0;
    const struct nq_lexeme *w = word_at(p, at);
    bool edge = w && (w->kind == WORD_MONTH_EDGE || w->kind == WORD_YEAR_EDGE ||
                      w->kind == WORD_WHOLE_YEAR || w->kind == WORD_WHOLE_MONTH);
    if (!p->ref_year ||
        (edge && nq_one_of(prev, "一二三四五六七八九十两几每数半0123456789个整同跨")))
        return 0;
    if (w && w->kind == WORD_RECENT && nq_one_of(prev, "提之以此目当先眼")) /* 提前两个月 */
        return 0;
    bool near = p->has_before && p->before.month && !edge;
    if ((end = implied_day(p, at, near ? &p->before : NULL, s)))
        return (w && (w->kind == WORD_XUN || w->kind == WORD_MONTH_EDGE ||
                      w->kind == WORD_WHOLE_MONTH || w->kind == WORD_HALF_MONTH)) ||
                       bare_day_stands(p, at, end)
                   ? end
                   : 0;
    if (nq_one_of(prev, "每逐历") || (at > 1 && prev == 0x5E74 && cp_at(p, at - 2) == 0x6BCF))
        return 0;
    bool known = p->has_before && p->before.explicit_year && p->before.year;
    int year = known ? p->before.year : p->ref_year;
    if ((end = implied_year(p, at, year, known ? p->before.first : p->reference, s)))
        return end;
    if (nq_one_of(prev, "一二三四五六七八九十两几每数半0123456789个"))
        return 0;
    struct scope week = {.level = LEVEL_WEEK, .implied = true};
    week.first = p->reference - nq_weekday(p->reference) + 1;
    week.last = week.first + 6;
    end = nq_narrow_at(p, at, &week);
    *s = week;
    s->relative = true;
    return end;
}
