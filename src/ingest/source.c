/* Where bytes come from: see source.h.  Files are read, not mapped: one that is cut short while it
 * is read is then an ordinary end, not a signal. */
#include "ingest/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 18 };

struct file {
    int fd;
    bool regular;
    char path[]; /* for messages */
};

static enum nq_status read_file(void *state, char *to, size_t size, size_t *n, struct nq_error *err)
{
    struct file *file = state;
    ssize_t got;
    do
        got = read(file->fd, to, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return nq_fail(err, NQ_ERR_INPUT, _("%s: %s"), file->path, strerror(errno));
    *n = (size_t)got;
    return NQ_OK;
}

static void close_file(void *state)
{
    struct file *file = state;
    close(file->fd);
    free(file);
}

static const struct nq_source_ops file_ops = {read_file, close_file};

enum nq_status nq_source_open_file(struct nq_source *source, const char *path, struct nq_error *err)
{
    struct stat st;
    size_t size = strlen(path) + 1;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return nq_fail_errno(err, path);
    bool known = fstat(fd, &st) == 0;
    if (known && S_ISDIR(st.st_mode)) {
        close(fd);
        errno = EISDIR;
        return nq_fail_errno(err, path);
    }
    struct file *file = malloc(sizeof *file + size);
    if (!file) {
        close(fd);
        return nq_fail_nomem(err);
    }
    file->fd = fd;
    file->regular = known && S_ISREG(st.st_mode);
    memcpy(file->path, path, size);
    nq_source_open(source, &file_ops, file);
    return NQ_OK;
}

void nq_source_open(struct nq_source *source, const struct nq_source_ops *ops, void *state)
{
    *source = (struct nq_source){.ops = ops, .state = state};
}

void nq_source_open_text(struct nq_source *source, struct nq_str text)
{
    *source = (struct nq_source){.window = text, .ended = true};
}

int nq_source_fd(struct nq_source *source)
{
    struct file *file = source->state;
    if (source->ops != &file_ops || !file->regular || lseek(file->fd, 0, SEEK_SET) != 0)
        return -1;
    source->ended = true;
    return file->fd;
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
    size_t n = 0;
    if (source->at > buf->len / 2) {
        memmove(buf->ptr, buf->ptr + source->at, buf->len - source->at);
        buf->len -= source->at;
        source->at = 0;
    }
    if (!nq_buf_reserve(buf, PIECE))
        return nq_fail_nomem(err);
    enum nq_status status = source->ops->read(source->state, buf->ptr + buf->len, PIECE, &n, err);
    if (status != NQ_OK)
        return status;
    source->ended = n == 0;
    buf->len += n;
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

enum nq_status nq_source_take(struct nq_source *source, char *to, size_t size, size_t *n,
                              struct nq_error *err)
{
    enum nq_status status = nq_source_fill(source, 1, err);
    if (status != NQ_OK)
        return status;
    struct nq_str waiting = nq_source_waiting(source);
    *n = waiting.len < size ? waiting.len : size;
    if (*n > 0)
        memcpy(to, waiting.ptr, *n);
    source->at += *n;
    source->taken += *n;
    return NQ_OK;
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
    if (source->ops)
        source->ops->close(source->state);
    nq_buf_finish(&source->buf);
    *source = (struct nq_source){0};
}
