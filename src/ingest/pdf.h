/* PDF: the text of its pages in reading order, as lines. */
#ifndef NQ_INGEST_PDF_H
#define NQ_INGEST_PDF_H

#include "ingest/lines.h"
#include "ingest/source.h"

/* Reads the document by poppler's pdftotext in a child process with limits on time, memory and
 * output.  Where there is no text to read (an encrypted file, one of images) nothing is added to
 * `b` and front->missing says why; title and date of its properties go to `front`.
 * Errors: INPUT (damaged, over the limits, built without poppler or libxml2), NOMEM. */
enum nq_status nq_pdf_read(struct nq_source *source, const char *name, struct nq_line_builder *b,
                           struct nq_front *front, struct nq_error *err);

#endif
