/* A topic month by month, with the passages that are most about it. */
#include "api/mark.h"
#include "api/topic_page.h"
#include "store/passages.h"

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

/* A month that something is remembered of. */
static enum nq_status load_month(struct nq_topic_asked *a, size_t month, struct nq_topic_month *out)
{
    const struct nq_topic_named_month *m = &a->named.months[month];
    enum nq_status status = NQ_OK;
    struct nq_topic_passage *best = nq_arena_array(a->arena, m->n_best + 1, sizeof *best);
    if (!best)
        return nq_fail_nomem(a->err);
    for (size_t i = 0; i < m->n_best && status == NQ_OK; i++)
        status = load_passage(a, &m->best[i].naming, &best[i]);
    *out = (struct nq_topic_month){.first_day = nq_topic_walk_month_day(&a->walk, month),
                                   .passages = m->passages,
                                   .best = best,
                                   .n_best = m->n_best};
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
    struct nq_topic_month *months = nq_arena_array(a->arena, a->named.n_months, sizeof *months);
    enum nq_status status = months ? NQ_OK : nq_fail_nomem(a->err);
    for (size_t i = 0; i < a->named.n_months && status == NQ_OK; i++)
        if (a->named.months[i].passages > 0)
            status = load_month(a, i, &months[page->n_months++]);
    page->months = months;
    if (status == NQ_OK && !copy_counts(a, page))
        status = nq_fail_nomem(a->err);
    return status;
}
