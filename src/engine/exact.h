/* Quoted terms with punctuation in them: the text index finds their parts, the stored text tells.
 */
#ifndef NQ_ENGINE_EXACT_H
#define NQ_ENGINE_EXACT_H

#include "engine/engine.h"
#include "query/needle.h"

/* Zeroed checks nothing. */
struct nq_exact {
    struct nq_arena *arena;
    struct nq_needles needles; /* none: there is nothing to check */
    struct nq_reading heading, text;
    struct nq_buf heading_bytes, text_bytes;
};

/* False without memory. */
bool nq_exact_init(struct nq_exact *exact, const struct nq_engine *engine,
                   const struct nq_query *query);
void nq_exact_finish(struct nq_exact *exact);

/* Whether passage `id`, which is of `kind`, holds what the query quotes and nothing that it
 * excludes, as printed.  *holds is true where there is nothing to check. */
enum nq_status nq_exact_check(struct nq_exact *exact, struct nq_engine *engine, int64_t id,
                              enum nq_kind kind, bool *holds, struct nq_error *err);

#endif
