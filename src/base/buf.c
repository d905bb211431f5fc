/* Growing byte buffers. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool nq_buf_reserve(struct nq_buf *buf, size_t extra)
{
    if (buf->failed)
        return false;
    if (extra <= buf->cap - buf->len)
        return true;
    size_t cap = buf->cap ? buf->cap : 64;
    while (cap - buf->len < extra) {
        if (cap > SIZE_MAX / 2)
            goto fail;
        cap *= 2;
    }
    char *grown = realloc(buf->ptr, cap);
    if (!grown)
        goto fail;
    buf->ptr = grown;
    buf->cap = cap;
    return true;
fail:
    buf->failed = true;
    return false;
}

void nq_buf_add(struct nq_buf *buf, struct nq_str s)
{
    if (s.len == 0 || !nq_buf_reserve(buf, s.len))
        return;
    memcpy(buf->ptr + buf->len, s.ptr, s.len);
    buf->len += s.len;
}

void nq_buf_add_byte(struct nq_buf *buf, char c)
{
    if (nq_buf_reserve(buf, 1))
        buf->ptr[buf->len++] = c;
}

void nq_buf_addf(struct nq_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0 || !nq_buf_reserve(buf, (size_t)n + 1)) {
        buf->failed = true;
        return;
    }
    va_start(args, format);
    vsnprintf(buf->ptr + buf->len, (size_t)n + 1, format, args);
    va_end(args);
    buf->len += (size_t)n;
}

void nq_buf_add_cp(struct nq_buf *buf, uint32_t cp)
{
    char bytes[4];
    size_t n = nq_str_encode(cp, bytes);
    nq_buf_add(buf, (struct nq_str){bytes, n});
}

void nq_buf_finish(struct nq_buf *buf)
{
    free(buf->ptr);
    *buf = (struct nq_buf){0};
}
