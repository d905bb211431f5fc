/* Asking the second engine's shards: what searches as typed and for partial matches share. */
#ifndef NQ_ENGINE_XAPIAN_ASK_H
#define NQ_ENGINE_XAPIAN_ASK_H

#include "engine/run.h"
#include "engine/xapian_state.h"

/* A query on its way: what its parts are kept in. */
struct nq_xapian_asking {
    struct nq_run *run;
    struct nq_xapian_query q;
    struct nq_xapian_hits hits;
    struct nq_arena *arena;
    struct nq_buf match, must, excluded;
    const struct nq_clause *clause; /* whose sources are being gathered */
    struct nq_str *names;
    size_t n_names;
};

/* Begins a query of the run with its filters and exclusions. */
enum nq_status nq_xapian_begin(struct nq_xapian_asking *asking);

/* Asks, and fetches what a front lacks of the hits. */
enum nq_status nq_xapian_ask(struct nq_xapian_asking *asking);

/* Also of one that has not begun. */
void nq_xapian_asking_finish(struct nq_xapian_asking *asking);

/* Takes in a hit; a front looks at quotations only now. */
void nq_xapian_take(struct nq_run *r, const struct nq_xapian_hit *hit, enum nq_tier tier);

#endif
