/* Completing the beginning of a word from the words index. */
#include "engine/backend.h"

/* By code points, whatever the encoding of the database: terms are ordered so in FTS5. */
static int by_bytes(void *user, int a_len, const void *a, int b_len, const void *b)
{
    (void)user;
    return nq_str_cmp((struct nq_str){a, (size_t)a_len}, (struct nq_str){b, (size_t)b_len});
}

static enum nq_status prepare(struct nq_engine *engine, sqlite3_stmt **stmt, struct nq_error *err)
{
    static const char sql[] = "SELECT term, doc FROM temp.words_terms"
                              " WHERE term >= ?1 COLLATE nq_bytes AND term <= ?2 COLLATE nq_bytes"
                              " ORDER BY doc DESC, term LIMIT ?3";
    sqlite3 *db = engine->db->sql;
    int rc = sqlite3_create_collation(db, "nq_bytes", SQLITE_UTF8, NULL, by_bytes);
    if (rc != SQLITE_OK)
        return nq_db_fail(engine->db, rc, err);
    enum nq_status status = nq_db_exec(engine->db,
                                       "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_terms USING "
                                       "fts5vocab('main', 'words', 'row')",
                                       err);
    return status == NQ_OK ? nq_db_prepare(engine->db, sql, stmt, err) : status;
}

enum nq_status nq_engine_complete(struct nq_engine *engine, struct nq_str beginning, size_t limit,
                                  bool (*word)(void *user, struct nq_str word, uint64_t passages),
                                  void *user, struct nq_error *err)
{
    return engine->backend->complete(engine, beginning, limit, word, user, err);
}

enum nq_status nq_fts5_complete(struct nq_engine *engine, struct nq_str beginning, size_t limit,
                                bool (*word)(void *user, struct nq_str word, uint64_t passages),
                                void *user, struct nq_error *err)
{
    sqlite3_stmt *stmt;
    struct nq_buf last = {0};
    bool row = true;
    enum nq_status status = prepare(engine, &stmt, err);
    if (status != NQ_OK)
        return status;
    nq_buf_add(&last, beginning);
    nq_buf_add_cp(&last, 0x10FFFF);
    if (last.failed) {
        status = nq_fail_nomem(err);
    } else {
        nq_db_bind_str(stmt, 1, beginning);
        nq_db_bind_str(stmt, 2, nq_buf_str(&last));
        sqlite3_bind_int64(stmt, 3, limit < INT32_MAX ? (int64_t)limit : INT32_MAX);
    }
    while (status == NQ_OK && row) {
        status = nq_db_step(engine->db, stmt, &row, err);
        if (status == NQ_OK && row)
            row = word(user, nq_db_column_str(stmt, 0), (uint64_t)sqlite3_column_int64(stmt, 1));
    }
    sqlite3_reset(stmt);
    nq_buf_finish(&last);
    return status;
}
