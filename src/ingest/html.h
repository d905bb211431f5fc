/* HTML: the main content of a page, as lines. */
#ifndef NQ_INGEST_HTML_H
#define NQ_INGEST_HTML_H

#include "base/error.h"
#include "ingest/lines.h"

/* Reads the page `text` (clean UTF-8, whatever it declares): its headings, paragraphs, list items
 * and rows of tables go to `b`, without navigation, what <meta> says of it to `front`.
 * Errors: INPUT (no text, nested too deeply, built without libxml2), NOMEM. */
enum nq_status nq_html_read(struct nq_str text, const char *name, struct nq_line_builder *b,
                            struct nq_front *front, struct nq_error *err);

#endif
