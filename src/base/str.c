/* Slices of UTF-8 text. */
#define _GNU_SOURCE /* memmem */
#include "base/str.h"

int nq_str_cmp(struct nq_str a, struct nq_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.ptr, b.ptr, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

size_t nq_str_find(struct nq_str s, struct nq_str needle, size_t from)
{
    if (from > s.len || needle.len > s.len - from)
        return SIZE_MAX;
    if (needle.len == 0)
        return from;
    const char *at = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
    return at ? (size_t)(at - s.ptr) : SIZE_MAX;
}

/* Bytes of the white space character at the start of `s`, or 0. */
static size_t space_len(struct nq_str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    if (s.len >= 1 && (p[0] == ' ' || (p[0] >= '\t' && p[0] <= '\r')))
        return 1;
    if (s.len >= 2 && p[0] == 0xC2 && p[1] == 0xA0)
        return 2;
    if (s.len < 3)
        return 0;
    bool ideographic = p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80;
    bool mark = p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF;
    bool general = p[0] == 0xE2 && p[1] == 0x80 && (p[2] <= 0x8F || p[2] == 0xAF);
    return ideographic || mark || general ? 3 : 0;
}

struct nq_str nq_str_trim(struct nq_str s)
{
    size_t n;
    while ((n = space_len(s)) != 0)
        s = nq_str_sub(s, n, s.len);
    while (s.len > 0) {
        size_t start = s.len - 1;
        while (start > 0 && ((unsigned char)s.ptr[start] & 0xC0) == 0x80)
            start--;
        if (space_len(nq_str_sub(s, start, s.len)) != s.len - start)
            break;
        s.len = start;
    }
    return s;
}

bool nq_str_line(struct nq_str *rest, struct nq_str *line)
{
    if (rest->len == 0)
        return false;
    size_t end = 0;
    while (end < rest->len && rest->ptr[end] != '\n' && rest->ptr[end] != '\r')
        end++;
    *line = nq_str_sub(*rest, 0, end);
    if (end < rest->len && rest->ptr[end] == '\r' && end + 1 < rest->len &&
        rest->ptr[end + 1] == '\n')
        end++;
    if (end < rest->len)
        end++;
    *rest = nq_str_sub(*rest, end, rest->len);
    return true;
}

bool nq_str_split(struct nq_str *rest, char separator, struct nq_str *piece)
{
    if (!rest->ptr)
        return false;
    const char *at = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
    if (!at) {
        *piece = *rest;
        *rest = (struct nq_str){0};
        return true;
    }
    size_t cut = (size_t)(at - rest->ptr);
    *piece = nq_str_sub(*rest, 0, cut);
    *rest = nq_str_sub(*rest, cut + 1, rest->len);
    return true;
}
