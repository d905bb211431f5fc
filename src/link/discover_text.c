/* The text at hand as runs of words, and the sequences in it. */
#include <stdlib.h>

#include "base/hash.h"
#include "link/discover_run.h"
#include "link/function_words.h"

enum { MOST_CHARS = 10 };

static uint64_t hash_on(uint64_t hash, uint32_t cp)
{
    hash = nq_fnv_add(hash, cp);
    return hash ^ hash >> 29;
}

uint64_t nq_discover_key(const struct nq_folded *f, size_t first, size_t last)
{
    uint64_t hash = NQ_FNV_START;
    for (size_t i = first; i < last; i++)
        hash = hash_on(hash, f->cp[i]);
    return hash | 1;
}

bool nq_discover_read(struct nq_discover *d, struct nq_str text)
{
    d->text = text;
    d->n_pieces = 0;
    if (!nq_fold_text(text, &d->folded) || !nq_segment_folded(d->segmenter, &d->folded, &d->words))
        return false;
    if (d->words.n > d->cap_pieces) {
        struct nq_discover_piece *grown = realloc(d->pieces, d->words.n * 2 * sizeof *grown);
        if (!grown)
            return false;
        d->pieces = grown;
        d->cap_pieces = d->words.n * 2;
    }
    for (size_t i = 0; i < d->words.n; i++) {
        const struct nq_word *w = &d->words.words[i];
        struct nq_discover_piece *p = &d->pieces[d->n_pieces++];
        *p = (struct nq_discover_piece){.first = w->first,
                                        .last = w->last,
                                        .hash = nq_discover_key(&d->folded, w->first, w->last),
                                        .single = w->last - w->first == 1,
                                        .known = w->flags & NQ_WORD_KNOWN};
        bool word = w->kind == NQ_WORD_HAN || w->kind == NQ_WORD_LATIN;
        p->places = word ? nq_function_word(&d->folded, w) : NQ_NEVER;
        if (!word)
            p->hash = 0; /* the edge of a clause */
    }
    return true;
}

void nq_discover_sequences(struct nq_discover *d, void (*fn)(struct nq_discover *d, size_t first,
                                                             size_t last, uint64_t key))
{
    for (size_t first = 0; first < d->n_pieces; first++) {
        const struct nq_discover_piece *p = &d->pieces[first];
        uint64_t hash = NQ_FNV_START;
        size_t most = first + NQ_ENTRY_WORDS < d->n_pieces ? first + NQ_ENTRY_WORDS : d->n_pieces;
        for (size_t last = first; last < most; last++) {
            const struct nq_discover_piece *q = &d->pieces[last];
            if ((q->places & NQ_NEVER) || q->last - p->first > MOST_CHARS ||
                (last > first && (q[-1].places & NQ_TITLE)) ||
                (last > first && q->first != q[-1].last))
                break;
            for (size_t i = q->first; i < q->last; i++)
                hash = hash_on(hash, d->folded.cp[i]);
            fn(d, first, last + 1, hash | 1);
        }
    }
}
