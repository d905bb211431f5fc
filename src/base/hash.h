/* FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv), 64 bits: for keys and sums that nobody has a
 * reason to forge. */
#ifndef NQ_BASE_HASH_H
#define NQ_BASE_HASH_H

#include "base/str.h"

#define NQ_FNV_START 0xCBF29CE484222325u

/* Goes on from `hash` with one value, a byte or more. */
static inline uint64_t nq_fnv_add(uint64_t hash, uint64_t value)
{
    return (hash ^ value) * 0x100000001B3u;
}

/* Goes on from `hash` with bytes. */
static inline uint64_t nq_fnv(uint64_t hash, struct nq_str bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        hash = nq_fnv_add(hash, (unsigned char)bytes.ptr[i]);
    return hash;
}

#endif
