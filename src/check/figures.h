/* Figures of a text: numbers with what they count, and what is said of them. */
#ifndef NQ_CHECK_FIGURES_H
#define NQ_CHECK_FIGURES_H

#include "check/side.h"

/* A figure as printed, at bytes of the side's text: 1960亿千瓦时, 1.9%.  Dates and numbers without
 * a unit are none. */
struct nq_figure {
    struct nq_str text, clause;
    double value;
    uint32_t unit[4];        /* folded, the rest 0 */
    size_t label, label_end; /* folded characters of the clause before the number */
};

/* In the order of the text, in `arena`.  False without memory. */
bool nq_figures_find(const struct nq_side *side, struct nq_arena *arena, struct nq_figure **out,
                     size_t *n);

/* Whether a clause ends at character `i`: at punctuation, but not that within a number. */
bool nq_ends_clause(const struct nq_folded *f, size_t i);

/* Whether both figures are of one unit and value. */
bool nq_figures_equal(const struct nq_figure *a, const struct nq_figure *b);

#endif
