/* Small looks at a line: see scan.h. */
#include "ingest/scan.h"

#include "base/hash.h"
#include "text/fold.h"
#include "text/utf8.h"

size_t nq_scan_width(struct nq_str s)
{
    size_t width = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        width += (c < 0x80) + (c >= 0xC0) + (c >= 0xE0);
    }
    return width;
}

uint32_t nq_scan_last(struct nq_str s, size_t *start)
{
    uint32_t cp = 0;
    size_t at = s.len;
    while (at > 0 && ((unsigned char)s.ptr[--at] & 0xC0) == 0x80)
        ;
    if (s.len > 0)
        nq_utf8_decode(nq_str_sub(s, at, s.len), &cp, NULL);
    *start = at;
    return cp;
}

uint32_t nq_scan_first(struct nq_str s)
{
    uint32_t cp = 0;
    if (s.len > 0)
        nq_utf8_decode(s, &cp, NULL);
    return cp;
}

bool nq_scan_is_wide(uint32_t cp)
{
    return cp >= 0x2E80 || (cp >= 0x2010 && cp < 0x2027);
}

static bool is_stop(uint32_t cp)
{
    return cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F || cp == 0xFF1B || cp == 0x2026 ||
           cp == 0xFF61 || cp == '!' || cp == '?' || cp == ';';
}

static bool is_closer(uint32_t cp)
{
    return cp == 0x201D || cp == 0x2019 || cp == '"' || cp == '\'' || cp == ')' || cp == 0xFF09 ||
           cp == 0x300B || cp == 0x3009 || cp == 0x300D || cp == 0x300F || cp == 0x3011 ||
           cp == ']' || cp == '*';
}

static bool is_letter(uint32_t cp)
{
    return (cp | 32) >= 'a' && (cp | 32) <= 'z';
}

/* Whether `s` ends with a stop, whatever closes behind it; a full stop only behind a letter or a
 * sign, since "1." is a number. */
static bool ends_with_stop(struct nq_str s)
{
    size_t start;
    uint32_t cp = nq_scan_last(s, &start);
    while (is_closer(cp)) {
        s = nq_str_trim(nq_str_sub(s, 0, start));
        cp = nq_scan_last(s, &start);
    }
    if (cp == '.') {
        size_t before;
        uint32_t prior = nq_scan_last(nq_str_sub(s, 0, start), &before);
        return prior && !(prior >= '0' && prior <= '9' && before == 0);
    }
    return is_stop(cp);
}

/* `s` without the brackets at its end, or an absent slice: 核验。(Xinhua News). */
static struct nq_str without_label(struct nq_str s)
{
    enum { LONGEST_LABEL = 120 };
    bool round = nq_str_ends(s, NQ_STR(")")), wide = nq_str_ends(s, NQ_STR("）"));
    if (!round && !wide)
        return (struct nq_str){0};
    struct nq_str mark = round ? NQ_STR("(") : NQ_STR("（");
    size_t low = s.len > LONGEST_LABEL ? s.len - LONGEST_LABEL : 0;
    for (size_t at = s.len - mark.len; at > low; at--)
        if (nq_str_starts(nq_str_sub(s, at, s.len), mark))
            return nq_str_trim(nq_str_sub(s, 0, at));
    return (struct nq_str){0};
}

/* `s` without the marks of notes at its end: …记录。[^1], …融资。[3][4], …一致。① */
static struct nq_str without_notes(struct nq_str s)
{
    enum { LONGEST = 6 };
    for (;;) {
        size_t start, low = s.len > LONGEST ? s.len - LONGEST : 0, at = s.len;
        uint32_t cp = nq_scan_last(s, &start);
        bool circled = cp >= 0x2460 && cp <= 0x2473;
        if (cp != ']' && !circled)
            return s;
        while (!circled && at > low && s.ptr[at - 1] != '[')
            at--;
        bool counts = circled || (at > low && at > 0);
        for (size_t i = at; i + 1 < s.len && counts; i++)
            counts = (s.ptr[i] >= '0' && s.ptr[i] <= '9') || s.ptr[i] == '^';
        if (!counts)
            return s;
        s = nq_str_sub(s, 0, circled ? start : at - 1);
    }
}

bool nq_scan_ended(struct nq_str s)
{
    s = without_notes(nq_str_trim(s));
    if (nq_str_ends(s, NQ_STR("：")) || nq_str_ends(s, NQ_STR(":")) || ends_with_stop(s))
        return true;
    struct nq_str bare = without_label(s);
    return bare.len > 0 && ends_with_stop(bare);
}

bool nq_scan_has_stop_inside(struct nq_str s)
{
    static const struct nq_str stops[] = {NQ_STR_INIT("。"), NQ_STR_INIT("；"), NQ_STR_INIT("！"),
                                          NQ_STR_INIT("？")};
    for (size_t i = 0; i < NQ_COUNT(stops); i++) {
        size_t at = nq_str_find(s, stops[i], 0);
        if (at != SIZE_MAX && at + stops[i].len < s.len)
            return true;
    }
    return false;
}

int nq_scan_depth(struct nq_str s)
{
    int depth = 0;
    for (size_t i = 0; i < s.len; i++) {
        const unsigned char *p = (const unsigned char *)s.ptr + i;
        if (*p < 0x80) {
            depth += (*p == '(') - (*p == ')');
        } else if (i + 2 < s.len) {
            uint32_t key = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
            bool opens = key == 0xE2809C || key == 0xE3808A || key == 0xEFBC88 || key == 0xE3808C ||
                         key == 0xE28098 || key == 0xE38090;
            bool closes = key == 0xE2809D || key == 0xE3808B || key == 0xEFBC89 ||
                          key == 0xE3808D || key == 0xE28099 || key == 0xE38091;
            depth += opens - closes;
            i += p[0] >= 0xE0 ? 2 : 0;
        }
    }
    return depth;
}

/* The ASCII sign that a full-width one of three bytes at `p` is the wide form of, or 0. */
static unsigned char narrow(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;
    if (b[0] != 0xEF || (b[1] != 0xBC && b[1] != 0xBD))
        return 0;
    uint32_t cp = 0xF000u | (uint32_t)(b[1] & 0x3F) << 6 | (b[2] & 0x3F);
    return cp >= 0xFF01 && cp <= 0xFF5E ? (unsigned char)(cp - 0xFEE0) : 0;
}

struct nq_str nq_scan_narrow(struct nq_str s, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = i + 2 < s.len ? narrow(s.ptr + i) : 0;
        out[n++] = c ? (char)c : s.ptr[i];
        i += c ? 2 : 0;
    }
    return (struct nq_str){out, n};
}

uint64_t nq_scan_hash(struct nq_str s, bool any_digits)
{
    uint64_t hash = NQ_FNV_START;
    bool in_digits = false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == ' ' || c == '\t')
            continue;
        if (c == 0xE3 && i + 2 < s.len && memcmp(s.ptr + i, "　", 3) == 0) {
            i += 2;
            continue;
        }
        unsigned char ascii = c == 0xEF && i + 2 < s.len ? narrow(s.ptr + i) : 0;
        if (ascii) {
            c = ascii;
            i += 2;
        }
        if (any_digits && c == '|')
            continue;
        bool digit = any_digits && c >= '0' && c <= '9';
        if (digit && in_digits)
            continue;
        in_digits = digit;
        c = c >= 'A' && c <= 'Z' ? c | 32 : c;
        hash = nq_fnv_add(hash, digit ? '0' : c);
    }
    return hash ? hash : 1; /* 0 marks an empty slot of a table */
}

size_t nq_scan_find_nocase(struct nq_str s, struct nq_str needle)
{
    if (needle.len == 0 || needle.len > s.len)
        return SIZE_MAX;
    unsigned char first = (unsigned char)needle.ptr[0];
    if (first >= 0x80)
        return nq_str_find(s, needle, 0);
    for (size_t at = 0; at + needle.len <= s.len; at++) {
        size_t n = 0;
        while (n < needle.len) {
            unsigned char a = (unsigned char)s.ptr[at + n], b = (unsigned char)needle.ptr[n];
            a = a >= 'A' && a <= 'Z' ? a | 32 : a;
            b = b >= 'A' && b <= 'Z' ? b | 32 : b;
            if (a != b)
                break;
            n++;
        }
        if (n == needle.len)
            return at;
    }
    return SIZE_MAX;
}

bool nq_scan_has_any(struct nq_str s, const struct nq_str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (nq_scan_find_nocase(s, words[i]) != SIZE_MAX)
            return true;
    return false;
}

/* Simplifies the character of three bytes at `p`, where its simple form has three too. */
static void simplify(char *p)
{
    uint32_t cp, folded[NQ_FOLD_MAX];
    nq_utf8_decode((struct nq_str){p, 3}, &cp, NULL);
    if (cp < 0x3400 || nq_fold(cp, folded) != 1 || folded[0] < 0x3400 || folded[0] > 0xFFFF)
        return;
    p[0] = (char)(0xE0 | folded[0] >> 12);
    p[1] = (char)(0x80 | (folded[0] >> 6 & 0x3F));
    p[2] = (char)(0x80 | (folded[0] & 0x3F));
}

struct nq_str nq_scan_simplify(struct nq_str s, char *out)
{
    if (s.len > 0)
        memcpy(out, s.ptr, s.len);
    for (size_t i = 0; i + 2 < s.len; i++)
        if ((unsigned char)out[i] >= 0xE3 && (unsigned char)out[i] <= 0xE9)
            simplify(out + i);
    return (struct nq_str){out, s.len};
}

size_t nq_scan_bare(struct nq_str s, char *out, size_t size)
{
    size_t n = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t cp;
        size_t len = nq_utf8_decode(nq_str_sub(s, at, s.len), &cp, NULL);
        bool space = cp <= ' ' || cp == 0x3000 || cp == 0xA0;
        bool mark = cp == 0x3010 || cp == 0x3011 || cp == '[' || cp == ']' || cp == 0x3014 ||
                    cp == 0x3015 || cp == ':' || cp == 0xFF1A || cp == '*' || cp == '#' ||
                    cp == 0x25A0 || cp == 0x25CF || cp == 0x25C6 || cp == 0x300C || cp == 0x300D ||
                    cp == 0x3016 || cp == 0x3017 || cp == 0xFF3B || cp == 0xFF3D || cp == 0x2014 ||
                    cp == '|' || cp == 0xFF5C;
        if (!space && !mark) {
            if (n + len > size)
                return 0;
            nq_scan_simplify(nq_str_sub(s, at, at + len), out + n);
            if (is_letter(cp))
                out[n] |= 32;
            n += len;
        }
        at += len;
    }
    return n;
}

struct nq_str nq_scan_trim_marks(struct nq_str s)
{
    static const char *const marks[] = {"，", "。", "、", "；", "：", "｜", "．", ",", ".",
                                        ";",  ":",  "|",  "-",  "—",  "–",  "·",  "/"};
    bool cut = true;
    while (cut) {
        s = nq_str_trim(s);
        cut = false;
        for (size_t i = 0; i < NQ_COUNT(marks); i++) {
            struct nq_str mark = nq_str_from(marks[i]);
            if (nq_str_starts(s, mark)) {
                s = nq_str_sub(s, mark.len, s.len);
                cut = true;
            } else if (nq_str_ends(s, mark)) {
                s = nq_str_sub(s, 0, s.len - mark.len);
                cut = true;
            }
        }
    }
    return s;
}
