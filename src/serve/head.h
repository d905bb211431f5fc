/* The head of a request, looked at before the HTTP library gets it: what that would refuse in words
 * of its own is a problem here.  Nothing here knows of sockets. */
#ifndef NQ_SERVE_HEAD_H
#define NQ_SERVE_HEAD_H

#include "serve/problem.h"

/* The longest head: first line and headers, each of which counts 64 bytes more, since it takes so
 * much of the library's memory besides. */
enum { NQ_HEAD_MOST = 24 * 1024 };

/* Looks at the first bytes of a connection.  NONE with `*whole` where they begin with a head that
 * the library takes, NONE without it where more must come; else what is wrong: BAD_REQUEST,
 * VERSION, TOO_LARGE, LONG_TARGET, LONG_HEADERS. */
enum nq_problem nq_head_check(struct nq_str bytes, bool *whole);

#endif
