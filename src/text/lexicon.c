/* Lexicons. */
#include "text/lexicon.h"

#include <stdlib.h>

bool nq_lexicon_add(struct nq_lexicon *l, struct nq_str word, int kind, int32_t value)
{
    struct nq_folded folded = {0};
    struct nq_lexeme *grown = nq_arena_grow(l->arena, l->items, l->n, sizeof *grown);
    uint32_t *cp = NULL;
    if (grown)
        l->items = grown;
    if (grown && nq_fold_text(word, &folded))
        cp = nq_arena_array(l->arena, folded.n + 1, sizeof *cp);
    if (cp && folded.n > 0) {
        memcpy(cp, folded.cp, folded.n * sizeof *cp);
        l->items[l->n++] = (struct nq_lexeme){cp, (uint16_t)folded.n, (int16_t)kind, value};
    }
    nq_folded_finish(&folded);
    return cp != NULL;
}

/* By first character, longer words first; equal words in the order of their addition, which the
 * place in the arena's array tells no longer, so that they are left to the comparison of kinds. */
static int by_word(const void *a, const void *b)
{
    const struct nq_lexeme *x = a, *y = b;
    if (x->cp[0] != y->cp[0])
        return x->cp[0] < y->cp[0] ? -1 : 1;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    int order = memcmp(x->cp, y->cp, x->n * sizeof *x->cp);
    return order ? order : x->kind - y->kind;
}

static size_t slot_of(const struct nq_lexicon *l, uint32_t cp)
{
    size_t i = cp * 0x9E3779B1u & (l->n_slots - 1);
    while (l->slots[i] && l->items[l->slots[i] - 1].cp[0] != cp)
        i = (i + 1) & (l->n_slots - 1);
    return i;
}

bool nq_lexicon_seal(struct nq_lexicon *l)
{
    l->n_slots = 64;
    while (l->n_slots < l->n * 2)
        l->n_slots *= 2;
    l->slots = nq_arena_array(l->arena, l->n_slots, sizeof *l->slots);
    if (!l->slots)
        return false;
    if (l->n > 0)
        qsort(l->items, l->n, sizeof *l->items, by_word);
    for (size_t i = 0; i < l->n; i++) {
        uint32_t cp = l->items[i].cp[0], bit = cp & (NQ_LEXICON_BITS - 1);
        l->first[bit >> 3] |= (uint8_t)(1u << (bit & 7));
        size_t slot = slot_of(l, cp);
        if (!l->slots[slot])
            l->slots[slot] = (uint32_t)i + 1;
    }
    return true;
}

const struct nq_lexeme *nq_lexicon_at(const struct nq_lexicon *l, const struct nq_folded *text,
                                      size_t at)
{
    if (at >= text->n || !nq_lexicon_may(l, text->cp[at]))
        return NULL;
    uint32_t i = l->slots[slot_of(l, text->cp[at])];
    if (i == 0)
        return NULL;
    const uint32_t *cp = text->cp + at;
    size_t left = text->n - at;
    uint32_t second = left > 1 ? cp[1] : 0;
    for (const struct nq_lexeme *item = &l->items[i - 1], *end = l->items + l->n;
         item < end && item->cp[0] == cp[0]; item++) {
        if (item->n > left || (item->n > 1 && item->cp[1] != second))
            continue;
        size_t k = item->n < 2 ? item->n : 2;
        while (k < item->n && item->cp[k] == cp[k])
            k++;
        if (k == item->n)
            return item;
    }
    return NULL;
}
