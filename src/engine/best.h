/* The best k of a stream of matches, by a heap whose root is the worst of them. */
#ifndef NQ_ENGINE_BEST_H
#define NQ_ENGINE_BEST_H

#include "engine/engine.h"

struct nq_best {
    struct nq_match *items;
    size_t n, cap, k;
    enum nq_sort sort;
    bool failed;
};

void nq_best_add(struct nq_best *best, struct nq_match match);

/* Puts `items` in order. */
void nq_match_sort(struct nq_match *items, size_t n, enum nq_sort sort);

#endif
