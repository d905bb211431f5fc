/* What was meant where the sound is right: words of the dictionary read as what was typed, in
 * pinyin (suandianxietong) or in characters that sound the same (算店斜同). */
#ifndef NQ_ENGINE_SPELL_H
#define NQ_ENGINE_SPELL_H

#include "text/pinyin.h"
#include "text/segmenter.h"

enum { NQ_SPELT_MAX = 24, NQ_SPELT_KEPT = 8 };

/* One way to write it; `cost` as the dictionary's. */
struct nq_spelt {
    uint32_t cp[NQ_SPELT_MAX];
    uint32_t cost;
    uint8_t n;
    bool changed; /* in a character that was typed as one */
};

/* Writes the likeliest ways to `out`, the likeliest first, and their number to *n; 0 where no words
 * are read so. False without memory. */
bool nq_spell(const struct nq_segmenter *segmenter, const struct nq_typed *typed,
              struct nq_spelt out[NQ_SPELT_KEPT], size_t *n);

#endif
