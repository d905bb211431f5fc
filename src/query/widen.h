/* Widening a query by the other forms of its words: full and short names of one thing (dicts/). */
#ifndef NQ_QUERY_WIDEN_H
#define NQ_QUERY_WIDEN_H

#include "base/arena.h"
#include "query/query.h"
#include "text/segment.h"

/* Stores in `*out` the query with the other forms of its loose terms beside them, as further terms
 * of their clauses; NULL where no word of it has any.  A term of several words has those of each
 * word in its place (央行降准: 中国人民银行降准), but for sentences.  What is quoted, excluded, a
 * beginning, or looked for in sources, documents and organisations stays as it is.  It lives in
 * `arena` and borrows from `query`.  False without memory. */
bool nq_query_widen(struct nq_arena *arena, const struct nq_query *query,
                    const struct nq_segmenter *segmenter, struct nq_query **out);

#endif
