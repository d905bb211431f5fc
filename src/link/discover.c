/* Discovery of new terms: its passes over the text. */
#include "link/discover.h"

#include <stdlib.h>

#include "link/discover_run.h"
#include "link/function_words.h"

enum {
    LEAST_CHARS = 2,
    SHORT_CHARS = 4, /* so short a term may begin or end with 向 or 以: 向新力 */
};

struct nq_discover *nq_discover_create(const struct nq_segmenter *segmenter, size_t least_count)
{
    struct nq_discover *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    d->segmenter = segmenter;
    d->least_count = least_count > 2 ? least_count : 2;
    if (!(d->arena = nq_arena_create()) || !nq_sketch_init(&d->sketch) ||
        !nq_entries_init(&d->entries)) {
        nq_discover_destroy(d);
        return NULL;
    }
    return d;
}

void nq_discover_destroy(struct nq_discover *d)
{
    if (!d)
        return;
    nq_sketch_finish(&d->sketch);
    nq_entries_finish(&d->entries);
    nq_entries_finish(&d->places);
    nq_arena_destroy(d->arena);
    nq_folded_finish(&d->folded);
    nq_word_buf_finish(&d->words);
    free(d->pieces);
    free(d->chosen);
    free(d);
}

/* ---- the passes
 * ------------------------------------------------------------------------------------ */

static void count_one(struct nq_discover *d, size_t first, size_t last, uint64_t key)
{
    nq_sketch_add(&d->sketch, key);
    d->n_words += last - first == 1;
}

bool nq_discover_count(struct nq_discover *d, struct nq_str text)
{
    if (!nq_discover_read(d, text))
        return false;
    nq_discover_sequences(d, count_one);
    return true;
}

/* Whether the words at both ends allow a term. */
static bool has_ends(const struct nq_discover *d, size_t first, size_t last)
{
    const struct nq_discover_piece *p = &d->pieces[first], *q = &d->pieces[last - 1];
    bool start = p->places & NQ_START, end = q->places & NQ_END;
    size_t chars = q->last - p->first;
    if (!start && !end)
        return true;
    bool shorts = chars > 2 && chars < SHORT_CHARS && p->single && q->single;
    return shorts && !(start && end);
}

static bool is_new(const struct nq_discover *d, size_t first, size_t last)
{
    const struct nq_discover_piece *p = &d->pieces[first], *q = &d->pieces[last - 1];
    size_t han = 0;
    for (size_t i = p->first; i < q->last; i++)
        han += d->folded.cls[i] == NQ_CLASS_HAN;
    return han >= LEAST_CHARS &&
           !nq_segmenter_has(d->segmenter, d->folded.cp + p->first, q->last - p->first);
}

static void fill(struct nq_discover *d, struct nq_entry *e, size_t first, size_t last, uint64_t key)
{
    size_t start = d->pieces[first].first, end = d->pieces[last - 1].last;
    e->text =
        nq_arena_str(d->arena, nq_str_sub(d->text, d->folded.start[start], d->folded.end[end - 1]));
    if (!e->text.ptr) {
        d->failed = true;
        return;
    }
    e->key = key;
    e->n_words = (uint8_t)(last - first);
    e->n_chars = (uint8_t)(end - start);
    for (size_t i = first; i < last; i++)
        e->chars[i - first] = (uint8_t)(d->pieces[i].last - d->pieces[i].first);
    e->proposable = has_ends(d, first, last) && is_new(d, first, last);
}

static void weigh_one(struct nq_discover *d, size_t first, size_t last, uint64_t key)
{
    if (nq_sketch_count(&d->sketch, key) < d->least_count)
        return;
    struct nq_entry *e = nq_entries_place(&d->entries, key);
    if (!e)
        return;
    if (e->key == 0)
        fill(d, e, first, last, key);
    /* The edge of a clause is another neighbour each time, so is a verb that no term begins or ends
     * with. */
    uint64_t left = 0, right = 0;
    if (first > 0 && !(d->pieces[first - 1].places & NQ_START))
        left = d->pieces[first - 1].hash;
    if (last < d->n_pieces && !(d->pieces[last].places & NQ_END))
        right = d->pieces[last].hash;
    e->count++;
    e->named += first > 0 && (d->pieces[first - 1].places & NQ_TITLE);
    nq_entry_beside(e->left, left ? left : e->count);
    nq_entry_beside(e->right, right ? right : e->count);
}

/* The least count that no more candidates have than there is room for. */
static void raise_least(struct nq_discover *d)
{
    while (d->least_count < NQ_SKETCH_MOST &&
           d->sketch.reached[d->least_count] > NQ_ENTRY_MOST * 9 / 10)
        d->least_count++;
}

bool nq_discover_weigh(struct nq_discover *d, struct nq_str text)
{
    raise_least(d);
    if (!nq_discover_read(d, text))
        return false;
    nq_discover_sequences(d, weigh_one);
    return !d->failed;
}

bool nq_discover_take(const struct nq_discover *d, struct nq_arena *arena, struct nq_proposal **out,
                      size_t *n)
{
    struct nq_proposal *items = nq_arena_array(arena, d->n_chosen + 1, sizeof *items);
    for (size_t i = 0; i < d->n_chosen && items; i++) {
        items[i] = d->chosen[i].proposal;
        items[i].term = nq_arena_str(arena, items[i].term);
        for (size_t q = 0; q < items[i].n_quotes; q++)
            items[i].quotes[q].text = nq_arena_str(arena, items[i].quotes[q].text);
    }
    if (!items || nq_arena_failed(arena))
        return false;
    *out = items;
    *n = d->n_chosen;
    return true;
}
