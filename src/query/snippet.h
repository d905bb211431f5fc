/* Snippets: the part of a passage that shows why it was found, with the printed characters that
 * matched marked. */
#ifndef NQ_QUERY_SNIPPET_H
#define NQ_QUERY_SNIPPET_H

#include "query/needle.h"
#include "query/pattern.h"

/* How many atoms a snippet shows at most: about two and a half lines of a terminal. */
enum { NQ_SNIPPET_ATOMS = 110 };

/* A text to be shown and what of it is to be marked. */
struct nq_view {
    struct nq_str text;
    const struct nq_reading *reading; /* of `text` */
    const struct nq_scan *scan;       /* of the reading's atoms by `pattern` */
    const struct nq_pattern *pattern;
    struct nq_needles *needles;
    bool heading; /* show all of it */
    bool strict;  /* mark whole terms only: the passage holds each of them */
};

/* Marks the terms of the query in a text.  Where a term does not occur as a whole, its words that
 * stand by themselves are marked too, and bigrams where no word does, unless the view is strict.
 * Of a heading all is shown, else the densest part, from and to ends of sentences where that fits
 * and with … where it is cut.  Fragments point into the text.  False without memory. */
bool nq_snippet(struct nq_arena *arena, const struct nq_view *view, const struct nq_fragment **out,
                size_t *n);

#endif
