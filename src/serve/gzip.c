/* gzip by zlib. */
#include "serve/gzip.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

enum {
    LEVEL = 1,             /* half the time of level 6 for a ninth more bytes */
    GZIP_WINDOW = 15 + 16, /* 32 KiB, with gzip's header (deflateInit2) */
    MEMORY_LEVEL = 8,
};

char *nq_gzip(struct nq_str text, size_t *len)
{
    z_stream z = {0};
    if (text.len > UINT_MAX ||
        deflateInit2(&z, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    uLong most = deflateBound(&z, (uLong)text.len);
    char *out = most <= UINT_MAX ? malloc(most) : NULL;
    z.next_in = (Bytef *)text.ptr;
    z.avail_in = (uInt)text.len;
    z.next_out = (Bytef *)out;
    z.avail_out = out ? (uInt)most : 0;
    if (out && deflate(&z, Z_FINISH) != Z_STREAM_END) {
        free(out);
        out = NULL;
    }
    *len = z.total_out;
    deflateEnd(&z);
    return out;
}
