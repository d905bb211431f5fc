/* What pages add to a text: page numbers, running headers and footers, contents pages. */
#ifndef NQ_INGEST_PAGE_H
#define NQ_INGEST_PAGE_H

#include "ingest/line_set.h"
#include "ingest/lines.h"

/* Marks page numbers and running heads as dropped; what follows them begins a page.  False without
 * memory. */
bool nq_page_drop_furniture(struct nq_arena *arena, struct nq_lines *lines);

/* The first lines of a text: here a running head's words are the title itself. */
enum { NQ_PAGE_FIRST_LINES = 6 };

/* Whether line i is the title again, or made of cells of the title page, issue, date and page; some
 * are told only where a page's mark stands beside them (`marked`). */
bool nq_page_repeats_title(const struct nq_lines *lines, size_t i, bool marked);

/* Whether line i, one of the first and a running head, stands above the title or holds it. */
bool nq_page_title_follows(const struct nq_lines *lines, size_t i);

/* Moves footnotes behind everything else, a line a note, whose text lives in `arena`, the lines in
 * `scratch`; furniture must be dropped.  False without memory. */
bool nq_page_move_notes(struct nq_arena *arena, struct nq_arena *scratch, struct nq_lines *lines);

/* Marks contents pages as dropped and fills `headings` with their entries, without number and page.
 * False without memory. */
bool nq_page_drop_contents(struct nq_arena *arena, struct nq_lines *lines,
                           struct nq_line_set *headings);

/* Whether `text`, its number aside, is one of the entries of the contents. */
bool nq_page_is_entry(const struct nq_line_set *headings, struct nq_str text);

#endif
