/* nqsearch --report=ID: a report whole. */
#ifndef NQ_TOOLS_SHOW_REPORT_H
#define NQ_TOOLS_SHOW_REPORT_H

#include "common.h"

/* Prints the report that `id` leads to, with `earlier` its earlier texts too (JSON always has
 * them), and returns the exit status. */
int show_report(struct nq_index *index, size_t id, bool json, bool earlier,
                const struct nq_style *style);

#endif
