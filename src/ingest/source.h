/* Where bytes come from: a file that is read in pieces, text in memory, or a layer that makes bytes
 * of those of another source (unpacks, converts). */
#ifndef NQ_INGEST_SOURCE_H
#define NQ_INGEST_SOURCE_H

#include "base/buf.h"
#include "base/error.h"

/* What a source reads from.  `read` writes up to `size` bytes to `to` and their number to `*n`; 0
 * is the end.  `close` frees `state`. */
struct nq_source_ops {
    enum nq_status (*read)(void *state, char *to, size_t size, size_t *n, struct nq_error *err);
    void (*close)(void *state);
};

/* Zeroed is closed.  Bytes [at, window.len) of `window` wait to be read.  A source may be moved:
 * nothing points to it. */
struct nq_source {
    const struct nq_source_ops *ops; /* NULL: text in memory */
    void *state;
    bool ended;
    struct nq_buf buf;    /* what was read of `ops` */
    struct nq_str window; /* all of the text, or what `buf` holds */
    size_t at;
    uint64_t taken; /* bytes that were read out of the source */
};

/* Errors: IO with the path, NOMEM.  What cannot be read on later is INPUT: it concerns this file
 * alone. */
enum nq_status nq_source_open_file(struct nq_source *source, const char *path,
                                   struct nq_error *err);
void nq_source_open_text(struct nq_source *source, struct nq_str text);

/* Opens a source on `state`, which belongs to it from now on. */
void nq_source_open(struct nq_source *source, const struct nq_source_ops *ops, void *state);

/* The descriptor of the regular file that `source` reads, set to its beginning, or -1 where it
 * reads anything else.  It belongs to the source, whose own reading has ended by this. */
int nq_source_fd(struct nq_source *source);

/* Makes at least `wanted` bytes wait, fewer only at the end.  Errors: those of the layers, NOMEM.
 */
enum nq_status nq_source_fill(struct nq_source *source, size_t wanted, struct nq_error *err);

/* The bytes that wait; borrowed until the next call. */
struct nq_str nq_source_waiting(const struct nq_source *source);

/* Takes up to `size` of the waiting bytes, reading on where there are none: for layers. */
enum nq_status nq_source_take(struct nq_source *source, char *to, size_t size, size_t *n,
                              struct nq_error *err);

/* Cuts the next line off, without its LF; it is borrowed until the next call.  A line over
 * `longest` bytes is passed over and `*too_long` set.  `*more` is false at the end.  Errors: as
 * fill. */
enum nq_status nq_source_line(struct nq_source *source, size_t longest, struct nq_str *line,
                              bool *too_long, bool *more, struct nq_error *err);

void nq_source_close(struct nq_source *source);

#endif
