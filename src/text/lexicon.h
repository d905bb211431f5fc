/* Lexicons: some hundreds of words with a kind and a value each, found in folded text, the longest
 * first.  A bit for each first character tells most of a text at once. */
#ifndef NQ_TEXT_LEXICON_H
#define NQ_TEXT_LEXICON_H

#include "base/arena.h"
#include "text/fold.h"

enum { NQ_LEXICON_BITS = 1 << 14 };

struct nq_lexeme {
    const uint32_t *cp; /* the folded word */
    uint16_t n;
    int16_t kind; /* the user's own, not 0 */
    int32_t value;
};

/* Zeroed is empty; words live in `arena`. */
struct nq_lexicon {
    struct nq_arena *arena; /* borrowed */
    struct nq_lexeme *items;
    size_t n;
    uint8_t first[NQ_LEXICON_BITS / 8]; /* which characters a word may begin with */
    uint32_t *slots;                    /* first character -> index + 1 of its longest word */
    size_t n_slots;
};

/* Adds a word, folded; where one is added twice the first stays.  False without memory. */
bool nq_lexicon_add(struct nq_lexicon *lexicon, struct nq_str word, int kind, int32_t value);

/* To be called behind the last word.  False without memory. */
bool nq_lexicon_seal(struct nq_lexicon *lexicon);

/* Whether a word may begin with `cp`; false is certain. */
static inline bool nq_lexicon_may(const struct nq_lexicon *lexicon, uint32_t cp)
{
    uint32_t bit = cp & (NQ_LEXICON_BITS - 1);
    return lexicon->first[bit >> 3] >> (bit & 7) & 1;
}

/* The longest word that stands at character `at` of `text`; NULL where none does. */
const struct nq_lexeme *nq_lexicon_at(const struct nq_lexicon *lexicon,
                                      const struct nq_folded *text, size_t at);

#endif
