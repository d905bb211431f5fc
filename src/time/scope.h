/* Scopes and what narrows them; for the files of the date parser. */
#ifndef NQ_TIME_SCOPE_H
#define NQ_TIME_SCOPE_H

#include "time/parser.h"

/* 天, 周, 个月: what is counted. */
enum count_unit { COUNT_NONE, COUNT_DAY, COUNT_WEEK, COUNT_MONTH, COUNT_QUARTER, COUNT_YEAR };

/* Narrows `s` by the word at `at` (behind 的, where the scope is printed) and returns its end; 0,
 * and `s` unchanged, where none does. */
size_t nq_narrow_at(const struct parser *p, size_t at, struct scope *s);

/* Parts of a month and of a week at `at`. */
size_t nq_month_part_at(const struct parser *p, size_t at, struct scope *s);
size_t nq_week_part_at(const struct parser *p, size_t at, struct scope *s);

/* 初, 中, 底, 年底, 月末: the edge of `s` that stands at `at`. */
size_t nq_edge_at(const struct parser *p, size_t at, struct scope *s);

/* A lunar month (its word, or 农历), a holiday or its days off at `at`, where one of their words
 * stands; in a lunar year also a number of a month. */
size_t nq_named_at(const struct parser *p, size_t at, struct scope *s);

/* Sets `s` to a day of its lunar month. */
bool nq_lunar_day_of(struct scope *s, int day);

/* A number, or two of them with a mark between (18-20, 18/19; 七八), before the unit `unit` or
 * `unit2` (NULL: none); the end behind the unit. */
size_t nq_numbers_at(const struct parser *p, size_t at, const char *unit, const char *unit2,
                     struct number *from, struct number *to);

/* Sets `s` to the months [first, last] of its year, 1 to 12; false where they are none. */
bool nq_scope_months(struct scope *s, int first, int last, enum level level);

/* Sets `s` to the days [first, last]; false where they are not within it. */
bool nq_scope_days(struct scope *s, int32_t first, int32_t last);

/* Sets `s` to `n` months, the first of them `by` behind the month named. */
bool nq_shift_months(struct scope *s, int year, int month, int by, int n);

/* How many days `day` is outside of `s`. */
static inline int32_t distance(const struct scope *s, int32_t day)
{
    return day < s->first ? s->first - day : day > s->last ? day - s->last : 0;
}

/* ---- what a date begins with; each returns its end, or 0 ---------------------------------------
 */

/* A date in digits whose first number is `n`, at `at`. */
size_t nq_digits_at(const struct parser *p, size_t at, const struct number *n, struct scope *s);

/* Whether a date in digits may end at `at`: no more digits, letters and marks. */
bool nq_ends_digits(const struct parser *p, size_t at);

/* June 18, 2026; 18 June 2026; June 2026. */
size_t nq_english_at(const struct parser *p, size_t at, struct scope *s);

/* 2026年, 18年10月, whose number is `n`. */
size_t nq_year_at(const struct number *n, const struct parser *p, struct scope *s);

/* 2026—2028年, or 2016 alone, which is one end of a range at most (scope.open_number). */
size_t nq_years_at(const struct number *from, const struct parser *p, struct scope *s);

/* 九十年代, of a century (0: none printed). */
size_t nq_decade_at(const struct parser *p, size_t at, int century, struct scope *s);

/* “十五五”时期; 康熙三年, behind the era `w`. */
size_t nq_period_at(const struct parser *p, size_t at, struct scope *s);
size_t nq_era_at(const struct parser *p, const struct nq_lexeme *w, size_t at, struct scope *s);

/* A date that lacks its year or month (or both): near the reference or the date before it. */
size_t nq_implied_at(const struct parser *p, size_t at, struct scope *s);

/* The end of a range that begins on `from`: in its year or the next, its month, its week. */
size_t nq_range_end_at(const struct parser *p, size_t at, const struct scope *from,
                       struct scope *s);

/* 第二周, 前5个月, 最后一个星期一 of `s`. */
size_t nq_counted_at(const struct parser *p, size_t at, struct scope *s);

/* 近三年, 未来5天: its end, or 0. */
size_t nq_recent_at(const struct parser *p, size_t at, struct scope *s);

/* 三天前, 两年后, whose number is `n`: its end, or 0. */
size_t nq_ago_at(const struct parser *p, const struct number *n, struct scope *s);

static inline int full_year(int two_digits)
{
    return two_digits + (two_digits < 50 ? 2000 : 1900);
}

/* `day` moved by `n` units; NQ_NO_DAY beyond the calendar. */
int32_t nq_shift_day(int32_t day, enum count_unit unit, int n);

/* ---- what stands around a date ----------------------------------------------------------------
 */

enum nq_precision nq_scope_precision(const struct scope *s);

/* Sets bound and kind of `date`, which is `s` from `start` on; `*end` moves behind 以来 where that
 * is part of it. */
void nq_bound_at(const struct parser *p, size_t start, const struct scope *s, struct nq_date *date,
                 size_t *end);

/* Joins the date at [.., end) with one behind a range mark; returns the new end. */
size_t nq_join_range(const struct parser *p, size_t end, struct scope *s);

/* 2010年之后2018年之前: the days between two dates, of which the first counts; the new end. */
size_t nq_join_between(const struct parser *p, size_t end, struct scope *s);

/* 10月12号，星期一; 6月18日（周四）: the new end; *next is where to go on. */
size_t nq_join_weekday(const struct parser *p, size_t end, const struct scope *s, size_t *next);

#endif
