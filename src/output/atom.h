/* A standing query as a feed. */
#ifndef NQ_OUTPUT_ATOM_H
#define NQ_OUTPUT_ATOM_H

#include "output/output.h"

/* What a feed says of itself.  Addresses are those behind `base`, "https://search.example.org". */
struct nq_feed {
    struct nq_str query, site;
    const char *base;
    const char *self, *page; /* "/feed.atom?q=…", "/?q=…" */
};

/* Prints the hits that hold all of the query as a feed (RFC 4287).  The id of the feed follows from
 * the query, that of an entry from its report's key and its text: they stay when the index is made
 * anew.  An entry is as new as its report.  False
 * without memory. */
bool nq_print_atom(FILE *out, const struct nq_results *results, const struct nq_feed *feed);

#endif
