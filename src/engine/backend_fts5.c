/* The engine that needs nothing else: FTS5, in the database itself. */
#include "base/error.h"
#include "engine/backend.h"
#include "engine/bulk.h"

static enum nq_status begin(struct nq_engine *engine, struct nq_error *err)
{
    return nq_bulk_begin(engine) ? NQ_OK : nq_fail_nomem(err);
}

static enum nq_status flush(struct nq_engine *engine, int64_t generation, struct nq_error *err)
{
    (void)generation;
    return nq_bulk_write(engine, err);
}

/* What the database does in its transaction needs nothing more. */
static enum nq_status nothing(struct nq_engine *engine, struct nq_error *err)
{
    (void)engine, (void)err;
    return NQ_OK;
}

const struct nq_backend nq_fts5_backend = {
    .name = "fts5",
    .begin = begin,
    .put = nq_fts5_put,
    .remove = nq_fts5_remove,
    .flush = flush,
    .committed = nothing,
    .rolled_back = nq_bulk_rolled_back,
    .optimize = nq_fts5_optimize,
    .words_start = nq_fts5_words_start,
    .words_put = nq_fts5_words_put,
    .words_finish = nq_fts5_words_finish,
    .refresh = nothing,
    .find = nq_fts5_find,
    .find_partial = nq_fts5_find_partial,
    .likely = nq_fts5_likely,
    .count = nq_fts5_count,
    .lists = nq_fts5_lists,
    .words = nq_fts5_words,
    .atom = nq_engine_atom,
    .hash = nq_fts5_hash,
};
