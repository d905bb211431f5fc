/* A report that is being made of blocks, part by part. */
#ifndef NQ_INGEST_REPORT_BUILDER_H
#define NQ_INGEST_REPORT_BUILDER_H

#include "base/buf.h"
#include "ingest/outline.h"
#include "ingest/report.h"

/* The part of the report that the walk is in. */
enum nq_report_part { NQ_PART_BODY, NQ_PART_ABSTRACT, NQ_PART_REFERENCES, NQ_PART_CLOSED };

struct nq_report_builder {
    struct nq_arena *arena;
    struct nq_outline outline;
    struct nq_report *out;
    enum nq_report_part part;
    struct nq_str *paragraphs; /* of all sections, in order */
    uint32_t *pages;           /* of these; NULL where none is known */
    size_t n_paragraphs;
    bool in_section; /* paragraphs have a section to go to */
    struct nq_buf abstract;
    bool marked_items; /* the references have bullets or numbers */
    bool failed;
};

/* Whether a block is an item of a list: it has a bullet, or a number that lists have. */
bool nq_block_is_item(const struct nq_block *block);

/* Takes block i, below the heading of the references: one of them, several that stand in one
 * paragraph, or the end of them. */
void nq_report_take_reference(struct nq_report_builder *b, size_t i);

/* Takes 参考资料：[1]…；[2]…, all of them behind their name; false where `block` is none such. */
bool nq_report_take_inline(struct nq_report_builder *b, const struct nq_block *block);

#endif
