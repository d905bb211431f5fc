/* The tokens of a passage in a row, by which phrases of Xapian's bigrams are checked.
 *
 * A list of positions costs Xapian a key for each term of each document, more than all the rest,
 * and a look-up for each of them.  Here a passage is one value: three bytes for each token, those
 * of the text, a border, those of the heading.  They are a hash of 23 bits, never 0, and a bit that
 * says that a token is colocated with the one before it; a border is 0.  A phrase is looked up only
 * where its two rarest bigrams are, so that the hashes of others would have to meet by chance,
 * right beside these.
 *
 * It belongs to both the library, which writes, and the module, which reads. */
#ifndef NQ_ENGINE_XAPIAN_SEQUENCE_H
#define NQ_ENGINE_XAPIAN_SEQUENCE_H

#include "text/tokens.h"

/* What may stand at one place of a phrase. */
struct nq_sequence_place {
    const uint32_t *marks;
    size_t n;
};

/* The hash of a token. */
uint32_t nq_sequence_mark(const char *token, size_t len);

/* Appends a passage to `out`, which may fail. */
void nq_sequence_add(struct nq_buf *out, const struct nq_tokens *body,
                     const struct nq_tokens *heading);

/* Whether a phrase of n places stands in a sequence, or in its heading. */
bool nq_sequence_holds(const char *sequence, size_t len, const struct nq_sequence_place *places,
                       size_t n, bool in_heading);

#endif
