/* A report as JSON: nqsearch.report/1. */
#ifndef NQ_OUTPUT_REPORT_JSON_H
#define NQ_OUTPUT_REPORT_JSON_H

#include <jansson.h>
#include <nqsearch.h>

/* The object of `report`, whose text must be UTF-8; the caller owns it.  NULL without memory. */
json_t *nq_report_json(const struct nq_report *report);

/* A report of an index as the same object with "id", "key", "kind", "url", "paths" and "revisions"
 * (each {"id","key","date","title","modified","text"}); the caller owns it.  NULL without memory.
 */
json_t *nq_stored_json(const struct nq_stored *stored);

#endif
