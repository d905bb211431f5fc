/* The words index and its dictionary.
 *
 * meta "words_hash" says which dictionary made the table words.  Where that is another one than
 * ours, all passages go into words_new, batch by batch in the order of ids ("words_new_hash",
 * "words_new_upto"); when the last is in, words_new takes the place of words.  Until then readers
 * see the old words. */
#include "engine/backend.h"
#include "engine/index.h"
#include "store/passages.h"

static int64_t dictionary_hash(const struct nq_engine *engine)
{
    return (int64_t)nq_segmenter_hash(engine->segmenter);
}

enum nq_status nq_words_current(struct nq_engine *engine, bool *current, struct nq_error *err)
{
    int64_t hash = 0;
    enum nq_status status = nq_engine_refresh(engine, err);
    if (status == NQ_OK)
        status = nq_db_meta_get(engine->db, "words_hash", &hash, err);
    if (status == NQ_OK)
        *current = hash == dictionary_hash(engine) || engine->n_passages == 0;
    return status;
}

/* Passages on their way into words_new. */
struct renewal {
    struct nq_engine *engine;
    struct nq_buf heading;
    int64_t upto;
    size_t left;
    enum nq_status status;
    struct nq_error *err;
};

static bool renew_passage(void *user, const struct nq_stored_passage *p)
{
    struct renewal *r = user;
    if (r->left == 0)
        return false;
    r->left--;
    r->heading.len = 0;
    nq_passage_heading(&r->heading, p->kind, p->first, p->title, p->section_heading);
    r->status = nq_engine_prepare(r->engine, nq_buf_str(&r->heading), p->text)
                    ? r->engine->backend->words_put(r->engine, p->id, r->err)
                    : nq_fail_nomem(r->err);
    r->upto = p->id;
    return r->status == NQ_OK;
}

enum nq_status nq_fts5_words_start(struct nq_engine *engine, struct nq_error *err)
{
    return nq_db_exec(engine->db,
                      "DROP TABLE IF EXISTS words_new;"
                      "CREATE VIRTUAL TABLE words_new USING fts5(list, content = '',"
                      " columnsize = 0, detail = none, tokenize = 'nq');"
                      "INSERT INTO words_new (words_new, rank) VALUES ('hashsize', 2500000)",
                      err);
}

enum nq_status nq_fts5_words_finish(struct nq_engine *engine, struct nq_error *err)
{
    return nq_db_exec(engine->db, "DROP TABLE words; ALTER TABLE words_new RENAME TO words", err);
}

static enum nq_status start(struct nq_engine *engine, struct nq_error *err)
{
    int64_t hash = 0;
    enum nq_status status = nq_db_meta_get(engine->db, "words_new_hash", &hash, err);
    if (status != NQ_OK || hash == dictionary_hash(engine))
        return status;
    status = engine->backend->words_start(engine, err);
    if (status == NQ_OK)
        status = nq_db_meta_set(engine->db, "words_new_hash", dictionary_hash(engine), err);
    return status == NQ_OK ? nq_db_meta_set(engine->db, "words_new_upto", 0, err) : status;
}

static enum nq_status finish(struct nq_engine *engine, struct nq_error *err)
{
    enum nq_status status = engine->backend->words_finish(engine, err);
    if (status == NQ_OK)
        status = nq_db_meta_set(engine->db, "words_new_hash", 0, err);
    return status == NQ_OK ? nq_db_meta_set(engine->db, "words_hash", dictionary_hash(engine), err)
                           : status;
}

/* One batch, within a transaction. */
static enum nq_status renew_batch(struct nq_engine *engine, size_t n, bool *done,
                                  struct nq_error *err)
{
    struct renewal r = {.engine = engine, .left = n, .err = err};
    enum nq_status status = engine->backend->begin(engine, err);
    if (status == NQ_OK)
        status = start(engine, err);
    if (status == NQ_OK)
        status = nq_db_meta_get(engine->db, "words_new_upto", &r.upto, err);
    if (status == NQ_OK)
        status = nq_store_each_passage(engine->db, 0, r.upto + 1, renew_passage, &r, err);
    if (status == NQ_OK)
        status = r.status;
    nq_buf_finish(&r.heading);
    if (status == NQ_OK)
        status = nq_db_meta_set(engine->db, "words_new_upto", r.upto, err);
    *done = status == NQ_OK && r.left > 0;
    if (*done)
        status = finish(engine, err);
    return status == NQ_OK ? engine->backend->flush(engine, engine->generation, err) : status;
}

enum nq_status nq_words_renew(struct nq_engine *engine, size_t n, bool *done, struct nq_error *err)
{
    int64_t hash = 0;
    enum nq_status status = nq_engine_refresh(engine, err);
    if (status == NQ_OK)
        status = nq_db_meta_get(engine->db, "words_hash", &hash, err);
    *done = status == NQ_OK && hash == dictionary_hash(engine);
    if (status != NQ_OK || *done)
        return status;
    status = nq_db_begin(engine->db, err);
    if (status != NQ_OK)
        return status;
    status = nq_db_end(engine->db, renew_batch(engine, n, done, err), err);
    if (status == NQ_OK)
        return engine->backend->committed(engine, err);
    engine->backend->rolled_back(engine);
    return status;
}
