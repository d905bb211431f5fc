/* Related passages: how much two texts are about the same matter, and by what one can tell. */
#ifndef NQ_LINK_RELATED_H
#define NQ_LINK_RELATED_H

#include "link/profile.h"

/* How much `other` is about what `text` is about, from 0 to 1: the share of text's weight that it
 * holds,
 *
 *     sum of r² · w(n) · s(m) over shared features / sum of r² · w(n) over all of text's
 *
 * n and m being how often each holds the feature, r its rarity (inverse document frequency),
 * w(n) = min(n, 1 + ln n), and s the saturation of BM25 (k1 = 1.2, b = 0.9), by which a longer
 * `other` counts less.  Only text's features need a rarity. */
double nq_related_score(const struct nq_profile *text, const struct nq_profile *other);

/* Writes the features of `text` that add most to the score, the weightiest first, into `out`;
 * returns their number, at most `most`.  Left out is what stands in the text of one before, and
 * what adds less than a tenth of the first. */
size_t nq_related_why(const struct nq_profile *text, const struct nq_profile *other, size_t most,
                      const struct nq_feature **out);

#endif
