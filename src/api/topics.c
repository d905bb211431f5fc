/* The topics of an archive: all links read once to weigh, once more for the months of those that
 * are shown. */
#include <math.h>
#include <stdlib.h>

#include "api/owned.h"
#include "api/topic_tally.h"
#include "api/topic_writer.h"

enum {
    MOST_TOPICS = 10000,
    MOST_TRENDS = 10,
    LEAST_PASSAGES = 2,
    LEAST_OF_WORD =
        3, /* passages, and of two reports: a word of one story is none of the archive */
};

struct list {
    struct nq_index *index;
    const struct nq_topics_params *params;
    struct nq_topic_walk walk;
    struct nq_topic_tallies tallies;
    uint32_t *ids; /* of the topics that are listed, in order */
    size_t n;
    struct nq_error *err;
};

/* ---- which topics
 * ------------------------------------------------------------------------------ */

static bool is_listed(const struct list *l, uint32_t id)
{
    const struct nq_topic_tally *t = &l->tallies.items[id];
    unsigned kinds = l->params->kinds ? l->params->kinds : NQ_TOPIC_ALL;
    if (!(t->kind & kinds) || t->passages < LEAST_PASSAGES)
        return false;
    return t->kind != NQ_TOPIC_WORD || (t->passages >= LEAST_OF_WORD && t->reports > 1);
}

static double rank_of(const struct nq_topic_tally *t, enum nq_topic_sort sort)
{
    switch (sort) {
    case NQ_TOPICS_BY_PASSAGES:
        return t->passages;
    case NQ_TOPICS_BY_CHANGE:
        return t->change;
    case NQ_TOPICS_BY_FIRST:
        return t->first_day;
    case NQ_TOPICS_BY_LAST:
        return t->last_day;
    default:
        return t->weight;
    }
}

/* How clearly a topic rises or fell silent: standard deviations from what was to be expected. */
static double clearness(const struct nq_topic_tally *t)
{
    return fabs((double)t->recent - t->expected) / sqrt(t->expected + 1);
}

/* The topics that `rank` gives more than nothing, best first, `most` of them behind `offset`. */
static enum nq_status choose(struct list *l, double (*rank)(const struct list *l, uint32_t id),
                             size_t offset, size_t most, uint32_t *out, size_t *n, size_t *total)
{
    struct nq_topic_rank *ranked = malloc((l->tallies.n + 1) * sizeof *ranked);
    *n = *total = 0;
    if (!ranked)
        return nq_fail_nomem(l->err);
    for (uint32_t id = 0; id < l->tallies.n; id++) {
        double r = is_listed(l, id) ? rank(l, id) : -INFINITY;
        if (r > -INFINITY)
            ranked[(*total)++] = (struct nq_topic_rank){r, id};
    }
    qsort(ranked, *total, sizeof *ranked, nq_topic_by_rank);
    for (size_t i = offset; i < *total && *n < most; i++)
        out[(*n)++] = ranked[i].id;
    free(ranked);
    return NQ_OK;
}

static double rank_main(const struct list *l, uint32_t id)
{
    return rank_of(&l->tallies.items[id], l->params->sort);
}

static double rank_rising(const struct list *l, uint32_t id)
{
    const struct nq_topic_tally *t = &l->tallies.items[id];
    bool rises = t->trend == NQ_TREND_RISING || t->trend == NQ_TREND_NEW;
    return rises ? clearness(t) * t->weight / t->passages : -INFINITY;
}

static double rank_silent(const struct list *l, uint32_t id)
{
    const struct nq_topic_tally *t = &l->tallies.items[id];
    return t->trend == NQ_TREND_SILENT ? clearness(t) * t->weight / t->passages : -INFINITY;
}

/* ---- loading
 * ----------------------------------------------------------------------------------- */

static enum nq_status load_topics(struct list *l, struct nq_arena *arena, const uint32_t *ids,
                                  size_t n, const struct nq_topic **out)
{
    struct nq_topic *items = nq_arena_array(arena, n + 1, sizeof *items);
    enum nq_status status = items ? NQ_OK : nq_fail_nomem(l->err);
    for (size_t i = 0; i < n && status == NQ_OK; i++)
        status = nq_topic_tally_load(&l->tallies, l->index->db, arena, ids[i], &items[i], l->err);
    if (status == NQ_OK)
        status = nq_topic_tallies_months(&l->tallies, &l->walk, arena, ids, n, items, l->err);
    *out = items;
    return status;
}

static enum nq_status load_trend(struct list *l, struct nq_arena *arena,
                                 double (*rank)(const struct list *l, uint32_t id),
                                 const struct nq_topic **out, size_t *n)
{
    uint32_t ids[MOST_TRENDS];
    size_t total;
    enum nq_status status = choose(l, rank, 0, MOST_TRENDS, ids, n, &total);
    return status == NQ_OK ? load_topics(l, arena, ids, *n, out) : status;
}

static enum nq_status answer(struct list *l, struct nq_arena *arena, struct nq_topics *t)
{
    const struct nq_topics_params *p = l->params;
    size_t limit = p->limit < MOST_TOPICS ? p->limit : MOST_TOPICS, total = 0;
    enum nq_status status =
        nq_topic_walk_init(&l->walk, l->index, p->bounded, p->from, p->to, l->err);
    if (status == NQ_OK)
        status = nq_topic_tallies_count(&l->tallies, l->index, &l->walk, NULL, l->err);
    if (status == NQ_OK && !(l->ids = calloc(limit + 1, sizeof *l->ids)))
        status = nq_fail_nomem(l->err);
    if (status == NQ_OK)
        status = choose(l, rank_main, p->offset, limit, l->ids, &l->n, &total);
    if (status == NQ_OK)
        status = load_topics(l, arena, l->ids, l->n, &t->items);
    if (status == NQ_OK)
        status = load_trend(l, arena, rank_rising, &t->rising, &t->n_rising);
    if (status == NQ_OK)
        status = load_trend(l, arena, rank_silent, &t->silent, &t->n_silent);
    if (status == NQ_OK)
        status = nq_topics_stale(l->index, &t->stale, l->err);
    t->n_items = l->n;
    t->total = total;
    t->from = l->walk.first_day;
    t->to = l->walk.last_day;
    t->recent_from = l->tallies.recent_from;
    return status;
}

enum nq_status nq_topics(struct nq_index *index, const struct nq_topics_params *params,
                         struct nq_topics **out, struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    struct list l = {.index = index, .params = params, .err = err};
    struct nq_arena *arena;
    struct nq_topics *topics = nq_owned_create(sizeof *topics, &arena);
    if (!topics)
        return nq_fail_nomem(err);
    /* One snapshot for all that is read. */
    enum nq_status status = nq_index_begin_whole(index, err);
    if (status == NQ_OK) {
        status = answer(&l, arena, topics);
        nq_db_leave(index->db);
    }
    nq_topic_walk_finish(&l.walk);
    nq_topic_tallies_finish(&l.tallies);
    free(l.ids);
    if (status == NQ_OK)
        *out = topics;
    else
        nq_topics_destroy(topics);
    return status;
}

void nq_topics_destroy(struct nq_topics *topics)
{
    nq_owned_destroy(topics);
}
