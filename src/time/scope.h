/* Scopes and what narrows them; for the files of the date parser. */
#ifndef NQ_TIME_SCOPE_H
#define NQ_TIME_SCOPE_H

#include "time/parser.h"

/* Narrows `s` by the word at `at` (behind 的, where the scope is printed) and returns its end; 0,
 * and `s` unchanged, where none does. */
size_t nq_narrow_at(const struct parser *p, size_t at, struct scope *s);

/* 近三年, 未来5天: its end, or 0. */
size_t nq_recent_at(const struct parser *p, size_t at, struct scope *s);

/* 三天前, 两年后, whose number is `n`: its end, or 0. */
size_t nq_ago_at(const struct parser *p, const struct number *n, struct scope *s);

/* `day` moved by `n` units (enum count_unit); NQ_NO_DAY beyond the calendar. */
int32_t nq_shift_day(int32_t day, int unit, int n);

#endif
