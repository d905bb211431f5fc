/* Function words: what no term begins or ends with, from dicts/function_words.tsv. */
#ifndef NQ_LINK_FUNCTION_WORDS_H
#define NQ_LINK_FUNCTION_WORDS_H

#include "text/segment.h"

/* Where in a term a word may not stand. */
enum {
    NQ_NEVER = 1, /* nowhere */
    NQ_START = 2,
    NQ_END = 4,
    NQ_EDGE = NQ_START | NQ_END,
    NQ_TITLE = 8, /* a person's title: nothing of a term stands behind it */
    NQ_LAST = NQ_TITLE | NQ_START,
};

/* The places where `word` of the folded text may not stand; 0 where it is no function word. */
uint8_t nq_function_word(const struct nq_folded *text, const struct nq_word *word);

#endif
