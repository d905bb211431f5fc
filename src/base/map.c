/* A hash map from byte strings to small integers. */
#include "base/map.h"

#include <stdlib.h>

#include "base/hash.h"

enum { FIRST_CAP = 64 };

/* The hash with its upper half folded in. */
static uint32_t hash_of(struct nq_str key)
{
    uint64_t h = nq_fnv(NQ_FNV_START, key);
    return (uint32_t)(h ^ h >> 32);
}

/* The place of `key`: its entry or the free one where it belongs. */
static struct nq_map_entry *place(const struct nq_map *map, struct nq_str key, uint32_t hash)
{
    for (size_t i = hash & (map->cap - 1);; i = (i + 1) & (map->cap - 1)) {
        struct nq_map_entry *e = &map->entries[i];
        if (!e->key.ptr || (e->hash == hash && nq_str_eq(e->key, key)))
            return e;
    }
}

struct nq_map_entry *nq_map_find(const struct nq_map *map, struct nq_str key)
{
    if (map->n == 0)
        return NULL;
    struct nq_map_entry *e = place(map, key, hash_of(key));
    return e->key.ptr ? e : NULL;
}

static bool grow(struct nq_map *map)
{
    struct nq_map larger = {.cap = map->cap ? map->cap * 2 : FIRST_CAP};
    larger.entries = calloc(larger.cap, sizeof *larger.entries);
    if (!larger.entries)
        return false;
    for (size_t i = 0; i < map->cap; i++)
        if (map->entries[i].key.ptr)
            *place(&larger, map->entries[i].key, map->entries[i].hash) = map->entries[i];
    free(map->entries);
    map->entries = larger.entries;
    map->cap = larger.cap;
    return true;
}

struct nq_map_entry *nq_map_put(struct nq_map *map, struct nq_str key)
{
    if (!map->keys && !(map->keys = nq_arena_create()))
        return NULL;
    if (map->n >= map->cap / 2 && !grow(map))
        return NULL;
    uint32_t hash = hash_of(key);
    struct nq_map_entry *e = place(map, key, hash);
    if (e->key.ptr)
        return e;
    struct nq_str copy = nq_arena_str(map->keys, key);
    if (!copy.ptr)
        return NULL;
    *e = (struct nq_map_entry){.key = copy, .hash = hash};
    map->n++;
    return e;
}

void nq_map_finish(struct nq_map *map)
{
    free(map->entries);
    nq_arena_destroy(map->keys);
    *map = (struct nq_map){0};
}
