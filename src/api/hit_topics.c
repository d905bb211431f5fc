/* What a hit names, the weightiest first. */
#include <stdlib.h>

#include "api/documents.h"
#include "store/links.h"
#include "store/topics.h"

enum { MOST_TOPICS = 64 };

static int by_weight(const void *a, const void *b)
{
    const struct nq_link *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    return (x->topic > y->topic) - (x->topic < y->topic);
}

static enum nq_status load_topics(struct nq_index *index, struct nq_arena *arena,
                                  const struct nq_topic_same *same, struct nq_hit *hit,
                                  struct nq_error *err)
{
    struct nq_link links[MOST_TOPICS];
    size_t n = 0;
    enum nq_status status =
        nq_store_links_of(index->db, same, hit->passage, links, MOST_TOPICS, &n, err);
    if (status != NQ_OK)
        return status;
    qsort(links, n, sizeof *links, by_weight);
    struct nq_hit_topic *topics = nq_arena_array(arena, n + 1, sizeof *topics);
    if (!topics)
        return nq_fail_nomem(err);
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        struct nq_topic_row row;
        status = nq_store_topic_get(index->db, links[i].topic, arena, &row, err);
        topics[i] =
            (struct nq_hit_topic){row.name, row.kind, (double)links[i].weight / NQ_LINK_WEIGHTS};
    }
    hit->topics = topics;
    hit->n_topics = n;
    return status;
}

enum nq_status nq_hits_topics(struct nq_index *index, struct nq_arena *arena, struct nq_hit *hits,
                              size_t n, struct nq_error *err)
{
    struct nq_topics_state state = {0};
    struct nq_topic_same same = {0};
    enum nq_status status = nq_store_topics_state(index->db, &state, err);
    if (status != NQ_OK || state.hash == 0)
        return status;
    status = nq_topic_same_load(&same, index->db, err);
    for (size_t i = 0; i < n && status == NQ_OK; i++)
        status = load_topics(index, arena, &same, &hits[i], err);
    nq_topic_same_finish(&same);
    return status;
}
