/* mkdict: the unknown-word model.  An unknown word is taken to be drawn like an entry of the
 * dictionary (not like a word of a text: what is unknown resembles what is rare): P(unknown) ×
 * P(length) × the product of P(character | its place); a single character as a word keeps its
 * probability in text.  Names of persons have a model of their own made of the names listed. */
#include <math.h>
#include <stdlib.h>

#include "text/mkdict.h"

/* How likely it is that characters which the best path left alone form an unknown word, the name of
 * a person, a foreign name.  Chosen by reading what changed on news text: more joins 30 日/称 and
 * 多/地, less parts 赋能 and 韩正. */
static const double word_share = 0.5, person_share = 0.2, foreign_share = 0.03;

/* An entry seen `count` times weighs count^DAMPING: between types and tokens. */
static const double damping = 0.5;

enum place { BEGIN, MIDDLE, END, SURNAME, GIVEN1, GIVEN2_1, GIVEN2_2, FOREIGN, N_PLACES };

struct counts {
    double at[65536][N_PLACES]; /* by code */
    double total[N_PLACES];
    double words[NQ_DICT_UNKNOWN_MAX + 1], all_words;
    double names[4], all_names;
    double foreign;       /* foreign names */
    double begins[65536]; /* entries that begin with the character */
};

static void count(struct counts *counts, uint16_t code, enum place place, double weight)
{
    counts->at[code][place] += weight;
    counts->total[place] += weight;
}

static void count_name(struct counts *counts, const struct mkdict_word *word,
                       const uint16_t codes[65536])
{
    if (word->n < 2 || word->n > 3)
        return;
    count(counts, codes[word->cp[0]], SURNAME, 1);
    if (word->n == 2) {
        count(counts, codes[word->cp[1]], GIVEN1, 1);
    } else {
        count(counts, codes[word->cp[1]], GIVEN2_1, 1);
        count(counts, codes[word->cp[2]], GIVEN2_2, 1);
    }
    counts->names[word->n]++;
    counts->all_names++;
}

static void count_foreign(struct counts *counts, const struct mkdict_word *word,
                          const uint16_t codes[65536])
{
    if (word->n < 2)
        return;
    for (size_t i = 0; i < word->n; i++)
        count(counts, codes[word->cp[i]], FOREIGN, 1);
    counts->foreign++;
}

static void count_word(struct counts *counts, const struct mkdict_word *word,
                       const uint16_t codes[65536])
{
    if (word->n < 2 || word->n > NQ_DICT_UNKNOWN_MAX)
        return;
    double weight = pow(word->count + 1, damping);
    count(counts, codes[word->cp[0]], BEGIN, weight);
    for (size_t i = 1; i + 1 < word->n; i++)
        count(counts, codes[word->cp[i]], MIDDLE, weight);
    count(counts, codes[word->cp[word->n - 1]], END, weight);
    counts->words[word->n] += weight;
    counts->all_words += weight;
}

static uint16_t cost_of(double probability)
{
    double cost = -log(probability) * NQ_DICT_NAT;
    return (uint16_t)(cost < 32000 ? lround(cost) : 32000);
}

/* Smoothed by adding a half. */
static uint16_t place_cost(const struct counts *counts, uint32_t code, enum place place,
                           uint32_t n_codes)
{
    return cost_of((counts->at[code][place] + 0.5) / (counts->total[place] + 0.5 * n_codes));
}

/* 同 and 和 begin listed names too: a surname is worth what part of the entries that begin with it
 * are names. */
static uint16_t surname_cost(const struct counts *counts, uint32_t code, uint32_t n_codes)
{
    double names = (counts->at[code][SURNAME] + 0.5) / (counts->begins[code] + 1);
    return (uint16_t)(place_cost(counts, code, SURNAME, n_codes) + cost_of(names));
}

struct nq_dict_char *mkdict_model(const struct mkdict_words *words, const uint16_t codes[65536],
                                  uint32_t n_codes, struct nq_dict_header *header)
{
    struct counts *counts = mkdict_alloc(sizeof *counts);
    struct nq_dict_char *chars = mkdict_alloc(n_codes * sizeof *chars);
    uint16_t rare = (uint16_t)lround(log(words->total) * NQ_DICT_NAT);
    for (size_t i = 0; i < words->n; i++) {
        const struct mkdict_word *word = &words->items[i];
        if (word->weight || word->alias)
            continue;
        if (word->n > 1)
            counts->begins[codes[word->cp[0]]]++;
        if (word->person)
            count_name(counts, word, codes);
        else if (word->foreign)
            count_foreign(counts, word, codes);
        else
            count_word(counts, word, codes);
    }
    for (uint32_t code = 0; code < n_codes; code++) {
        struct nq_dict_char *c = &chars[code];
        c->begin = place_cost(counts, code, BEGIN, n_codes);
        c->middle = place_cost(counts, code, MIDDLE, n_codes);
        c->end = place_cost(counts, code, END, n_codes);
        c->single = rare;
        c->surname = surname_cost(counts, code, n_codes);
        c->given[0] = place_cost(counts, code, GIVEN1, n_codes);
        c->given[1] = place_cost(counts, code, GIVEN2_1, n_codes);
        c->foreign = place_cost(counts, code, FOREIGN, n_codes);
        c->given[2] = place_cost(counts, code, GIVEN2_2, n_codes);
    }
    for (size_t i = 0; i < words->n; i++)
        if (words->items[i].n == 1)
            chars[codes[words->items[i].cp[0]]].single = (uint16_t)words->items[i].cost;
    for (unsigned n = 2; n <= NQ_DICT_UNKNOWN_MAX; n++)
        header->word_cost[n] = cost_of(word_share * counts->words[n] / counts->all_words);
    for (unsigned n = 2; n <= 3; n++)
        header->name_cost[n] = cost_of(person_share * counts->names[n] / counts->all_names);
    double mean = counts->total[FOREIGN] / counts->foreign;
    header->foreign_cost = cost_of(foreign_share / (mean - 1));
    header->foreign_more = cost_of(1 - 1 / (mean - 1));
    free(counts);
    return chars;
}
