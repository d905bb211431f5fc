/* UTF-8: strict decoding (no overlong forms, no surrogates, nothing above U+10FFFF), repair, NFC.
 */
#ifndef NQ_TEXT_UTF8_H
#define NQ_TEXT_UTF8_H

#include "base/arena.h"
#include "base/buf.h"

#define NQ_REPLACEMENT_CHARACTER 0xFFFDu

/* Decodes the code point at the start of `s`, which must not be empty, into `*cp` and returns its
 * bytes. For bytes that are no UTF-8 `*cp` is U+FFFD and the result is the length of the maximal
 * ill-formed part (Unicode 15, section 3.9, "U+FFFD substitution of maximal subparts"), at least 1;
 * `*valid`, where it is not NULL, is set to false then and left alone otherwise. */
static inline size_t nq_utf8_decode(struct nq_str s, uint32_t *cp, bool *valid);

/* The byte offset of the first ill-formed byte, or s.len when all of `s` is UTF-8. */
size_t nq_utf8_check(struct nq_str s);

/* The number of code points in `s`. */
size_t nq_utf8_count(struct nq_str s);

/* The longest prefix of `s` of at most `max_bytes` bytes that does not cut a code point. */
struct nq_str nq_utf8_prefix(struct nq_str s, size_t max_bytes);

/* Text as the rest of the house takes it: well-formed, NFC, no NUL and no other control characters
 * but tab and newline; no byte order mark.  CR LF and CR become LF.  `*repaired` counts what was
 * replaced by U+FFFD (NULs included).  The result is `s` itself where nothing had to change, else a
 * copy in `arena`; absent without memory. */
struct nq_str nq_utf8_clean(struct nq_arena *arena, struct nq_str s, size_t *repaired);

/* Any sequence: what nq_utf8_decode calls where it is neither ASCII nor the commonest kind. */
size_t nq_utf8_decode_any(struct nq_str s, uint32_t *cp, bool *valid);

static inline size_t nq_utf8_decode(struct nq_str s, uint32_t *cp, bool *valid)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    if (p[0] < 0x80) {
        *cp = p[0];
        return 1;
    }
    /* U+1000..U+CFFF, Han among them: lead bytes that allow every continuation. */
    if (s.len >= 3 && p[0] >= 0xE1 && p[0] <= 0xEC && (p[1] & 0xC0) == 0x80 &&
        (p[2] & 0xC0) == 0x80) {
        *cp = (p[0] & 0xFu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
        return 3;
    }
    return nq_utf8_decode_any(s, cp, valid);
}

#endif
