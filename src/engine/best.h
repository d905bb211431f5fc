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

/* Whether `a` stands before `b`: what matches as typed first, then by score or by day, then the newer, then by
 * id.  All words and some words are told apart for the reader but ranked by score alone: putting the former
 * first costs 0.002-0.004 MRR@10 on news headlines, as a common word may be just what is missing. */
bool nq_match_before(const struct nq_match *a, const struct nq_match *b, enum nq_sort sort);

void nq_best_add(struct nq_best *best, struct nq_match match);

/* Puts `items` in order. */
void nq_match_sort(struct nq_match *items, size_t n, enum nq_sort sort);

#endif
