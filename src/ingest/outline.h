/* Which blocks are headings. */
#ifndef NQ_INGEST_OUTLINE_H
#define NQ_INGEST_OUTLINE_H

#include "ingest/names.h"
#include "ingest/report.h"

/* What was seen of the headings so far. */
struct nq_outline {
    const struct nq_blocks *blocks;
    size_t first;   /* block behind the title page */
    bool own_marks; /* the format marks its sections: looks alone make no heading */
    unsigned last[NQ_NUMBERING_STYLES], prefix[NQ_NUMBERING_STYLES];
};

void nq_outline_init(struct nq_outline *outline, const struct nq_blocks *blocks, size_t first);

/* Whether block i is a heading; blocks are asked for in order.  `by_looks` allows headings without
 * number and mark: not among references. */
bool nq_outline_is_heading(struct nq_outline *outline, size_t i, bool by_looks);

#endif
