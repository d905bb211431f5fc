/* What an archivist wants to know of the reports: series with missing days, odd ones. */
#ifndef NQ_API_ACCOUNT_H
#define NQ_API_ACCOUNT_H

#include "base/arena.h"
#include "store/db.h"

/* Fills stats->series and stats->odd, in `arena`. */
enum nq_status nq_account(struct nq_db *db, struct nq_arena *arena, struct nq_stats *stats,
                          struct nq_error *err);

#endif
