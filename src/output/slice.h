/* Slices for those who have the library's public header alone: made of strings, compared, hashed.
 */
#ifndef NQ_OUTPUT_SLICE_H
#define NQ_OUTPUT_SLICE_H

#include <nqsearch.h>
#include <string.h>

/* A slice of a NUL-terminated string; NULL gives the absent slice. */
static inline struct nq_str nq_slice(const char *s)
{
    return (struct nq_str){s, s ? strlen(s) : 0};
}

static inline bool nq_slices_same(struct nq_str a, struct nq_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Whether it is this string. */
static inline bool nq_slice_is(struct nq_str s, const char *word)
{
    return nq_slices_same(s, nq_slice(word));
}

static inline bool nq_slice_starts(struct nq_str s, const char *beginning)
{
    size_t n = strlen(beginning);
    return s.len >= n && memcmp(s.ptr, beginning, n) == 0;
}

#define NQ_HASH_START 0xCBF29CE484222325u

/* FNV-1a over the bytes, going on from `hash`. */
static inline uint64_t nq_hash_bytes(uint64_t hash, const void *bytes, size_t n)
{
    for (const unsigned char *p = bytes; n > 0; n--, p++)
        hash = (hash ^ *p) * 0x100000001B3u;
    return hash;
}

static inline uint64_t nq_hash_slice(uint64_t hash, struct nq_str s)
{
    return nq_hash_bytes(hash, s.ptr, s.len);
}

#endif
