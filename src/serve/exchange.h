/* A request on its way through libmicrohttpd, from its first line to the end of its answer. */
#ifndef NQ_SERVE_EXCHANGE_H
#define NQ_SERVE_EXCHANGE_H

#include <microhttpd.h>
#include <stdatomic.h>

#include "serve/answer.h"
#include "serve/http.h"

struct nq_connections;
struct nq_worker;

/* What all requests share. */
struct nq_service {
    struct nq_http_options options; /* filled in */
    struct nq_site site;
    struct nq_connections *connections;
    struct nq_worker *worker; /* for what is slow */
    atomic_bool stopping;     /* no connection outlasts its answer */
    atomic_bool over;         /* nothing more is looked up for those that wait for the worker */
};

/* libmicrohttpd's callbacks, `service` with each: for the target of a request (the request's own
 * state comes of it), for what is there of it, and for its end. */
void *nq_exchange_begin(void *service, const char *target, struct MHD_Connection *connection);
enum MHD_Result nq_exchange_go_on(void *service, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **state);
void nq_exchange_end(void *service, struct MHD_Connection *connection, void **state,
                     enum MHD_RequestTerminationCode how);

#endif
