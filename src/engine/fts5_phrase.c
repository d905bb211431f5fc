/* A phrase of an FTS5 index. */
#include "engine/fts5_phrase.h"

#include <stdlib.h>

#include "engine/compile.h"

#define ENDED INT64_MAX

/* ---- slots ---- */

/* Goes on to `passage` or behind it. */
static int64_t slot_reach(struct nq_fts5_slot *slot, int64_t passage)
{
    slot->passage = ENDED;
    for (size_t i = 0; i < slot->n; i++) {
        struct nq_fts5_list *list = &slot->lists[i];
        if (list->passage < passage && !nq_fts5_list_next(list, passage))
            list->passage = ENDED;
        if (list->passage < slot->passage)
            slot->passage = list->passage;
    }
    return slot->passage;
}

static int by_place(const void *a, const void *b)
{
    nq_fts5_place x = *(const nq_fts5_place *)a, y = *(const nq_fts5_place *)b;
    return (x > y) - (x < y);
}

/* Reads where the slot stands in its passage, in order. */
static bool slot_read(struct nq_fts5_slot *slot)
{
    size_t held = 0;
    slot->places.n = 0;
    for (size_t i = 0; i < slot->n; i++) {
        if (slot->lists[i].passage != slot->passage)
            continue;
        if (!nq_fts5_list_places(&slot->lists[i], &slot->places))
            return false;
        held++;
    }
    if (held > 1)
        qsort(slot->places.items, slot->places.n, sizeof *slot->places.items, by_place);
    return true;
}

/* ---- phrases ---- */

bool nq_fts5_phrase_open(struct nq_fts5_phrase *p, struct nq_fts5_table *table, struct nq_str list,
                         bool prefix, bool heading)
{
    size_t tokens = 1;
    *p = (struct nq_fts5_phrase){.table = table, .heading = heading};
    for (size_t i = 0; i < list.len; i++)
        tokens += list.ptr[i] == NQ_LIST_NEXT || list.ptr[i] == NQ_LIST_SYNONYM;
    p->lists = calloc(tokens, sizeof *p->lists);
    p->slots = calloc(tokens, sizeof *p->slots);
    if (!p->lists || !p->slots) {
        table->status = nq_fail_nomem(table->err);
        return false;
    }
    for (size_t at = 0, end; at < list.len; at = end + 1) {
        end = at;
        while (end < list.len && list.ptr[end] != NQ_LIST_NEXT && list.ptr[end] != NQ_LIST_SYNONYM)
            end++;
        if (at == 0 || list.ptr[at - 1] == NQ_LIST_NEXT)
            p->slots[p->n++].lists = &p->lists[p->n_lists];
        p->slots[p->n - 1].n++;
        if (!nq_fts5_list_open(&p->lists[p->n_lists++], table, nq_str_sub(list, at, end),
                               prefix && end == list.len))
            return false;
    }
    return true;
}

void nq_fts5_phrase_close(struct nq_fts5_phrase *p)
{
    for (size_t i = 0; i < p->n_lists; i++)
        nq_fts5_list_finish(&p->lists[i]);
    for (size_t i = 0; i < p->n; i++)
        free(p->slots[i].places.items);
    free(p->lists);
    free(p->slots);
    *p = (struct nq_fts5_phrase){0};
}

/* Goes on to the first passage from `least` on that all slots are in. */
static int64_t reach_all(struct nq_fts5_phrase *p, int64_t least)
{
    for (size_t i = 0; i < p->n;) {
        int64_t passage = slot_reach(&p->slots[i], least);
        if (passage == ENDED)
            return ENDED;
        i = passage > least && i > 0 ? 0 : i + 1;
        least = passage;
    }
    return p->n > 0 ? least : ENDED;
}

/* Of `places`, keeps those that stand `distance` before one of `next`, both in order. */
static void keep_before(struct nq_fts5_places *places, const struct nq_fts5_places *next,
                        uint32_t distance)
{
    size_t kept = 0, j = 0;
    for (size_t i = 0; i < places->n; i++) {
        while (j < next->n && next->items[j] < places->items[i] + distance)
            j++;
        if (j < next->n && next->items[j] == places->items[i] + distance)
            places->items[kept++] = places->items[i];
    }
    places->n = kept;
}

/* Where the phrase begins in the passage that all its slots are in, counted by column. */
static bool count_places(struct nq_fts5_phrase *p, uint32_t counts[2])
{
    struct nq_fts5_places *places = &p->slots[0].places;
    counts[0] = counts[1] = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (!slot_read(&p->slots[i]))
            return false;
        if (i > 0)
            keep_before(places, &p->slots[i].places, (uint32_t)i);
        if (places->n == 0)
            return true;
    }
    for (size_t i = 0; i < places->n; i++)
        if (i == 0 || places->items[i] != places->items[i - 1]) /* else another token there */
            counts[places->items[i] >> NQ_FTS5_COLUMN_SHIFT]++;
    return true;
}

/* The list that alone stands where the slot does; NULL where there are more. */
static struct nq_fts5_list *only_list(const struct nq_fts5_slot *slot)
{
    struct nq_fts5_list *only = NULL;
    for (size_t i = 0; i < slot->n; i++) {
        if (slot->lists[i].passage != slot->passage)
            continue;
        if (only)
            return NULL;
        only = &slot->lists[i];
    }
    return only;
}

/* Counts where the phrase stands in the passage that all its slots are in; false where nowhere. */
static bool count(struct nq_fts5_phrase *p)
{
    uint32_t counts[2];
    struct nq_fts5_list *list = p->n == 1 ? only_list(&p->slots[0]) : NULL;
    if (!(list ? nq_fts5_list_count(list, counts) : count_places(p, counts)))
        return false;
    p->in_body = p->heading ? 0 : counts[0];
    p->in_heading = counts[1];
    return p->in_body + p->in_heading > 0;
}

int64_t nq_fts5_phrase_reach(struct nq_fts5_phrase *p, int64_t least)
{
    while (p->passage < least) {
        p->passage = reach_all(p, least);
        if (p->passage == ENDED || p->table->status != NQ_OK)
            return p->passage = ENDED;
        if (p->table->words)
            p->in_body = 1;
        else if (!count(p))
            least = p->passage + 1;
    }
    return p->passage;
}
