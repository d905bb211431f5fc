/* The footnotes and endnotes of a Word document. */
#ifndef NQ_INGEST_DOCX_NOTES_H
#define NQ_INGEST_DOCX_NOTES_H

#include "ingest/lines.h"

struct nq_docx_note {
    int id; /* negative: an endnote's */
    struct nq_str text;
};

/* All of a document; zeroed it is empty. */
struct nq_docx_notes {
    struct nq_docx_note *items; /* in the arena that they were read to */
    size_t n, printed;
};

/* Reads the notes of `part`, footnotes.xml or endnotes.xml, whose ids are `sign` times those there.
 * Without memory b->failed or the arena says so. */
void nq_docx_notes_read(struct nq_docx_notes *notes, struct nq_str part, int sign,
                        struct nq_arena *arena, struct nq_line_builder *b);

/* Adds the notes of a paragraph, by their `n` ids, each a line behind it: [1] …. */
void nq_docx_notes_add(struct nq_docx_notes *notes, const int *ids, size_t n,
                       struct nq_line_builder *b);

#endif
