/* HTTP: sockets, headers, limits; what is answered is answer.h's. */
#ifndef NQ_SERVE_HTTP_H
#define NQ_SERVE_HTTP_H

#include <nqsearch.h>

/* How to serve.  A zeroed struct with `index` and `listen` set is the default. */
struct nq_http_options {
    const char *index;
    const char *listen; /* "127.0.0.1:8085", "[::1]:8085", "localhost:0" (any free port) */
    const char *base;   /* the address that others see: "https://search.example.org"; NULL: Host */
    unsigned threads;   /* 0: as many as there are processors */
    unsigned connections; /* at most; 0: 1,000 */
    unsigned seconds;     /* for a request to come in, and for its answer to be taken; 0: 30 */
    double time_limit;    /* seconds, for what an answer takes to compute; 0: 10 */
    /* Called with a line for each answer, from any thread.  NULL: no log. */
    void (*log)(void *user, const char *line);
    /* Called with one line for what is wrong with the index or with the server, the same line once
     * a minute at most.  NULL: no calls. */
    void (*complain)(void *user, const char *message);
    void *user;
};

struct nq_http;

/* Begins to listen and to answer, in threads of its own.  `url` gets the address, "http://…/".
 * Errors: USAGE (an address that means nothing), IO, NOMEM. */
enum nq_status nq_http_start(const struct nq_http_options *options, char url[300],
                             struct nq_http **out, struct nq_error *err);

/* To be called about once a second: cuts off who is too slow. */
void nq_http_tick(struct nq_http *http);

/* Takes no new connection, waits until requests at hand are answered, `seconds` at most, and ends.
 * Accepts NULL. */
void nq_http_stop(struct nq_http *http, unsigned seconds);

#endif
