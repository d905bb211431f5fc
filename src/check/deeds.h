/* Dated events of a section: who did what to which document on which day. */
#ifndef NQ_CHECK_DEEDS_H
#define NQ_CHECK_DEEDS_H

#include "check/side.h"
#include "time/events.h"

/* What happened on one day.  `stage` is that of the action in a policy's life (time/marks.h). */
struct nq_deed {
    int32_t day;
    int stage;
    struct nq_str actor, action; /* of the side's text; empty for none */
    struct nq_str document;      /* its key (text/title.h); empty for none */
    struct nq_str title, object; /* that document as printed; the sentence behind the action */
    struct nq_str quote;         /* the clause */
};

/* How one event is told by two sections. */
enum nq_deed_match {
    NQ_DEED_NONE,
    NQ_DEED_DAY,      /* the same stage of something on the same day, by the same body or one of
                         the same place */
    NQ_DEED_DOCUMENT, /* and of the same document */
};

/* Finds the side's deeds where that was not done yet.  False without memory. */
bool nq_deeds_find(struct nq_side *side, struct nq_event_finder *finder, struct nq_arena *arena);

/* The closest match of all deeds of both. */
enum nq_deed_match nq_deeds_match(const struct nq_side *a, const struct nq_side *b);

/* Whether both tell who issued one document (of that title, or on one day in nearly the same words)
 * and name bodies of which none is the same. */
bool nq_deeds_issuers_differ(const struct nq_deed *a, const struct nq_deed *b);

#endif
