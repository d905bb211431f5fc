/* A cache of answers. */
#include "serve/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { SETS = 256, WAYS = 4, MOST_BYTES = 32 * 1024 };

struct entry {
    uint64_t key, used;
    struct nq_body *body;
};

struct nq_cache {
    pthread_mutex_t lock;
    uint64_t clock;
    struct entry sets[SETS][WAYS];
};

struct nq_body *nq_body_create(char *text, size_t len)
{
    struct nq_body *body = calloc(1, sizeof *body);
    if (!body) {
        free(text);
        return NULL;
    }
    atomic_init(&body->refs, 1);
    body->text = text;
    body->len = len;
    return body;
}

struct nq_body *nq_body_ref(struct nq_body *body)
{
    atomic_fetch_add(&body->refs, 1);
    return body;
}

void nq_body_unref(struct nq_body *body)
{
    if (!body || atomic_fetch_sub(&body->refs, 1) != 1)
        return;
    free(body->text);
    free(body->link);
    free(body->question);
    free(body);
}

struct nq_cache *nq_cache_create(void)
{
    struct nq_cache *cache = calloc(1, sizeof *cache);
    if (cache)
        pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

void nq_cache_destroy(struct nq_cache *cache)
{
    if (!cache)
        return;
    for (size_t s = 0; s < SETS; s++)
        for (size_t w = 0; w < WAYS; w++)
            nq_body_unref(cache->sets[s][w].body);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

struct nq_body *nq_cache_get(struct nq_cache *cache, uint64_t key, const char *question)
{
    struct entry *set = cache->sets[key % SETS];
    struct nq_body *body = NULL;
    pthread_mutex_lock(&cache->lock);
    for (size_t w = 0; w < WAYS && !body; w++) {
        if (set[w].body && set[w].key == key && strcmp(set[w].body->question, question) == 0) {
            set[w].used = ++cache->clock;
            body = nq_body_ref(set[w].body);
        }
    }
    pthread_mutex_unlock(&cache->lock);
    return body;
}

void nq_cache_put(struct nq_cache *cache, uint64_t key, struct nq_body *body)
{
    struct entry *set = cache->sets[key % SETS], *oldest = set;
    if (!body->question || body->len > MOST_BYTES)
        return;
    pthread_mutex_lock(&cache->lock);
    for (size_t w = 0; w < WAYS; w++) {
        if (set[w].body && set[w].key == key) {
            oldest = &set[w]; /* two asked at once */
            break;
        }
        if (set[w].used < oldest->used)
            oldest = &set[w];
    }
    struct nq_body *old = oldest->body;
    *oldest = (struct entry){key, ++cache->clock, nq_body_ref(body)};
    pthread_mutex_unlock(&cache->lock);
    nq_body_unref(old);
}
