/* The passages that name a topic: by its links, or by a search for words that are none. */
#include <stdlib.h>

#include "api/topic_page.h"
#include "base/grow.h"
#include "query/expand.h"
#include "query/parse.h"
#include "store/links.h"

static bool add_found(struct nq_topic_asked *a, struct nq_topic_naming naming)
{
    struct nq_topic_naming *found = nq_grow(a->found, a->n_found, &a->cap_found, sizeof *found);
    if (!found)
        return false;
    a->found = found;
    a->found[a->n_found++] = naming;
    return true;
}

/* By its links a passage tells whether it names the topic; words that are no topic were searched
 * for, and both come in order. */
struct membership {
    struct nq_topic_asked *asked;
    size_t at;
    enum nq_status status;
};

static uint8_t weight_of(void *user, const struct nq_topic_passage_links *p)
{
    struct membership *m = user;
    struct nq_topic_asked *a = m->asked;
    if (!a->row.id) {
        while (m->at < a->n_found && a->found[m->at].passage < p->passage)
            m->at++;
        if (m->at == a->n_found || a->found[m->at].passage != p->passage)
            return 0;
        uint8_t weight = (uint8_t)(a->found[m->at].weight * NQ_LINK_WEIGHTS);
        return weight > NQ_TELLING_WEIGHT ? weight : NQ_TELLING_WEIGHT;
    }
    for (size_t i = 0; i < p->n; i++)
        if (p->links[i].topic == a->row.id) {
            float weight = (float)p->links[i].weight / NQ_LINK_WEIGHTS;
            const struct nq_topic_naming naming = {p->passage, p->day, weight};
            if (m->status == NQ_OK)
                m->status = nq_topic_named_add(a, &naming, p->report);
            return p->links[i].weight;
        }
    return 0;
}

enum nq_status nq_topic_search(struct nq_topic_asked *a, struct nq_str text, size_t most,
                               enum nq_status (*fn)(void *user, const struct nq_match *match),
                               void *user)
{
    struct nq_query *query;
    struct nq_pattern pattern = {0};
    struct nq_found found = {0};
    struct nq_search search = {.pattern = &pattern, .sort = NQ_SORT_DATE, .wanted = most};
    enum nq_status status = nq_query_parse(a->arena, text, &query, a->err);
    if (status == NQ_OK &&
        (!nq_pattern_init(&pattern, a->arena) || !nq_expand(query, a->index->segmenter, &pattern)))
        status = nq_fail_nomem(a->err);
    if (status == NQ_OK) {
        search.query = query;
        status = nq_engine_search(a->index->engine, &search, &found, a->err);
    }
    for (size_t i = 0; i < found.n && i < most && status == NQ_OK; i++)
        if (found.matches[i].tier != NQ_TIER_PARTIAL)
            status = fn(user, &found.matches[i]);
    nq_found_finish(&found);
    nq_pattern_finish(&pattern);
    return status;
}

static enum nq_status on_match(void *user, const struct nq_match *match)
{
    struct nq_topic_asked *a = user;
    struct nq_topic_naming naming = {match->passage, match->day, (float)match->score};
    return add_found(a, naming) ? NQ_OK : nq_fail_nomem(a->err);
}

static int by_passage(const void *a, const void *b)
{
    const struct nq_topic_naming *x = a, *y = b;
    return (x->passage > y->passage) - (x->passage < y->passage);
}

/* Takes in what a search found: in the order of ids, of the days of reports that are looked at;
 * scores become weights, the best 1. */
static enum nq_status settle(struct nq_topic_asked *a)
{
    float most = 0;
    size_t kept = 0, at = 0;
    enum nq_status status = NQ_OK;
    if (a->n_found)
        qsort(a->found, a->n_found, sizeof *a->found, by_passage);
    for (size_t i = 0; i < a->n_found; i++) {
        struct nq_topic_naming n = a->found[i];
        if (!nq_topic_walk_day(&a->walk, n.passage, &at, &n.day))
            continue;
        most = n.weight > most ? n.weight : most;
        a->found[kept++] = n;
    }
    a->n_found = kept;
    at = 0;
    for (size_t i = 0; i < kept && status == NQ_OK; i++) {
        struct nq_topic_naming *n = &a->found[i];
        n->weight = most > 0 ? n->weight / most : 1;
        if (nq_topic_walk_day(&a->walk, n->passage, &at, &n->day))
            status = nq_topic_named_add(a, n, at);
    }
    return status;
}

enum nq_status nq_topic_collect(struct nq_topic_asked *a)
{
    struct membership m = {.asked = a};
    struct nq_topic_member member = {weight_of, &m};
    enum nq_status status = nq_topic_named_init(a);
    if (status == NQ_OK && !a->row.id && a->n_forms > 0)
        status = nq_topic_search(a, a->query, NQ_TOPIC_MOST, on_match, a);
    if (status == NQ_OK && !a->row.id)
        status = settle(a);
    if (status == NQ_OK && (a->row.id || a->n_found > 0))
        status = nq_topic_tallies_count(&a->tallies, a->index, &a->walk, &member, a->err);
    return status == NQ_OK ? m.status : status;
}
