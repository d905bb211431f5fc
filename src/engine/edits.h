/* Words of the dictionary that a term holds when one character of it is changed, missing, too many
 * or in the wrong order. */
#ifndef NQ_ENGINE_EDITS_H
#define NQ_ENGINE_EDITS_H

#include "text/segmenter.h"

enum { NQ_EDITS_LONGEST = 12, NQ_EDITS_MAX = 32 };

/* The term with `in` characters in place of `out` ones from `at` on, which makes a word of `length`
 * characters. */
struct nq_edit {
    uint32_t cp[2], cost;
    uint16_t code; /* of the dictionary, in place of cp[0] while it is not looked up */
    uint8_t at, in, out, length;
};

struct nq_edits {
    const uint32_t *cp; /* the term, folded Han characters */
    size_t n;
    size_t known[NQ_EDITS_LONGEST]; /* characters of the known word that each stands in, or 1 */
    bool starts[NQ_EDITS_LONGEST];  /* a word, known or not, begins there */
    size_t from, to;                /* only edits at [from, to) are looked for */
    struct nq_edit items[NQ_EDITS_MAX];
    size_t n_items;
};

/* Finds the edits of a term, those that make the longest words first, then those of the likeliest
 * words.  A known word is broken only for a longer one. */
void nq_edits_find(const struct nq_dict *dict, struct nq_edits *edits);

#endif
