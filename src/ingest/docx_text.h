/* The paragraphs of a Word document. */
#ifndef NQ_INGEST_DOCX_TEXT_H
#define NQ_INGEST_DOCX_TEXT_H

#include "ingest/docx_styles.h"
#include "ingest/lines.h"

/* Adds the paragraphs, table rows and notes of document.xml to `b`.  `notes` are footnotes.xml and
 * endnotes.xml, or empty.  False where the text is no XML or declares entities; without memory
 * b->failed or the arenas say so. */
bool nq_docx_text(struct nq_str text, const struct nq_str notes[2], struct nq_docx_styles *styles,
                  struct nq_line_builder *b);

#endif
