/* Hits as they are shown: heading and snippet with what was looked for marked. */
#ifndef NQ_API_MARK_H
#define NQ_API_MARK_H

#include "api/index.h"
#include "query/needle.h"
#include "query/pattern.h"

/* What texts are marked with, and memory for one text at a time.  `pattern` is borrowed. */
struct nq_marking {
    struct nq_needles needles;
    const struct nq_pattern *pattern;
    struct nq_reading reading;
    struct nq_scan scan;
};

/* Fills in heading and snippet of a hit that has its texts.  False without memory. */
bool nq_mark_hit(struct nq_marking *marking, struct nq_arena *arena, struct nq_hit *hit);

/* The same, but `snippet` gets the whole text. */
bool nq_mark_whole(struct nq_marking *marking, struct nq_arena *arena, struct nq_hit *hit);

/* Marks a hit of whole terms as a search for `query` would.  False without memory. */
bool nq_mark_terms(struct nq_index *index, struct nq_arena *arena, struct nq_str query,
                   struct nq_hit *hit);

/* Appends a term to a query that asks for any of its terms: `words` exactly as they are, or where
 * it is a title its letters, so that brackets in it don't matter. */
void nq_mark_add_term(struct nq_buf *query, struct nq_str words, bool title);

void nq_marking_finish(struct nq_marking *marking);

#endif
