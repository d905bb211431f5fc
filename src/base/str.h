/* Slices of UTF-8 text: comparing, searching, trimming.  A slice never owns its bytes. */
#ifndef NQ_BASE_STR_H
#define NQ_BASE_STR_H

#include <nqsearch.h>
#include <string.h>

/* A slice of a string literal. */
#define NQ_STR(literal) ((struct nq_str){"" literal, sizeof(literal) - 1})
/* The same as a constant initializer. */
#define NQ_STR_INIT(literal)                                                                       \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }
#define NQ_COUNT(array) (sizeof(array) / sizeof *(array))
/* For printf's "%.*s". */
#define NQ_STR_ARG(s) (int)(s).len, (s).ptr

/* A slice of a NUL-terminated string; NULL gives the absent slice. */
static inline struct nq_str nq_str_from(const char *s)
{
    return (struct nq_str){s, s ? strlen(s) : 0};
}

/* The bytes [start, end) of `s`; both must lie within it. */
static inline struct nq_str nq_str_sub(struct nq_str s, size_t start, size_t end)
{
    return (struct nq_str){s.ptr + start, end - start};
}

static inline bool nq_str_eq(struct nq_str a, struct nq_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool nq_str_starts(struct nq_str s, struct nq_str prefix)
{
    return s.len >= prefix.len && memcmp(s.ptr, prefix.ptr, prefix.len) == 0;
}

static inline bool nq_str_ends(struct nq_str s, struct nq_str suffix)
{
    return s.len >= suffix.len && memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0;
}

/* Writes code point `cp`, which must be a Unicode scalar value, in UTF-8; returns its bytes. */
static inline size_t nq_str_encode(uint32_t cp, char out[4])
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* Orders by bytes, a prefix before what it begins: the order of code points. */
int nq_str_cmp(struct nq_str a, struct nq_str b);

/* The byte at which `needle` first occurs in `s` at or after `from`, or SIZE_MAX. */
size_t nq_str_find(struct nq_str s, struct nq_str needle, size_t from);

/* `s` without white space at its ends: ASCII's, U+00A0, U+3000, U+FEFF and the U+2000 block's. */
struct nq_str nq_str_trim(struct nq_str s);

/* Cuts the first line off `*rest` and returns it without its line end (LF, CRLF or CR).
 * False when `*rest` is empty. */
bool nq_str_line(struct nq_str *rest, struct nq_str *line);

/* Cuts what stands before the first `separator` off `*rest`, the separator too; all of it where
 * there is none.  False when `*rest` is absent; the piece after the last separator leaves it so. */
bool nq_str_split(struct nq_str *rest, char separator, struct nq_str *piece);

#endif
