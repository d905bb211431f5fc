/* The parts of nq_topic: who names a topic, its other names, what stands beside it, its months. */
#ifndef NQ_API_TOPIC_PAGE_H
#define NQ_API_TOPIC_PAGE_H

#include "api/topic_tally.h"

/* A passage that names the topic. */
struct nq_topic_naming {
    int64_t passage;
    int32_t day;
    float weight;
};

/* The topic that was asked for. */
struct nq_topic_asked {
    struct nq_index *index;
    struct nq_arena *arena; /* of the answer */
    const struct nq_topic_params *params;
    struct nq_topic_row row; /* row.id 0: words that are no topic of the index */
    struct nq_str name;      /* as it was asked for, trimmed and without marks of a title */
    struct nq_str *forms;    /* all its names, that of the page first */
    size_t n_forms;
    struct nq_str query; /* for any of its forms, exactly */
    struct nq_topic_naming *namings;
    size_t n_namings, cap_namings;
    struct nq_topic_walk walk;
    struct nq_topic_tallies tallies;
    struct nq_error *err;
};

/* Finds the topic's row and its forms; row.id is 0 where the index has no such topic. */
enum nq_status nq_topic_resolve(struct nq_topic_asked *asked);

/* Fills namings and tallies. */
enum nq_status nq_topic_collect(struct nq_topic_asked *asked);

/* Finds short and full forms that texts introduce, and writes all aliases. */
enum nq_status nq_topic_aliases(struct nq_topic_asked *asked, struct nq_topic_page *page);

/* What stands beside the topic: documents, organisations, neighbours. */
enum nq_status nq_topic_company(struct nq_topic_asked *asked, struct nq_topic_page *page);

/* Months with their best passages. */
enum nq_status nq_topic_months(struct nq_topic_asked *asked, struct nq_topic_page *page);

/* Calls `fn` with each passage that matches `query`, which asks for whole terms, the latest first;
 * at most `most` of them. */
enum nq_status nq_topic_search(struct nq_topic_asked *asked, struct nq_str query, size_t most,
                               enum nq_status (*fn)(void *user, const struct nq_match *match),
                               void *user);

#endif
