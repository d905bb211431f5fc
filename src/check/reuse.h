/* Reused sentences: what of a draft stands in an earlier text, as it is or lightly edited.
 *
 * Each sentence of the draft is looked for by its shingles of three atoms: where most of them stand
 * in the earlier text on neighbouring diagonals, both are aligned by their longest common
 * subsequence.  A sentence that is not found whole is looked for clause by clause.  Titles in 《》
 * do not count: to name a document again is no reuse. */
#ifndef NQ_CHECK_REUSE_H
#define NQ_CHECK_REUSE_H

#include "check/side.h"

/* One sentence or clause, in bytes of either text.  `parts` part it into what both have and what
 * was changed. */
struct nq_aligned {
    size_t draft_start, draft_end, prior_start, prior_end;
    size_t first_atom; /* of the draft */
    size_t atoms;      /* of the draft's sentence, titles left out */
    size_t common;     /* of them in the earlier one */
    bool exact;        /* nothing but punctuation differs */
    bool figures;      /* digits are among what differs */
    bool counts;       /* it holds digits, and none differs */
    const struct nq_fragment *draft_parts, *prior_parts;
    size_t n_draft_parts, n_prior_parts;
};

/* Finds what `draft` has of `prior`, in the order of the draft; all in `arena`.  False without
 * memory. */
bool nq_reuse_find(const struct nq_side *draft, const struct nq_side *prior, struct nq_arena *arena,
                   struct nq_aligned **out, size_t *n);

#endif
