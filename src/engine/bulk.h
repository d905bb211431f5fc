/* Filling text indexes that are new.
 *
 * FTS5 keeps what it is told in a hash table, an entry for each token, and nearly each of a text's
 * tokens misses the processor's cache there: half of the time that an index took to build.
 * A new index needs none of what that table is for (taking passages out, reading while writing), so
 * its postings are gathered, sorted and written as segments of FTS5's own format (leaves.h).
 *
 * FTS5 remembers in a connection which segments there are, so it is made to forget that whenever
 * some were written.  What needs FTS5 within a transaction ends the filling until the next. */
#ifndef NQ_ENGINE_BULK_H
#define NQ_ENGINE_BULK_H

#include "engine/engine.h"
#include "engine/gather.h"

struct nq_bulk {
    struct nq_gather text, words;
    /* What was gathered: passages, and tokens of body, heading and words. */
    int64_t passages, body, heading, listed;
    int64_t last; /* the passage added last */
};

/* Begins to fill the indexes where they are empty; false without memory. */
bool nq_bulk_begin(struct nq_engine *engine);

/* Adds the passage that was prepared; *done is false where FTS5 has to. */
enum nq_status nq_bulk_put(struct nq_engine *engine, int64_t id, bool *done, struct nq_error *err);

/* Writes what was gathered, within the caller's transaction. */
enum nq_status nq_bulk_write(struct nq_engine *engine, struct nq_error *err);

/* The same, and leaves the rest to FTS5.  Does nothing where nothing is being filled. */
enum nq_status nq_bulk_end(struct nq_engine *engine, struct nq_error *err);

/* After a rollback: forgets what was gathered, and what FTS5 may know of what was written. */
void nq_bulk_rolled_back(struct nq_engine *engine);

void nq_bulk_destroy(struct nq_bulk *bulk);

#endif
