/* Text from outside as a terminal or JSON may take it. */
#include "output/output.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static bool is_control(utf8proc_int32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0);
}

/* The bytes that one U+FFFD stands for: the maximal part of a character (Unicode 15, 3.9). */
static size_t ill_formed(const unsigned char *p, size_t len)
{
    unsigned lead = p[0], low = 0x80, high = 0xBF;
    size_t n = 1, more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 1;
    if (lead == 0xE0)
        low = 0xA0;
    else if (lead == 0xED)
        high = 0x9F;
    else if (lead == 0xF0)
        low = 0x90;
    else if (lead == 0xF4)
        high = 0x8F;
    for (; n <= more && n < len && p[n] >= low && p[n] <= high; n++) {
        low = 0x80;
        high = 0xBF;
    }
    return n;
}

/* Decodes one character. */
static size_t next(struct nq_str s, size_t at, utf8proc_int32_t *cp)
{
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + at, (utf8proc_ssize_t)(s.len - at), cp);
    if (n > 0)
        return (size_t)n;
    *cp = 0xFFFD;
    return ill_formed((const unsigned char *)s.ptr + at, s.len - at);
}

/* Whether `s` is UTF-8 and, if that is asked for, without control characters. */
static bool is_text(struct nq_str s, bool no_controls)
{
    utf8proc_int32_t cp;
    for (size_t at = 0; at < s.len;) {
        size_t n = next(s, at, &cp);
        if ((no_controls && is_control(cp)) ||
            (cp == 0xFFFD && (n < 3 || memcmp(s.ptr + at, "\xEF\xBF\xBD", 3) != 0)))
            return false;
        at += n;
    }
    return true;
}

bool nq_is_utf8(struct nq_str s)
{
    return is_text(s, false);
}

char *nq_plain_text(struct nq_str s)
{
    /* A byte that is no character takes three. */
    utf8proc_uint8_t *clean = malloc(3 * s.len + 1), *composed = NULL;
    utf8proc_int32_t cp;
    size_t len = 0;
    if (!clean)
        return NULL;
    for (size_t at = 0; at < s.len;) {
        at += next(s, at, &cp);
        len += (size_t)utf8proc_encode_char(is_control(cp) ? ' ' : cp, clean + len);
    }
    clean[len] = '\0';
    utf8proc_ssize_t n =
        utf8proc_map(clean, (utf8proc_ssize_t)len, &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    free(clean);
    return n >= 0 ? (char *)composed : NULL;
}

void nq_print_plain(FILE *out, struct nq_str s)
{
    if (is_text(s, true)) {
        fwrite(s.ptr, 1, s.len, out);
        return;
    }
    char *plain = nq_plain_text(s);
    fputs(plain ? plain : "?", out);
    free(plain);
}

const char *nq_count(char out[64], unsigned long long n, const char *one, const char *many)
{
    snprintf(out, 64, dngettext(NQ_TEXT_DOMAIN, one, many, (unsigned long)n), n);
    return out;
}
