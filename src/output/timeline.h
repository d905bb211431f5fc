/* Timelines as a person, a program or a calendar reads them. */
#ifndef NQ_OUTPUT_TIMELINE_H
#define NQ_OUTPUT_TIMELINE_H

#include "output/output.h"

/* Prints events down a line, months and documents marked, milestones that are not over on the day
 * `today` set apart, and how much was written by month. */
void nq_print_timeline(FILE *out, const struct nq_timeline *timeline, struct nq_str query,
                       double took_ms, int32_t today, const struct nq_style *style);

/* nqsearch.timeline/1; the caller owns it.  NULL without memory. */
json_t *nq_timeline_json(const struct nq_timeline *timeline, struct nq_str query);

/* A row for each event (RFC 4180). */
void nq_print_timeline_csv(FILE *out, const struct nq_timeline *timeline);

/* A calendar of the events (RFC 5545).  The UID of an event follows from its day, kind, action and
 * document or actor, so that a calendar that is fetched again changes what it has.  `stamp` is the
 * day that the calendar was made. */
void nq_print_timeline_ics(FILE *out, const struct nq_timeline *timeline, struct nq_str query,
                           int32_t stamp);

#endif
