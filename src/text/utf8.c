/* UTF-8: strict decoding, repair, NFC. */
#include "text/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

/* The continuation bytes that may follow a lead byte: how many, and the range of the first (Unicode
 * 15, table 3-7). */
static size_t sequence(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 1;
    if (lead >= 0xE0 && lead <= 0xEF) {
        if (lead == 0xE0)
            *low = 0xA0;
        if (lead == 0xED)
            *high = 0x9F;
        return 2;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if (lead == 0xF0)
            *low = 0x90;
        if (lead == 0xF4)
            *high = 0x8F;
        return 3;
    }
    return 0;
}

size_t nq_utf8_decode_any(struct nq_str s, uint32_t *cp, bool *valid)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    unsigned char low, high;
    size_t n = sequence(p[0], &low, &high), at = 1;
    uint32_t value = p[0] & (0x3Fu >> n);
    for (; at <= n && at < s.len && p[at] >= low && p[at] <= high; at++) {
        value = value << 6 | (p[at] & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    if (n > 0 && at == n + 1) {
        *cp = value;
        return at;
    }
    *cp = NQ_REPLACEMENT_CHARACTER;
    if (valid)
        *valid = false;
    return at;
}

size_t nq_utf8_check(struct nq_str s)
{
    size_t at = 0;
    while (at < s.len) {
        uint32_t cp;
        bool valid = true;
        size_t n = nq_utf8_decode(nq_str_sub(s, at, s.len), &cp, &valid);
        if (!valid)
            return at;
        at += n;
    }
    return s.len;
}

size_t nq_utf8_count(struct nq_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

struct nq_str nq_utf8_prefix(struct nq_str s, size_t max_bytes)
{
    if (s.len <= max_bytes)
        return s;
    size_t end = max_bytes;
    while (end > 0 && ((unsigned char)s.ptr[end] & 0xC0) == 0x80)
        end--;
    return nq_str_sub(s, 0, end);
}

/* Code points that may stand in text of a language that NFC changes or that join to others;
 * everything else is its own NFC by a quick look: ASCII, general punctuation, kana, unified
 * ideographs, full-width forms. */
static bool nfc_inert(uint32_t cp)
{
    return cp < 0x300 || (cp >= 0x2010 && cp < 0x2070) || (cp >= 0x3001 && cp < 0x3099) ||
           (cp >= 0x309B && cp < 0xAC00) || (cp >= 0xFF00 && cp < 0xFFFE) ||
           (cp >= 0x2190 && cp < 0x2ADC) || (cp >= 0x20000 && cp < 0x2F800);
}

static bool is_control(uint32_t cp)
{
    return (cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp < 0xA0) || cp == 0xFEFF;
}

/* Whether `s` is clean already. */
static bool is_clean(struct nq_str s)
{
    for (size_t at = 0; at < s.len;) {
        uint32_t cp;
        bool valid = true;
        at += nq_utf8_decode(nq_str_sub(s, at, s.len), &cp, &valid);
        if (!valid || is_control(cp) || !nfc_inert(cp))
            return false;
    }
    return true;
}

/* Appends `s` with controls dropped, line ends made LF and ill-formed parts replaced. */
static void repair(struct nq_buf *out, struct nq_str s, size_t *repaired, bool *inert)
{
    for (size_t at = 0; at < s.len;) {
        uint32_t cp;
        bool valid = true;
        at += nq_utf8_decode(nq_str_sub(s, at, s.len), &cp, &valid);
        if (!valid || cp == 0) {
            ++*repaired;
            cp = NQ_REPLACEMENT_CHARACTER;
        } else if (cp == '\r') {
            if (at < s.len && s.ptr[at] == '\n')
                continue;
            cp = '\n';
        } else if (cp == '\f' || cp == '\v' || cp == 0x85) {
            cp = '\n';
        } else if (is_control(cp)) {
            continue;
        }
        if (!nfc_inert(cp))
            *inert = false;
        nq_buf_add_cp(out, cp);
    }
}

struct nq_str nq_utf8_clean(struct nq_arena *arena, struct nq_str s, size_t *repaired)
{
    *repaired = 0;
    if (is_clean(s))
        return s;
    struct nq_buf buf = {0};
    struct nq_str result = {0};
    utf8proc_uint8_t *composed = NULL;
    bool inert = true;
    repair(&buf, s, repaired, &inert);
    if (buf.failed)
        goto out;
    struct nq_str clean = buf.len ? nq_buf_str(&buf) : NQ_STR("");
    if (!inert) {
        utf8proc_ssize_t n =
            utf8proc_map((const utf8proc_uint8_t *)clean.ptr, (utf8proc_ssize_t)clean.len,
                         &composed, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
        if (n < 0)
            goto out;
        clean = (struct nq_str){(const char *)composed, (size_t)n};
    }
    result = nq_arena_str(arena, clean);
out:
    free(composed);
    nq_buf_finish(&buf);
    return result;
}
