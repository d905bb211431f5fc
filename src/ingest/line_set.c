/* A set of lines by their hashes: see line_set.h. */
#include "ingest/line_set.h"

bool nq_line_set_init(struct nq_arena *arena, struct nq_line_set *set, size_t most)
{
    size_t size = 16;
    while (size < most * 2)
        size *= 2;
    *set = (struct nq_line_set){nq_arena_array(arena, size, sizeof *set->slots), size - 1, 0};
    return set->slots != NULL;
}

size_t nq_line_set_slot(const struct nq_line_set *set, uint64_t hash)
{
    size_t i = (size_t)(hash ^ hash >> 32) & set->mask;
    while (set->slots[i] && set->slots[i] != hash)
        i = (i + 1) & set->mask;
    return i;
}

void nq_line_set_add(struct nq_line_set *set, uint64_t hash)
{
    size_t i = nq_line_set_slot(set, hash);
    if (set->slots[i] || set->n * 2 > set->mask)
        return;
    set->slots[i] = hash;
    set->n++;
}

bool nq_line_set_has(const struct nq_line_set *set, uint64_t hash)
{
    return set->slots && set->n > 0 && set->slots[nq_line_set_slot(set, hash)] == hash;
}
