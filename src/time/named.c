/* Days that have names instead of numbers: lunar months and their days, holidays, days off. */
#include "time/calendar.h"
#include "time/day.h"
#include "time/scope.h"

/* The day of a lunar date in the lunar year or in the calendar's that `s` is. */
static int32_t lunar_day(const struct scope *s, int month, int day)
{
    return s->lunar_year ? nq_lunar_day(s->year, month, day, false)
                         : nq_lunar_in_year(s->year, month, day, false);
}

static bool lunar_month(struct scope *s, int month)
{
    int32_t first = lunar_day(s, month, 1);
    if (first == NQ_NO_DAY) /* the calendar's year may have no first day of 腊月 */
        first = nq_lunar_day(s->year, month, 1, false);
    if (first == NQ_NO_DAY) /* beyond the table: as if it were the calendar's */
        return s->explicit_year && nq_scope_of(s->year, month, 0, s);
    int32_t last = lunar_day(s, month, 30);
    if (last < first) /* of the year before, whose end the calendar's year begins with */
        last = NQ_NO_DAY;
    s->lunar = month;
    s->month = 0;
    s->first = first;
    s->last = last == NQ_NO_DAY ? first + 28 : last;
    s->level = LEVEL_MONTH;
    return true;
}

/* 八月, behind 农历 */
static size_t lunar_month_at(const struct parser *p, size_t at, struct scope *s)
{
    struct number n = nq_number_at(p, at);
    size_t end;
    return n.kind && n.value >= 1 && n.value <= 12 && nq_literal_at(p, n.end, "月", &end) &&
                   lunar_month(s, n.value)
               ? end
               : 0;
}

bool nq_lunar_day_of(struct scope *s, int day)
{
    int month = s->lunar ? s->lunar : s->month;
    int32_t found = lunar_day(s, month, day);
    if (found == NQ_NO_DAY)
        found = nq_day_of(s->year, month, day);
    if (found == NQ_NO_DAY)
        return false;
    s->first = s->last = found;
    s->level = LEVEL_DAY;
    return true;
}

/* Whether a word for days off stands at `at`, or is the end of the holiday's name before it. */
static bool off_at(const struct parser *p, size_t at, size_t *end)
{
    static const char *const words[] = {"假期", "小长假", "长假", "黄金周", "假日"};
    for (size_t i = 0; i < NQ_COUNT(words); i++) {
        size_t n = strlen(words[i]) / 3;
        if (nq_literal_at(p, at, words[i], end) ||
            (at >= n && nq_literal_at(p, at - n, words[i], end)))
            return true;
    }
    return false;
}

/* The names of holidays in a row at `at` (中秋、国庆; 国庆中秋) and all their days off, or those of
 * the first alone where weeks lie between: the end of what `off` tells, *end that of the row. 0
 * where the year's days off are not known. */
static size_t holidays_at(const struct parser *p, size_t at, struct scope *off, size_t *end)
{
    const struct nq_lexeme *w;
    size_t i = at, told = at;
    int32_t first, last;
    while ((w = word_at(p, i)) && w->kind == WORD_HOLIDAY) {
        if (!nq_days_off(nq_holiday_rule(w->value), off->year, &first, &last))
            return 0;
        bool apart = i > at && (first > off->last + 1 || last < off->first - 1);
        i += w->n;
        if (!apart && (told == at || told == *end)) {
            off->first = told == at || first < off->first ? first : off->first;
            off->last = told == at || last > off->last ? last : off->last;
            told = i;
        }
        *end = i;
        w = nq_one_of(cp_at(p, i), "、和") ? word_at(p, i + 1) : NULL;
        i += w && w->kind == WORD_HOLIDAY;
    }
    return told;
}

/* 国庆假期, 中秋、国庆假期 and 国庆假期前三天: the end; 0 where the year's days off are not known.
 */
static size_t days_off_at(const struct parser *p, size_t at, struct scope *s)
{
    struct scope off = {.level = LEVEL_OTHER, .year = s->year, .explicit_year = s->explicit_year};
    size_t names = at, end, part, told = holidays_at(p, at, &off, &names);
    if (!told || !off_at(p, names, &end))
        return 0;
    off.relative = s->relative;
    off.closed = true;
    if (told < names)
        end = told; /* 国庆、春节假期: each has its own */
    else if (nq_literal_at(p, end, "首日", &part) && nq_scope_days(&off, off.first, off.first))
        end = part;
    else if ((part = nq_counted_at(p, end, &off)))
        end = part;
    *s = off;
    return end;
}

/* A holiday, its days off; vague beyond the tables (雍正四年除夕). */
static size_t holiday_at(const struct parser *p, size_t at, struct scope *s)
{
    const struct nq_lexeme *w = word_at(p, at);
    const char *rule = nq_holiday_rule(w->value);
    size_t end = days_off_at(p, at, s);
    if (end)
        return end;
    if (at > 0 && nq_number_at(p, at).kind && nq_number_at(p, at - 1).kind)
        return 0; /* 二五一 */
    end = at + w->n;
    nq_literal_at(p, end, "佳节", &end);
    if (!nq_holiday(rule, s->year, &s->first, &s->last)) {
        s->vague = true;
        return s->implied ? 0 : end;
    }
    s->level = s->first == s->last ? LEVEL_DAY : LEVEL_OTHER;
    s->month = 0;
    return end;
}

size_t nq_named_at(const struct parser *p, size_t at, struct scope *s)
{
    const struct nq_lexeme *w = word_at(p, at);
    if (s->lunar_year && !(w && w->kind == WORD_LUNAR_MONTH))
        return lunar_month_at(p, at, s);
    switch (w->kind) {
    case WORD_LUNAR:
        return lunar_month_at(p, at + w->n, s);
    case WORD_LUNAR_MONTH:
        return lunar_month(s, w->value) ? at + w->n : 0;
    default:
        return holiday_at(p, at, s);
    }
}
