/* One beginning being completed: the candidates, best first. */
#ifndef NQ_API_COMPLETE_H
#define NQ_API_COMPLETE_H

#include "api/names.h"

enum { NQ_COMPLETION_SPELT = 32 }; /* words of everyday language that are looked up for pinyin */

struct nq_candidate {
    struct nq_str text; /* of the name alone */
    enum nq_suggestion_kind kind;
    uint64_t passages;
    int32_t day;
    int fit;
    double score;
};

/* A word of the table of readings. */
struct nq_spelling {
    const uint16_t *cp;
    size_t n;
    unsigned weight;
    int fit;
};

/* One beginning being completed. */
struct nq_completion {
    struct nq_index *index; /* whose names are there */
    struct nq_arena *arena; /* the candidates live in it */
    struct nq_typed typed;
    bool words_only;           /* something stands before it */
    bool known;                /* it is a word or name itself */
    struct nq_candidate *best; /* room for `most` */
    size_t n, most;
    struct nq_spelling spelt[NQ_COMPLETION_SPELT];
    size_t n_spelt;
    struct nq_error *err;
};

/* Fills c->best with what begins as the end of `query` from byte `start` on; c->known where that is
 * a name itself. */
enum nq_status nq_complete(struct nq_completion *c, struct nq_str query, size_t start);

/* Whether two names are the same but for how they are printed. */
bool nq_same_name(struct nq_str a, struct nq_str b);

#endif
