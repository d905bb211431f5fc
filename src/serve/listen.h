/* The socket to listen at. */
#ifndef NQ_SERVE_LISTEN_H
#define NQ_SERVE_LISTEN_H

#include <nqsearch.h>

/* Listens at "HOST:PORT" ("[::1]:PORT" for IPv6); `url` gets "http://HOST:PORT/", with the port
 * that was chosen for 0.  The caller closes `*out`.  Errors: USAGE, IO. */
enum nq_status nq_listen(const char *address, char url[300], int *out, struct nq_error *err);

#endif
