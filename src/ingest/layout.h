/* Layout repair: lines as a page printed them become blocks as an author wrote them.
 *
 * Page numbers, running heads and contents pages go; sentences, words, dates, list items and
 * headings that a page or a line broke are joined.  Nothing here knows a format or a report: it
 * works on what lines have in common. */
#ifndef NQ_INGEST_LAYOUT_H
#define NQ_INGEST_LAYOUT_H

#include "ingest/lines.h"
#include "ingest/number.h"
#include "ingest/page.h"

/* A paragraph, a list item or a heading. */
struct nq_block {
    struct nq_str text;      /* joined; its number stands in it */
    struct nq_number number; /* what it begins with */
    uint32_t width;          /* columns */
    uint32_t page_number;    /* of its first line */
    uint8_t level;           /* as in nq_line */
    bool bullet, flagged, strong, alone;
    bool ended;  /* a sentence ends with it */
    bool listed; /* the contents page names it */
};

struct nq_blocks {
    struct nq_block *items;
    size_t n;
    bool marked; /* as in nq_lines */
};

/* Repairs `lines` (whose fields it changes) into `out`.  Text that was joined lives in `arena`, all
 * other text is that of the lines; the blocks themselves live in `scratch`.  False without memory.
 */
bool nq_layout_repair(struct nq_arena *arena, struct nq_arena *scratch, struct nq_lines *lines,
                      struct nq_blocks *out);

/* How the lines of a text are broken. */
struct nq_wrap {
    size_t columns;  /* the width that lines are wrapped at; 0: a line is a paragraph */
    size_t margin;   /* columns before every line */
    bool indented;   /* paragraphs begin with an indent */
    bool blank;      /* empty lines stand between paragraphs */
    bool list_stops; /* most list items end with a stop */
};

struct nq_wrap nq_wrap_measure(const struct nq_lines *lines);

#endif
