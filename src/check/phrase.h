/* The longest phrase of a heading that stands in another section: names that no dictionary has. */
#ifndef NQ_CHECK_PHRASE_H
#define NQ_CHECK_PHRASE_H

#include "text/fold.h"

enum { NQ_PHRASE_MAX = 12 }; /* characters: a longer one tells no more */

/* Which pairs of characters stand in a text, by hash. */
struct nq_pairs {
    uint64_t bits[64];
};

void nq_pairs_add(const struct nq_folded *text, struct nq_pairs *pairs);

/* The characters of the longest run of two and more of `heading`, without a space, that stands in
 * `text`, whose pairs are given; `longest` where there is none longer. */
size_t nq_phrase_in(const struct nq_folded *heading, const struct nq_folded *text,
                    const struct nq_pairs *pairs, size_t longest);

#endif
