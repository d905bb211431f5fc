/* DOCX: the text of a Word document, as lines. */
#ifndef NQ_INGEST_DOCX_H
#define NQ_INGEST_DOCX_H

#include "ingest/kind.h"
#include "ingest/lines.h"
#include "ingest/unpack.h"

/* Looks whether a zip archive is a DOCX file and sets `*format` to NQ_FORMAT_DOCX then; `*foreign`
 * is set where it is another Office document or a book.  The archive is rewound. */
enum nq_status nq_docx_recognise(struct nq_archive *archive, enum nq_format *format, bool *foreign,
                                 struct nq_error *err);

/* Reads the document: headings by style and outline level, numbers that Word counts as text, list
 * items, footnotes behind their paragraph, rows of tables; title and date of its properties go to
 * `front`.  Errors: INPUT (damaged, declares entities, too large, built without libxml2), NOMEM. */
enum nq_status nq_docx_read(struct nq_archive *archive, const char *name, struct nq_line_builder *b,
                            struct nq_front *front, struct nq_error *err);

#endif
