/* The lines that were told lately. */
#include "serve/complaints.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "serve/route.h"

enum {
    AGAIN_MS = 60000,
    KINDS = 16, /* that are remembered: one damaged index is told of in several ways */
    LENGTH = 500,
};

struct nq_complaints {
    void (*tell)(void *user, const char *message);
    void *user;
    pthread_mutex_t lock;
    struct {
        char message[LENGTH];
        double told; /* milliseconds */
    } kinds[KINDS];
};

struct nq_complaints *nq_complaints_create(void (*tell)(void *user, const char *message),
                                           void *user)
{
    struct nq_complaints *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->tell = tell;
    c->user = user;
    pthread_mutex_init(&c->lock, NULL);
    return c;
}

void nq_complaints_destroy(struct nq_complaints *c)
{
    if (!c)
        return;
    pthread_mutex_destroy(&c->lock);
    free(c);
}

/* Whether a line is to be told, and from now on has been.  The one told longest ago is forgotten
 * for a new one. */
static bool is_news(struct nq_complaints *c, const char *message)
{
    double now = nq_milliseconds();
    size_t at = 0, i = 0;
    for (; i < KINDS && strncmp(c->kinds[i].message, message, LENGTH - 1) != 0; i++)
        if (c->kinds[i].told < c->kinds[at].told)
            at = i;
    if (i < KINDS && now - c->kinds[i].told <= AGAIN_MS)
        return false;
    at = i < KINDS ? i : at;
    snprintf(c->kinds[at].message, LENGTH, "%s", message);
    c->kinds[at].told = now;
    return true;
}

void nq_complain(void *complaints, const char *message)
{
    struct nq_complaints *c = complaints;
    pthread_mutex_lock(&c->lock);
    bool news = is_news(c, message);
    pthread_mutex_unlock(&c->lock);
    if (news && c->tell)
        c->tell(c->user, message);
}
