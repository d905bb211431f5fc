/* The options of nqserve. */
#ifndef NQ_TOOLS_SERVE_OPTIONS_H
#define NQ_TOOLS_SERVE_OPTIONS_H

#include "serve/http.h"

struct serve_options {
    struct nq_http_options http;
    bool quiet, access_log;
};

/* Reads the command line; returns the exit status where the program has done with it (help, or a
 * mistake that was told), -1 to go on. */
int serve_options_read(int argc, char **argv, struct serve_options *o);

#endif
