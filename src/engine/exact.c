/* Quoted terms with punctuation, checked on the stored text. */
#include "engine/exact.h"
#include "store/passages.h"

bool nq_exact_init(struct nq_exact *exact, const struct nq_engine *engine,
                   const struct nq_query *query)
{
    exact->arena = nq_arena_create();
    return exact->arena &&
           nq_needles_init(&exact->needles, exact->arena, query, engine->stemmer, true, SIZE_MAX);
}

void nq_exact_finish(struct nq_exact *exact)
{
    nq_needles_finish(&exact->needles);
    nq_reading_finish(&exact->heading);
    nq_reading_finish(&exact->text);
    nq_buf_finish(&exact->heading_bytes);
    nq_buf_finish(&exact->text_bytes);
    nq_arena_destroy(exact->arena);
}

enum nq_status nq_exact_check(struct nq_exact *exact, struct nq_engine *engine, int64_t id,
                              enum nq_kind kind, bool *holds, struct nq_error *err)
{
    *holds = true;
    if (exact->needles.n == 0)
        return NQ_OK;
    exact->heading_bytes.len = exact->text_bytes.len = 0;
    enum nq_status status =
        nq_store_passage_text(engine->db, id, kind, &exact->heading_bytes, &exact->text_bytes, err);
    if (status != NQ_OK)
        return status;
    if (!nq_reading_build(&exact->heading, nq_buf_str(&exact->heading_bytes)) ||
        !nq_reading_build(&exact->text, nq_buf_str(&exact->text_bytes)))
        return nq_fail_nomem(err);
    *holds = nq_needles_hold(&exact->needles, &exact->heading, &exact->text);
    return exact->needles.stem.failed ? nq_fail_nomem(err) : NQ_OK;
}
