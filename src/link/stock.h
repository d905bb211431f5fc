/* Stock phrases of the trade: what stands in so many passages in the same words that it tells
 * nothing of any (央视网消息（新闻联播）, 以习近平同志为核心的党中央).
 *
 * Shingles of 12 folded characters with a name at one end (longer names: with 6 beside them) are
 * counted, in a table of fixed size.  When it has taken NQ_STOCK_SLOTS of them all counts are
 * halved, so that it tells of what was written lately, and its errors stay small however large the
 * archive becomes. */
#ifndef NQ_LINK_STOCK_H
#define NQ_LINK_STOCK_H

#include "base/buf.h"
#include "text/fold.h"

enum {
    NQ_STOCK_SLOTS = 1 << 20,
    NQ_STOCK_CHARS = 12, /* of a shingle; at the ends of a text 8 are enough */
    NQ_STOCK_OFTEN = 8,  /* from this many on it is a stock phrase */
};

/* Zeroed is empty; the table is made by the first use. */
struct nq_stock {
    uint8_t *counts;
    uint32_t n_added;
};

/* Counts the shingles that end and begin with the folded characters [first, last); *is_stock
 * says whether one of them had been counted often.  False without memory. */
bool nq_stock_add(struct nq_stock *stock, const struct nq_folded *text, size_t first, size_t last,
                  bool *is_stock);

/* Whether a whole heading was counted often: that of a column (一、要闻).  With `add` it is
 * counted. False without memory. */
bool nq_stock_heading(struct nq_stock *stock, const struct nq_folded *heading, bool add,
                      bool *is_stock);

/* Appends what was counted more than once, to be read again by nq_stock_read. */
void nq_stock_write(const struct nq_stock *stock, struct nq_buf *out);

/* Replaces the counts; false without memory or where `bytes` was not written so. */
bool nq_stock_read(struct nq_stock *stock, struct nq_str bytes);

void nq_stock_finish(struct nq_stock *stock);

#endif
