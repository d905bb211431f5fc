/* The body of a request as it comes in, and the room that those of all connections have. */
#ifndef NQ_SERVE_UPLOAD_H
#define NQ_SERVE_UPLOAD_H

#include <nqsearch.h>

#include "serve/metrics.h"

/* The largest body: a draft. */
enum { NQ_UPLOAD_MOST = 4 << 20 };

/* Zeroed but for `metrics`, where the bytes that all take are counted, is empty. */
struct nq_upload {
    struct nq_metrics *metrics;
    char *bytes;
    size_t len, cap;
    bool crowded; /* there was no room, and what came is gone */
};

/* Takes the next piece.  Where it, or all bodies together, would be too large, this one is given up
 * and the rest of it let go by, since an answer may only be given at its end. */
void nq_upload_add(struct nq_upload *upload, const char *data, size_t n);

/* Frees what it holds. */
void nq_upload_finish(struct nq_upload *upload);

#endif
