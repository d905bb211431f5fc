/* Tallying topics. */
#include "api/topic_tally.h"
#include "store/links.h"
#include "store/sql.h"

#include <math.h>
#include <stdlib.h>

enum {
    RECENT_SHARE = 6, /* the last sixth of an archive's days is lately, */
    RECENT_LEAST = 3, /* in days; fewer tell nothing, */
    RECENT_MOST = 60, /* more are not late */
    RISING_LEAST = 3, /* passages lately */
    NEW_LEAST = 2,
};

/* Passages that were to be expected of a topic that fell silent, and what a rise must exceed. */
static const double silent_expected = 3, rising_change = 1, rising_deviations = 2;

/* ---- counting
 * ---------------------------------------------------------------------------------- */

/* Makes a tally for every topic, with its kind. */
static enum nq_status init(struct nq_topic_tallies *t, struct nq_db *db, struct nq_error *err)
{
    static const char sql[] = "SELECT id, kind FROM topic";
    int64_t last = 0;
    enum nq_status status = nq_sql_int(db, "SELECT max(id) FROM topic", NULL, &last, err);
    if (status != NQ_OK)
        return status;
    t->n = (size_t)last + 1;
    t->items = calloc(t->n, sizeof *t->items);
    if (!t->items)
        return nq_fail_nomem(err);
    struct nq_rows r = nq_rows(db, sql, NULL, err);
    while (nq_rows_next(&r)) {
        struct nq_topic_tally *tally = &t->items[nq_rows_int(&r, 0)];
        tally->kind = (uint8_t)nq_rows_int(&r, 1);
        tally->first_day = tally->last_day = NQ_NO_DAY;
    }
    return nq_rows_end(&r);
}

struct counting {
    struct nq_topic_tallies *tallies;
    const struct nq_topic_member *member;
};

static bool on_passage(void *user, const struct nq_topic_passage_links *p)
{
    struct counting *c = user;
    struct nq_topic_tallies *t = c->tallies;
    bool recent = p->day != NQ_NO_DAY && t->recent_from != NQ_NO_DAY && p->day >= t->recent_from;
    uint8_t member = c->member ? c->member->weight(c->member->user, p) : 0;
    t->passages++;
    t->recent += recent;
    t->together += member >= NQ_TELLING_WEIGHT;
    for (size_t i = 0; i < p->n; i++) {
        if (p->links[i].topic >= t->n)
            continue;
        struct nq_topic_tally *tally = &t->items[p->links[i].topic];
        tally->weight += (double)p->links[i].weight / NQ_LINK_WEIGHTS;
        tally->passages++;
        tally->recent += recent;
        uint8_t both = p->links[i].weight < member ? p->links[i].weight : member;
        tally->telling += p->links[i].weight >= NQ_TELLING_WEIGHT;
        tally->together += both >= NQ_TELLING_WEIGHT;
        tally->near += both >= NQ_NEAR_WEIGHT;
        tally->reports += tally->last_report != p->report + 1;
        tally->last_report = (uint32_t)p->report + 1;
        if (p->day == NQ_NO_DAY)
            continue;
        if (tally->first_day == NQ_NO_DAY || p->day < tally->first_day)
            tally->first_day = p->day;
        if (tally->last_day == NQ_NO_DAY || p->day > tally->last_day)
            tally->last_day = p->day;
    }
    return true;
}

static void judge(const struct nq_topic_tallies *all, struct nq_topic_tally *t)
{
    double before = t->passages - t->recent, all_before = (double)(all->passages - all->recent);
    double recent = t->recent, all_recent = (double)all->recent;
    t->expected = (float)(all_before > 0 ? before / all_before * all_recent : 0);
    t->change =
        (float)log2((recent + 0.5) / (all_recent + 1) / ((before + 0.5) / (all_before + 1)));
    if (before == 0 && t->recent >= NEW_LEAST)
        t->trend = NQ_TREND_NEW;
    else if (t->recent >= RISING_LEAST && t->change >= rising_change &&
             recent - t->expected >= rising_deviations * sqrt(t->expected))
        t->trend = NQ_TREND_RISING;
    else if (t->recent == 0 && t->expected >= silent_expected)
        t->trend = NQ_TREND_SILENT;
}

enum nq_status nq_topic_tallies_count(struct nq_topic_tallies *t, struct nq_index *index,
                                      const struct nq_topic_walk *walk,
                                      const struct nq_topic_member *member, struct nq_error *err)
{
    struct counting c = {t, member};
    t->recent_from = NQ_NO_DAY;
    if (walk->first_day != NQ_NO_DAY) {
        int32_t days = (walk->last_day - walk->first_day + 1) / RECENT_SHARE;
        days = days > RECENT_MOST ? RECENT_MOST : days;
        if (days >= RECENT_LEAST)
            t->recent_from = walk->last_day - days + 1;
    }
    enum nq_status status = init(t, index->db, err);
    if (status == NQ_OK)
        status = nq_topic_walk(walk, on_passage, &c, err);
    for (size_t i = 0; status == NQ_OK && i < t->n && t->recent_from != NQ_NO_DAY; i++)
        judge(t, &t->items[i]);
    return status;
}

void nq_topic_tallies_finish(struct nq_topic_tallies *t)
{
    free(t->items);
    *t = (struct nq_topic_tallies){0};
}

/* ---- topics
 * ------------------------------------------------------------------------------------ */

enum nq_status nq_topic_tally_load(const struct nq_topic_tallies *tallies, struct nq_db *db,
                                   struct nq_arena *arena, uint32_t id, struct nq_topic *out,
                                   struct nq_error *err)
{
    struct nq_topic_row row;
    const struct nq_topic_tally *t = &tallies->items[id];
    enum nq_status status = nq_store_topic_get(db, id, arena, &row, err);
    if (status != NQ_OK)
        return status;
    *out = (struct nq_topic){.name = row.name,
                             .kind = (enum nq_topic_kind)t->kind,
                             .weight = t->weight,
                             .passages = t->passages,
                             .reports = t->reports,
                             .first_day = t->first_day,
                             .last_day = t->last_day,
                             .trend = (enum nq_trend)t->trend,
                             .change = t->change,
                             .recent = t->recent};
    return NQ_OK;
}

struct months {
    const struct nq_topic_walk *walk;
    uint32_t *places; /* topic's id -> its number plus 1 */
    size_t n_places, n_months;
    uint32_t *counts; /* n_months for each topic */
};

static bool on_month(void *user, const struct nq_topic_passage_links *p)
{
    struct months *m = user;
    size_t month = nq_topic_walk_month(m->walk, p->day);
    for (size_t i = 0; i < p->n; i++)
        if (p->links[i].topic < m->n_places && m->places[p->links[i].topic])
            m->counts[(m->places[p->links[i].topic] - 1) * m->n_months + month]++;
    return true;
}

static bool take_months(const struct months *m, struct nq_arena *arena, size_t number,
                        struct nq_topic *topic)
{
    struct nq_month_count *months = nq_arena_array(arena, m->n_months, sizeof *months);
    for (size_t i = 0; i < m->n_months && months; i++) {
        uint32_t count = m->counts[number * m->n_months + i];
        if (count)
            months[topic->n_months++] =
                (struct nq_month_count){nq_topic_walk_month_day(m->walk, i), count};
    }
    topic->months = months;
    return months != NULL;
}

enum nq_status nq_topic_tallies_months(const struct nq_topic_tallies *t,
                                       const struct nq_topic_walk *walk, struct nq_arena *arena,
                                       const uint32_t *ids, size_t n, struct nq_topic *topics,
                                       struct nq_error *err)
{
    struct months m = {.walk = walk, .n_places = t->n, .n_months = nq_topic_walk_months(walk)};
    enum nq_status status = NQ_OK;
    if (n == 0)
        return NQ_OK;
    m.places = calloc(t->n, sizeof *m.places);
    m.counts = calloc(n * m.n_months, sizeof *m.counts);
    if (!m.places || !m.counts)
        status = nq_fail_nomem(err);
    for (size_t i = 0; i < n && status == NQ_OK; i++)
        m.places[ids[i]] = (uint32_t)i + 1;
    if (status == NQ_OK)
        status = nq_topic_walk(walk, on_month, &m, err);
    for (size_t i = 0; i < n && status == NQ_OK; i++)
        if (!take_months(&m, arena, i, &topics[i]))
            status = nq_fail_nomem(err);
    free(m.places);
    free(m.counts);
    return status;
}
