/* Figures of a text. */
#include "check/figures.h"

#include <math.h>

enum {
    MOST_FIGURES = 128,
    FEW = 10, /* 3 个 counts what is told anyhow */
    MOST_DIGITS = 15,
};

static bool is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

static bool is_large(const struct nq_folded *f, size_t i)
{
    return i < f->n && (f->cp[i] == 0x4E07 || f->cp[i] == 0x4EBF); /* 万亿 */
}

/* 万, 亿, 万亿, 百万 and 千亿 behind a number; returns the place behind them. */
static size_t scale(const struct nq_folded *f, size_t i, double *value)
{
    if (is_large(f, i + 1) && (f->cp[i] == 0x767E || f->cp[i] == 0x5343)) /* 百千 */
        *value *= f->cp[i++] == 0x767E ? 1e2 : 1e3;
    for (; is_large(f, i); i++)
        *value *= f->cp[i] == 0x4E07 ? 1e4 : 1e8;
    return i;
}

static bool is_date_unit(uint32_t cp)
{
    return cp == 0x5E74 || cp == 0x6708 || cp == 0x65E5 || cp == 0x65F6 || cp == 0x53F7 ||
           cp == 0x5C4A || cp == 0x5206 || cp == 0x70B9; /* 年月日时号届分点 */
}

/* The characters of a unit that begins at `i`: %, or Han and letters up to four that a list knows
 * by its first.  The value is made one of the unit given. */
static size_t unit(const struct nq_folded *f, size_t i, uint32_t out[4], double *value)
{
    enum { KILOWATT_HOUR, KILOWATT };
    static const struct {
        uint32_t cp[4];
        double scale; /* 0: the unit stands for itself; else for so many of number `of` */
        size_t of;
    } units[] = {{{0x5343, 0x74E6, 0x65F6}}, /* 千瓦时 */
                 {{0x5343, 0x74E6}},         /* 千瓦 */
                 {{'k', 'w', 'h'}, 1, KILOWATT_HOUR},
                 {{'m', 'w', 'h'}, 1e3, KILOWATT_HOUR},
                 {{'g', 'w', 'h'}, 1e6, KILOWATT_HOUR},
                 {{'t', 'w', 'h'}, 1e9, KILOWATT_HOUR},
                 {{0x5146, 0x74E6, 0x65F6}, 1e3, KILOWATT_HOUR}, /* 兆瓦时 */
                 {{0x5409, 0x74E6, 0x65F6}, 1e6, KILOWATT_HOUR}, /* 吉瓦时 */
                 {{0x592A, 0x74E6, 0x65F6}, 1e9, KILOWATT_HOUR}, /* 太瓦时 */
                 {{'k', 'w'}, 1, KILOWATT},
                 {{'m', 'w'}, 1e3, KILOWATT},
                 {{'g', 'w'}, 1e6, KILOWATT},
                 {{0x5146, 0x74E6}, 1e3, KILOWATT}, /* 兆瓦 */
                 {{0x5409, 0x74E6}, 1e6, KILOWATT}, /* 吉瓦 */
                 {{'%'}},
                 {{0x4E2A, 0x767E, 0x5206, 0x70B9}}, /* 个百分点 */
                 {{0x7ACB, 0x65B9, 0x7C73}},         /* 立方米 */
                 {{0x5E73, 0x65B9, 0x7C73}},         /* 平方米 */
                 {{0x516C, 0x91CC}},                 /* 公里 */
                 {{0x516C, 0x65A4}},                 /* 公斤 */
                 {{0x7F8E, 0x5143}},                 /* 美元 */
                 {{0x5143}},                         /* 元 */
                 {{0x4EBA, 0x6B21}},                 /* 人次 */
                 {{0x4EBA}},                         /* 人 */
                 {{0x6237}},                         /* 户 */
                 {{0x5BB6}},                         /* 家 */
                 {{0x4EBD}},                         /* 份 */
                 {{0x4EF6}},                         /* 件 */
                 {{0x9879}},                         /* 项 */
                 {{0x6761}},                         /* 条 */
                 {{0x4E2A}},                         /* 个 */
                 {{0x5428}},                         /* 吨 */
                 {{0x4EA9}},                         /* 亩 */
                 {{0x500D}},                         /* 倍 */
                 {{0x53F0}},                         /* 台 */
                 {{0x8F86}},                         /* 辆 */
                 {{0x5C0F, 0x65F6}},                 /* 小时 */
                 {{0x6BEB, 0x79D2}},                 /* 毫秒 */
                 {{0x516C, 0x9877}},                 /* 公顷 */
                 {{0x5E73, 0x65B9, 0x516C, 0x91CC}}, /* 平方公里 */
                 {{0x67B6, 0x6B21}},                 /* 架次 */
                 {{0x540D}},                         /* 名 */
                 {{0x5EA7}},                         /* 座 */
                 {{0x8258}},                         /* 艘 */
                 {{0x5904}},                         /* 处 */
                 {{'z', 'b'}},
                 {{'e', 'b'}},
                 {{'p', 'b'}},
                 {{'t', 'b'}}};
    for (size_t u = 0; u < NQ_COUNT(units); u++) {
        size_t k = 0;
        while (k < 4 && units[u].cp[k] && i + k < f->n && f->cp[i + k] == units[u].cp[k])
            k++;
        if (k == 4 || units[u].cp[k] == 0) {
            bool other = units[u].scale > 0;
            memcpy(out, units[other ? units[u].of : u].cp, sizeof units[u].cp);
            *value *= other ? units[u].scale : 1;
            return i + k;
        }
    }
    return i;
}

/* The number at `i`, with thousands' commas; returns the place behind it. */
static size_t number(const struct nq_folded *f, size_t i, double *value)
{
    double whole = 0, part = 0.1;
    size_t digits = 0;
    bool point = false;
    for (; i < f->n && digits < MOST_DIGITS; i++) {
        bool more = i + 1 < f->n && is_digit(f->cp[i + 1]);
        if (is_digit(f->cp[i]) && !point)
            whole = whole * 10 + (f->cp[i] - '0');
        else if (is_digit(f->cp[i]))
            whole += part * (f->cp[i] - '0'), part /= 10;
        else if (f->cp[i] == '.' && !point && more)
            point = true;
        else if (f->cp[i] != ',' || point || !more)
            break;
        digits += is_digit(f->cp[i]);
    }
    *value = whole;
    return i;
}

static size_t skip_space(const struct nq_folded *f, size_t i)
{
    while (i < f->n && f->cls[i] == NQ_CLASS_SPACE)
        i++;
    return i;
}

bool nq_ends_clause(const struct nq_folded *f, size_t i)
{
    bool inside = i > 0 && i + 1 < f->n && is_digit(f->cp[i - 1]) && is_digit(f->cp[i + 1]);
    return (f->cls[i] == NQ_CLASS_BREAK && !inside) || f->cp[i] == '\n';
}

static struct nq_str clause_at(const struct nq_side *side, size_t first, size_t last)
{
    const struct nq_folded *f = &side->folded;
    while (last < f->n && !nq_ends_clause(f, last))
        last++;
    return nq_str_trim(
        nq_str_sub(side->text, f->start[first], last < f->n ? f->start[last] : side->text.len));
}

bool nq_figures_find(const struct nq_side *side, struct nq_arena *arena, struct nq_figure **out,
                     size_t *n)
{
    const struct nq_folded *f = &side->folded;
    struct nq_figure *items = nq_arena_array(arena, MOST_FIGURES, sizeof *items);
    size_t clause = 0;
    *n = 0;
    for (size_t i = 0; items && i < f->n && *n < MOST_FIGURES;) {
        if (nq_ends_clause(f, i))
            clause = i + 1;
        bool begins = is_digit(f->cp[i]) && (i == 0 || f->cls[i - 1] != NQ_CLASS_LETTER);
        if (!begins) {
            i++;
            continue;
        }
        struct nq_figure figure = {.label = clause, .label_end = i};
        size_t start = i, end = scale(f, skip_space(f, number(f, i, &figure.value)), &figure.value);
        size_t at = skip_space(f, end);
        i = end > i ? end : i + 1;
        if (at < f->n && is_date_unit(f->cp[at]))
            continue;
        end = unit(f, at, figure.unit, &figure.value);
        bool few = figure.value < FEW && figure.unit[0] == 0x4E2A && figure.unit[1] == 0;
        if (end == at || few)
            continue;
        i = end;
        figure.text = nq_str_sub(side->text, f->start[start], f->end[end - 1]);
        figure.clause = clause_at(side, clause < start ? clause : start, end);
        items[(*n)++] = figure;
    }
    *out = items;
    return items != NULL;
}

static bool same_unit(const struct nq_figure *a, const struct nq_figure *b)
{
    return memcmp(a->unit, b->unit, sizeof a->unit) == 0;
}

bool nq_figures_equal(const struct nq_figure *a, const struct nq_figure *b)
{
    return same_unit(a, b) && fabs(a->value - b->value) <= 1e-9 * fabs(a->value);
}
