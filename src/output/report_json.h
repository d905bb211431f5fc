/* A report as JSON: nqsearch.report/1. */
#ifndef NQ_OUTPUT_REPORT_JSON_H
#define NQ_OUTPUT_REPORT_JSON_H

#include <jansson.h>
#include <nqsearch.h>

/* The object of `report`; the caller owns it.  NULL without memory. */
json_t *nq_report_json(const struct nq_report *report);

/* A report of an index as the same object with "id", "key", "kind", "url", "paths", "revisions"
 * (each {"id","key","date","title","modified","text"}) and "cited_by"; the caller owns it.  NULL
 * without memory.
 */
json_t *nq_stored_json(const struct nq_stored *stored);

#endif
