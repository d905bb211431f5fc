/* The words of an index that begin so. */
#include "base/arena.h"
#include "engine/backend.h"
#include "engine/fts5_list.h"

enum nq_status nq_fts5_words(struct nq_engine *engine, struct nq_str beginning, nq_word_fn *word,
                             void *user, struct nq_error *err)
{
    struct nq_fts5_table words;
    enum nq_status status = nq_fts5_table_open(engine->db, true, &words, err);
    if (status != NQ_OK)
        return status;
    nq_fts5_each_token(&words, beginning, word, user);
    status = words.status;
    nq_fts5_table_close(&words);
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
        int64_t last;
    } * items;
    size_t n, most;
};

static bool on_word(void *user, struct nq_str word, uint64_t passages, int64_t last)
{
    struct top *t = user;
    size_t i = t->n < t->most ? t->n++ : t->most;
    for (; i > 0 && t->items[i - 1].passages < passages; i--)
        if (i < t->most)
            t->items[i] = t->items[i - 1];
    if (i < t->most) {
        t->items[i].word = nq_arena_str(t->arena, word);
        t->items[i].passages = passages;
        t->items[i].last = last;
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
        if (!word(user, t.items[i].word, t.items[i].passages, t.items[i].last))
            break;
    nq_arena_destroy(t.arena);
    return status;
}
