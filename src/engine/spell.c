/* The likeliest words that are read as something: a path through the typed units, word by word,
 * with the best few ways kept at each (a beam over a unigram model; a small input method). */
#include "engine/spell.h"

#include <stdlib.h>
#include <string.h>

enum {
    HOMOPHONE = 2 * NQ_DICT_NAT, /* the cost of another character than the typed one */
    LONGEST = 12,                /* of a word, in characters */
};

struct beam {
    struct nq_spelt ways[NQ_SPELT_KEPT];
    size_t n;
};

struct speller {
    const struct nq_dict *dict;
    const struct nq_typed *typed;
    struct beam *beams; /* one for each unit, and the end */
    size_t start;       /* where the word at hand begins */
    uint32_t word[LONGEST];
    bool changed[LONGEST];
};

static bool same_text(const struct nq_spelt *a, const struct nq_spelt *b)
{
    return a->n == b->n && memcmp(a->cp, b->cp, a->n * sizeof *a->cp) == 0;
}

/* Puts a way among those at a place, the likeliest first. */
static void keep(struct beam *beam, const struct nq_spelt *way)
{
    size_t i = 0;
    while (i < beam->n && !same_text(&beam->ways[i], way))
        i++;
    if (i == beam->n && beam->n < NQ_SPELT_KEPT)
        beam->n++;
    else if (i == beam->n)
        i--; /* the last gives way */
    if (i < beam->n && beam->ways[i].n && beam->ways[i].cost <= way->cost)
        return;
    for (; i > 0 && beam->ways[i - 1].cost > way->cost; i--)
        beam->ways[i] = beam->ways[i - 1];
    beam->ways[i] = *way;
}

/* The word of `n` characters ends before unit `end`: goes on from every way to its beginning. */
static void end_word(struct speller *s, size_t n, uint32_t cost, size_t end)
{
    const struct beam *from = &s->beams[s->start];
    while (end < s->typed->n && s->typed->cp[end] == NQ_TYPED_END)
        end++;
    for (size_t i = 0; i < from->n; i++) {
        struct nq_spelt way = from->ways[i];
        if (way.n + n > NQ_SPELT_MAX)
            continue;
        memcpy(way.cp + way.n, s->word, n * sizeof *way.cp);
        way.n = (uint8_t)(way.n + n);
        way.cost += cost;
        for (size_t k = 0; k < n; k++) {
            way.cost += s->changed[k] ? HOMOPHONE : 0;
            way.changed |= s->changed[k];
        }
        keep(&s->beams[end], &way);
    }
}

static void follow(struct speller *s, const struct nq_dict_node *node, size_t n, size_t at);

/* Character `cp` as the next of the word, typed in the units before `end`. */
static void try_character(struct speller *s, const struct nq_dict_node *node, size_t n, uint32_t cp,
                          bool changed, size_t end)
{
    uint16_t code = nq_dict_code(s->dict, cp);
    if (!code || (node && !node->base))
        return;
    const struct nq_dict_node *next =
        node ? nq_dict_child(s->dict, node->base, code) : &s->dict->nodes[code];
    if (!next)
        return;
    s->word[n] = cp;
    s->changed[n] = changed;
    if (nq_dict_is_word(next))
        end_word(s, n + 1, next->value & NQ_DICT_COST, end);
    if (n + 1 < LONGEST && next->base)
        follow(s, next, n + 1, end);
}

static void try_syllable(struct speller *s, const struct nq_dict_node *node, size_t n, uint16_t id,
                         uint32_t typed, size_t end)
{
    struct nq_codes members = nq_pinyin_members(id);
    for (size_t i = 0; i < members.n; i++)
        if (members.items[i] != typed)
            try_character(s, node, n, members.items[i], typed != 0, end);
}

/* Goes on with the word whose `n` characters lead to `node` (NULL: none yet) from unit `at`. */
static void follow(struct speller *s, const struct nq_dict_node *node, size_t n, size_t at)
{
    const struct nq_typed *typed = s->typed;
    struct nq_syllable syllables[NQ_SYLLABLES_MAX];
    while (at < typed->n && typed->cp[at] == NQ_TYPED_END)
        at++;
    if (at == typed->n)
        return;
    uint32_t cp = typed->cp[at];
    if (cp < 'a' || cp > 'z') {
        struct nq_codes readings = nq_pinyin_readings(cp);
        try_character(s, node, n, cp, false, at + 1);
        for (size_t i = 0; i < readings.n; i++)
            try_syllable(s, node, n, readings.items[i], cp, at + 1);
        return;
    }
    size_t n_syllables = nq_pinyin_syllables(typed, at, syllables);
    for (size_t i = 0; i < n_syllables; i++)
        try_syllable(s, node, n, syllables[i].id, 0, syllables[i].end);
}

bool nq_spell(const struct nq_segmenter *segmenter, const struct nq_typed *typed,
              struct nq_spelt out[NQ_SPELT_KEPT], size_t *n)
{
    struct speller s = {.dict = &segmenter->dict, .typed = typed};
    s.beams = calloc(typed->n + 1, sizeof *s.beams);
    if (!s.beams)
        return false;
    s.beams[0].n = 1;
    for (s.start = 0; s.start < typed->n; s.start++)
        if (s.beams[s.start].n > 0)
            follow(&s, NULL, 0, s.start);
    const struct beam *end = &s.beams[typed->n];
    *n = end->n;
    memcpy(out, end->ways, end->n * sizeof *out);
    free(s.beams);
    return true;
}
