/* How a query was understood, for --explain. */
#ifndef NQ_API_EXPLAIN_H
#define NQ_API_EXPLAIN_H

#include "engine/engine.h"

/* Lines of a label, a tab and a value, in `arena`: the query as parsed, its filters, what is looked
 * for with its weights, how many matches were ranked.  Absent without memory. */
struct nq_str nq_explain(struct nq_arena *arena, const struct nq_search *search,
                         const struct nq_found *found);

#endif
