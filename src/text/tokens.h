/* What the text index is given of a text: its atoms' tokens in order (token.h says what they are).
 */
#ifndef NQ_TEXT_TOKENS_H
#define NQ_TEXT_TOKENS_H

#include "base/buf.h"
#include "text/token.h"

struct sb_stemmer;

/* A token; `colocated`: at the position of the one before it. */
struct nq_token {
    struct nq_str text;
    bool colocated;
};

/* A text on its way into the index; zeroed is empty, and its memory is used again by the next text.
 */
struct nq_tokens {
    struct nq_folded folded;
    struct nq_atoms atoms;
    struct nq_token *items;
    size_t n, cap;
    struct nq_buf stems;
};

/* Folds `text`, finds its atoms and makes their tokens.  False without memory. */
bool nq_tokens_build(struct nq_str text, struct sb_stemmer *stemmer, struct nq_tokens *out);

/* Appends the STEM token of `word`, folded and of letters alone (nq_atom_has_stem), to `out`. */
void nq_token_stem(struct sb_stemmer *stemmer, struct nq_str word, struct nq_buf *out);

void nq_tokens_finish(struct nq_tokens *tokens);

#endif
