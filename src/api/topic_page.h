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

enum {
    NQ_TOPIC_FIRST = 1000,
    NQ_TOPIC_MOST = 100000, /* passages that a search for its words may bring */
};

/* All passages that name it, of which only these are remembered: the first ones, and of each month
 * the best. */
struct nq_topic_named {
    uint64_t passages, reports;
    double weight;
    int32_t first_day, last_day;
    size_t last_report; /* counted last, plus 1 */
    struct nq_topic_naming first[NQ_TOPIC_FIRST];
    size_t n_first, n_months, most; /* `most`: remembered of a month */
    struct nq_topic_named_month {
        uint64_t passages;
        size_t n_best;
        struct nq_topic_best {
            struct nq_topic_naming naming;
            float rank;
        } * best; /* room for `most`, the best first */
    } * months;   /* by nq_topic_walk_month */
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
    struct nq_str query;           /* for any of its forms, exactly */
    struct nq_topic_naming *found; /* of words that are no topic of the index */
    size_t n_found, cap_found;
    struct nq_topic_named named;
    struct nq_topic_walk walk;
    struct nq_topic_tallies tallies;
    struct nq_error *err;
};

/* Finds the topic's row and its forms; row.id is 0 where the index has no such topic. */
enum nq_status nq_topic_resolve(struct nq_topic_asked *asked);

/* Fills named and tallies. */
enum nq_status nq_topic_collect(struct nq_topic_asked *asked);

/* Makes room for `named`, in the walk's months. */
enum nq_status nq_topic_named_init(struct nq_topic_asked *asked);

/* Takes in a passage of the walk's report number `report`; passages come in the order of ids. */
enum nq_status nq_topic_named_add(struct nq_topic_asked *asked,
                                  const struct nq_topic_naming *naming, size_t report);

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
