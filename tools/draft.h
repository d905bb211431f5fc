/* A draft for nqcheck: reading it, showing what was found. */
#ifndef NQ_TOOLS_DRAFT_H
#define NQ_TOOLS_DRAFT_H

#include "output/check.h"

/* Reads the draft at `path` ("-": standard input); false with a message where there is no report in
 * it.  With `quiet`, no warnings. */
bool draft_read(const char *path, bool quiet, struct nq_reports **out);

/* Prints the check and returns the exit status that it means. */
int draft_show(const struct nq_check *check, const char *path, bool json, bool html,
               const struct nq_style *style);

#endif
