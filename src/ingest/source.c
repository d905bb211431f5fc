/* Where bytes come from: see source.h.  Files are read, not mapped: one that is cut short while it
 * is read is then an ordinary end, not a signal. */
#include "ingest/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 18 };

enum nq_status nq_source_open_file(struct nq_source *source, const char *path, struct nq_error *err)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return nq_fail_errno(err, path);
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        close(fd);
        errno = EISDIR;
        return nq_fail_errno(err, path);
    }
    *source = (struct nq_source){.path = strdup(path), .fd = fd, .opened = true};
    return source->path ? NQ_OK : nq_fail_nomem(err);
}

void nq_source_open_text(struct nq_source *source, struct nq_str text)
{
    *source = (struct nq_source){.window = text, .ended = true};
}

struct nq_str nq_source_waiting(const struct nq_source *source)
{
    return source->window.len ? nq_str_sub(source->window, source->at, source->window.len)
                              : NQ_STR("");
}

/* Reads one more piece behind what waits. */
static enum nq_status read_piece(struct nq_source *source, struct nq_error *err)
{
    struct nq_buf *buf = &source->buf;
    if (source->at > buf->len / 2) {
        memmove(buf->ptr, buf->ptr + source->at, buf->len - source->at);
        buf->len -= source->at;
        source->at = 0;
    }
    if (!nq_buf_reserve(buf, PIECE))
        return nq_fail_nomem(err);
    ssize_t n;
    do
        n = read(source->fd, buf->ptr + buf->len, PIECE);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return nq_fail_errno(err, source->path);
    source->ended = n == 0;
    buf->len += (size_t)n;
    source->window = nq_buf_str(buf);
    return NQ_OK;
}

enum nq_status nq_source_fill(struct nq_source *source, size_t wanted, struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    while (status == NQ_OK && !source->ended && source->window.len - source->at < wanted)
        status = read_piece(source, err);
    return status;
}

enum nq_status nq_source_line(struct nq_source *source, size_t longest, struct nq_str *line,
                              bool *too_long, bool *more, struct nq_error *err)
{
    size_t seen = 0;
    *too_long = *more = false;
    for (;;) {
        struct nq_str waiting = nq_source_waiting(source);
        const char *end =
            waiting.len > seen ? memchr(waiting.ptr + seen, '\n', waiting.len - seen) : NULL;
        size_t len = end ? (size_t)(end - waiting.ptr) : waiting.len;
        bool last = !end && source->ended;
        *too_long |= len > longest;
        if (end || (last && (len > 0 || *too_long))) {
            *line = nq_str_sub(waiting, 0, *too_long ? 0 : len);
            source->at += len + (end != NULL);
            source->taken += len + (end != NULL);
            *more = true;
            return NQ_OK;
        }
        if (last)
            return NQ_OK;
        seen = waiting.len;
        if (*too_long) { /* its beginning need not be kept */
            source->at += seen;
            source->taken += seen;
            seen = 0;
        }
        enum nq_status status = read_piece(source, err);
        if (status != NQ_OK)
            return status;
    }
}

void nq_source_close(struct nq_source *source)
{
    if (source->opened)
        close(source->fd);
    nq_buf_finish(&source->buf);
    free(source->path);
    *source = (struct nq_source){0};
}
