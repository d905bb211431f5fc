/* Names in memory, in chains by their first character: of twenty thousand some hundreds are looked
 * at for a letter, and none is folded before it is. */
#include "api/names_held.h"

#include <stdlib.h>

enum {
    N_CHAINS = 1 << 16, /* by the first character; the few beyond share that of 0 */
    LOOKED_AHEAD = 6,   /* characters behind what is typed: a word may end there */
};

struct nq_names *nq_names_create(void)
{
    struct nq_names *names = calloc(1, sizeof *names);
    if (!names)
        return NULL;
    names->newest = NQ_NO_DAY;
    names->arena = nq_arena_create();
    names->scratch = nq_arena_create();
    names->chains = calloc(N_CHAINS, sizeof *names->chains);
    if (names->arena && names->scratch && names->chains)
        return names;
    nq_names_destroy(names);
    return NULL;
}

void nq_names_destroy(struct nq_names *names)
{
    if (!names)
        return;
    nq_map_finish(&names->by_text);
    nq_map_finish(&names->counts);
    nq_map_finish(&names->beginnings);
    nq_arena_destroy(names->arena);
    nq_arena_destroy(names->scratch);
    free(names->items);
    free(names->chains);
    free(names->firsts);
    free(names);
}

int32_t nq_names_newest(const struct nq_names *names)
{
    return names->newest;
}

/* ---- holding */

static bool reserve(struct nq_names *names)
{
    if (names->n < names->cap)
        return true;
    size_t cap = names->cap ? 2 * names->cap : 4096;
    struct nq_name *items = realloc(names->items, cap * sizeof *items);
    if (items)
        names->items = items;
    uint32_t *firsts = items ? realloc(names->firsts, cap * sizeof *firsts) : NULL;
    if (!firsts)
        return false;
    names->firsts = firsts;
    names->cap = cap;
    return true;
}

static uint32_t chain_of(uint32_t cp)
{
    return cp < N_CHAINS ? cp : 0;
}

bool nq_names_add(struct nq_names *names, struct nq_name name)
{
    uint32_t first[NQ_SPELLED_MAX];
    if (nq_typed_fold(nq_str_sub(name.text, name.from, name.text.len), 1, first) == 0)
        return true;
    if (!reserve(names))
        return false;
    int32_t *chain = &names->chains[chain_of(first[0])];
    if (!*chain)
        names->firsts[names->n_firsts++] = chain_of(first[0]);
    name.next = *chain - 1;
    names->items[names->n++] = name;
    *chain = (int32_t)names->n;
    return true;
}

/* ---- finding */

enum nq_status nq_names_find(const struct nq_names *names, const struct nq_typed *typed,
                             enum nq_status (*fn)(void *user, const struct nq_name *name, int fit),
                             void *user)
{
    uint32_t cp[NQ_SPELLED_MAX];
    size_t most = typed->n + LOOKED_AHEAD;
    enum nq_status status = NQ_OK;
    for (size_t f = 0; f < names->n_firsts && status == NQ_OK; f++) {
        uint32_t first = names->firsts[f];
        if (first && !nq_typed_may_begin(typed, first))
            continue;
        for (int32_t i = names->chains[first] - 1; i >= 0 && status == NQ_OK;
             i = names->items[i].next) {
            const struct nq_name *name = &names->items[i];
            struct nq_str text = nq_str_sub(name->text, name->from, name->text.len);
            int fit = nq_typed_fit(typed, cp, nq_typed_fold(text, most, cp), false);
            if (fit >= 0)
                status = fn(user, name, fit);
        }
    }
    return status;
}
