/* Numbers as dates print them: 18, 2026, 二〇二六, 二十一, 两千零四. */
#include "text/numeral.h"
#include "time/parser.h"

enum { MOST_DIGITS = 8, MOST_SPACES = 2 };

size_t nq_skip_spaces(const struct parser *p, size_t at)
{
    size_t end = at;
    while (end < p->text->n && end - at < MOST_SPACES && p->text->cls[end] == NQ_CLASS_SPACE &&
           p->text->cp[end] != '\n')
        end++;
    return end;
}

/* The next code point of a literal of ours, which is well-formed and has none beyond U+FFFF. */
static uint32_t next_cp(const char **s)
{
    const unsigned char *u = (const unsigned char *)*s;
    *s += u[0] < 0x80 ? 1 : u[0] < 0xE0 ? 2 : 3;
    if (u[0] < 0x80)
        return u[0];
    return u[0] < 0xE0 ? (u[0] & 0x1Fu) << 6 | (u[1] & 0x3Fu)
                       : (u[0] & 0xFu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
}

bool nq_literal_at(const struct parser *p, size_t at, const char *word, size_t *end)
{
    for (; *word; at++)
        if (cp_at(p, at) != next_cp(&word))
            return false;
    *end = at;
    return true;
}

bool nq_one_of(uint32_t cp, const char *set)
{
    while (cp != 0 && *set)
        if (next_cp(&set) == cp)
            return true;
    return false;
}

static struct number digits_at(const struct parser *p, size_t at)
{
    struct number n = {NUMERAL_DIGITS, 0, 0, at};
    for (; is_digit(cp_at(p, n.end)); n.end++) {
        if (n.digits++ == MOST_DIGITS)
            return (struct number){0};
        n.value = n.value * 10 + (int)(cp_at(p, n.end) - '0');
    }
    return n.digits ? n : (struct number){0};
}

/* Han digits in a row are read by place (二〇二六), with units by value (二十一). */
static struct number han_at(const struct parser *p, size_t at)
{
    struct number n = {NUMERAL_HAN, 0, 0, at};
    int total = 0, digit = -1, placed = 0, v;
    bool units = false;
    for (; (v = nq_numeral_value(cp_at(p, n.end))) >= 0 && n.end - at < MOST_DIGITS; n.end++) {
        if (v < 10) {
            placed = placed * 10 + v;
            n.digits++;
            digit = v;
        } else if (v == 20 || v == 30) {
            total += v;
            units = true;
            digit = -1;
        } else {
            total += (digit > 0 ? digit : 1) * v;
            units = true;
            digit = -1;
        }
    }
    if (n.end == at || nq_numeral_value(cp_at(p, n.end)) >= 0)
        return (struct number){0};
    n.value = units ? total + (digit > 0 ? digit : 0) : placed;
    n.digits = units ? 0 : n.digits;
    return n;
}

struct number nq_number_at(const struct parser *p, size_t at)
{
    uint32_t cp = cp_at(p, at);
    if (is_digit(cp))
        return digits_at(p, at);
    return nq_numeral_value(cp) >= 0 ? han_at(p, at) : (struct number){0};
}
