/* The passages that name a topic: counted, and of each month the best remembered, so that a topic
 * of a large archive takes no more memory than one of a small. */
#include "api/topic_page.h"
#include "store/sql.h"

/* What a report says comes before what it cites. */
static const float cited_rank = 0.3F;

enum nq_status nq_topic_named_init(struct nq_topic_asked *a)
{
    struct nq_topic_named *n = &a->named;
    n->first_day = n->last_day = NQ_NO_DAY;
    n->n_months = nq_topic_walk_months(&a->walk);
    n->most = a->params->passages ? a->params->passages : 1;
    n->months = nq_arena_array(a->arena, n->n_months, sizeof *n->months);
    return n->months ? NQ_OK : nq_fail_nomem(a->err);
}

static void count(struct nq_topic_named *n, const struct nq_topic_naming *naming, size_t report)
{
    int32_t day = naming->day;
    n->passages++;
    n->weight += naming->weight;
    n->reports += n->last_report != report + 1;
    n->last_report = report + 1;
    if (day != NQ_NO_DAY && (n->first_day == NQ_NO_DAY || day < n->first_day))
        n->first_day = day;
    if (day != NQ_NO_DAY && (n->last_day == NQ_NO_DAY || day > n->last_day))
        n->last_day = day;
    if (n->n_first < NQ_TOPIC_FIRST)
        n->first[n->n_first++] = *naming;
}

/* Puts a passage in its place among the best of a month; of equal ones the earlier comes first. */
static bool place(struct nq_topic_asked *a, struct nq_topic_named_month *m,
                  struct nq_topic_best best)
{
    size_t at = m->n_best;
    while (at > 0 && m->best[at - 1].rank < best.rank)
        at--;
    if (at == a->named.most)
        return true;
    if (m->n_best < a->named.most) {
        struct nq_topic_best *grown = nq_arena_grow(a->arena, m->best, m->n_best, sizeof *grown);
        if (!grown)
            return false;
        m->best = grown;
        m->n_best++;
    }
    memmove(m->best + at + 1, m->best + at, (m->n_best - 1 - at) * sizeof *m->best);
    m->best[at] = best;
    return true;
}

enum nq_status nq_topic_named_add(struct nq_topic_asked *a, const struct nq_topic_naming *naming,
                                  size_t report)
{
    static const char sql[] = "SELECT 1 FROM reference WHERE id = ?1";
    struct nq_topic_named *n = &a->named;
    struct nq_topic_named_month *m = &n->months[nq_topic_walk_month(&a->walk, naming->day)];
    int64_t cited = 0;
    count(n, naming, report);
    m->passages++;
    if (m->n_best == n->most && m->best[n->most - 1].rank >= naming->weight)
        return NQ_OK;
    enum nq_status status =
        nq_sql_int(a->index->db, sql, NQ_WITH(nq_int(naming->passage)), &cited, a->err);
    if (status != NQ_OK)
        return status;
    float rank = naming->weight * (cited ? cited_rank : 1);
    return place(a, m, (struct nq_topic_best){*naming, rank}) ? NQ_OK : nq_fail_nomem(a->err);
}
