/* Deadlines of connections.  libmicrohttpd's own time limit begins anew with every byte, so that a
 * client who sends one now and then holds a connection for ever. */
#include "serve/connections.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

struct nq_connection {
    struct nq_connection *previous, *next;
    int fd;
    time_t deadline; /* of the clock that only goes forward; 0: none */
};

struct nq_connections {
    pthread_mutex_t lock;
    struct nq_connection *first;
};

static time_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

struct nq_connections *nq_connections_create(void)
{
    struct nq_connections *all = calloc(1, sizeof *all);
    if (all)
        pthread_mutex_init(&all->lock, NULL);
    return all;
}

void nq_connections_destroy(struct nq_connections *all)
{
    if (!all)
        return;
    while (all->first)
        nq_connection_close(all, all->first);
    pthread_mutex_destroy(&all->lock);
    free(all);
}

struct nq_connection *nq_connection_open(struct nq_connections *all, int fd)
{
    struct nq_connection *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->fd = fd;
    pthread_mutex_lock(&all->lock);
    c->next = all->first;
    if (c->next)
        c->next->previous = c;
    all->first = c;
    pthread_mutex_unlock(&all->lock);
    return c;
}

void nq_connection_close(struct nq_connections *all, struct nq_connection *c)
{
    if (!c)
        return;
    pthread_mutex_lock(&all->lock);
    if (c->next)
        c->next->previous = c->previous;
    if (c->previous)
        c->previous->next = c->next;
    else
        all->first = c->next;
    pthread_mutex_unlock(&all->lock);
    free(c);
}

void nq_connection_allow(struct nq_connections *all, struct nq_connection *c, unsigned seconds)
{
    if (!c)
        return;
    pthread_mutex_lock(&all->lock);
    c->deadline = seconds ? now() + (time_t)seconds : 0;
    pthread_mutex_unlock(&all->lock);
}

long nq_connections_cut(struct nq_connections *all)
{
    long n = 0;
    time_t t = now();
    pthread_mutex_lock(&all->lock);
    for (struct nq_connection *c = all->first; c; c = c->next) {
        if (c->deadline == 0 || c->deadline > t)
            continue;
        shutdown(c->fd, SHUT_RDWR);
        c->deadline = 0;
        n++;
    }
    pthread_mutex_unlock(&all->lock);
    return n;
}
