/* "Did you mean": a query whose terms the index does not hold, with wrong characters put right. */
#ifndef NQ_API_CORRECT_H
#define NQ_API_CORRECT_H

#include "api/index.h"
#include "base/arena.h"

/* Stores the corrected query in `*out`, absent where nothing better is known. `query` is `text`
 * parsed; what is made lives in `arena`. */
enum nq_status nq_correct(struct nq_index *index, struct nq_arena *arena, struct nq_str text,
                          const struct nq_query *query, struct nq_str *out, struct nq_error *err);

#endif
