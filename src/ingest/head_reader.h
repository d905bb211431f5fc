/* A title page that is being read, line by line. */
#ifndef NQ_INGEST_HEAD_READER_H
#define NQ_INGEST_HEAD_READER_H

#include "ingest/report.h"

/* A head in the making. */
struct nq_head_reader {
    const struct nq_blocks *blocks;
    struct nq_head *out;
    struct nq_str other;         /* the first line below the title that is no organisation */
    size_t other_at, plain_at;   /* it, and the last such line */
    bool dated;                  /* by a line of its own, not by the title */
    bool ranged;                 /* by one that names the days it covers */
    bool titled;                 /* by a heading, not by the first line */
    size_t behind_title, unused; /* a block; lines that told nothing */
    struct nq_str letterhead;    /* what stands at both ends of a line above the title */
};

/* Takes what block i says of the report. */
void nq_head_take(struct nq_head_reader *r, const struct nq_block *block, size_t i);

#endif
