/* A hash map from byte strings to small integers; keys are copied.  Open addressing, linear
 * probing. */
#ifndef NQ_BASE_MAP_H
#define NQ_BASE_MAP_H

#include "base/arena.h"

struct nq_map_entry {
    struct nq_str key; /* absent: a free place */
    uint32_t hash;
    int32_t value;
    int64_t mark; /* the user's own; 0 at first */
};

/* Zeroed is empty.  `keys` is made by the first insertion. */
struct nq_map {
    struct nq_map_entry *entries;
    size_t cap, n;
    struct nq_arena *keys;
};

/* The entry of `key`, or NULL. */
struct nq_map_entry *nq_map_find(const struct nq_map *map, struct nq_str key);

/* The entry of `key`, made with value 0 where there is none; NULL without memory.  Valid until the
 * next insertion. */
struct nq_map_entry *nq_map_put(struct nq_map *map, struct nq_str key);

/* Empties the map and frees its memory. */
void nq_map_finish(struct nq_map *map);

#endif
