/* Postings gathered in memory and put in order: by token, passage, column and place, as FTS5's
 * doclists want them.
 *
 * A token is mostly two to four characters below U+FFFF, and these are its key, 16 bits each, so
 * that numbers are sorted and not strings; keys have the order of the bytes of UTF-8.  What is
 * longer, or holds other characters, is kept whole beside and parts the postings of one key. */
#ifndef NQ_ENGINE_GATHER_H
#define NQ_ENGINE_GATHER_H

#include "base/buf.h"

enum {
    NQ_GATHER_OFFSETS = 1 << 13,  /* places in a column that can be told */
    NQ_GATHER_PASSAGES = 1 << 20, /* ids from the first one on */
    NQ_GATHER_KEY_BYTES = 12,     /* of a token that is its key */
};

struct nq_gathered {
    uint64_t key;   /* zeros behind a shorter token */
    uint64_t place; /* id, column, offset, and where `whole` holds the token, 0: it is its key */
};

/* Zeroed is empty; the array grows to what is reserved. */
struct nq_gather {
    struct nq_gathered *items;
    size_t n, cap;
    int64_t first; /* id of the first passage */
    struct nq_buf whole;
};

/* Makes room for `n` more postings; false without memory. */
bool nq_gather_reserve(struct nq_gather *g, size_t n);

/* Adds a posting, for which there must be room.  Ids, and within a passage columns and offsets,
 * must not fall, nor leave the limits above.  g->whole.failed tells of missing memory. */
void nq_gather_add(struct nq_gather *g, int64_t id, size_t column, size_t offset,
                   struct nq_str token);

/* Puts all postings in order; false without memory. */
bool nq_gather_sort(struct nq_gather *g);

/* What a posting is of. */
static inline int64_t nq_gathered_id(const struct nq_gather *g, size_t i)
{
    return g->first + (int64_t)(g->items[i].place >> 44);
}

static inline size_t nq_gathered_column(const struct nq_gather *g, size_t i)
{
    return g->items[i].place >> 43 & 1;
}

static inline size_t nq_gathered_offset(const struct nq_gather *g, size_t i)
{
    return g->items[i].place >> 30 & (NQ_GATHER_OFFSETS - 1);
}

/* The token of posting `i`, in `room` (NQ_GATHER_KEY_BYTES) or borrowed until the next posting is
 * added. */
struct nq_str nq_gathered_token(const struct nq_gather *g, size_t i, char *room);

/* Behind the last posting in order with the token of posting `i`. */
size_t nq_gathered_end(const struct nq_gather *g, size_t i);

/* Forgets all postings; `finish` frees the memory, too. */
void nq_gather_clear(struct nq_gather *g);
void nq_gather_finish(struct nq_gather *g);

#endif
