/* Function words, in the table that dicts/words_header.py makes. */
#include "link/function_words.h"

#include "base/buf.h"
#include "function_words_table.h"

enum { LONGEST = 5 }; /* characters of a function word */

uint8_t nq_function_word(const struct nq_folded *text, const struct nq_word *word)
{
    char utf8[64];
    struct nq_buf key = {.ptr = utf8, .cap = sizeof utf8};
    if (word->last - word->first > LONGEST)
        return 0;
    for (size_t i = word->first; i < word->last; i++)
        nq_buf_add_cp(&key, text->cp[i]); /* at most 20 bytes: never grown */
    size_t first = 0, last = NQ_COUNT(function_words);
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        int order = nq_str_cmp(nq_buf_str(&key), nq_str_from(function_words[middle].word));
        if (order == 0)
            return function_words[middle].places;
        if (order < 0)
            last = middle;
        else
            first = middle + 1;
    }
    return 0;
}
