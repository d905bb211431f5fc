/* Words of Latin and other letters and digits, as a reader sees them: 1.6%, 2026—2028, 8.53ZB, 5G,
 * C#, AI+, R&D, www.gov.cn; and runs of one script that is written without Han characters. */
#ifndef NQ_TEXT_LATIN_H
#define NQ_TEXT_LATIN_H

#include "text/fold.h"
#include "text/segment.h"

/* Whether the character is an ideograph, which may be a word by itself: Han, not kana or Hangul. */
static inline bool nq_is_ideograph(uint32_t cp)
{
    return (cp >= 0x3400 && cp < 0xA000) || (cp >= 0xF900 && cp < 0xFB00) || cp >= 0x20000 ||
           cp == 0x3005 || cp == 0x3007;
}

/* The end of the word that begins at `first`, which must be a letter, a digit, or of class
 * NQ_CLASS_HAN but no ideograph. */
size_t nq_latin_end(const struct nq_folded *text, size_t first);

/* What the characters [first, last) are as one word: the strongest among them; digits with a unit
 * are a number (100km), a digit and letters a word (5G). */
enum nq_word_kind nq_latin_kind(const struct nq_folded *text, size_t first, size_t last);

#endif
