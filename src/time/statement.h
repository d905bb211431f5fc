/* What is said of one date: who did what, and about which document; for the event finder. */
#ifndef NQ_TIME_STATEMENT_H
#define NQ_TIME_STATEMENT_H

#include "time/subject.h"

/* The parts of a statement, as characters. */
struct parts {
    size_t date_start, date_end, window_start, window_end;
    const struct mark *action;
    size_t actor_start, actor_end; /* equal: none */
    const struct mark *title;
    bool same_actor; /* the body that was last said to act */
};

/* Fills in action, actor and title; dates and window are set. */
void nq_find_parts(const struct sentence *s, struct parts *parts);

/* Whether it lies ahead of the reference, or is due or planned. */
bool nq_is_milestone(const struct sentence *s, const struct parts *parts,
                     const struct nq_date *date, int32_t reference);

/* Whether a dated clause is worth an event. */
bool nq_tells(const struct sentence *s, const struct parts *parts, const struct nq_date *date,
              enum nq_event_kind kind, int32_t reference);

#endif
