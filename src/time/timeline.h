/* Timelines: from what single passages tell to events, merged and weighed. */
#ifndef NQ_TIME_TIMELINE_H
#define NQ_TIME_TIMELINE_H

#include "base/arena.h"
#include "time/marks.h"

#include <nqsearch.h>

/* What one passage tells of one event. */
struct nq_telling {
    struct nq_timeline_event event; /* without importance and coverage */
    struct nq_coverage coverage;
    struct nq_str clause;  /* of the quote, the words that tell it */
    int64_t section;       /* what it stands in; 0: none */
    unsigned stage, level; /* of action and actor; 15: none */
    double relevance;      /* how much it has to do with the question, 0 to about 2 */
    bool titled;           /* the document's title holds words of the question */
};

/* How important a telling is by itself, 0 to about 4. */
double nq_telling_weight(const struct nq_telling *telling);

/* Merges tellings of one event (the same document and stage of its life; the same actor and day; a
 * nearly identical statement on one day) into one, weighs them and puts them in order of time.
 * The most important `limit` are kept; *total counts all.  `tellings` are put in another order.
 * Results live in `arena`.  False without memory. */
bool nq_timeline_merge(struct nq_arena *arena, struct nq_telling *tellings, size_t n, size_t limit,
                       struct nq_timeline_event **out, size_t *n_out, uint64_t *total);

#endif
