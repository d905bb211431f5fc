/* The first step of ranking partial matches: a score for every passage that holds any of a query's
 * bigrams or words, list by list (term at a time). */
#ifndef NQ_ENGINE_ACCUMULATE_H
#define NQ_ENGINE_ACCUMULATE_H

#include "engine/engine.h"

/* Of a bigram, beside the 1 of a word. */
#define NQ_BIGRAM_WEIGHT 0.8

/* Scores of passages, in pages made where they are touched; zeroed is empty. */
struct nq_scores {
    float **pages; /* of NQ_ATTRIBUTE_CHUNK passages each */
    size_t n_pages;
};

/* The page of the scores around `passage`, whose own is [passage % NQ_ATTRIBUTE_CHUNK]; 0 at first.
 * NULL without memory. */
float *nq_scores_page(struct nq_scores *scores, int64_t passage);
void nq_scores_finish(struct nq_scores *scores);

/* Adds BM25 of the pattern's words and bigrams to `scores` and fills in their idf.  `norms` is what
 * BM25 adds to a count, for each length code.  The rarest lists come first; the longest are not
 * walked once nothing that only they hold could come near the best, nor what nearly every passage
 * holds.  Of each kind at most `lists` are walked: of a pasted page they tell enough. */
enum nq_status nq_accumulate(struct nq_engine *engine, struct nq_pattern *pattern,
                             const double norms[256], size_t lists, struct nq_scores *scores,
                             struct nq_error *err);

#endif
