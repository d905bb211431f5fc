/* Addresses within the server. */
#ifndef NQ_SERVE_LINK_H
#define NQ_SERVE_LINK_H

#include <stdio.h>

#include "serve/request.h"

/* One parameter of an address; an absent value leaves it out. */
struct nq_change {
    enum nq_param param;
    struct nq_str value;
};

/* Prints `path` with the request's parameters, `changes` made and `and` between them.  The offset
 * is left out unless it is among the changes: another list begins at its beginning. */
void nq_link_print(FILE *out, const char *path, const struct nq_request *request,
                   const struct nq_change *changes, size_t n, const char *and);

/* Prints text percent-encoded. */
void nq_link_encode(FILE *out, struct nq_str text);

/* A Link header to the pages before and after [offset, offset + limit), in memory that the caller
 * frees; NULL where there are none. */
char *nq_link_pages(const char *path, const struct nq_request *request, size_t offset, size_t limit,
                    bool more);

#endif
