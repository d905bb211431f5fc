/* Bodies on their way in. */
#include "serve/upload.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_OF_ALL = 64 << 20 };

/* Makes room for `n` more bytes, twice as much as there is already. */
static bool grow(struct nq_upload *u, size_t n)
{
    if (n > NQ_UPLOAD_MOST - u->len)
        return false;
    size_t cap = 2 * (u->len + n) < NQ_UPLOAD_MOST ? 2 * (u->len + n) : NQ_UPLOAD_MOST;
    long extra = (long)(cap - u->cap);
    char *grown = NULL;
    if (nq_metrics_change(u->metrics, NQ_COUNT_BODIES, extra) <= MOST_OF_ALL)
        grown = realloc(u->bytes, cap);
    if (!grown) {
        nq_metrics_change(u->metrics, NQ_COUNT_BODIES, -extra);
        return false;
    }
    u->bytes = grown;
    u->cap = cap;
    return true;
}

void nq_upload_add(struct nq_upload *u, const char *data, size_t n)
{
    if (!u->crowded && n > u->cap - u->len)
        u->crowded = !grow(u, n);
    if (u->crowded) {
        nq_upload_finish(u);
        return;
    }
    memcpy(u->bytes + u->len, data, n);
    u->len += n;
}

void nq_upload_finish(struct nq_upload *u)
{
    nq_metrics_change(u->metrics, NQ_COUNT_BODIES, -(long)u->cap);
    free(u->bytes);
    u->bytes = NULL;
    u->len = u->cap = 0;
}
