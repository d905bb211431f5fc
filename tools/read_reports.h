/* The reports of a file or of standard input. */
#ifndef NQ_TOOLS_READ_REPORTS_H
#define NQ_TOOLS_READ_REPORTS_H

#include <nqsearch.h>

/* Reads the reports of `path` (NULL or "-": standard input), which the caller destroys; false with
 * a message where that fails.  With `quiet`, no warnings. */
bool read_reports(const char *path, bool quiet, struct nq_reports **out);

#endif
