/* How quantities are found, for the files that do it: `sentence` is the folded character of the
 * side's text that the figure's sentence begins with. */
#ifndef NQ_CHECK_QUANTITY_PARTS_H
#define NQ_CHECK_QUANTITY_PARTS_H

#include "check/quantity.h"

/* Finds the words that name the quantity, less what only leads up to a value and all dates.  False
 * without memory. */
bool nq_quantity_words(const struct nq_side *side, struct nq_check_terms *terms,
                       const struct nq_date_finder *dates, struct nq_arena *arena,
                       struct nq_quantity *q, size_t sentence);

/* Finds the quantity's period, bound and places, and whether it is a forecast or still counted.
 * The finder has the dates of the side's text. */
void nq_quantity_scope(const struct nq_side *side, const struct nq_event_finder *finder,
                       const struct nq_folded *heading, size_t sentence, struct nq_quantity *q);

/* Whether a word stands at character `i` and ends before `end`. */
bool nq_folded_at(const struct nq_folded *f, size_t i, size_t end, struct nq_str word);

#endif
