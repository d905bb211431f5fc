/* Terms of a section and what each of them weighs.
 *
 * A term is a word of two characters and more but no part of a date (六月份), or a word of Latin
 * letters.  It weighs what it tells
 * (the negative logarithm of how likely a passage holds it): the built-in dictionary's frequency is
 * the prior, worth NQ_PRIOR_PASSAGES passages, and what the archive counts is added to it.  So a
 * small archive does not make common words rare, and a large one knows its own common ones. */
#ifndef NQ_CHECK_TERMS_H
#define NQ_CHECK_TERMS_H

#include "base/buf.h"
#include "base/map.h"
#include "text/segment.h"

enum { NQ_PRIOR_PASSAGES = 5000 };

struct nq_check_term {
    struct nq_str text; /* folded */
    float prior;        /* how likely a passage holds it, by the dictionary */
    float weight;
    float here; /* its weight less what many of the sections at hand share (nq_check_terms_here) */
    bool latin;
    bool form;    /* a body or an action: how a thing is told, not what it is */
    bool counted; /* the archive's passages are in the weight */
};

/* All terms of one check, by number from 0; zeroed is empty. */
struct nq_check_terms {
    struct nq_map numbers;
    struct nq_check_term *items;
    size_t n, cap;
    const struct nq_segmenter *segmenter;
    struct nq_word_buf words; /* scratch */
    struct nq_buf bytes;      /* scratch */
    double passages;          /* of the archive */
};

/* A term in a text, and how often it stands there. */
struct nq_term_count {
    uint32_t term, count;
};

/* The distinct terms of a text, in ascending order. */
struct nq_term_set {
    struct nq_term_count *items;
    size_t n;
};

/* Finds the terms of a folded text, in `arena`.  False without memory. */
bool nq_check_terms_find(struct nq_check_terms *terms, struct nq_arena *arena,
                         const struct nq_folded *text, struct nq_term_set *out);

/* Both sets as one, in `arena`; `factor` is what a term of `b` counts.  False without memory. */
bool nq_term_sets_join(struct nq_arena *arena, const struct nq_term_set *a,
                       const struct nq_term_set *b, uint32_t factor, struct nq_term_set *out);

/* Puts the number of the archive's passages that hold term `i` into its weight. */
void nq_check_term_count(struct nq_check_terms *terms, size_t i, double passages);

/* Weighs terms for one comparison: what two of the sections hold keeps its weight, what MANY of
 * them hold has none.  `held` counts, by term, the sections at hand that hold it. */
void nq_check_terms_here(struct nq_check_terms *terms, const uint16_t *held);

/* The weight here of the heaviest term of `a` that `b` holds and that tells what a thing is. */
double nq_term_anchor(const struct nq_check_terms *terms, const struct nq_term_set *a,
                      const struct nq_term_set *b);

void nq_check_terms_finish(struct nq_check_terms *terms);

/* What two sets of terms have in common: sums of squared weights, which grow with the logarithm of
 * the count.  `dot` is the product of both vectors, `first` and `second` are their squares;
 * `covered` is what of `first` the second set holds. */
struct nq_overlap {
    double dot, covered, first, second;
};

struct nq_overlap nq_term_overlap(const struct nq_check_terms *terms, const struct nq_term_set *a,
                                  const struct nq_term_set *b);

#endif
