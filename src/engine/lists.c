/* Walking the passages that hold given words. */
#include "engine/backend.h"

/* A Latin word is in the text index: as an atom, the beginning of all its tokens. */
static void add_term(struct nq_buf *match, struct nq_str term, bool words)
{
    nq_buf_add(match, match->len ? NQ_STR(" OR \"") : NQ_STR("\""));
    for (size_t i = 0; i < term.len; i++) {
        if (term.ptr[i] == '"')
            nq_buf_add_byte(match, '"');
        nq_buf_add_byte(match, term.ptr[i]);
    }
    if (!words)
        nq_buf_add_byte(match, NQ_TOKEN_SEP);
    nq_buf_add(match, words ? NQ_STR("\"") : NQ_STR("\" *"));
}

enum nq_status nq_engine_lists(struct nq_engine *engine, const struct nq_str *terms, size_t n,
                               bool words, nq_posting_fn *posting, void *user, struct nq_error *err)
{
    return engine->backend->lists(engine, terms, n, words, posting, user, err);
}

enum nq_status nq_fts5_lists(struct nq_engine *engine, const struct nq_str *terms, size_t n,
                             bool words, nq_posting_fn *posting, void *user, struct nq_error *err)
{
    struct nq_buf match = {0};
    for (size_t i = 0; i < n; i++)
        add_term(&match, terms[i], words);
    enum nq_status status = NQ_OK;
    if (match.failed)
        status = nq_fail_nomem(err);
    else if (n > 0)
        status = nq_fts5_phrases(engine->db, words, nq_buf_str(&match), posting, user, err);
    nq_buf_finish(&match);
    return status;
}
