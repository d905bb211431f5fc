/* Counting candidates. */
#include "link/discover_entry.h"

#include <math.h>
#include <stdlib.h>

bool nq_sketch_init(struct nq_sketch *sketch)
{
    bool ok = (sketch->reached = calloc(NQ_SKETCH_MOST + 1, sizeof *sketch->reached));
    for (size_t r = 0; r < NQ_SKETCH_ROWS; r++)
        ok &= (sketch->counts[r] = calloc(NQ_SKETCH_COLUMNS, sizeof *sketch->counts[r])) != NULL;
    return ok;
}

void nq_sketch_finish(struct nq_sketch *sketch)
{
    for (size_t r = 0; r < NQ_SKETCH_ROWS; r++)
        free(sketch->counts[r]);
    free(sketch->reached);
    *sketch = (struct nq_sketch){0};
}

static uint16_t *cell(const struct nq_sketch *sketch, size_t row, uint64_t key)
{
    uint64_t hash = row == 0 ? key : (key ^ key >> 31) * 0x9E3779B97F4A7C15u;
    return &sketch->counts[row][(hash >> 32) % NQ_SKETCH_COLUMNS];
}

uint16_t nq_sketch_count(const struct nq_sketch *sketch, uint64_t key)
{
    uint16_t least = NQ_SKETCH_MOST;
    for (size_t r = 0; r < NQ_SKETCH_ROWS; r++)
        if (*cell(sketch, r, key) < least)
            least = *cell(sketch, r, key);
    return least;
}

/* Only the lowest counts grow: what others have added to the rest is not of this key. */
void nq_sketch_add(struct nq_sketch *sketch, uint64_t key)
{
    uint16_t count = nq_sketch_count(sketch, key);
    if (count == NQ_SKETCH_MOST)
        return;
    for (size_t r = 0; r < NQ_SKETCH_ROWS; r++)
        if (*cell(sketch, r, key) == count)
            ++*cell(sketch, r, key);
    sketch->reached[count + 1]++;
}

bool nq_entries_init(struct nq_entries *entries)
{
    return (entries->slots = calloc(NQ_ENTRY_SLOTS, sizeof *entries->slots)) != NULL;
}

void nq_entries_finish(struct nq_entries *entries)
{
    free(entries->slots);
    *entries = (struct nq_entries){0};
}

static struct nq_entry *slot_of(const struct nq_entries *entries, uint64_t key)
{
    size_t i = (size_t)(key % NQ_ENTRY_SLOTS);
    while (entries->slots[i].key != 0 && entries->slots[i].key != key)
        i = (i + 1) % NQ_ENTRY_SLOTS;
    return &entries->slots[i];
}

struct nq_entry *nq_entries_find(const struct nq_entries *entries, uint64_t key)
{
    struct nq_entry *entry = slot_of(entries, key);
    return entry->key ? entry : NULL;
}

struct nq_entry *nq_entries_place(struct nq_entries *entries, uint64_t key)
{
    struct nq_entry *entry = slot_of(entries, key);
    if (entry->key == 0 && entries->n++ >= NQ_ENTRY_MOST)
        return NULL;
    return entry;
}

void nq_entry_beside(uint16_t classes[NQ_ENTRY_CLASSES], uint64_t neighbour)
{
    uint16_t *count = &classes[(neighbour * 0x9E3779B97F4A7C15u) >> 60];
    if (*count < UINT16_MAX)
        ++*count;
}

double nq_entry_entropy(const uint16_t classes[NQ_ENTRY_CLASSES])
{
    double sum = 0, entropy = 0;
    for (size_t i = 0; i < NQ_ENTRY_CLASSES; i++)
        sum += classes[i];
    for (size_t i = 0; i < NQ_ENTRY_CLASSES; i++)
        if (classes[i] > 0)
            entropy -= classes[i] / sum * log(classes[i] / sum);
    return entropy;
}
