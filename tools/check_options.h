/* The options of nqcheck. */
#ifndef NQ_TOOLS_CHECK_OPTIONS_H
#define NQ_TOOLS_CHECK_OPTIONS_H

#include "output/output.h"

struct check_options {
    struct nq_check_params params;
    struct nq_style style;
    const char *index, *draft; /* of argv */
    bool json, html, verbose;
};

/* Reads the command line; returns the exit status where the program has done with it (help, or a
 * mistake that was told), -1 to go on. */
int check_options_read(int argc, char **argv, struct check_options *o);

#endif
