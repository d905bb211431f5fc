/* What is put into FTS5's tables and taken out of them: tokens that are made already (fts5.h). */
#include "engine/backend.h"
#include "engine/bulk.h"
#include "engine/leaves.h"
#include "engine/merge.h"
#include "store/sql.h"

/* Runs a statement of the text index, or of that of words, with the tokens that were prepared. */
static enum nq_status run_text(struct nq_engine *engine, const char *sql, int64_t id,
                               struct nq_error *err)
{
    engine->fts5.documents[0].tokens = engine->body.items;
    engine->fts5.documents[0].n = engine->body.n;
    engine->fts5.documents[1].tokens = engine->heading.items;
    engine->fts5.documents[1].n = engine->heading.n;
    return nq_sql_run(engine->db, sql, NQ_WITH(nq_int(id)), err);
}

static enum nq_status run_words(struct nq_engine *engine, const char *sql, int64_t id,
                                struct nq_error *err)
{
    engine->fts5.documents[0].tokens = engine->word_tokens;
    engine->fts5.documents[0].n = engine->n_word_tokens;
    return nq_sql_run(engine->db, sql, NQ_WITH(nq_int(id)), err);
}

enum nq_status nq_fts5_words_put(struct nq_engine *engine, int64_t id, struct nq_error *err)
{
    static const char sql[] = "INSERT INTO words_new (rowid, list) VALUES (?1, '0')";
    return run_words(engine, sql, id, err);
}

enum nq_status nq_fts5_put(struct nq_engine *engine, const struct nq_document *d,
                           struct nq_error *err)
{
    static const char text[] = "INSERT INTO text (rowid, body, heading) VALUES (?1, '0', '1')";
    static const char words[] = "INSERT INTO words (rowid, list) VALUES (?1, '0')";
    bool done = false;
    enum nq_status status = nq_bulk_put(engine, d->id, &done, err);
    if (status != NQ_OK || done)
        return status;
    status = run_text(engine, text, d->id, err);
    return status == NQ_OK ? run_words(engine, words, d->id, err) : status;
}

enum nq_status nq_fts5_remove(struct nq_engine *engine, int64_t id, struct nq_error *err)
{
    static const char text[] =
        "INSERT INTO text (text, rowid, body, heading) VALUES ('delete', ?1, '0', '1')";
    static const char words[] = "INSERT INTO words (words, rowid, list) VALUES ('delete', ?1, '0')";
    enum nq_status status = nq_bulk_end(engine, err);
    if (status == NQ_OK)
        status = run_text(engine, text, id, err);
    return status == NQ_OK ? run_words(engine, words, id, err) : status;
}

enum nq_status nq_fts5_optimize(struct nq_engine *engine, struct nq_error *err)
{
    static const char *const sql[] = {"INSERT INTO text (text) VALUES ('optimize')",
                                      "INSERT INTO words (words) VALUES ('optimize')"};
    enum nq_status status = nq_bulk_end(engine, err);
    for (size_t i = 0; i < NQ_COUNT(sql) && status == NQ_OK; i++) {
        bool done;
        status = nq_merge_table(engine->db, i == 1, &done, err);
        if (status == NQ_OK)
            status = nq_leaves_reload(engine->db, err);
        if (status == NQ_OK && !done)
            status = nq_db_exec(engine->db, sql[i], err);
    }
    return status;
}
