/* What pages add to a text: page numbers, running headers and footers, contents pages. */
#ifndef NQ_INGEST_PAGE_H
#define NQ_INGEST_PAGE_H

#include "ingest/lines.h"

/* A set of lines by hash. */
struct nq_line_set {
    uint64_t *slots; /* 0: empty; their number is a power of two */
    size_t mask, n;
};

/* Marks page numbers and running heads as dropped; what follows them begins a page.  False without
 * memory. */
bool nq_page_drop_furniture(struct nq_arena *arena, struct nq_lines *lines);

/* Moves footnotes behind everything else, a line a note, whose text lives in `arena`, the lines in
 * `scratch`; furniture must be dropped.  False without memory. */
bool nq_page_move_notes(struct nq_arena *arena, struct nq_arena *scratch, struct nq_lines *lines);

/* Marks contents pages as dropped and fills `headings` with their entries, without number and page.
 * False without memory. */
bool nq_page_drop_contents(struct nq_arena *arena, struct nq_lines *lines,
                           struct nq_line_set *headings);

/* Whether `text`, its number aside, is one of the entries of the contents. */
bool nq_page_is_entry(const struct nq_line_set *headings, struct nq_str text);

bool nq_line_set_init(struct nq_arena *arena, struct nq_line_set *set, size_t most);
void nq_line_set_add(struct nq_line_set *set, uint64_t hash);
bool nq_line_set_has(const struct nq_line_set *set, uint64_t hash);

#endif
