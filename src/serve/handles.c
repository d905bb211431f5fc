/* A stock of handles. */
#include "serve/handles.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_KEPT = 64 }; /* idle handles; each holds some megabytes of cache */

struct nq_handles {
    pthread_mutex_t lock;
    char *path;
    struct nq_index *idle[MOST_KEPT]; /* the last one used last: its cache is the warmest */
    size_t n_idle;
};

struct nq_handles *nq_handles_create(const char *path)
{
    struct nq_handles *h = calloc(1, sizeof *h);
    if (!h || !(h->path = strdup(path)) || pthread_mutex_init(&h->lock, NULL) != 0) {
        if (h)
            free(h->path);
        free(h);
        return NULL;
    }
    return h;
}

void nq_handles_destroy(struct nq_handles *h)
{
    if (!h)
        return;
    for (size_t i = 0; i < h->n_idle; i++)
        nq_index_close(h->idle[i]);
    pthread_mutex_destroy(&h->lock);
    free(h->path);
    free(h);
}

/* Those that wait read a file that is gone, which stays on the disk until they end, or one that was
 * cut short. */
static void close_idle(struct nq_handles *h)
{
    struct nq_index *idle[MOST_KEPT];
    pthread_mutex_lock(&h->lock);
    size_t n = h->n_idle;
    memcpy(idle, h->idle, n * sizeof *idle);
    h->n_idle = 0;
    pthread_mutex_unlock(&h->lock);
    while (n > 0)
        nq_index_close(idle[--n]);
}

static struct nq_index *pop(struct nq_handles *h)
{
    pthread_mutex_lock(&h->lock);
    struct nq_index *index = h->n_idle ? h->idle[--h->n_idle] : NULL;
    pthread_mutex_unlock(&h->lock);
    return index;
}

enum nq_status nq_handles_take(struct nq_handles *h, struct nq_index **out, struct nq_error *err)
{
    struct nq_index *index = pop(h);
    if (index && !nq_index_stale(index)) {
        *out = index;
        return NQ_OK;
    }
    if (index)
        close_idle(h);
    nq_index_close(index);
    return nq_index_open(h->path, NQ_OPEN_READ, NULL, out, err);
}

void nq_handles_give(struct nq_handles *h, struct nq_index *index, bool failed)
{
    if (!index)
        return;
    nq_index_set_stop(index, NULL, NULL);
    pthread_mutex_lock(&h->lock);
    if (!failed && h->n_idle < MOST_KEPT) {
        h->idle[h->n_idle++] = index;
        index = NULL;
    }
    pthread_mutex_unlock(&h->lock);
    nq_index_close(index);
    if (failed)
        close_idle(h);
}
