/* Numbers of variable length: seven bits a byte, the lowest first, the high bit set where more
 * follow. */
#ifndef NQ_BASE_VARINT_H
#define NQ_BASE_VARINT_H

#include "base/buf.h"

static inline void nq_varint_add(struct nq_buf *out, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        nq_buf_add_byte(out, (char)(value | 0x80));
    nq_buf_add_byte(out, (char)value);
}

/* Reads a number at `*at` and moves on; false where `bytes` ends before it does. */
static inline bool nq_varint_read(struct nq_str bytes, size_t *at, uint64_t *value)
{
    *value = 0;
    for (unsigned shift = 0; *at < bytes.len && shift < 64; shift += 7) {
        unsigned char byte = (unsigned char)bytes.ptr[(*at)++];
        *value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

#endif
