/* A queue and its thread. */
#include "serve/worker.h"

#include <pthread.h>
#include <stdlib.h>

enum { MOST_WAITING = 8 };

struct nq_worker {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct {
        void (*run)(void *user);
        void *user;
    } jobs[MOST_WAITING]; /* a ring */
    unsigned first, n;
    bool stopping;
};

static void *work(void *user)
{
    struct nq_worker *w = user;
    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (w->n == 0 && !w->stopping)
            pthread_cond_wait(&w->changed, &w->lock);
        if (w->n == 0)
            break;
        void (*run)(void *) = w->jobs[w->first].run;
        void *what = w->jobs[w->first].user;
        w->first = (w->first + 1) % MOST_WAITING;
        w->n--;
        pthread_mutex_unlock(&w->lock);
        run(what);
        pthread_mutex_lock(&w->lock);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

struct nq_worker *nq_worker_start(void)
{
    struct nq_worker *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->changed, NULL);
    if (pthread_create(&w->thread, NULL, work, w) == 0)
        return w;
    nq_worker_destroy(w);
    return NULL;
}

bool nq_worker_add(struct nq_worker *w, void (*job)(void *user), void *user)
{
    pthread_mutex_lock(&w->lock);
    bool fits = w->n < MOST_WAITING && !w->stopping;
    if (fits) {
        unsigned at = (w->first + w->n++) % MOST_WAITING;
        w->jobs[at].run = job;
        w->jobs[at].user = user;
        pthread_cond_signal(&w->changed);
    }
    pthread_mutex_unlock(&w->lock);
    return fits;
}

void nq_worker_stop(struct nq_worker *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    pthread_cond_signal(&w->changed);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
}

void nq_worker_destroy(struct nq_worker *w)
{
    if (!w)
        return;
    pthread_cond_destroy(&w->changed);
    pthread_mutex_destroy(&w->lock);
    free(w);
}
