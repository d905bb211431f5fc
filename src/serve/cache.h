/* Answers that were given lately, for those who ask the same. */
#ifndef NQ_SERVE_CACHE_H
#define NQ_SERVE_CACHE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bytes of an answer, shared by who sends them and by the cache. */
struct nq_body {
    atomic_uint refs;
    char *text;
    size_t len;
    bool packed; /* gzip */
    char *link;  /* Link, or NULL */
    const char *type;
    char *question; /* what it answers, all that it follows from but the index; NULL: not kept */
};

/* Takes over `text`, also where it fails; NULL without memory. */
struct nq_body *nq_body_create(char *text, size_t len);
struct nq_body *nq_body_ref(struct nq_body *body);
void nq_body_unref(struct nq_body *body);

/* A cache bounds itself: 1,024 answers of at most 32 KiB. */
struct nq_cache;

struct nq_cache *nq_cache_create(void);
void nq_cache_destroy(struct nq_cache *cache);

/* The body that was kept under `key` and answers `question` (keys are hashes, and can be made to
 * meet), with a reference for the caller; NULL where there is none. */
struct nq_body *nq_cache_get(struct nq_cache *cache, uint64_t key, const char *question);

/* Keeps a body, if it is not too large, in the place of the one that was asked for longest ago. */
void nq_cache_put(struct nq_cache *cache, uint64_t key, struct nq_body *body);

#endif
