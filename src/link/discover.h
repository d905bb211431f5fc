/* Discovery: words and phrases that a body of text uses and no dictionary knows.
 *
 * Candidates are sequences of the segmenter's words, 2 to 10 characters, within a clause and
 * without function words.  The text is told three times, so that memory does not grow with it:
 *
 * 1. nq_discover_count: a count-min sketch (Cormode and Muthukrishnan 2005) counts all sequences.
 * 2. nq_discover_weigh: those frequent enough get an entry, with an exact count and what stands to
 *    the left and the right of them, in a fixed number of classes.
 * 3. nq_discover_quote: those that nq_discover_rank left get dates and quotes.
 *
 * What is kept has (a) cohesion: the pointwise mutual information of the two parts at the weakest
 * split; (b) branching entropy on both sides: it stands among many words, so it is whole; (c) an
 * end and a beginning that are no function words (dicts/function_words.tsv).  Its rank is a C-value
 * (Frantzi, Ananiadou and Mima 2000), in which occurrences within longer candidates don't count,
 * times cohesion and entropy. */
#ifndef NQ_LINK_DISCOVER_H
#define NQ_LINK_DISCOVER_H

#include "base/arena.h"
#include "base/buf.h"
#include "text/segment.h"

struct nq_discover;

/* `least_count` is how often a term must stand in the text, at least 2.  The segmenter is borrowed.
 * NULL without memory. */
struct nq_discover *nq_discover_create(const struct nq_segmenter *segmenter, size_t least_count);
void nq_discover_destroy(struct nq_discover *d);

/* The passes; false without memory. */
bool nq_discover_count(struct nq_discover *d, struct nq_str text);
bool nq_discover_weigh(struct nq_discover *d, struct nq_str text);
bool nq_discover_quote(struct nq_discover *d, struct nq_str text, int64_t passage, int64_t report,
                       int32_t day);

/* Between the second and the third: chooses the best proposals, at most `limit`. */
bool nq_discover_rank(struct nq_discover *d, size_t limit);

/* After the third: the proposals, best first, in `arena`.  False without memory. */
bool nq_discover_take(const struct nq_discover *d, struct nq_arena *arena, struct nq_proposal **out,
                      size_t *n);

#endif
