/* Merging all segments of an FTS5 table into one.
 *
 * FTS5's 'optimize' does the same; it took a sixth of the time in which an index is built. Postings
 * are read by fts5_segment.h and written by leaves.h, those of a passage by the newest segment that
 * knows it. */
#ifndef NQ_ENGINE_MERGE_H
#define NQ_ENGINE_MERGE_H

#include "store/db.h"

/* Merges the segments of the text index, or of that of words, within the caller's transaction, in
 * which FTS5 must not have been told anything before.
 * *done is false, and nothing changed, where a posting is longer than leaves take: then FTS5 has
 * to. */
enum nq_status nq_merge_table(struct nq_db *db, bool words, bool *done, struct nq_error *err);

#endif
