/* Which earlier sections hold the terms of a draft. */
#include <stdlib.h>

#include "base/grow.h"

#include "api/check.h"

enum {
    AT_ONCE = 64,     /* terms of one query */
    LEAST_LIST = 400, /* passages of a list that are walked at any rate */
    LIST_SHARE = 30,  /* a list of more than one in so many passages tells too little */
};

struct lookup {
    struct nq_check_run *run;
    struct nq_unit_lists *out;
    const uint32_t *numbers; /* of the terms of this walk */
    size_t phrase;           /* whose postings are coming */
    size_t n_postings, most_postings;
    size_t unit;  /* where the last posting was */
    size_t first; /* of its units in the pool */
    enum nq_status status;
};

/* Ends a term: now its weight is known. */
static void end_term(struct lookup *l)
{
    if (l->phrase == SIZE_MAX)
        return;
    uint32_t number = l->numbers[l->phrase];
    nq_check_term_count(&l->run->terms, number, (double)l->n_postings);
    l->out->items[l->out->n++] =
        (struct nq_unit_list){number, l->first, l->out->n_units - l->first};
    l->first = l->out->n_units;
}

static bool add_unit(struct lookup *l, size_t unit)
{
    struct nq_unit_lists *out = l->out;
    if (out->n_units > l->first && out->units[out->n_units - 1] == unit)
        return true;
    uint32_t *units = nq_grow(out->units, out->n_units, &out->cap, sizeof *units);
    if (!units)
        return false;
    out->units = units;
    out->units[out->n_units++] = (uint32_t)unit;
    return true;
}

static bool wanted(struct lookup *l, int64_t passage)
{
    struct nq_engine *engine = l->run->index->engine;
    struct nq_attribute a;
    l->status = nq_attributes_get(&engine->attributes, engine->db, passage, &a, l->run->err);
    enum nq_kind kinds = l->run->params->kinds ? l->run->params->kinds : NQ_KIND_REPORT;
    return l->status == NQ_OK && (a.kind & kinds) && nq_check_passes(l->run, a.day);
}

static enum nq_next on_posting(void *user, const struct nq_posting *posting)
{
    struct lookup *l = user;
    const struct nq_units_index *units = &l->run->units;
    if (posting->phrase != l->phrase) {
        end_term(l);
        l->phrase = posting->phrase;
        l->n_postings = l->unit = 0;
    }
    if (++l->n_postings > l->most_postings)
        return NQ_NEXT_PHRASE;
    if (!wanted(l, posting->passage))
        return l->status == NQ_OK ? NQ_NEXT_POSTING : NQ_NEXT_NONE;
    /* Passages come in the order of ids: steps that double, then halves. */
    size_t low = l->unit, step = 1;
    while (low + step < units->n && units->ids[low + step] <= posting->passage) {
        low += step;
        step *= 2;
    }
    for (; step > 0; step /= 2)
        if (low + step < units->n && units->ids[low + step] <= posting->passage)
            low += step;
    l->unit = low;
    if (add_unit(l, low))
        return NQ_NEXT_POSTING;
    l->status = nq_fail_nomem(l->run->err);
    return NQ_NEXT_NONE;
}

static enum nq_status walk(struct lookup *l, const uint32_t *numbers, size_t n, bool latin)
{
    struct nq_str texts[AT_ONCE] = {0};
    uint32_t chosen[AT_ONCE];
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        const struct nq_check_term *term = &l->run->terms.items[numbers[i]];
        if (term->latin != latin)
            continue;
        texts[k] = term->text;
        chosen[k++] = numbers[i];
    }
    l->numbers = chosen;
    l->phrase = SIZE_MAX;
    enum nq_status status =
        nq_engine_lists(l->run->index->engine, texts, k, !latin, on_posting, l, l->run->err);
    if (status == NQ_OK && l->status == NQ_OK)
        end_term(l);
    /* What no passage holds is known, too. */
    for (size_t i = 0; i < k; i++)
        if (!l->run->terms.items[chosen[i]].counted)
            nq_check_term_count(&l->run->terms, chosen[i], 0);
    return l->status != NQ_OK ? l->status : status;
}

enum nq_status nq_check_lists(struct nq_check_run *run, const uint32_t *numbers, size_t n,
                              struct nq_unit_lists *out)
{
    struct lookup l = {.run = run, .out = out};
    enum nq_status status = NQ_OK;
    l.most_postings = LEAST_LIST + (size_t)run->terms.passages / LIST_SHARE;
    out->items = malloc((n + 1) * sizeof *out->items);
    if (!out->items)
        return nq_fail_nomem(run->err);
    for (size_t i = 0; i < n && status == NQ_OK; i += AT_ONCE) {
        size_t some = n - i < AT_ONCE ? n - i : AT_ONCE;
        status = walk(&l, numbers + i, some, false);
        if (status == NQ_OK)
            status = walk(&l, numbers + i, some, true);
    }
    return status;
}

void nq_unit_lists_finish(struct nq_unit_lists *lists)
{
    free(lists->items);
    free(lists->units);
}
