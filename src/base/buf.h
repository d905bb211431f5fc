/* Growing byte buffers.  Errors are sticky: after an allocation failed every append does nothing
 * and `failed` stays set, so that twenty appends need one check. */
#ifndef NQ_BASE_BUF_H
#define NQ_BASE_BUF_H

#include "base/str.h"

/* Zeroed is an empty buffer.  `ptr` belongs to the buffer. */
struct nq_buf {
    char *ptr;
    size_t len, cap;
    bool failed;
};

/* Makes room for `extra` more bytes; false (and `failed`) without memory. */
bool nq_buf_reserve(struct nq_buf *buf, size_t extra);

void nq_buf_add(struct nq_buf *buf, struct nq_str s);
void nq_buf_add_byte(struct nq_buf *buf, char c);

/* Appends what printf would print. */
void nq_buf_addf(struct nq_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends code point `cp`, which must be a Unicode scalar value, in UTF-8. */
void nq_buf_add_cp(struct nq_buf *buf, uint32_t cp);

/* What the buffer holds; borrowed until the next append. */
static inline struct nq_str nq_buf_str(const struct nq_buf *buf)
{
    return (struct nq_str){buf->ptr, buf->len};
}

/* Frees the bytes and zeroes the buffer. */
void nq_buf_finish(struct nq_buf *buf);

#endif
