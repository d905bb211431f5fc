/* Folders of shards beside an index: nq.db.xapian/SET/0, 1 ... */
#ifndef NQ_ENGINE_XAPIAN_SETS_H
#define NQ_ENGINE_XAPIAN_SETS_H

#include "base/error.h"

/* What the index at PATH is called while it is being made: PATH and this. */
#define NQ_UNFINISHED ".unfinished"

/* What the folder of all sets is called: PATH and this. */
#define NQ_XAPIAN_ENDING ".xapian"

/* The base of all sets of the index at `path`, finished or not: PATH.xapian; NULL without memory,
 * else to be freed by sqlite3_free. */
char *nq_xapian_base(const char *path);

/* Makes the first folder below the base that is not there and gives its number. */
enum nq_status nq_xapian_new_set(const char *path, int64_t *set, struct nq_error *err);

/* Removes all sets of the index at `path` but `keep`, or (0) all and the base. */
void nq_xapian_remove_sets(const char *path, int64_t keep);

/* Removes one. */
void nq_xapian_remove_set(const char *path, int64_t set);

#endif
