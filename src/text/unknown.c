/* The unknown-word model.  Every word of up to NQ_DICT_UNKNOWN_MAX characters is possible; its cost
 * is that of its length and of its characters' places, or that of a name; the cheapest way through
 * the run wins. */
#include "text/unknown.h"

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t word_cost(const struct nq_dict *dict, const uint16_t *codes, size_t n)
{
    uint32_t cost = dict->header->word_cost[n] + dict->chars[codes[0]].begin;
    for (size_t i = 1; i + 1 < n; i++)
        cost += dict->chars[codes[i]].middle;
    return cost + dict->chars[codes[n - 1]].end;
}

static uint32_t name_cost(const struct nq_dict *dict, const uint16_t *codes, size_t n)
{
    uint32_t cost = dict->header->name_cost[n] + dict->chars[codes[0]].surname;
    if (n == 2)
        return cost + dict->chars[codes[1]].given[0];
    return cost + dict->chars[codes[1]].given[1] + dict->chars[codes[2]].given[2];
}

/* The cheapest word of two and more characters that begins at `i`, if cheaper than best[i]. */
static void try_words(const struct nq_dict *dict, const uint16_t *codes, size_t i, size_t n,
                      uint32_t *best, uint8_t *length)
{
    uint32_t foreign = dict->header->foreign_cost + dict->chars[codes[i]].foreign;
    for (size_t len = 2; len <= NQ_DICT_FOREIGN_MAX && i + len <= n; len++) {
        foreign += dict->chars[codes[i + len - 1]].foreign;
        uint32_t cost = foreign;
        foreign += dict->header->foreign_more;
        if (len <= NQ_DICT_UNKNOWN_MAX)
            cost = least(cost, word_cost(dict, codes + i, len));
        if (len <= 3)
            cost = least(cost, name_cost(dict, codes + i, len));
        if (cost + best[i + len] < best[i]) {
            best[i] = cost + best[i + len];
            length[i] = (uint8_t)len;
        }
    }
}

size_t nq_unknown_cut(const struct nq_dict *dict, const uint16_t *codes, size_t n,
                      uint8_t lengths[NQ_UNKNOWN_RUN])
{
    uint32_t best[NQ_UNKNOWN_RUN + 1];
    uint8_t length[NQ_UNKNOWN_RUN];
    best[n] = 0;
    for (size_t i = n; i-- > 0;) {
        best[i] = dict->chars[codes[i]].single + best[i + 1];
        length[i] = 1;
        try_words(dict, codes, i, n, best, length);
    }
    size_t n_words = 0;
    for (size_t i = 0; i < n; i += length[i])
        lengths[n_words++] = length[i];
    return n_words;
}
