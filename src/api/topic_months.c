/* A topic month by month, with the passages that are most about it. */
#include <stdlib.h>

#include "api/mark.h"
#include "api/topic_page.h"
#include "store/passages.h"

/* In order of months; within one the weightiest first, then the earliest. */
struct placed {
    struct nq_topic_naming naming;
    size_t month;
    float rank;
};

/* What a report says comes before what it cites. */
static const float cited_rank = 0.3F;

static int by_month(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->month != y->month)
        return x->month < y->month ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? 1 : -1;
    return (x->naming.passage > y->naming.passage) - (x->naming.passage < y->naming.passage);
}

static enum nq_status place(struct nq_topic_asked *a, const struct nq_topic_naming *naming,
                            struct placed *out)
{
    struct nq_attribute attribute;
    enum nq_status status = nq_attributes_get(&a->index->engine->attributes, a->index->db,
                                              naming->passage, &attribute, a->err);
    if (status != NQ_OK)
        return status;
    bool cited = attribute.kind == NQ_KIND_REFERENCE;
    *out = (struct placed){*naming, nq_topic_walk_month(&a->walk, naming->day),
                           naming->weight * (cited ? cited_rank : 1)};
    return NQ_OK;
}

static enum nq_status load_passage(struct nq_topic_asked *a, const struct nq_topic_naming *naming,
                                   struct nq_topic_passage *out)
{
    struct nq_hit hit = {.passage = naming->passage, .tier = NQ_TIER_EXACT};
    enum nq_status status = nq_store_load_hit(a->index->db, a->arena, &hit, a->err);
    if (status == NQ_OK && !nq_mark_terms(a->index, a->arena, a->query, &hit))
        status = nq_fail_nomem(a->err);
    *out = (struct nq_topic_passage){.passage = hit.passage,
                                     .weight = naming->weight,
                                     .day = naming->day,
                                     .report = hit.report,
                                     .section_heading = hit.section_heading,
                                     .snippet = hit.snippet,
                                     .n_snippet = hit.n_snippet};
    return status;
}

/* The month that begins the `n` places. */
static enum nq_status load_month(struct nq_topic_asked *a, const struct placed *places, size_t n,
                                 struct nq_topic_month *out)
{
    size_t most = a->params->passages ? a->params->passages : 1;
    enum nq_status status = NQ_OK;
    most = most < n ? most : n;
    struct nq_topic_passage *best = nq_arena_array(a->arena, most + 1, sizeof *best);
    if (!best)
        return nq_fail_nomem(a->err);
    for (size_t i = 0; i < most && status == NQ_OK; i++)
        status = load_passage(a, &places[i].naming, &best[i]);
    *out = (struct nq_topic_month){.first_day = nq_topic_walk_month_day(&a->walk, places[0].month),
                                   .passages = n,
                                   .best = best,
                                   .n_best = most};
    return status;
}

/* The same counts as a sparkline takes them. */
static bool copy_counts(struct nq_topic_asked *a, struct nq_topic_page *page)
{
    struct nq_month_count *counts = nq_arena_array(a->arena, page->n_months + 1, sizeof *counts);
    for (size_t i = 0; i < page->n_months && counts; i++)
        counts[i] = (struct nq_month_count){page->months[i].first_day, page->months[i].passages};
    page->topic.months = counts;
    page->topic.n_months = page->n_months;
    return counts != NULL;
}

enum nq_status nq_topic_months(struct nq_topic_asked *a, struct nq_topic_page *page)
{
    struct placed *places = malloc((a->n_namings + 1) * sizeof *places);
    struct nq_topic_month *months =
        nq_arena_array(a->arena, nq_topic_walk_months(&a->walk), sizeof *months);
    enum nq_status status = places && months ? NQ_OK : nq_fail_nomem(a->err);
    if (status == NQ_OK)
        status = nq_engine_refresh(a->index->engine, a->err);
    for (size_t i = 0; i < a->n_namings && status == NQ_OK; i++)
        status = place(a, &a->namings[i], &places[i]);
    if (status == NQ_OK)
        qsort(places, a->n_namings, sizeof *places, by_month);
    for (size_t i = 0, end; i < a->n_namings && status == NQ_OK; i = end) {
        for (end = i + 1; end < a->n_namings && places[end].month == places[i].month;)
            end++;
        status = load_month(a, places + i, end - i, &months[page->n_months++]);
    }
    page->months = months;
    if (status == NQ_OK && !copy_counts(a, page))
        status = nq_fail_nomem(a->err);
    free(places);
    return status;
}
