/* Words, numbers and fields of printed dates: see cursor.h. */
#include "time/cursor.h"

struct nq_str nq_cursor_rest(const struct cursor *c)
{
    return nq_str_sub(c->s, c->at, c->s.len);
}

void nq_cursor_skip_spaces(struct cursor *c)
{
    struct nq_str rest = nq_cursor_rest(c);
    struct nq_str trimmed = nq_str_trim(rest);
    c->at = trimmed.len ? (size_t)(trimmed.ptr - c->s.ptr) : c->at;
}

bool nq_take(struct cursor *c, struct nq_str word)
{
    struct cursor at = *c;
    nq_cursor_skip_spaces(&at);
    if (!nq_str_starts(nq_cursor_rest(&at), word))
        return false;
    c->at = at.at + word.len;
    return true;
}

bool nq_digit_at(const struct cursor *c, size_t offset)
{
    return c->at + offset < c->s.len && c->s.ptr[c->at + offset] >= '0' &&
           c->s.ptr[c->at + offset] <= '9';
}

/* Takes one digit, full-width ones too (２０２６), and returns its value; -1 if there is none. */
static int take_digit(struct cursor *c)
{
    if (nq_digit_at(c, 0))
        return c->s.ptr[c->at++] - '0';
    struct nq_str rest = nq_cursor_rest(c);
    unsigned char low = rest.len > 2 ? (unsigned char)rest.ptr[2] : 0;
    if (!nq_str_starts(rest, NQ_STR("\xEF\xBC")) || low < 0x90 || low > 0x99)
        return -1;
    c->at += 3;
    return low - 0x90;
}

bool nq_take_number(struct cursor *c, size_t low, size_t high, int *value)
{
    struct cursor at = *c;
    nq_cursor_skip_spaces(&at);
    size_t n = 0;
    int v = 0, digit;
    for (; (digit = take_digit(&at)) >= 0; n++) {
        if (n == high)
            return false;
        v = v * 10 + digit;
    }
    if (n < low)
        return false;
    c->at = at.at;
    *value = v;
    return true;
}

/* The value of a Chinese numeral at the cursor, -1 if there is none; 十 is 10. */
static int han_digit(struct cursor *c)
{
    static const struct {
        struct nq_str text;
        int value;
    } table[] = {
        {NQ_STR_INIT("〇"), 0},  {NQ_STR_INIT("○"), 0},  {NQ_STR_INIT("零"), 0},
        {NQ_STR_INIT("一"), 1},  {NQ_STR_INIT("二"), 2}, {NQ_STR_INIT("三"), 3},
        {NQ_STR_INIT("四"), 4},  {NQ_STR_INIT("五"), 5}, {NQ_STR_INIT("六"), 6},
        {NQ_STR_INIT("七"), 7},  {NQ_STR_INIT("八"), 8}, {NQ_STR_INIT("九"), 9},
        {NQ_STR_INIT("十"), 10},
    };
    for (size_t i = 0; i < NQ_COUNT(table); i++)
        if (nq_str_starts(nq_cursor_rest(c), table[i].text)) {
            c->at += table[i].text.len;
            return table[i].value;
        }
    return -1;
}

bool nq_take_han_year(struct cursor *c, int *value)
{
    struct cursor at = *c;
    int year = 0;
    for (int i = 0; i < 4; i++) {
        int digit = han_digit(&at);
        if (digit < 0 || digit > 9)
            return false;
        year = year * 10 + digit;
    }
    *c = at;
    *value = year;
    return true;
}

/* 1 to 31: 六, 十七, 二十, 三十一. */
static bool take_han_number(struct cursor *c, int *value)
{
    struct cursor at = *c;
    int v = han_digit(&at);
    if (v < 1)
        return false;
    struct cursor before_ten = at;
    if (v < 10 && han_digit(&at) == 10)
        v *= 10;
    else
        at = before_ten;
    if (v >= 10) {
        struct cursor before_unit = at;
        int unit = han_digit(&at);
        if (unit >= 1 && unit <= 9)
            v += unit;
        else
            at = before_unit;
    }
    *c = at;
    *value = v;
    return true;
}

bool nq_take_field(struct cursor *c, struct nq_str unit, int *value)
{
    struct cursor at = *c;
    int number;
    nq_cursor_skip_spaces(&at);
    if (!nq_take_number(&at, 1, 2, &number) && !take_han_number(&at, &number))
        return false;
    if (!nq_take(&at, unit))
        return false;
    *c = at;
    *value = number;
    return true;
}

bool nq_take_day_field(struct cursor *c, int *day)
{
    return nq_take_field(c, NQ_STR("日"), day) || nq_take_field(c, NQ_STR("号"), day);
}
