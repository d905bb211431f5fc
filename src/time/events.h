/* Events: the dated statements of a passage.
 *
 * A sentence with a date gives an event where something is done in it: the action nearest to the
 * date, the body that does it, the document that it is about.  Who only reports it
 * (新华社6月18日报道， 工业和信息化部等七部门印发…) did not do it.  What lies ahead, is due by a
 * date or is planned for one is a milestone.  Figures of a year are no events. */
#ifndef NQ_TIME_EVENTS_H
#define NQ_TIME_EVENTS_H

#include "time/dates.h"
#include "time/recall.h"

struct nq_event_finder {
    struct nq_date_finder dates;
    struct nq_lexicon words;
    struct marks marks;
    struct nq_arena *arena; /* of the last passage's results */
    struct nq_event *events;
    size_t n, cap;
    struct nq_recall recall; /* what the passages so far were about */
    bool opening;            /* the next passage opens its news: the day that its first sentence
                              * prints is an event also where nothing is done on it */
};

/* False without memory. */
bool nq_event_finder_init(struct nq_event_finder *finder);
void nq_event_finder_finish(struct nq_event_finder *finder);

/* Finds the events of `text` into finder->events, as nq_extract_events of <nqsearch.h> describes.
 * False without memory. */
bool nq_events_find(struct nq_event_finder *finder, struct nq_str text, int32_t reference,
                    unsigned flags);

#endif
