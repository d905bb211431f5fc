/* Snippets: the part of a passage that shows why it was found, with the printed characters that
 * matched marked. */
#ifndef NQ_QUERY_SNIPPET_H
#define NQ_QUERY_SNIPPET_H

#include "query/pattern.h"

/* How many atoms a snippet shows at most: about two and a half lines of a terminal. */
enum { NQ_SNIPPET_ATOMS = 110 };

/* Marks in `text`, whose atoms `scan` was made of, every term of the pattern; what of a term's
 * words stands by itself only where the whole term does not occur; bigrams where no word does.
 * `whole`: all of the text (a heading), else its densest part, from and to ends of sentences where
 * that fits and with … where it is cut.  Fragments point into `text`.  False without memory. */
bool nq_snippet(struct nq_arena *arena, const struct nq_pattern *pattern,
                const struct nq_scan *scan, struct nq_str text, bool whole,
                const struct nq_fragment **out, size_t *n);

#endif
