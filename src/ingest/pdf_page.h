/* Pages of a PDF: pieces of text with their places become lines. */
#ifndef NQ_INGEST_PDF_PAGE_H
#define NQ_INGEST_PDF_PAGE_H

#include "ingest/lines.h"

/* A line as pdftotext has it, in points from the page's upper left. */
struct nq_pdf_line {
    struct nq_str text;
    double left, right, top, bottom;
    double em; /* the width of a Han character in it, or what it would be */
    unsigned page, block;
    bool taken; /* as part of a row, or as a note */
    bool note;  /* of the page's foot */
};

struct nq_pdf_lines {
    struct nq_pdf_line *items;
    size_t n;
    double page_width; /* of the last page */
};

/* Adds the lines of a document to `b`: widths and indents in columns by geometry, gaps between
 * paragraphs, larger type as headings, what stands side by side in a table as one row. */
bool nq_pdf_pages(struct nq_pdf_lines *lines, struct nq_line_builder *b);

static inline double nq_pdf_height(const struct nq_pdf_line *line)
{
    return line->bottom - line->top;
}

static inline double nq_pdf_middle(const struct nq_pdf_line *line)
{
    return (line->top + line->bottom) / 2;
}

/* Whether two lines stand side by side. */
bool nq_pdf_beside(const struct nq_pdf_line *a, const struct nq_pdf_line *b);

/* Whether the lines [low, high) of a page stand in columns: most that have another beside them are
 * wrapped. */
bool nq_pdf_has_columns(const struct nq_pdf_lines *lines, size_t low, size_t high);

/* Puts the lines of such a page in order, the left column first between lines across both, and
 * moves those of the right one to the left edge.  Where `scratch` has no memory all stay. */
void nq_pdf_order_columns(struct nq_arena *scratch, struct nq_pdf_lines *lines, size_t low,
                          size_t high);

/* Marks the footnotes of all pages as taken, where running text has type of `em`; whether there are
 * any.  nq_pdf_add_notes adds them as a section of their own. */
bool nq_pdf_take_notes(struct nq_pdf_lines *lines, double em);
bool nq_pdf_add_notes(const struct nq_pdf_lines *lines, struct nq_line_builder *b);

#endif
