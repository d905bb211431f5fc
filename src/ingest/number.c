/* Numbers that lines begin with: see number.h. */
#include "ingest/number_parts.h"

/* The value of the digit at `at`, full-width ones too, and its bytes; -1 if there is none. */
static int read_digit(struct nq_str s, size_t at, size_t *len)
{
    unsigned char c = at < s.len ? (unsigned char)s.ptr[at] : 0;
    *len = c < 0x80 ? 1 : 3;
    if (c == 0xEF && at + 2 < s.len && (unsigned char)s.ptr[at + 1] == 0xBC)
        c = (unsigned char)((unsigned char)s.ptr[at + 2] - 0x90 + '0');
    return c >= '0' && c <= '9' ? c - '0' : -1;
}

size_t nq_number_digits(struct nq_str s, size_t at, unsigned *value)
{
    size_t n = 0, len;
    int digit;
    *value = 0;
    for (int i = 0; i < 9 && (digit = read_digit(s, at + n, &len)) >= 0; i++) {
        *value = *value * 10 + (unsigned)digit;
        n += len;
    }
    return n;
}

struct nq_str nq_number_from(struct nq_str s, size_t at)
{
    return nq_str_sub(s, at, s.len);
}

size_t nq_number_mark(struct nq_str s, size_t at, const char *const *marks, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (nq_str_starts(nq_number_from(s, at), nq_str_from(marks[i])))
            return strlen(marks[i]);
    return 0;
}

bool nq_number_finish(struct nq_str s, struct nq_number *out, enum nq_numbering style,
                      size_t text_len, size_t len)
{
    struct nq_str rest = nq_number_from(s, len), trimmed = nq_str_trim(rest);
    out->style = style;
    out->text = nq_str_sub(s, 0, text_len);
    out->len = trimmed.len ? (size_t)(trimmed.ptr - s.ptr) : s.len;
    return true;
}

/* "1  引言": whether two spaces stand between the number that ends at `at` and a word. */
static bool is_set_apart(struct nq_str s, size_t at)
{
    static const char *const gaps[] = {"  ", "　"};
    enum { MOST_DIGITS = 2 };
    struct nq_str rest = nq_str_trim(nq_number_from(s, at));
    unsigned char c = rest.len ? (unsigned char)rest.ptr[0] : 0;
    return at <= MOST_DIGITS && nq_number_mark(s, at, gaps, NQ_COUNT(gaps)) > 0 &&
           (c >= 0xE4 || (c | 32) >= 'a') && c < 0xEA;
}

/* 月, 号, 项: what is counted, behind a number that is none of a heading's. */
static bool is_unit(struct nq_str s)
{
    static const char *const units[] = {"月", "日", "时", "分", "秒", "年",  "版", "期",
                                        "号", "页", "个", "项", "大", "家",  "条", "件",
                                        "次", "亿", "万", "部", "省", "省份"};
    return nq_number_mark(s, 0, units, NQ_COUNT(units)) > 0;
}

/* 01 标题, 02｜标题, 03 / 标题: the zero tells that it counts, but not in 06 月 or 08 版. */
static bool parse_padded(struct nq_str s, struct nq_number *out)
{
    static const char *const marks[] = {"|", "｜", "/", "／", "、", "．", ".", "·", "丨"};
    enum { DIGITS = 2 };
    if (s.len <= DIGITS || s.ptr[0] != '0' || nq_number_digits(s, 0, &out->value) != DIGITS ||
        out->value == 0)
        return false;
    struct nq_str rest = nq_str_trim(nq_number_from(s, DIGITS));
    size_t mark = nq_number_mark(rest, 0, marks, NQ_COUNT(marks));
    struct nq_str word = nq_str_trim(nq_number_from(rest, mark));
    unsigned char c = word.len ? (unsigned char)word.ptr[0] : 0;
    bool parted = mark > 0 || rest.ptr > s.ptr + DIGITS;
    bool dash = nq_str_starts(word, NQ_STR("—")) || nq_str_starts(word, NQ_STR("–"));
    bool letter = (c >= 0xE2 && !dash) || ((c | 32) >= 'a' && (c | 32) <= 'z');
    if (!parted || !letter || is_unit(word))
        return false;
    return nq_number_finish(s, out, NQ_NUMBERING_DECIMAL, DIGITS, (size_t)(word.ptr - s.ptr));
}

/* 1. 1、 1) 1.1 "1  " but not 1.5万, 2026. or 12 日. */
static bool parse_decimal(struct nq_str s, struct nq_number *out)
{
    static const char *const marks[] = {"．", "、", "）", ")", "."}, *const dots[] = {".", "．"};
    size_t n = nq_number_digits(s, 0, &out->value);
    if (!n || out->value > NQ_NUMBER_LARGEST)
        return false;
    size_t at = n, levels = 1, dot;
    while ((dot = nq_number_mark(s, at, dots, NQ_COUNT(dots))) > 0) {
        unsigned value;
        size_t more = nq_number_digits(s, at + dot, &value);
        if (!more || value > NQ_NUMBER_LARGEST_BELOW)
            break;
        out->prefix = out->prefix * 1000 + out->value;
        out->value = value;
        at += dot + more;
        levels++;
    }
    if (levels > 1) {
        bool spaced = at < s.len && (s.ptr[at] == ' ' || s.ptr[at] == '\t');
        bool marked = nq_number_mark(s, at, marks, 2) > 0 ||
                      nq_str_starts(nq_number_from(s, at), NQ_STR("　"));
        if (spaced || marked)
            return nq_number_finish(s, out, NQ_NUMBERING_MULTI, at,
                                    at + nq_number_mark(s, at, marks, 2));
        out->prefix = 0;
        return false;
    }
    size_t mark = nq_number_mark(s, n, marks, NQ_COUNT(marks));
    if (nq_str_starts(nq_number_from(s, n),
                      NQ_STR("\xEF\xB8\x8F\xE2\x83\xA3"))) /* on a key: 1️⃣ */
        mark = 6;
    out->apart = !mark && is_set_apart(s, n);
    if (!mark && !out->apart)
        return false;
    return nq_number_finish(s, out, NQ_NUMBERING_DECIMAL, n, n + mark);
}

bool nq_number_parse_heading(struct nq_str s, struct nq_number *out)
{
    enum { MOST_DIGITS = 2 };
    if (nq_number_parse(s, out))
        return true;
    size_t n = nq_number_digits(s, 0, &out->value);
    unsigned char c = n + 1 < s.len ? (unsigned char)s.ptr[n + 1] : 0;
    if (n == 0 || n > MOST_DIGITS || s.ptr[n] != ' ' || c < 0xE4 ||
        is_unit(nq_number_from(s, n + 1)))
        return false;
    return nq_number_finish(s, out, NQ_NUMBERING_DECIMAL, n, n);
}

bool nq_number_parse(struct nq_str s, struct nq_number *out)
{
    *out = (struct nq_number){0};
    if (s.len < 2)
        return false;
    size_t len;
    if (read_digit(s, 0, &len) >= 0)
        return parse_padded(s, out) || parse_decimal(s, out);
    if (nq_number_word(s, out))
        return true;
    *out = (struct nq_number){0};
    return false;
}
