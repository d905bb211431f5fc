/* Folding by the generated table. */
#include "text/fold.h"

#include <stdlib.h>

#include "fold_table.h"
#include "text/fold_format.h"
#include "text/utf8.h"

static uint32_t entry_of(uint32_t cp)
{
    return fold_entries[fold_index[cp / NQ_FOLD_BLOCK]][cp % NQ_FOLD_BLOCK];
}

enum nq_class nq_class_of(uint32_t cp)
{
    return (enum nq_class)NQ_FOLD_CLASS(entry_of(cp));
}

uint64_t nq_fold_hash(void)
{
    return fold_hash;
}

size_t nq_fold(uint32_t cp, uint32_t out[NQ_FOLD_MAX])
{
    uint32_t entry = entry_of(cp);
    if (!(entry & NQ_FOLD_EXPANDS)) {
        out[0] = entry & NQ_FOLD_VALUE ? entry & NQ_FOLD_VALUE : cp;
        return 1;
    }
    const uint32_t *expansion = fold_expansions + (entry & NQ_FOLD_VALUE);
    memcpy(out, expansion + 1, expansion[0] * sizeof *out);
    return expansion[0];
}

/* Room for `cap` characters. */
static bool reserve(struct nq_folded *out, size_t cap)
{
    if (cap <= out->cap)
        return true;
    uint32_t *block = malloc(cap * (3 * sizeof *block + 1));
    if (!block)
        return false;
    if (out->n) {
        memcpy(block, out->cp, out->n * sizeof *block);
        memcpy(block + cap, out->start, out->n * sizeof *block);
        memcpy(block + 2 * cap, out->end, out->n * sizeof *block);
        memcpy(block + 3 * cap, out->cls, out->n);
    }
    free(out->cp);
    out->cp = block;
    out->start = block + cap;
    out->end = block + 2 * cap;
    out->cls = (uint8_t *)(block + 3 * cap);
    out->cap = cap;
    return true;
}

/* Adds what the character of bytes [start, end) expands to; `rest` bytes of the text follow. */
static bool add_expansion(struct nq_folded *out, uint32_t entry, size_t start, size_t end,
                          size_t rest)
{
    const uint32_t *expansion = fold_expansions + (entry & NQ_FOLD_VALUE);
    /* Room for one character a byte was reserved, of which most take three: so it is seldom short.
     */
    size_t need = out->n + expansion[0] + rest + 1;
    if (need > out->cap && !reserve(out, need + need / 2))
        return false;
    for (uint32_t i = 1; i <= expansion[0]; i++) {
        out->cp[out->n] = expansion[i];
        out->start[out->n] = (uint32_t)start;
        out->end[out->n] = (uint32_t)end;
        out->cls[out->n++] = (uint8_t)nq_class_of(expansion[i]);
    }
    return true;
}

bool nq_fold_text(struct nq_str text, struct nq_folded *out)
{
    out->n = 0;
    if (!reserve(out, text.len + 1))
        return false;
    for (size_t at = 0; at < text.len;) {
        uint32_t cp;
        size_t start = at;
        at += nq_utf8_decode(nq_str_sub(text, at, text.len), &cp, NULL);
        uint32_t entry = entry_of(cp);
        if (entry & NQ_FOLD_EXPANDS) {
            if (!add_expansion(out, entry, start, at, text.len - at))
                return false;
            continue;
        }
        if (NQ_FOLD_CLASS(entry) == NQ_CLASS_IGNORE)
            continue;
        out->cp[out->n] = entry & NQ_FOLD_VALUE ? entry & NQ_FOLD_VALUE : cp;
        out->start[out->n] = (uint32_t)start;
        out->end[out->n] = (uint32_t)at;
        out->cls[out->n++] = (uint8_t)NQ_FOLD_CLASS(entry);
    }
    return true;
}

void nq_folded_finish(struct nq_folded *folded)
{
    free(folded->cp);
    *folded = (struct nq_folded){0};
}
