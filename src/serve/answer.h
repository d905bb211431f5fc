/* What the server says to a request, and how it comes to it: route, index, call, text.  Nothing
 * here knows of sockets. */
#ifndef NQ_SERVE_ANSWER_H
#define NQ_SERVE_ANSWER_H

#include <jansson.h>
#include <locale.h>
#include <stdio.h>

#include "serve/cache.h"
#include "serve/handles.h"
#include "serve/metrics.h"
#include "serve/request.h"

/* An answer; zeroed at first, ended by nq_answer_finish. */
struct nq_answer {
    unsigned status;
    const char *type;  /* of the content, with its charset */
    const char *cache; /* Cache-Control */
    const char *allow; /* the methods that the address takes, where another was used */
    char *body;        /* while it is made; then part of `sealed` */
    size_t len;
    struct nq_body *sealed; /* what is sent; NULL: nothing */
    bool repeated;          /* from the cache */
    uint64_t tag;           /* 0: no ETag */
    char *link;             /* Link, or NULL */
    bool open;              /* other origins may read it */
    bool by_language;
    const char *route; /* for the log and the counts: the address without what was filled in */
    enum nq_problem problem;
    char *detail; /* of the problem */
    int column;
};

/* What is the same for all requests. */
struct nq_site {
    struct nq_handles *handles;
    struct nq_cache *cache;
    struct nq_metrics *metrics;
    locale_t locales[NQ_N_LANGUAGES]; /* for the library's messages on pages; 0: the process's */
    /* Called with what is wrong with the server itself, which readers are not told; may be NULL. */
    void (*complain)(void *user, const char *message);
    void *user;
    uint64_t build;       /* nq_assets_identity() */
    double time_limit_ms; /* for what an answer takes to compute; 0: none */
    const char
        *base; /* "https://search.example.org", where the outside sees the server; NULL: Host */
};

/* Answers the request, or tells of the problem that it has before it is looked at.  `answer` is
 * filled in any case. */
void nq_answer(struct nq_site *site, const struct nq_request *request, enum nq_problem problem,
               struct nq_answer *answer);
/* Whether the answer takes so long that others should not wait for it. */
bool nq_answer_is_slow(const struct nq_request *request);
void nq_answer_finish(struct nq_answer *answer);

/* Notes the problem; `detail` is what is wrong this time, for a person, or NULL; `column` the code
 * point of the query, or -1.  It becomes a body last, as JSON or a page. */
void nq_answer_problem(struct nq_answer *answer, enum nq_problem problem, const char *detail,
                       int column);
void nq_answer_problem_json(struct nq_answer *answer);

/* Makes `answer` this JSON and gives it back; a problem where it is NULL. */
void nq_answer_json(struct nq_answer *answer, json_t *object);

/* Makes what was written the body to send, compressed where the reader takes that and it is worth
 * it. */
void nq_answer_seal(struct nq_answer *answer, bool gzip);

#endif
