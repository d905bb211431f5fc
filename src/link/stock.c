/* Counting shingles. */
#include "link/stock.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/varint.h"

/* A name longer than half a shingle has at least so many characters beside it, in a whole shingle
 * and in one that the end of the text cuts; counts below KEPT are not written. */
enum { BESIDE = 6, LEAST_BESIDE = 4, LEAST_CHARS = 8, KEPT = 2 };

static bool prepare(struct nq_stock *s)
{
    if (!s->counts)
        s->counts = calloc(NQ_STOCK_SLOTS, 1);
    return s->counts != NULL;
}

static void halve(struct nq_stock *s)
{
    for (size_t i = 0; i < NQ_STOCK_SLOTS; i++)
        s->counts[i] /= 2;
    s->n_added /= 2;
}

/* The counter of characters [first, last).  Any digit counts as one: dates and numbers of stock
 * phrases change from day to day (《江海要闻》20260617 19:00). */
static uint8_t *counter(struct nq_stock *s, const struct nq_folded *text, size_t first, size_t last)
{
    uint64_t hash = NQ_FNV_START;
    for (size_t i = first; i < last; i++) {
        hash = nq_fnv_add(hash, text->cls[i] == NQ_CLASS_DIGIT ? '0' : text->cp[i]);
        hash ^= hash >> 29;
    }
    return &s->counts[hash % NQ_STOCK_SLOTS];
}

/* Counts characters [first, last), if there are `least`, and returns how often they were before. */
static unsigned count(struct nq_stock *s, const struct nq_folded *text, size_t first, size_t last,
                      size_t least)
{
    if (last - first < least)
        return 0;
    uint8_t *slot = counter(s, text, first, last);
    unsigned before = *slot;
    *slot += *slot < UINT8_MAX;
    s->n_added++;
    return before;
}

bool nq_stock_add(struct nq_stock *s, const struct nq_folded *text, size_t first, size_t last,
                  bool *is_stock)
{
    if (!prepare(s))
        return false;
    size_t n = last - first, chars = n + BESIDE, least = n + LEAST_BESIDE;
    chars = chars > NQ_STOCK_CHARS ? chars : NQ_STOCK_CHARS;
    least = least > LEAST_CHARS ? least : LEAST_CHARS;
    size_t from = last > chars ? last - chars : 0;
    size_t to = first + chars < text->n ? first + chars : text->n;
    unsigned left = count(s, text, from, last, least), right = count(s, text, first, to, least);
    *is_stock = left >= NQ_STOCK_OFTEN || right >= NQ_STOCK_OFTEN;
    if (s->n_added >= NQ_STOCK_SLOTS)
        halve(s);
    return true;
}

bool nq_stock_heading(struct nq_stock *s, const struct nq_folded *heading, bool add, bool *is_stock)
{
    if (!prepare(s))
        return false;
    uint8_t *slot = counter(s, heading, 0, heading->n);
    *is_stock = *slot >= NQ_STOCK_OFTEN;
    *slot += add && *slot < UINT8_MAX;
    return true;
}

void nq_stock_write(const struct nq_stock *s, struct nq_buf *out)
{
    size_t last = 0;
    nq_varint_add(out, s->n_added);
    for (size_t i = 0; s->counts && i < NQ_STOCK_SLOTS; i++) {
        if (s->counts[i] < KEPT)
            continue;
        nq_varint_add(out, i - last);
        nq_buf_add_byte(out, (char)s->counts[i]);
        last = i;
    }
}

bool nq_stock_read(struct nq_stock *s, struct nq_str bytes)
{
    size_t at = 0, slot = 0;
    uint64_t value;
    if (!prepare(s) || !nq_varint_read(bytes, &at, &value))
        return false;
    memset(s->counts, 0, NQ_STOCK_SLOTS);
    s->n_added = (uint32_t)value;
    while (at < bytes.len) {
        if (!nq_varint_read(bytes, &at, &value) || value >= NQ_STOCK_SLOTS - slot ||
            at == bytes.len)
            return false;
        slot += value;
        s->counts[slot] = (uint8_t)bytes.ptr[at++];
    }
    return true;
}

void nq_stock_finish(struct nq_stock *s)
{
    free(s->counts);
    *s = (struct nq_stock){0};
}
