/* Gathering postings: keys, a radix sort, ties. */
#define _GNU_SOURCE /* qsort_r */
#include "engine/gather.h"

#include <assert.h>
#include <stdlib.h>

#include "base/grow.h"
#include "text/utf8.h"

enum {
    WHOLE_BITS = 30, /* of a place: where the token stands in g->whole */
    OFFSET_BITS = 13,
    COLUMN_SHIFT = WHOLE_BITS + OFFSET_BITS,
    ID_SHIFT = COLUMN_SHIFT + 1,
    KEY_CHARACTERS = 4,
    MOST_TOKEN = 32768, /* bytes: FTS5 cuts off what is behind */
};

static_assert(ID_SHIFT == 44 && 1 << OFFSET_BITS == NQ_GATHER_OFFSETS, "as the header reads it");
static_assert(1ull << (64 - ID_SHIFT) == NQ_GATHER_PASSAGES, "a place fills 64 bits");

static const uint64_t whole_mask = (1ull << WHOLE_BITS) - 1;

bool nq_gather_reserve(struct nq_gather *g, size_t n)
{
    struct nq_gathered *items = nq_reserve(g->items, g->n, n, &g->cap, sizeof *items);
    g->items = items ? items : g->items;
    return items != NULL;
}

/* The key of a token; false where it is not all of it. */
static bool key_of(struct nq_str token, uint64_t *key)
{
    int shift = 16 * KEY_CHARACTERS;
    *key = 0;
    while (token.len > 0 && shift > 0) {
        uint32_t cp;
        size_t n = nq_utf8_decode(token, &cp, NULL);
        shift -= 16;
        *key |= (uint64_t)(cp < 0xFFFF ? cp : 0xFFFF) << shift;
        if (cp >= 0xFFFF)
            return false; /* what follows must not count before it */
        token = nq_str_sub(token, n, token.len);
    }
    return token.len == 0;
}

/* Keeps a token beside; returns where. */
static uint64_t keep(struct nq_buf *whole, struct nq_str token)
{
    uint16_t len = (uint16_t)token.len;
    if (whole->len == 0)
        nq_buf_add_byte(whole, 0);
    uint64_t at = whole->len;
    nq_buf_add(whole, (struct nq_str){(const char *)&len, sizeof len});
    nq_buf_add(whole, token);
    return at & whole_mask;
}

void nq_gather_add(struct nq_gather *g, int64_t id, size_t column, size_t offset,
                   struct nq_str token)
{
    if (token.len > MOST_TOKEN)
        token.len = MOST_TOKEN;
    if (g->n == 0)
        g->first = id;
    struct nq_gathered *p = &g->items[g->n++];
    uint64_t at = key_of(token, &p->key) ? 0 : keep(&g->whole, token);
    p->place = (uint64_t)(id - g->first) << ID_SHIFT | (uint64_t)column << COLUMN_SHIFT |
               (uint64_t)offset << WHOLE_BITS | at;
}

/* The token that is kept beside; absent where the key is all. */
static struct nq_str kept(const struct nq_gather *g, const struct nq_gathered *p)
{
    uint64_t at = p->place & whole_mask;
    uint16_t len;
    if (at == 0)
        return (struct nq_str){0};
    memcpy(&len, g->whole.ptr + at, sizeof len);
    return (struct nq_str){g->whole.ptr + at + sizeof len, len};
}

/* ---- order
 * ------------------------------------------------------------------------------------- */

enum { DIGIT_BITS = 11, DIGITS = 6, DIGIT_VALUES = 1 << DIGIT_BITS };

static_assert(DIGITS * DIGIT_BITS >= 64, "all of a key");

static inline size_t digit(uint64_t key, unsigned d)
{
    return key >> (d * DIGIT_BITS) & (DIGIT_VALUES - 1);
}

/* Moves the postings into `to`, ordered by a digit and else as they stand. */
static void scatter(const struct nq_gathered *from, size_t n, unsigned d, uint32_t *places,
                    struct nq_gathered *to)
{
    uint32_t at = 0;
    for (size_t i = 0; i < DIGIT_VALUES; i++) {
        uint32_t count = places[i];
        places[i] = at;
        at += count;
    }
    for (size_t i = 0; i < n; i++)
        to[places[digit(from[i].key, d)]++] = from[i];
}

/* From the lowest digit to the highest: what came first of one key stays so. */
static bool sort_by_key(struct nq_gather *g)
{
    struct nq_gathered *from = g->items, *to = malloc(g->n * sizeof *to), *scratch = to;
    uint32_t(*counts)[DIGIT_VALUES] = calloc(DIGITS, sizeof *counts);
    if (to && counts) {
        for (size_t i = 0; i < g->n; i++)
            for (unsigned d = 0; d < DIGITS; d++)
                counts[d][digit(from[i].key, d)]++;
        for (unsigned d = 0; d < DIGITS; d++) {
            if (counts[d][digit(from[0].key, d)] == g->n)
                continue;
            scatter(from, g->n, d, counts[d], to);
            struct nq_gathered *swap = from;
            from = to;
            to = swap;
        }
        if (from != g->items)
            memcpy(g->items, from, g->n * sizeof *from);
    }
    bool ok = scratch && counts;
    free(scratch);
    free(counts);
    return ok;
}

/* Of one key: the token that is no more than it first. */
static int by_token(const void *a, const void *b, void *user)
{
    const struct nq_gather *g = user;
    const struct nq_gathered *x = a, *y = b;
    int order = nq_str_cmp(kept(g, x), kept(g, y));
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

bool nq_gather_sort(struct nq_gather *g)
{
    if (g->n > 0 && !sort_by_key(g))
        return false;
    for (size_t i = 0, end; i < g->n; i = end) {
        bool tie = false;
        for (end = i; end < g->n && g->items[end].key == g->items[i].key; end++)
            tie = tie || (g->items[end].place & whole_mask);
        if (tie)
            qsort_r(&g->items[i], end - i, sizeof *g->items, by_token, g);
    }
    return true;
}

/* ---- what was gathered
 * ------------------------------------------------------------------------- */

struct nq_str nq_gathered_token(const struct nq_gather *g, size_t i, char *room)
{
    struct nq_str whole = kept(g, &g->items[i]);
    uint64_t key = g->items[i].key;
    size_t n = 0;
    if (whole.ptr)
        return whole;
    for (; key; key <<= 16) {
        unsigned cp = key >> 48;
        if (cp >= 0x800) {
            room[n++] = (char)(0xE0 | cp >> 12);
            room[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
        } else if (cp >= 0x80) {
            room[n++] = (char)(0xC0 | cp >> 6);
        }
        room[n++] = (char)(cp >= 0x80 ? 0x80 | (cp & 0x3F) : cp);
    }
    return (struct nq_str){room, n};
}

size_t nq_gathered_end(const struct nq_gather *g, size_t i)
{
    struct nq_str token = kept(g, &g->items[i]);
    uint64_t key = g->items[i].key;
    for (i++; i < g->n && g->items[i].key == key; i++)
        if (!nq_str_eq(kept(g, &g->items[i]), token))
            break;
    return i;
}

void nq_gather_clear(struct nq_gather *g)
{
    g->n = g->whole.len = 0;
}

void nq_gather_finish(struct nq_gather *g)
{
    free(g->items);
    nq_buf_finish(&g->whole);
    *g = (struct nq_gather){0};
}
