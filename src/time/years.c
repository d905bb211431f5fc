/* Years: 2026年, 2026—2028年, 九十年代, “十五五”时期, 康熙三年. */
#include "time/day.h"
#include "time/scope.h"

static bool is_year(const struct number *n)
{
    return n->value >= 1000 && n->value < 3000 && (n->digits == 4 || n->digits == 0);
}

/* 2026—2028年, 2025—2026学年 (from September to August) behind `mark`: two years with one 年. */
static size_t two_years_at(const struct number *from, const struct parser *p, size_t mark,
                           struct scope *s)
{
    struct number to = nq_number_at(p, mark);
    struct scope last = {0};
    size_t end = 0, unit = nq_skip_spaces(p, to.end);
    bool school = to.value == from->value + 1 && nq_literal_at(p, unit, "学年", &end);
    if (to.kind != from->kind || to.digits != 4 || !is_year(&to) ||
        (!school && !nq_literal_at(p, unit, "年", &end)) || !nq_scope_of(from->value, 0, 0, s) ||
        !nq_scope_of(to.value, 0, 0, &last))
        return 0;
    end += cp_at(p, end) == 0x5EA6 /* 度 */ && cp_at(p, end + 1) != 0x5047 /* 假 */;
    struct scope part = last;
    if (nq_narrow_at(p, end, &part) && part.level != LEVEL_YEAR && part.month)
        return 0; /* 2026-2027年1月: not two years */
    s->invalid = last.last < s->first;
    s->first = school ? nq_day_of(from->value, 9, 1) : s->first;
    s->last = school ? nq_day_of(to.value, 8, 31) : last.last;
    s->level = LEVEL_OTHER;
    s->explicit_year = s->closed = true;
    return end;
}

/* 2026—2028年, 2016到2018: two years with one 年, or none. */
size_t nq_years_at(const struct number *from, const struct parser *p, struct scope *s)
{
    size_t mark = nq_range_mark_at(p, from->end), end;
    if (from->digits != 4 || !is_year(from))
        return 0;
    if (!mark && nq_one_of(cp_at(p, from->end), "、/") &&
        nq_number_at(p, from->end + 1).value == from->value + 1)
        mark = from->end + 1; /* 2024、2025年, 2025/2026年度 */
    if (mark && (end = two_years_at(from, p, mark, s)))
        return end;
    *s = (struct scope){0};
    bool plausible = from->value >= 1900 && from->value <= 2100 && nq_ends_digits(p, from->end);
    if (from->kind != NUMERAL_DIGITS || !plausible || !nq_scope_of(from->value, 0, 0, s))
        return 0;
    s->open_number = s->closed = true;
    return from->end;
}

static size_t decade(int year, struct scope *s, size_t end)
{
    struct scope last = {0};
    if (!nq_scope_of(year, 0, 0, s) || !nq_scope_of(year + 9, 0, 0, &last))
        return 0;
    s->last = last.last;
    s->level = LEVEL_OTHER;
    s->explicit_year = s->closed = true;
    return end;
}

/* 年代 behind a number, in a century (0: none printed). */
size_t nq_decade_at(const struct parser *p, size_t at, int century, struct scope *s)
{
    struct number n = nq_number_at(p, nq_skip_spaces(p, at));
    size_t end;
    if (!n.kind || n.value % 10 || !nq_literal_at(p, nq_skip_spaces(p, n.end), "年代", &end))
        return 0;
    if (n.value >= 1000)
        return decade(n.value, s, end);
    if (n.value > 90)
        return 0;
    if (century == 0)
        century = n.value >= 30 ? 20 : 21;
    return decade((century - 1) * 100 + n.value, s, end);
}

/* 2026年, 18年10月, 二〇二六年. */
size_t nq_year_at(const struct number *n, const struct parser *p, struct scope *s)
{
    size_t i = nq_skip_spaces(p, n->end), end, narrower;
    if (!nq_literal_at(p, i, "年", &end) || cp_at(p, end) == 0x4EE3 /* 年代 */ ||
        cp_at(p, end) == 0x8F7B /* 年轻 */)
        return 0;
    if (cp_at(p, end) == 0x5EA6 /* 度 */ && cp_at(p, end + 1) != 0x5047 /* 假 */)
        end++;
    int year = n->value;
    bool whole = is_year(n) && (n->digits == 4 || year % 100 != 0);
    if (n->digits == 2)
        year = full_year(year);
    if (n->digits == 1 && year != 0)
        return 0;
    s->explicit_year = true;
    if (!nq_scope_of(year, 0, 0, s)) {
        struct scope any = {0};
        size_t behind = nq_scope_of(2000, 0, 0, &any) ? nq_narrow_at(p, end, &any) : 0;
        s->invalid = behind > 0;
        return behind;
    }
    bool short_form = n->kind == NUMERAL_HAN && n->digits == 2 &&
                      n->value % 10 != n->value / 10 + 1 && n->value != 35;
    if (whole || short_form) /* 九八年; not 七八年 and 三五年, some years */
        return end;
    struct scope part = *s; /* a number of years, unless a month follows */
    narrower = nq_narrow_at(p, end, &part);
    return narrower && part.month && !part.closed ? end : 0;
}

/* 前三年, 后两年 behind a period of the years [*first, *last]: their end, or 0. */
static size_t years_of_period(const struct parser *p, size_t at, int *first, int *last)
{
    size_t i, end;
    bool ahead = nq_literal_at(p, at, "前", &i) || nq_literal_at(p, at, "头", &i);
    if (!ahead && !nq_literal_at(p, at, "后", &i))
        return 0;
    struct number n = nq_number_at(p, i);
    if (!n.kind || n.value < 1 || n.value > *last - *first || !nq_literal_at(p, n.end, "年", &end))
        return 0;
    *first = ahead ? *first : *last - n.value + 1;
    *last = ahead ? *first + n.value - 1 : *last;
    return end;
}

/* “十五五”时期, 十四五末. */
size_t nq_period_at(const struct parser *p, size_t at, struct scope *s)
{
    static const struct {
        const char *word;
        int part; /* 0: all of it; 1: its first year; 2: its last */
    } parts[] = {{"规划时期", 0}, {"规划期间", 0}, {"时期", 0},     {"期间", 0},
                 {"规划期", 0},   {"期末", 2},     {"末期", 2},     {"末", 2},
                 {"初期", 1},     {"开局之年", 1}, {"收官之年", 2}, {"以来", 0}};
    size_t i = at + nq_one_of(cp_at(p, at), "“\"‘「"), end;
    const struct nq_lexeme *w = word_at(p, i);
    if (!w || w->kind != WORD_PERIOD)
        return 0;
    i += w->n;
    i = nq_skip_spaces(p, i + nq_one_of(cp_at(p, i), "”\"’」"));
    int first, last;
    nq_period_years(w->value, &first, &last);
    size_t behind = years_of_period(p, i, &first, &last);
    for (size_t k = 0; k < NQ_COUNT(parts) && !behind; k++) {
        if (!nq_literal_at(p, i, parts[k].word, &end))
            continue;
        if (parts[k].part)
            first = last = parts[k].part == 1 ? first : last;
        behind = end;
    }
    struct scope last_year = {0};
    if (!behind || !nq_scope_of(first, 0, 0, s) || !nq_scope_of(last, 0, 0, &last_year))
        return 0;
    s->last = last_year.last;
    s->level = first == last ? LEVEL_YEAR : LEVEL_OTHER;
    s->explicit_year = s->closed = true;
    return behind;
}

size_t nq_era_at(const struct parser *p, const struct nq_lexeme *w, size_t at, struct scope *s)
{
    size_t i = at + w->n, end;
    struct number n = nq_number_at(p, i);
    if (nq_literal_at(p, i, "元", &end))
        n = (struct number){NUMERAL_HAN, 1, 0, end};
    if (!n.kind || n.value < 1 || (n.value > 99 && w->value > 1) ||
        !nq_literal_at(p, n.end, "年", &end))
        return 0;
    s->explicit_year = true;
    return nq_scope_of(w->value + n.value - 1, 0, 0, s) ? end : 0;
}
