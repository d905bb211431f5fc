/* An answer as libmicrohttpd sends it. */
#ifndef NQ_SERVE_RESPONSE_H
#define NQ_SERVE_RESPONSE_H

#include <microhttpd.h>

#include "serve/answer.h"

/* Makes the response, which shares the answer's body; `last`: the connection ends with it.  NULL
 * without memory. */
struct MHD_Response *nq_response_create(const struct nq_answer *answer, bool last);

/* Prints the whole answer as the last of its connection, without its body to a HEAD: for those that
 * libmicrohttpd never sees. */
void nq_response_print(FILE *out, const struct nq_answer *answer, bool head);

#endif
