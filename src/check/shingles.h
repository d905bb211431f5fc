/* Where a run of atoms may stand in another text: by the diagonal that most of its shingles vote
 * for.
 */
#ifndef NQ_CHECK_SHINGLES_H
#define NQ_CHECK_SHINGLES_H

#include "text/token.h"

enum {
    NQ_SHINGLE = 3, /* atoms: with one character in ten changed, three in four of them stay */
    NQ_SHINGLE_BUCKETS = 4096,
    NQ_SHINGLE_DRIFT = 4, /* how far insertions move a sentence off its diagonal */
};

/* Shingles of a text: chains of positions by hash. */
struct nq_shingles {
    size_t n, n_asked;                  /* atoms of the text, and of the one that is asked for */
    uint32_t heads[NQ_SHINGLE_BUCKETS]; /* position + 1 */
    uint32_t *next;
    uint32_t *hashes; /* of each atom */
    uint16_t *votes;  /* by diagonal */
};

/* A hash of each atom, which the caller frees; NULL without memory. */
uint32_t *nq_hash_atoms(const struct nq_atoms *atoms);

/* False without memory; to be finished all the same. */
bool nq_shingles_init(struct nq_shingles *shingles, const struct nq_atoms *atoms, size_t n_asked);
void nq_shingles_finish(struct nq_shingles *shingles);

/* Votes for each diagonal by the shingles of [first, last) of the other text: the best one's votes,
 * its neighbours' included; *diagonal is the place here less that there. */
size_t nq_shingles_vote(struct nq_shingles *shingles, const uint32_t *hashes, size_t first,
                        size_t last, ptrdiff_t *diagonal);

#endif
