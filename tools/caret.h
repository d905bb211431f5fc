/* A query with a caret under what could not be parsed. */
#ifndef NQ_TOOLS_CARET_H
#define NQ_TOOLS_CARET_H

#include "common.h"

/* Says what is wrong, and where `err` knows the place, shows it; returns EXIT_FAILED. */
int caret_fail(struct nq_str query, const struct nq_error *err);

#endif
