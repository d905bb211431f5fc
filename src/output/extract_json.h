/* Dates and events of a text as JSON. */
#ifndef NQ_OUTPUT_EXTRACT_JSON_H
#define NQ_OUTPUT_EXTRACT_JSON_H

#include <jansson.h>
#include <nqsearch.h>

/* "day", "month", "quarter", "year" or "range". */
const char *nq_precision_name(enum nq_precision precision);

/* One line of nqtext --dates: {"text", "dates": […], "open", "vague", "invalid"}; the caller owns
 * it.  NULL without memory. */
json_t *nq_dates_json(struct nq_str text, const struct nq_date *dates, size_t n);

/* One passage of nqtext --events. */
json_t *nq_events_json(struct nq_str text, const struct nq_event *events, size_t n);

#endif
