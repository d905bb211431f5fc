/* mkdict: the double array.  Nodes are placed the most used first, so that what segmentation
 * touches lies together at the beginning; the many nodes with one child then fill the gaps. */
#include <stdlib.h>
#include <string.h>

#include "text/mkdict.h"

/* A node with children: the words [low, high), which share their first `depth` characters. */
struct inner {
    size_t low, high;
    size_t first_child, next; /* inner children in order, 0 at the end; the root is no child */
    double weight;            /* how often words below it were seen */
    uint32_t cell, base;      /* where the node lies, and its children from */
    uint16_t depth;
};

/* The array while it is made.  Beside each cell: whether it is taken, whether it is some node's
 * base, and the list of free cells. */
struct builder {
    const struct mkdict_words *words;
    const uint16_t *codes;
    struct inner *inners;
    size_t n_inners, cap_inners;
    struct nq_dict_node *nodes;
    uint8_t *taken, *is_base;
    uint32_t *next_free, *previous_free;
    uint32_t n_nodes, cap_nodes;
    uint32_t hints[17]; /* where sets of so many children last found room */
};

static void *resize(void *old, size_t n_old, size_t n, size_t size)
{
    char *p = realloc(old, n * size);
    if (!p)
        mkdict_die("out of memory");
    memset(p + n_old * size, 0, (n - n_old) * size);
    return p;
}

static void grow(struct builder *b, uint32_t cap)
{
    uint32_t old = b->cap_nodes;
    b->nodes = resize(b->nodes, old, cap, sizeof *b->nodes);
    b->taken = resize(b->taken, old, cap, 1);
    b->is_base = resize(b->is_base, old, cap, 1);
    b->next_free = resize(b->next_free, old, cap, sizeof *b->next_free);
    b->previous_free = resize(b->previous_free, old ? old + 1 : 0, cap + 1, sizeof(uint32_t));
    for (uint32_t i = old; i < cap; i++) {
        b->nodes[i].value = NQ_DICT_NO_WORD;
        b->next_free[i] = i + 1;
        b->previous_free[i + 1] = i;
    }
    b->cap_nodes = cap;
}

static void take(struct builder *b, uint32_t cell)
{
    b->taken[cell] = 1;
    b->next_free[b->previous_free[cell]] = b->next_free[cell];
    b->previous_free[b->next_free[cell]] = b->previous_free[cell];
    if (cell >= b->n_nodes)
        b->n_nodes = cell + 1;
}

/* The words from `at` on that have the same character at `depth` end here. */
static size_t group_end(const struct builder *b, size_t at, size_t high, uint16_t depth)
{
    const struct mkdict_word *items = b->words->items;
    uint32_t cp = items[at].cp[depth];
    while (at < high && items[at].cp[depth] == cp)
        at++;
    return at;
}

/* The first of words that share `depth` characters may be those characters alone. */
static size_t skip_own(const struct builder *b, size_t low, uint16_t depth)
{
    return b->words->items[low].n == depth ? low + 1 : low;
}

/* Lists the inner nodes at and below the words [low, high); returns the top one's index. */
static size_t list_inners(struct builder *b, size_t low, size_t high, uint16_t depth)
{
    if (b->n_inners == b->cap_inners) {
        b->inners = resize(b->inners, b->cap_inners, 2 * b->cap_inners + 65536, sizeof *b->inners);
        b->cap_inners = 2 * b->cap_inners + 65536;
    }
    size_t index = b->n_inners++, last = 0;
    struct inner self = {.low = low, .high = high, .depth = depth};
    for (size_t i = low; i < high; i++)
        self.weight += b->words->items[i].count + 1;
    b->inners[index] = self;
    for (size_t at = skip_own(b, low, depth), end; at < high; at = end) {
        end = group_end(b, at, high, depth);
        if (skip_own(b, at, (uint16_t)(depth + 1)) == end)
            continue;
        size_t child = list_inners(b, at, end, (uint16_t)(depth + 1));
        if (last)
            b->inners[last].next = child;
        else
            b->inners[index].first_child = child;
        last = child;
    }
    return index;
}

static bool fits(const struct builder *b, uint32_t base, const uint16_t *children, size_t n)
{
    if (b->is_base[base])
        return false;
    for (size_t i = 0; i < n; i++)
        if (b->taken[base + children[i]])
            return false;
    return true;
}

static uint32_t find_base(struct builder *b, const uint16_t *children, size_t n)
{
    enum { PATIENCE = 20000 }; /* so many tries, and what lies behind counts as full */
    uint32_t *hint = &b->hints[n < 17 ? n - 1 : 16];
    unsigned tries = 0;
    for (uint32_t cell = *hint;; cell = b->next_free[cell]) {
        if (cell + 2 * 65536 >= b->cap_nodes)
            grow(b, 2 * b->cap_nodes);
        if (b->taken[cell])
            continue;
        if (cell > children[0] && fits(b, cell - children[0], children, n))
            return cell - children[0];
        if (++tries % PATIENCE == 0)
            *hint = cell;
    }
}

/* Gives the children of a node their cells. */
static void place(struct builder *b, struct inner *node)
{
    static uint16_t children[65536];
    uint16_t depth = node->depth;
    size_t n = 0, first = skip_own(b, node->low, depth), end;
    for (size_t at = first; at < node->high; at = group_end(b, at, node->high, depth))
        children[n++] = b->codes[b->words->items[at].cp[depth]];
    /* The root's children lie at their codes: its base is 0. */
    uint32_t base = depth ? find_base(b, children, n) : 0;
    b->is_base[base] = 1;
    node->base = base;
    size_t child = node->first_child;
    n = 0;
    for (size_t at = first; at < node->high; at = end) {
        end = group_end(b, at, node->high, depth);
        uint32_t cell = base + children[n];
        take(b, cell);
        b->nodes[cell].check = children[n++];
        const struct mkdict_word *word = &b->words->items[at];
        if (word->n == depth + 1)
            b->nodes[cell].value = (uint16_t)(word->cost | (word->weight ? NQ_DICT_TERM : 0));
        if (child && b->inners[child].low == at) {
            b->inners[child].cell = cell;
            child = b->inners[child].next;
        }
    }
}

static int by_weight(const void *a, const void *b)
{
    const struct inner *x = *(struct inner *const *)a, *y = *(struct inner *const *)b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x > y) - (x < y); /* the root before all */
}

struct nq_dict_node *mkdict_trie(const struct mkdict_words *words, const uint16_t codes[65536],
                                 uint32_t n_codes, uint32_t *n_nodes)
{
    struct builder b = {.words = words, .codes = codes};
    grow(&b, 1 << 20);
    take(&b, 0);
    list_inners(&b, 0, words->n, 0);
    struct inner **order = mkdict_alloc(b.n_inners * sizeof(struct inner *));
    for (size_t i = 0; i < b.n_inners; i++)
        order[i] = &b.inners[i];
    qsort(order, b.n_inners, sizeof(struct inner *), by_weight);
    for (size_t i = 0; i < b.n_inners; i++)
        place(&b, order[i]);
    for (size_t i = 1; i < b.n_inners; i++)
        b.nodes[b.inners[i].cell].base = b.inners[i].base;
    free(order);
    free(b.inners);
    free(b.taken);
    free(b.is_base);
    free(b.next_free);
    free(b.previous_free);
    *n_nodes = b.n_nodes + n_codes;
    return b.nodes;
}
