/* Blocks become a report: title page, abstract, sections, references, closing lines. */
#ifndef NQ_INGEST_REPORT_H
#define NQ_INGEST_REPORT_H

#include "ingest/layout.h"

/* What the title page says, and the first block behind it. */
struct nq_head {
    struct nq_str title, publisher;
    const struct nq_block *number; /* of an official document, or NULL */
    int32_t day;
    size_t next;
};

/* Reads the title page of `blocks`.  Without a date on it, `day` is that of the title, or
 * NQ_NO_DAY. */
void nq_head_read(const struct nq_blocks *blocks, struct nq_head *out);

/* Fills title, publisher, day and what else stands above a report's text into `out`: from `head`,
 * the file's `front`, the end of `blocks` and the file's `name`. */
void nq_report_fill_head(struct nq_arena *arena, const struct nq_blocks *blocks,
                         const struct nq_head *head, const struct nq_front *front,
                         struct nq_str name, struct nq_report *out);

/* Whether a numbered block is a heading by its looks. */
bool nq_block_is_numbered_heading(const struct nq_block *block);

/* Whether a block is a name in 【】 and nothing else. */
bool nq_block_is_bracketed(const struct nq_block *block);

/* Makes a report of `blocks`: everything that the title page lacks comes from `front` and the
 * file's `name`.  The fields live in `arena` and in the blocks' text.  False without memory. */
bool nq_report_of_blocks(struct nq_arena *arena, const struct nq_blocks *blocks,
                         const struct nq_front *front, struct nq_str name, struct nq_report *out);

#endif
