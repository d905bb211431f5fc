/* Reading the second engine's lists: postings and words, without a query. */
#include "engine/xapian_state.h"

static bool go_on(void *user)
{
    return !nq_db_is_stopped(user);
}

enum nq_status nq_xapian_count(struct nq_engine *engine, struct nq_str match, size_t most,
                               size_t *n, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    struct nq_xapian_query q = {.match = match,
                                .counted = most,
                                .go_on = engine->db->stop ? go_on : NULL,
                                .user = engine->db};
    struct nq_xapian_hits hits = {0};
    enum nq_status status = nq_xapian_read(engine, err);
    if (status == NQ_OK)
        status = x->api->search(x->reader, &q, &hits, err);
    if (status == NQ_ERR_STOPPED)
        status = nq_db_interrupted(engine->db, err);
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

struct words {
    nq_word_fn *word;
    void *user;
};

static bool on_word(void *user, struct nq_str word, uint64_t passages)
{
    const struct words *w = user;
    return w->word(w->user, word, passages, 0);
}

enum nq_status nq_xapian_words(struct nq_engine *engine, struct nq_str beginning, nq_word_fn *word,
                               void *user, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    struct words w = {word, user};
    enum nq_status status = nq_xapian_read(engine, err);
    if (status == NQ_OK)
        status = x->api->terms(x->reader, NQ_XAPIAN_WORD, beginning, on_word, &w, err);
    return status;
}
