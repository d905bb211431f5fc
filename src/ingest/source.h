/* Where bytes come from: a file that is read in pieces, or text in memory. */
#ifndef NQ_INGEST_SOURCE_H
#define NQ_INGEST_SOURCE_H

#include "base/buf.h"
#include "base/error.h"

/* Zeroed is closed.  Bytes [at, buf.len) of `window` wait to be read. */
struct nq_source {
    char *path; /* NULL for text in memory */
    int fd;
    bool opened, ended;
    struct nq_buf buf;    /* of a file */
    struct nq_str window; /* all of the text, or what `buf` holds */
    size_t at;
    uint64_t taken; /* bytes that were read out of the source */
};

/* Errors: IO with the path. */
enum nq_status nq_source_open_file(struct nq_source *source, const char *path,
                                   struct nq_error *err);
void nq_source_open_text(struct nq_source *source, struct nq_str text);

/* Makes at least `wanted` bytes wait, fewer only at the end.  Errors: IO, NOMEM. */
enum nq_status nq_source_fill(struct nq_source *source, size_t wanted, struct nq_error *err);

/* The bytes that wait; borrowed until the next call. */
struct nq_str nq_source_waiting(const struct nq_source *source);

/* Cuts the next line off, without its LF; it is borrowed until the next call.  A line over
 * `longest` bytes is passed over and `*too_long` set.  `*more` is false at the end.  Errors: IO,
 * NOMEM. */
enum nq_status nq_source_line(struct nq_source *source, size_t longest, struct nq_str *line,
                              bool *too_long, bool *more, struct nq_error *err);

void nq_source_close(struct nq_source *source);

#endif
