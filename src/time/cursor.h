/* Reading a date as it is printed, from left to right: every reader either takes what it is named
 * for and moves on, or leaves the cursor where it was. */
#ifndef NQ_TIME_CURSOR_H
#define NQ_TIME_CURSOR_H

#include "base/str.h"

struct cursor {
    struct nq_str s;
    size_t at;
};

/* Year, month, day; 0 where nothing is printed. */
struct date_parts {
    int year, month, day;
};

/* What is left to read. */
struct nq_str nq_cursor_rest(const struct cursor *c);
void nq_cursor_skip_spaces(struct cursor *c);

/* Whether an ASCII digit stands `offset` bytes ahead. */
bool nq_digit_at(const struct cursor *c, size_t offset);

/* A word; spaces before it don't matter, here and in all that follow. */
bool nq_take(struct cursor *c, struct nq_str word);

/* A number of `low` to `high` digits, full-width ones too. */
bool nq_take_number(struct cursor *c, size_t low, size_t high, int *value);

/* 二〇二六 */
bool nq_take_han_year(struct cursor *c, int *value);

/* A number of one or two digits, or a Chinese one to 31, with its unit; the day of a month. */
bool nq_take_field(struct cursor *c, struct nq_str unit, int *value);
bool nq_take_day_field(struct cursor *c, int *day);

/* A date in any of the forms of printed.h; without its year where `reference` is a day. */
bool nq_take_date(struct cursor *c, int32_t reference, struct date_parts *parts);

#endif
