/* One beginning being completed: the candidates, best first. */
#ifndef NQ_API_COMPLETE_H
#define NQ_API_COMPLETE_H

#include "api/names.h"

struct nq_candidate {
    struct nq_str text; /* of the name alone */
    enum nq_suggestion_kind kind;
    uint64_t passages;
    int32_t day;
    int fit;
    unsigned tiers; /* of the names that it was read from, a bit each */
    double score;
};

/* One beginning being completed. */
struct nq_completion {
    struct nq_index *index; /* whose names are there */
    struct nq_arena *arena; /* the candidates live in it */
    struct nq_typed typed;
    bool words_only;           /* something stands before it */
    bool known;                /* it is a word or name itself */
    struct nq_candidate *best; /* room for `most` */
    size_t n, most, worst;     /* the last of them in order, where there is no more room, */
    double least;              /* and the score that one typed in full must have */
    enum nq_status status;     /* of what is told word by word */
    struct nq_error *err;
};

/* Fills c->best with what begins as the end of `query` from byte `start` on; c->known where that is
 * a name itself. */
enum nq_status nq_complete(struct nq_completion *c, struct nq_str query, size_t start);

/* Whether two names are the same but for how they are printed. */
bool nq_same_name(struct nq_str a, struct nq_str b);

#endif
