/* One run of nqindex over its paths: progress, warnings, account. */
#ifndef NQ_TOOLS_INDEX_RUN_H
#define NQ_TOOLS_INDEX_RUN_H

#include "index_options.h"

/* Set once SIGINT or SIGTERM has come. */
bool index_interrupted(void);

/* Has SIGINT and SIGTERM end a run after the file at hand. */
void index_catch_signals(void);

/* Reads the paths, or `only` what changed (NULL: all).  Prints the account, of changes only where
 * there are any; *status is the exit status. */
enum nq_status index_run(const struct index_options *o, const char *path, const char *const *only,
                         size_t n_only, int *status, struct nq_error *err);

#endif
