/* The words of an index that begin so. */
#include "base/arena.h"
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

enum nq_status nq_fts5_words(struct nq_engine *engine, struct nq_str beginning, nq_word_fn *word,
                             void *user, struct nq_error *err)
{
    static const char sql[] = "SELECT term, doc FROM temp.words_terms"
                              " WHERE term >= ?1 COLLATE nq_bytes AND term <= ?2 COLLATE nq_bytes";
    struct nq_buf last = {0};
    bool more = true;
    nq_buf_add(&last, beginning);
    nq_buf_add_cp(&last, 0x10FFFF);
    enum nq_status status = last.failed ? nq_fail_nomem(err) : prepare(engine, err);
    if (status == NQ_OK) {
        struct nq_rows r =
            nq_rows(engine->db, sql, NQ_WITH(nq_text(beginning), nq_text(nq_buf_str(&last))), err);
        while (more && nq_rows_next(&r))
            more = word(user, nq_rows_str(&r, 0), (uint64_t)nq_rows_int(&r, 1));
        status = nq_rows_end(&r);
    }
    nq_buf_finish(&last);
    return status;
}

enum nq_status nq_engine_words(struct nq_engine *engine, struct nq_str beginning, nq_word_fn *word,
                               void *user, struct nq_error *err)
{
    return engine->backend->words(engine, beginning, word, user, err);
}

/* The words of most passages, in order. */
struct top {
    struct nq_arena *arena;
    struct {
        struct nq_str word;
        uint64_t passages;
    } * items;
    size_t n, most;
};

static bool on_word(void *user, struct nq_str word, uint64_t passages)
{
    struct top *t = user;
    size_t i = t->n < t->most ? t->n++ : t->most;
    for (; i > 0 && t->items[i - 1].passages < passages; i--)
        if (i < t->most)
            t->items[i] = t->items[i - 1];
    if (i < t->most) {
        t->items[i].word = nq_arena_str(t->arena, word);
        t->items[i].passages = passages;
    }
    return !nq_arena_failed(t->arena);
}

enum nq_status nq_engine_complete(struct nq_engine *engine, struct nq_str beginning, size_t limit,
                                  nq_word_fn *word, void *user, struct nq_error *err)
{
    enum { MOST = 1000 };
    struct top t = {.arena = nq_arena_create(), .most = limit < MOST ? limit : MOST};
    if (t.arena)
        t.items = nq_arena_array(t.arena, t.most + 1, sizeof *t.items);
    enum nq_status status =
        t.items ? nq_engine_words(engine, beginning, on_word, &t, err) : nq_fail_nomem(err);
    if (status == NQ_OK && nq_arena_failed(t.arena))
        status = nq_fail_nomem(err);
    for (size_t i = 0; i < t.n && status == NQ_OK; i++)
        if (!word(user, t.items[i].word, t.items[i].passages))
            break;
    nq_arena_destroy(t.arena);
    return status;
}
