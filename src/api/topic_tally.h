/* Tallies: what all passages together say of each topic. */
#ifndef NQ_API_TOPIC_TALLY_H
#define NQ_API_TOPIC_TALLY_H

#include "api/topic_walk.h"
#include "base/arena.h"

/* A link of less weight tells nothing of what stands beside its topic: contents pages name all; of
 * so much, that the passage is much about it. */
enum { NQ_TELLING_WEIGHT = 2, NQ_NEAR_WEIGHT = 4 };

struct nq_topic_tally {
    double weight;
    uint32_t passages, reports, recent;
    uint32_t telling;  /* passages that name it with some weight: no contents, no stock phrase */
    uint32_t together; /* telling ones that belong to what was asked for */
    uint32_t near;     /* of these, those that are much about both */
    int32_t first_day, last_day;
    uint32_t last_report;   /* counted last, plus 1 */
    uint8_t kind;           /* enum nq_topic_kind */
    uint8_t trend;          /* enum nq_trend */
    float change, expected; /* of `recent`: log2 of more, and what was to be expected */
};

/* A tally for each topic by its id. */
struct nq_topic_tallies {
    struct nq_topic_tally *items;
    size_t n;
    int32_t recent_from;                 /* NQ_NO_DAY where lately means nothing */
    uint64_t passages, recent, together; /* passages with topics */
};

/* How much a passage belongs to what was asked for, as links weigh. */
struct nq_topic_member {
    uint8_t (*weight)(void *user, const struct nq_topic_passage_links *p);
    void *user;
};

/* Counts the links of the walk; `member` may be NULL. */
enum nq_status nq_topic_tallies_count(struct nq_topic_tallies *tallies, struct nq_index *index,
                                      const struct nq_topic_walk *walk,
                                      const struct nq_topic_member *member, struct nq_error *err);
void nq_topic_tallies_finish(struct nq_topic_tallies *tallies);

/* Fills a topic but for its months. */
enum nq_status nq_topic_tally_load(const struct nq_topic_tallies *tallies, struct nq_db *db,
                                   struct nq_arena *arena, uint32_t id, struct nq_topic *out,
                                   struct nq_error *err);

/* Fills the months of `n` topics, in `arena`. */
enum nq_status nq_topic_tallies_months(const struct nq_topic_tallies *tallies,
                                       const struct nq_topic_walk *walk, struct nq_arena *arena,
                                       const uint32_t *ids, size_t n, struct nq_topic *topics,
                                       struct nq_error *err);

#endif
