/* Completing the beginning of a word from the words index. */
#include "engine/backend.h"
#include "store/sql.h"

/* By code points, whatever the encoding of the database: terms are ordered so in FTS5. */
static int by_bytes(void *user, int a_len, const void *a, int b_len, const void *b)
{
    (void)user;
    return nq_str_cmp((struct nq_str){a, (size_t)a_len}, (struct nq_str){b, (size_t)b_len});
}

/* Makes what the terms are read from. */
static enum nq_status prepare(struct nq_engine *engine, struct nq_error *err)
{
    int rc = sqlite3_create_collation(engine->db->sql, "nq_bytes", SQLITE_UTF8, NULL, by_bytes);
    if (rc != SQLITE_OK)
        return nq_db_fail(engine->db, rc, err);
    return nq_db_exec(engine->db,
                      "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_terms USING "
                      "fts5vocab('main', 'words', 'row')",
                      err);
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
    static const char sql[] = "SELECT term, doc FROM temp.words_terms"
                              " WHERE term >= ?1 COLLATE nq_bytes AND term <= ?2 COLLATE nq_bytes"
                              " ORDER BY doc DESC, term LIMIT ?3";
    struct nq_buf last = {0};
    bool more = true;
    int64_t most = limit < INT32_MAX ? (int64_t)limit : INT32_MAX;
    nq_buf_add(&last, beginning);
    nq_buf_add_cp(&last, 0x10FFFF);
    enum nq_status status = last.failed ? nq_fail_nomem(err) : prepare(engine, err);
    if (status == NQ_OK) {
        struct nq_rows r =
            nq_rows(engine->db, sql,
                    NQ_WITH(nq_text(beginning), nq_text(nq_buf_str(&last)), nq_int(most)), err);
        while (more && nq_rows_next(&r))
            more = word(user, nq_rows_str(&r, 0), (uint64_t)nq_rows_int(&r, 1));
        status = nq_rows_end(&r);
    }
    nq_buf_finish(&last);
    return status;
}
