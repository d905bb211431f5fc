/* What two lines tell of the break between them: see seam.h. */
#include "ingest/seam.h"

#include "ingest/scan.h"

static bool is_latin(uint32_t cp)
{
    return cp > ' ' && !nq_scan_is_wide(cp);
}

static bool is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

static bool is_lower(uint32_t cp)
{
    return cp >= 'a' && cp <= 'z';
}

/* Whether the hyphen at the end of `text` belongs to the word: large-⏎load. */
static bool keeps_hyphen(struct nq_str text)
{
    static const char *const words[] = {
        "high", "low",   "large", "small", "long", "short", "well",  "off",  "on",   "cross",
        "self", "non",   "data",  "real",  "full", "half",  "first", "one",  "two",  "three",
        "open", "state", "near",  "mid",   "end",  "zero",  "net",   "year", "fast", "multi"};
    size_t end = text.len - 1, start = end;
    enum { LONGEST = 16 };
    while (start > 0 && end - start < LONGEST && (text.ptr[start - 1] | 32) >= 'a' &&
           (text.ptr[start - 1] | 32) <= 'z')
        start--;
    if (start > 0 && text.ptr[start - 1] == '-')
        return true;
    for (size_t i = 0; i < NQ_COUNT(words); i++)
        if (nq_str_eq(nq_str_sub(text, start, end), nq_str_from(words[i])))
            return true;
    return false;
}

/* Whether `text` ends within an address: no space stands behind its http. */
static bool ends_in_address(struct nq_str text)
{
    size_t at = text.len;
    while (at > 0 && (unsigned char)text.ptr[at - 1] > ' ' &&
           (unsigned char)text.ptr[at - 1] < 0x80)
        at--;
    struct nq_str word = nq_str_sub(text, at, text.len);
    return nq_str_find(word, NQ_STR("http"), 0) != SIZE_MAX && !nq_str_ends(word, NQ_STR(".")) &&
           !nq_str_ends(word, NQ_STR(","));
}

void nq_seam_append(struct nq_buf *text, struct nq_str next)
{
    size_t at, before;
    uint32_t last = nq_scan_last(nq_buf_str(text), &at), first = nq_scan_first(next);
    if (last == '-' && is_lower(first)) {
        uint32_t prior = nq_scan_last((struct nq_str){text->ptr, at}, &before);
        if (is_lower(prior) && !keeps_hyphen(nq_buf_str(text)))
            text->len = at;
    } else if (last == '-' && is_digit(first)) {
        /* 2026-⏎06-18 */
    } else if (is_digit(last) && first == '-') {
        /* 2026⏎-06-18 */
    } else if (is_latin(last) && is_latin(first) && !ends_in_address(nq_buf_str(text))) {
        nq_buf_add_byte(text, ' ');
    }
    nq_buf_add(text, next);
}

bool nq_seam_begins_inside(struct nq_str text)
{
    static const char *const signs[] = {"，", "。", "、", "；", "：", "！", "？", "）",
                                        "”",  "》", "」", "』", "】", "’",  "%",  "％"};
    for (size_t i = 0; i < NQ_COUNT(signs); i++)
        if (nq_str_starts(text, nq_str_from(signs[i])))
            return true;
    return false;
}

bool nq_seam_breaks_date(struct nq_str last, struct nq_str next)
{
    static const char *const units[] = {"年", "月", "日"};
    size_t digits = 0;
    if (next.len > 1 && next.ptr[0] == '-' && is_digit((unsigned char)next.ptr[1]) && last.len &&
        is_digit((unsigned char)last.ptr[last.len - 1]))
        return true;
    if (last.len > 4 && last.ptr[last.len - 1] == '-' &&
        is_digit((unsigned char)last.ptr[last.len - 2]) && next.len > 1 &&
        is_digit((unsigned char)next.ptr[0]))
        return true; /* 2026-06-⏎18 */
    while (digits < next.len && digits < 5 && next.ptr[digits] >= '0' && next.ptr[digits] <= '9')
        digits++;
    bool number_before = last.len && last.ptr[last.len - 1] >= '0' && last.ptr[last.len - 1] <= '9';
    bool unit_before = nq_str_ends(last, NQ_STR("年")) || nq_str_ends(last, NQ_STR("月"));
    if ((digits == 0) != number_before && !(unit_before && digits > 0))
        return false;
    struct nq_str rest = nq_str_trim(nq_str_sub(next, digits, next.len));
    for (size_t i = 0; i < NQ_COUNT(units); i++)
        if (nq_str_starts(rest, nq_str_from(units[i])))
            return number_before ? digits == 0 : unit_before && digits <= 2;
    return false;
}

bool nq_seam_begins_lower(struct nq_str text)
{
    return is_lower(nq_scan_first(text));
}

bool nq_seam_is_torn(struct nq_str last, struct nq_str next)
{
    if (ends_in_address(last) && next.len > 0 && (unsigned char)next.ptr[0] < 0x80)
        return true;
    static const char *const signs[] = {"，", "、", ",",  "（", "“",  "《", "(", "-",
                                        "—",  "和", "与", "及", "的", "|",  "/", "+"};
    for (size_t i = 0; i < NQ_COUNT(signs); i++)
        if (nq_str_ends(last, nq_str_from(signs[i])))
            return true;
    return nq_seam_breaks_date(last, next);
}

size_t nq_seam_first_unit(struct nq_str text)
{
    enum { LONGEST = 16 };
    size_t n = 0;
    while (n < text.len && n < LONGEST && (unsigned char)text.ptr[n] > ' ' &&
           (unsigned char)text.ptr[n] < 0x80)
        n++;
    return n > 2 ? n : 2;
}

bool nq_seam_is_label(struct nq_str text)
{
    return text.len > 3 && text.ptr[0] == '(' && text.ptr[text.len - 1] == ')' &&
           (text.ptr[1] | 32) >= 'a' && (text.ptr[1] | 32) <= 'z';
}

bool nq_seam_opens_label(struct nq_str line)
{
    for (size_t at = line.len; at-- > 0;) {
        struct nq_str rest = nq_str_sub(line, at, line.len);
        if (nq_str_starts(rest, NQ_STR(")")) || nq_str_starts(rest, NQ_STR("）")))
            return false;
        if (nq_str_starts(rest, NQ_STR("(")) || nq_str_starts(rest, NQ_STR("（")))
            return at > 0 && nq_scan_ended(nq_str_sub(line, 0, at));
    }
    return false;
}
