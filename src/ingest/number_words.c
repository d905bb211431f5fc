/* Numbers that are words, letters or signs, or stand in brackets: see number_parts.h. */
#include "ingest/number_parts.h"
#include "text/numeral.h"
#include "text/utf8.h"

#include <strings.h>

/* 1 to 10; -1 for anything else: a line is not numbered 零 or 百. */
static int han_value(uint32_t cp)
{
    static const uint32_t formal[][2] = {{0x58F9, 1}, {0x8D30, 2}, {0x8CB3, 2}, {0x53C1, 3},
                                         {0x53C3, 3}, {0x53C2, 3}, {0x8086, 4}, {0x4F0D, 5},
                                         {0x9646, 6}, {0x9678, 6}, {0x67D2, 7}, {0x634C, 8},
                                         {0x7396, 9}, {0x62FE, 10}}; /* 壹贰叁肆伍陆柒捌玖拾 */
    for (size_t i = 0; i < NQ_COUNT(formal); i++)
        if (formal[i][0] == cp)
            return (int)formal[i][1];
    int value = cp == 0x4E24 ? -1 : nq_numeral_value(cp); /* 两 counts, it does not number */
    return value >= 1 && value <= 10 ? value : -1;
}

/* Bytes of the Chinese numeral (一 to 九十九) at `at`, its value in `*value`. */
static size_t han_number(struct nq_str s, size_t at, unsigned *value)
{
    unsigned total = 0, unit = 0;
    size_t start = at, digits = 0;
    while (at < s.len && digits < 4) {
        uint32_t cp;
        size_t n = nq_utf8_decode(nq_str_sub(s, at, s.len), &cp, NULL);
        int v = han_value(cp);
        if (v < 0)
            break;
        if (v == 10) {
            total = (unit ? unit : 1) * 10;
            unit = 0;
        } else {
            unit = (unsigned)v;
        }
        at += n;
        digits++;
    }
    *value = total + unit;
    return at - start;
}

/* Part 1: …, CHAPTER 2 … */
static bool parse_part(struct nq_str s, struct nq_number *out)
{
    static const char *const words[] = {"part ", "chapter ", "section "};
    static const char *const ends[] = {" ", ":", "：", ".", "　", "|", "｜"};
    for (size_t i = 0; i < NQ_COUNT(words); i++) {
        size_t at = strlen(words[i]);
        if (s.len <= at || strncasecmp(s.ptr, words[i], at) != 0)
            continue;
        size_t n = nq_number_digits(s, at, &out->value);
        size_t end = n ? nq_number_mark(s, at + n, ends, NQ_COUNT(ends)) : 0;
        if (end > 0 && out->value <= NQ_NUMBER_LARGEST_BELOW)
            return nq_number_finish(s, out, NQ_NUMBERING_CHAPTER, at + n, at + n + end);
    }
    return false;
}

/* 第一章, 第 2 部分; 第一篇文章 is none. */
static bool parse_chapter(struct nq_str s, struct nq_number *out)
{
    static const char *const units[] = {"章", "编", "节", "部分", "篇"};
    static const char *const ends[] = {" ", "　", "：", ":", "、", "\t"};
    if (!nq_str_starts(s, NQ_STR("第")))
        return false;
    size_t at = 3;
    at += at < s.len && s.ptr[at] == ' ';
    size_t n = han_number(s, at, &out->value);
    if (!n)
        n = nq_number_digits(s, at, &out->value);
    if (!n || n > 12)
        return false;
    at += n;
    at += at < s.len && s.ptr[at] == ' ';
    size_t unit = nq_number_mark(s, at, units, NQ_COUNT(units));
    if (!unit)
        return false;
    at += unit;
    size_t end = nq_number_mark(s, at, ends, NQ_COUNT(ends));
    if (!end && at < s.len)
        return false;
    return nq_number_finish(s, out, NQ_NUMBERING_CHAPTER, at, at + end);
}

/* 一 标题: whether spaces and a word that counts nothing stand behind the numeral that ends at
 * `at`. */
static bool is_spaced(struct nq_str s, size_t at)
{
    static const char *const counted[] = {
        "是", "个", "项", "季", "年", "月", "日", "大", "类", "种", "次", "级", "线", "定", "般",
        "些", "批", "带", "体", "步", "届", "产", "方", "位", "名", "家", "条", "期", "至", "到"};
    struct nq_str rest = nq_number_from(s, at), word = nq_str_trim(rest);
    enum { TWO = 6 }; /* bytes: letters that are spaced out (一 周 要 览) are no words */
    return word.len > TWO && word.ptr > rest.ptr && (unsigned char)word.ptr[0] >= 0xE4 &&
           word.ptr[3] != ' ' && !nq_str_starts(nq_number_from(word, 3), NQ_STR("　")) &&
           nq_number_mark(word, 0, counted, NQ_COUNT(counted)) == 0;
}

/* 一、 but not the 一、 of 一、二、三产业. */
static bool parse_han(struct nq_str s, struct nq_number *out)
{
    static const char *const marks[] = {"、", "．", "."};
    size_t n = han_number(s, 0, &out->value);
    size_t mark = n ? nq_number_mark(s, n, marks, NQ_COUNT(marks)) : 0;
    if (!mark)
        return n > 0 && is_spaced(s, n) && nq_number_finish(s, out, NQ_NUMBERING_HAN, n, n);
    unsigned ignored;
    size_t next = han_number(s, n + mark, &ignored);
    if (next && nq_number_mark(s, n + mark + next, marks, 1))
        return false;
    return nq_number_finish(s, out, NQ_NUMBERING_HAN, n, n + mark);
}

/* The bytes of the Roman numeral (Ⅰ to Ⅻ, I to XXXIX) at the start of `s`. */
static size_t roman_number(struct nq_str s, unsigned *value)
{
    uint32_t cp;
    size_t n = nq_utf8_decode(s, &cp, NULL), i = 0;
    *value = 0;
    if (cp >= 0x2160 && cp <= 0x216B) {
        *value = cp - 0x2160 + 1;
        return n;
    }
    for (; i < s.len && s.ptr[i] == 'X' && i < 3; i++)
        *value += 10;
    struct nq_str rest = nq_number_from(s, i);
    if (nq_str_starts(rest, NQ_STR("IX")) || nq_str_starts(rest, NQ_STR("IV"))) {
        *value += rest.ptr[1] == 'X' ? 9 : 4;
        return i + 2;
    }
    if (nq_str_starts(rest, NQ_STR("V"))) {
        *value += 5;
        i++;
    }
    for (n = 0; i < s.len && s.ptr[i] == 'I' && n < 3; n++, i++)
        *value += 1;
    return i;
}

/* Ⅱ. III. Ⅳ、 but not the X. of a name: letters want a space or Han behind their stop. */
static bool parse_roman(struct nq_str s, struct nq_number *out)
{
    static const char *const marks[] = {"、", "．", ".", "　", " "};
    size_t n = roman_number(s, &out->value), mark = 0;
    if (n == 0 || !(mark = nq_number_mark(s, n, marks, s.ptr[0] < 0 ? 5 : 3)))
        return false;
    struct nq_str rest = nq_number_from(s, n + mark);
    bool open = rest.len == 0 || rest.ptr[0] == ' ' || (unsigned char)rest.ptr[0] >= 0xE3;
    if (s.ptr[0] > 0 && mark == 1 && !open)
        return false;
    return nq_number_finish(s, out, NQ_NUMBERING_ROMAN, n, n + mark);
}

/* （一） (1) [1] 【1】, a 、 behind it or not. */
static bool parse_bracketed(struct nq_str s, struct nq_number *out)
{
    static const struct {
        const char *open, *close;
        bool square;
    } table[] = {
        {"（", "）", false}, {"(", ")", false},  {"（", ")", false}, {"(", "）", false},
        {"[", "]", true},    {"［", "］", true}, {"【", "】", true}, {"〔", "〕", true},
    };
    for (size_t i = 0; i < NQ_COUNT(table); i++) {
        if (!nq_str_starts(s, nq_str_from(table[i].open)))
            continue;
        size_t open = strlen(table[i].open);
        size_t han = table[i].square ? 0 : han_number(s, open, &out->value);
        size_t n = han ? han : nq_number_digits(s, open, &out->value);
        if (!n || n > 12 || (!han && out->value > NQ_NUMBER_LARGEST) ||
            !nq_str_starts(nq_number_from(s, open + n), nq_str_from(table[i].close)))
            continue;
        size_t at = open + n + strlen(table[i].close);
        size_t mark = nq_str_starts(nq_number_from(s, at), NQ_STR("、")) ? 3 : 0;
        return nq_number_finish(s, out,
                                table[i].square ? NQ_NUMBERING_SQUARE
                                : han           ? NQ_NUMBERING_HAN_PAREN
                                                : NQ_NUMBERING_DECIMAL_PAREN,
                                at, at + mark);
    }
    return false;
}

/* A. 标题, B、标题: a letter before Chinese; A. Smith is a name. */
static bool parse_letter(struct nq_str s, struct nq_number *out)
{
    static const char *const marks[] = {"、", "．", "."};
    size_t mark =
        s.ptr[0] >= 'A' && s.ptr[0] <= 'H' ? nq_number_mark(s, 1, marks, NQ_COUNT(marks)) : 0;
    struct nq_str word = nq_str_trim(nq_number_from(s, 1 + mark));
    if (mark == 0 || word.len == 0 || (unsigned char)word.ptr[0] < 0xE3)
        return false;
    out->value = (unsigned)(s.ptr[0] - 'A') + 1;
    return nq_number_finish(s, out, NQ_NUMBERING_LETTER, 1, 1 + mark);
}

/* ① ㈠ ⒈ ⑴ ❶: numbers that are one character, of `n` bytes. */
static bool parse_sign(struct nq_str s, uint32_t cp, size_t n, struct nq_number *out)
{
    static const struct {
        uint32_t first, last;
        enum nq_numbering style;
    } table[] = {
        {0x2460, 0x2473, NQ_NUMBERING_CIRCLED},       {0x2776, 0x277F, NQ_NUMBERING_CIRCLED},
        {0x2780, 0x2789, NQ_NUMBERING_CIRCLED},       {0x278A, 0x2793, NQ_NUMBERING_CIRCLED},
        {0x3280, 0x3289, NQ_NUMBERING_CIRCLED},       {0x3220, 0x3229, NQ_NUMBERING_HAN_PAREN},
        {0x2474, 0x2487, NQ_NUMBERING_DECIMAL_PAREN}, {0x2488, 0x249B, NQ_NUMBERING_DECIMAL}};
    for (size_t i = 0; i < NQ_COUNT(table); i++)
        if (cp >= table[i].first && cp <= table[i].last) {
            out->value = cp - table[i].first + 1;
            return nq_number_finish(s, out, table[i].style, n, n);
        }
    return false;
}

bool nq_number_word(struct nq_str s, struct nq_number *out)
{
    uint32_t first;
    size_t n = nq_utf8_decode(s, &first, NULL);
    return parse_sign(s, first, n, out) || parse_han(s, out) || parse_bracketed(s, out) ||
           parse_chapter(s, out) || parse_roman(s, out) || parse_part(s, out) ||
           parse_letter(s, out);
}
