/* Records: one line of JSONL as a report. */
#ifndef NQ_INGEST_RECORD_H
#define NQ_INGEST_RECORD_H

#include "base/arena.h"

/* Reads one line into `*out`, whose fields live in `arena`.  Where it is no document the result is
 * false and `*why` says what is wrong, in the user's language (NULL: no memory).  `*repaired` grows
 * by the bytes that were no UTF-8. */
bool nq_record_read(struct nq_arena *arena, struct nq_str line, struct nq_report *out,
                    size_t *repaired, const char **why);

#endif
