/* Places that headings name. */
#include "check/place.h"

#include "base/table.h"
#include "places.h"

void nq_places_add(struct nq_places *out, struct nq_str word)
{
    static const struct nq_str ends[] = {NQ_STR_INIT("省"), NQ_STR_INIT("市")};
    for (size_t i = 0; i < NQ_COUNT(ends); i++)
        if (nq_str_ends(word, ends[i]))
            word.len -= ends[i].len;
    size_t row = nq_table_find(places, NQ_COUNT(places), sizeof *places, word);
    if (row < NQ_COUNT(places) && out->n < NQ_PLACES)
        out->items[out->n++] = (uint16_t)row;
}

static bool is_within(uint16_t a, uint16_t b)
{
    return nq_str_eq(nq_str_from(places[a][1]), nq_str_from(places[b][0]));
}

bool nq_places_differ(const struct nq_places *a, const struct nq_places *b)
{
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            if (a->items[i] == b->items[k] || is_within(a->items[i], b->items[k]) ||
                is_within(b->items[k], a->items[i]))
                return false;
    return a->n > 0 && b->n > 0;
}
