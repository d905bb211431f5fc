/* The gate: takes connections in, looks at the head of each one's first request, and hands on those
 * that the HTTP library takes.  It would answer the others in its own words, and lose the answer
 * where the client is still sending; here they get a problem as everywhere else. */
#ifndef NQ_SERVE_GATE_H
#define NQ_SERVE_GATE_H

#include "serve/exchange.h"

struct nq_gate;

/* Begins to take connections in at `listener`, which is its own from now on, in a thread of its
 * own.  NULL, with the listener closed, without memory or descriptors. */
struct nq_gate *nq_gate_open(struct nq_service *service, struct MHD_Daemon *daemon, int listener);

/* Takes in no more.  Accepts NULL. */
void nq_gate_close(struct nq_gate *gate);

/* Ends it, and the connections that it has not handed on.  Accepts NULL. */
void nq_gate_destroy(struct nq_gate *gate);

#endif
