/* The first step of ranking partial matches: a score for every passage that holds any of a query's
 * bigrams or words, list by list (term at a time). */
#ifndef NQ_ENGINE_ACCUMULATE_H
#define NQ_ENGINE_ACCUMULATE_H

#include "engine/engine.h"

/* Scores of passages, in pages made where they are touched; zeroed is empty. */
struct nq_scores {
    float **pages; /* of NQ_ATTRIBUTE_CHUNK passages each */
    size_t n_pages;
};

/* The score of `passage`, 0 at first; NULL without memory. */
float *nq_scores_at(struct nq_scores *scores, int64_t passage);
void nq_scores_finish(struct nq_scores *scores);

/* Adds BM25 of the pattern's words and bigrams to `scores` and fills in their idf.  Lists of what
 * nearly every passage holds are not walked to their end: they cannot tell passages apart.  Of each
 * kind at most `lists` are walked, the rarest: of a pasted page they tell enough. */
enum nq_status nq_accumulate(struct nq_engine *engine, struct nq_pattern *pattern, size_t lists,
                             struct nq_scores *scores, struct nq_error *err);

#endif
