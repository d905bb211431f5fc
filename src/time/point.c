/* One date: a scope that is named or implied, narrowed as far as the words go. */
#include "time/scope.h"

#include "time/calendar.h"
#include "time/day.h"

#include <stdlib.h>

enum {
    FAR = 215,         /* a date without a year lies at most so many days from the reference */
    DAY_AHEAD = 15,    /* a day without a month: as far ahead as that, else in the month before */
    LEAP_YEARS = 8,    /* as far as a 29 February has to be looked for */
    TURN_DAYS = 15,    /* 30日至2日 runs into the next month, 20日至18日 is a slip */
    TURN_MONTHS = 250, /* 8月至2月 into the next year, 6月至5月 is a slip */
};

static const struct nq_lexeme *word_at(const struct parser *p, size_t at)
{
    return nq_lexicon_at(&p->finder->words, p->text, at);
}

/* Whether the character beside a date in digits belongs to a longer number or a name. */
static bool sticks(uint32_t cp)
{
    return is_digit(cp) || cp == '-' || cp == '/' || (cp >= 'a' && cp <= 'z') || cp == '_';
}

static bool ends_digits(const struct parser *p, size_t at)
{
    bool time = cp_at(p, at) == 't' && is_digit(cp_at(p, at + 1)); /* 2026-06-18T08:00 */
    return (time || !sticks(cp_at(p, at))) && !(cp_at(p, at) == '.' && is_digit(cp_at(p, at + 1)));
}

static int32_t distance(const struct scope *s, int32_t day)
{
    return day < s->first ? s->first - day : day > s->last ? day - s->last : 0;
}

/* A month and a day in the year that brings them nearest to the reference. */
static bool nearest_year(const struct parser *p, int month, int day, struct scope *s)
{
    bool found = false;
    for (int shift = -1; shift <= 1; shift++) {
        struct scope try = *s;
        if (!nq_scope_of(p->ref_year + shift, month, day, &try) ||
            (found && distance(&try, p->reference) >= distance(s, p->reference)))
            continue;
        *s = try;
        found = true;
    }
    return found;
}

/* ---- dates in digits: 2026-06-18, 2026/6/18, 20260618, 18.6.2026 -------------------------- */

static size_t compact_at(const struct number *n, const struct parser *p, struct scope *s)
{
    int year = n->value / 10000;
    bool ok = n->digits == 8 && year >= 1900 && year < 2100 && ends_digits(p, n->end);
    return ok && nq_scope_of(year, n->value / 100 % 100, n->value % 100, s) ? n->end : 0;
}

/* Two numbers behind `mark`; n = 1 where only one follows. */
static int fields_at(const struct parser *p, size_t at, struct number out[2])
{
    uint32_t mark = cp_at(p, at);
    int n = 0;
    if (mark != '-' && mark != '/' && mark != '.')
        return 0;
    while (n < 2 && cp_at(p, at) == mark) {
        struct number next = nq_number_at(p, at + 1);
        if (next.kind != NUMERAL_DIGITS)
            break;
        out[n++] = next;
        at = next.end;
    }
    return n;
}

static size_t iso_at(const struct number *year, const struct parser *p, struct scope *s)
{
    struct number f[2] = {0};
    int n = fields_at(p, year->end, f);
    uint32_t mark = cp_at(p, year->end);
    if (n < 1 || f[0].digits > 2 || (n == 2 && f[1].digits > 2))
        return 0;
    if (n == 1 && (mark != '-' || f[0].digits != 2 || f[0].value > 12 || !ends_digits(p, f[0].end)))
        return 0;
    size_t end = n == 2 ? f[1].end : f[0].end;
    if (n == 2 && cp_at(p, end) == '/' && mark == '-' && is_digit(cp_at(p, end + 1))) {
        struct number to = nq_number_at(p, end + 1); /* 2026-06-18/19 */
        struct scope last = *s;
        if (to.digits <= 2 && to.value > f[1].value && ends_digits(p, to.end) &&
            nq_scope_of(year->value, f[0].value, f[1].value, s) &&
            nq_scope_of(year->value, f[0].value, to.value, &last)) {
            s->last = last.last;
            s->level = LEVEL_OTHER;
            s->closed = true;
            return to.end;
        }
    }
    bool range = cp_at(p, end) == '-' && is_digit(cp_at(p, end + 1)) && mark != '-';
    if (!ends_digits(p, end) && !range)
        return 0;
    if (f[0].value < 1 || (n == 2 && f[1].value < 1) ||
        !nq_scope_of(year->value, f[0].value, n == 2 ? f[1].value : 0, s)) {
        s->invalid = n == 2;
        return s->invalid ? end : 0;
    }
    return end;
}

static int full_year(int two_digits)
{
    return two_digits + (two_digits < 50 ? 2000 : 1900);
}

/* 18.6.2026, 3-7-2017, 05/05/89: the day first; 17-03-22: the year. */
static size_t day_first_at(const struct number *day, const struct parser *p, struct scope *s)
{
    struct number f[2] = {0};
    int n = fields_at(p, day->end, f), year = f[1].value;
    uint32_t mark = cp_at(p, day->end);
    if (n < 2 || f[0].digits > 2 || day->digits > 2 || (f[1].digits != 4 && f[1].digits != 2))
        return 0;
    bool range = cp_at(p, f[1].end) == '-' && mark == '/' && is_digit(cp_at(p, f[1].end + 1));
    if ((mark == '.' && f[1].digits == 2) || (!ends_digits(p, f[1].end) && !range))
        return 0;
    bool first = mark == '-' && day->digits == 2 && f[1].digits == 2; /* 17-03-22 */
    if (first && nq_scope_of(full_year(day->value), f[0].value, year, s))
        return f[1].end;
    if (f[1].digits == 2)
        year = full_year(year);
    if (year < 1000 || year > 2199)
        return 0;
    return nq_scope_of(year, f[0].value, day->value, s) ||
                   (mark == '/' && nq_scope_of(year, day->value, f[0].value, s))
               ? f[1].end
               : 0;
}

/* 12/1: a month and a day where no fraction can be meant, alone between spaces or marks. */
static size_t month_day_at(const struct parser *p, size_t at, const struct number *month,
                           struct scope *s)
{
    struct number f[2] = {0};
    int n = cp_at(p, month->end) == '/' ? fields_at(p, month->end, f) : 0;
    uint32_t before = at > 0 ? cp_at(p, at - 1) : ' ', behind = cp_at(p, f[0].end);
    if (n != 1 || !p->ref_year || month->value > 12 || f[0].value >= month->value ||
        f[0].digits > 2 || is_han(before) || is_han(behind) || sticks(before) || sticks(behind) ||
        nq_one_of(behind, ".%‰") || nq_one_of(before, ".$+"))
        return 0;
    return nearest_year(p, month->value, f[0].value, s) ? f[0].end : 0;
}

/* ---- English: June 18, 2026; 18 June 2026; June 2026 --------------------------------------- */

static size_t english_at(const struct parser *p, size_t at, struct scope *s)
{
    struct number day = nq_number_at(p, at), n = {0};
    size_t i = day.kind == NUMERAL_DIGITS ? nq_skip_spaces(p, day.end) : at;
    const struct nq_lexeme *w = word_at(p, i);
    uint32_t before = i > 0 ? cp_at(p, i - 1) : 0;
    if (!w || w->kind != WORD_ENGLISH || (before >= 'a' && before <= 'z') || day.digits > 2)
        return 0;
    size_t end = i + w->n;
    if (cp_at(p, end) >= 'a' && cp_at(p, end) <= 'z')
        return 0;
    end += cp_at(p, end) == '.';
    n = nq_number_at(p, nq_skip_spaces(p, end));
    if (!day.kind && n.kind == NUMERAL_DIGITS && n.digits <= 2) {
        day = n;
        end = n.end;
        if (nq_literal_at(p, end, "st", &i) || nq_literal_at(p, end, "nd", &i) ||
            nq_literal_at(p, end, "rd", &i) || nq_literal_at(p, end, "th", &i))
            end = i;
        i = nq_skip_spaces(p, end);
        n = nq_number_at(p, nq_skip_spaces(p, i + (cp_at(p, i) == ',')));
    }
    bool has_year = n.kind == NUMERAL_DIGITS && n.digits == 4 && n.value >= 1000 && n.value < 2200;
    if (!has_year && (!day.kind || !p->ref_year))
        return 0;
    s->explicit_year = has_year;
    s->closed = true;
    if (!nq_scope_of(has_year ? n.value : p->ref_year, w->value, day.value, s))
        return 0;
    return has_year ? n.end : end;
}

/* ---- years --------------------------------------------------------------------------------- */

static bool is_year(const struct number *n)
{
    return n->value >= 1000 && n->value < 3000 && (n->digits == 4 || n->digits == 0);
}

/* 2026—2028年, 2016到2018: two years with one 年, or none. */
static size_t years_at(const struct number *from, const struct parser *p, struct scope *s)
{
    size_t mark = nq_range_mark_at(p, from->end), end;
    if (from->digits != 4 || !is_year(from))
        return 0;
    if (mark) {
        struct number to = nq_number_at(p, mark);
        struct scope last = {0};
        if (to.kind == from->kind && to.digits == 4 && is_year(&to) &&
            nq_literal_at(p, nq_skip_spaces(p, to.end), "年", &end) &&
            nq_scope_of(from->value, 0, 0, s) && nq_scope_of(to.value, 0, 0, &last)) {
            size_t narrower;
            struct scope part = last;
            if ((narrower = nq_narrow_at(p, end, &part)) && part.level != LEVEL_YEAR && part.month)
                return 0; /* 2026-2027年1月: not two years */
            s->invalid = last.last < s->first;
            s->last = last.last;
            s->level = LEVEL_OTHER;
            s->explicit_year = s->closed = true;
            return end;
        }
    }
    bool plausible = from->value >= 1900 && from->value <= 2100 && ends_digits(p, from->end);
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
static size_t decade_at(const struct parser *p, size_t at, int century, struct scope *s)
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
static size_t year_at(const struct number *n, const struct parser *p, struct scope *s)
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
    if (whole)
        return end;
    struct scope part = *s; /* a number of years, unless a month follows */
    narrower = nq_narrow_at(p, end, &part);
    return narrower && part.month && !part.closed ? end : 0;
}

static size_t number_opening(const struct parser *p, size_t at, struct scope *s)
{
    struct number n = nq_number_at(p, at);
    size_t end;
    if (!n.kind)
        return 0;
    if (n.kind == NUMERAL_DIGITS) {
        s->explicit_year = s->closed = true;
        if ((end = compact_at(&n, p, s)) || (n.digits == 4 && (end = iso_at(&n, p, s))) ||
            (end = day_first_at(&n, p, s)) || (end = month_day_at(p, at, &n, s)) ||
            (end = english_at(p, at, s)))
            return end;
        *s = (struct scope){0};
    }
    if ((end = year_at(&n, p, s)))
        return end;
    *s = (struct scope){0};
    if ((end = nq_ago_at(p, &n, s)) || (end = decade_at(p, at, 0, s)))
        return end;
    if (nq_literal_at(p, nq_skip_spaces(p, n.end), "世纪", &end) && n.value >= 1 && n.value <= 30)
        return decade_at(p, end + (cp_at(p, end) == 0x7684), n.value, s);
    return years_at(&n, p, s);
}

/* ---- words --------------------------------------------------------------------------------- */

/* “十五五”时期, 十四五末. */
static size_t period_at(const struct parser *p, size_t at, struct scope *s)
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
    for (size_t k = 0; k < NQ_COUNT(parts); k++) {
        struct scope last_year = {0};
        int first, last;
        if (!nq_literal_at(p, i, parts[k].word, &end))
            continue;
        nq_period_years(w->value, &first, &last);
        if (parts[k].part)
            first = last = parts[k].part == 1 ? first : last;
        if (!nq_scope_of(first, 0, 0, s) || !nq_scope_of(last, 0, 0, &last_year))
            return 0;
        s->last = last_year.last;
        s->level = first == last ? LEVEL_YEAR : LEVEL_OTHER;
        s->explicit_year = s->closed = true;
        return end;
    }
    return 0;
}

static size_t era_at(const struct parser *p, const struct nq_lexeme *w, size_t at, struct scope *s)
{
    size_t i = at + w->n, end;
    struct number n = nq_number_at(p, i);
    if (nq_literal_at(p, i, "元", &end))
        n = (struct number){NUMERAL_HAN, 1, 0, end};
    if (!n.kind || n.value < 1 || n.value > 99 || !nq_literal_at(p, n.end, "年", &end))
        return 0;
    s->explicit_year = true;
    return nq_scope_of(w->value + n.value - 1, 0, 0, s) ? end : 0;
}

static bool shift_months(struct scope *s, int year, int month, int by, int n)
{
    struct scope last = {0};
    int from = year * 12 + month - 1 + by, to = from + n - 1;
    if (from < 12 || !nq_scope_of(from / 12, from % 12 + 1, 0, s) ||
        !nq_scope_of(to / 12, to % 12 + 1, 0, &last))
        return false;
    s->last = last.last;
    return true;
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
    case WORD_REL_MONTH:
        return shift_months(s, p->ref_year, p->ref_month, w->value, 1);
    case WORD_REL_QUARTER:
        s->level = LEVEL_QUARTER;
        return shift_months(s, p->ref_year, (p->ref_month - 1) / 3 * 3 + 1, 3 * w->value, 3) &&
               (s->level = LEVEL_QUARTER, true);
    case WORD_REL_HALF:
        s->closed = true;
        return shift_months(s, p->ref_year, (p->ref_month - 1) / 6 * 6 + 1, 6 * w->value, 6) &&
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

/* Words that follow another date. */
static bool anaphoric(const struct parser *p, const struct nq_lexeme *w, struct scope *s)
{
    const struct scope *b = &p->before;
    int y, m, d;
    s->anaphoric = s->explicit_year = true;
    if (w->kind == WORD_SAME_PERIOD) {
        if (!p->has_last)
            return false;
        *s = p->last;
        s->anaphoric = s->closed = true;
        s->first = nq_shift_day(p->last.first, 5, -1);
        int32_t behind = nq_shift_day(p->last.last + 1, 5, -1);
        if (s->first == NQ_NO_DAY || behind == NQ_NO_DAY)
            return false;
        s->last = behind - 1;
        return true;
    }
    if (!p->has_before)
        return false;
    nq_day_civil(b->first, &y, &m, &d);
    if (w->kind == WORD_SAME_YEAR)
        return nq_scope_of(y + w->value, 0, 0, s);
    if (w->kind == WORD_SAME_MONTH)
        return shift_months(s, y, m, w->value, 1);
    s->closed = true;
    s->first = s->last = (w->value > 0 ? b->last : b->first) + w->value;
    s->level = LEVEL_DAY;
    return b->level == LEVEL_DAY || b->last - b->first < 31;
}

static size_t word_opening(const struct parser *p, size_t at, struct scope *s)
{
    size_t end = period_at(p, at, s);
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
        return decade_at(p, at + w->n + (cp_at(p, at + w->n) == 0x7684), w->value, s);
    case WORD_ERA:
        return era_at(p, w, at, s);
    case WORD_ENGLISH:
        return english_at(p, at, s);
    case WORD_RECENT:
        return nq_recent_at(p, at, s);
    default:
        return relative(p, w, s) ? at + w->n : 0;
    }
}

/* ---- what is implied ------------------------------------------------------------------------ */

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
        if (!try.invalid && i == 0 && distance(&try, around) <= FAR)
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
        if (!shift_months(&try, year, month, shifts[shift], 1))
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
        if (!shift_months(&try, from->year, from->month, shift, 1))
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
    if (unit == 0x53F7 /* 号 */)
        return (!is_han(prev) || nq_one_of(prev, "我他她你于在从到至是")) &&
               (!is_han(next) || nq_one_of(next, "回去来到至我在有要开之前后起是会举召发上下")) &&
               !(prev >= 'a' && prev <= 'z') && prev != '-';
    if (nq_one_of(prev, "第每近续隔数前后期百共满半月") || nq_one_of(next, "内游均龄化常子线夜程"))
        return false;
    if (next == 0x62A5 /* 报 */ && !nq_literal_at(p, end, "报道", &ignored) &&
        !nq_literal_at(p, end, "报告", &ignored))
        return false;
    return n.kind == NUMERAL_DIGITS || n.value > 10;
}

/* The end of a range that begins on `from`: in its year or the next, its month, its week. */
static size_t range_end_at(const struct parser *p, size_t at, const struct scope *from,
                           struct scope *s)
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

static size_t implied_at(const struct parser *p, size_t at, struct scope *s)
{
    size_t end;
    uint32_t prev = at > 0 ? cp_at(p, at - 1) : 0;
    const struct nq_lexeme *w = word_at(p, at);
    bool edge = w && (w->kind == WORD_MONTH_EDGE || w->kind == WORD_YEAR_EDGE ||
                      w->kind == WORD_WHOLE_YEAR);
    if (!p->ref_year ||
        (edge && nq_one_of(prev, "一二三四五六七八九十两几每数半0123456789个整同跨")))
        return 0;
    bool near = p->has_before && p->before.month && !edge;
    if ((end = implied_day(p, at, near ? &p->before : NULL, s)))
        return (w && (w->kind == WORD_XUN || w->kind == WORD_MONTH_EDGE ||
                      w->kind == WORD_HALF_MONTH)) ||
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
        end = before && before->year ? range_end_at(p, at, before, &s) : implied_at(p, at, &s);
    }
    if (!end)
        return 0;
    s.implied = false;
    for (size_t more; (more = nq_narrow_at(p, end, &s)) > 0;)
        end = more;
    *out = s;
    return end;
}
