/* The output of pdftotext: lines with their places. */
#ifndef NQ_INGEST_PDF_TEXT_H
#define NQ_INGEST_PDF_TEXT_H

#include "ingest/pdf_page.h"
#include "ingest/xml.h"

/* Reads all lines into `*lines`, which live in b->scratch, and title and date of the document's
 * properties into `front`.  False without memory, or where there is more than NQ_INGEST_MAX_BYTES
 * of text. */
bool nq_pdf_text(xmlTextReader *xml, struct nq_line_builder *b, struct nq_front *front,
                 struct nq_pdf_lines *lines);

#endif
