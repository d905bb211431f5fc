/* How much two texts have in common. */
#ifndef NQ_API_ALIKE_H
#define NQ_API_ALIKE_H

#include "base/str.h"

/* Stores the share of the shorter text's shingles (four characters in a row, white space left out)
 * that the other holds, too: 0 to 1, 0 where one is shorter than a shingle.  False without memory.
 */
bool nq_alike(struct nq_str a, struct nq_str b, double *share);

#endif
