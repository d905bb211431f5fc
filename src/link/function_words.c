/* Function words, in the table that dicts/words_header.py makes. */
#include "link/function_words.h"

#include "function_words_table.h"

/* Whether the table's word in `slot` is that at `cp`. */
static bool is_word(size_t slot, const uint32_t *cp, size_t n)
{
    if (function_words[slot].n != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (function_words[slot].cp[i] != cp[i])
            return false;
    return true;
}

uint8_t nq_function_word(const struct nq_folded *text, const struct nq_word *word)
{
    const uint32_t *cp = text->cp + word->first;
    size_t n = word->last - word->first;
    uint32_t hash = 0x811C9DC5;
    if (n > LONGEST)
        return 0;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ cp[i]) * 0x01000193;
    size_t slot = hash >> (32 - SLOT_BITS);
    for (; function_words[slot].n; slot = (slot + 1) & ((1 << SLOT_BITS) - 1))
        if (is_word(slot, cp, n))
            return function_words[slot].places;
    return 0;
}
