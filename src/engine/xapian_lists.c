/* Reading the second engine's lists: postings and words, without a query. */
#include "engine/xapian_state.h"

enum nq_status nq_xapian_count(struct nq_engine *engine, struct nq_str match, size_t most,
                               size_t *n, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    struct nq_xapian_query q = {.match = match, .counted = most};
    struct nq_xapian_hits hits = {0};
    enum nq_status status = nq_xapian_read(engine, err);
    if (status == NQ_OK)
        status = x->api->search(x->reader, &q, &hits, err);
    if (status == NQ_OK)
        *n = hits.total < most ? (size_t)hits.total : most;
    x->api->hits_finish(&hits);
    return status;
}

/* A walk over the postings of terms. */
struct walk {
    size_t phrase;
    nq_posting_fn *posting;
    void *user;
    enum nq_next next;
};

static bool on_posting(void *user, struct nq_str term, int64_t passage, uint32_t count)
{
    struct walk *w = user;
    (void)term;
    struct nq_posting p = {.passage = passage, .phrase = w->phrase, .in_body = count};
    w->next = w->posting(w->user, &p);
    return w->next == NQ_NEXT_POSTING;
}

enum nq_status nq_xapian_lists(struct nq_engine *engine, const struct nq_str *terms, size_t n,
                               bool words, nq_posting_fn *posting, void *user, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    struct walk w = {.posting = posting, .user = user};
    enum nq_status status = n > 0 ? nq_xapian_read(engine, err) : NQ_OK;
    for (w.phrase = 0; w.phrase < n && status == NQ_OK && w.next != NQ_NEXT_NONE; w.phrase++)
        status = x->api->list(x->reader, words ? NQ_XAPIAN_WORD : NQ_XAPIAN_ATOM, terms[w.phrase],
                              on_posting, &w, err);
    return status;
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

enum nq_status nq_xapian_complete(struct nq_engine *engine, struct nq_str beginning, size_t limit,
                                  bool (*word)(void *user, struct nq_str word, uint64_t passages),
                                  void *user, struct nq_error *err)
{
    enum { MOST = 1000 };
    struct nq_xapian_state *x = engine->xapian;
    struct top t = {.arena = nq_arena_create(), .most = limit < MOST ? limit : MOST};
    enum nq_status status = t.arena ? nq_xapian_read(engine, err) : nq_fail_nomem(err);
    if (status == NQ_OK && !(t.items = nq_arena_array(t.arena, t.most + 1, sizeof *t.items)))
        status = nq_fail_nomem(err);
    if (status == NQ_OK)
        status = x->api->terms(x->reader, NQ_XAPIAN_WORD, beginning, on_word, &t, err);
    if (status == NQ_OK && nq_arena_failed(t.arena))
        status = nq_fail_nomem(err);
    for (size_t i = 0; i < t.n && status == NQ_OK; i++)
        if (!word(user, t.items[i].word, t.items[i].passages))
            break;
    nq_arena_destroy(t.arena);
    return status;
}
