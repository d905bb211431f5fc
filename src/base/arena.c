/* Arenas: blocks in a list, each twice as large as the one before up to a limit. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) char bytes[];
};

struct nq_arena {
    struct block *blocks; /* the one that is being filled first */
    size_t next_size;
    bool failed;
};

struct nq_arena *nq_arena_create(void)
{
    struct nq_arena *arena = calloc(1, sizeof *arena);
    if (arena)
        arena->next_size = FIRST_BLOCK;
    return arena;
}

static void free_blocks(struct block *block)
{
    while (block) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
}

void nq_arena_destroy(struct nq_arena *arena)
{
    if (!arena)
        return;
    free_blocks(arena->blocks);
    free(arena);
}

static bool add_block(struct nq_arena *arena, size_t size)
{
    size_t room = arena->next_size > size ? arena->next_size : size;
    struct block *block = room < SIZE_MAX - sizeof *block ? malloc(sizeof *block + room) : NULL;
    if (!block) {
        arena->failed = true;
        return false;
    }
    *block = (struct block){.next = arena->blocks, .size = room};
    arena->blocks = block;
    if (arena->next_size < LARGEST_BLOCK)
        arena->next_size *= 2;
    return true;
}

void *nq_arena_alloc(struct nq_arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align) {
        arena->failed = true;
        return NULL;
    }
    size = (size + align - 1) / align * align;
    struct block *block = arena->blocks;
    if ((!block || block->size - block->used < size) && !add_block(arena, size))
        return NULL;
    block = arena->blocks;
    void *p = block->bytes + block->used;
    block->used += size;
    return memset(p, 0, size);
}

void *nq_arena_array(struct nq_arena *arena, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    return nq_arena_alloc(arena, n * size);
}

struct nq_str nq_arena_str(struct nq_arena *arena, struct nq_str s)
{
    if (!s.ptr)
        return s;
    char *copy = nq_arena_alloc(arena, s.len + 1);
    if (!copy)
        return (struct nq_str){0};
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    return (struct nq_str){copy, s.len};
}

void *nq_arena_grow(struct nq_arena *arena, void *items, size_t n, size_t size)
{
    if (n > 0 && (n & (n - 1)) != 0)
        return items;
    void *grown = nq_arena_array(arena, n ? n * 2 : 1, size);
    if (grown && n)
        memcpy(grown, items, n * size);
    return grown;
}

bool nq_arena_failed(const struct nq_arena *arena)
{
    return arena->failed;
}

void nq_arena_reset(struct nq_arena *arena)
{
    struct block *keep = arena->blocks;
    arena->failed = false;
    if (!keep)
        return;
    free_blocks(keep->next);
    keep->next = NULL;
    keep->used = 0;
}
