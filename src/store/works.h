/* Which work a reference is to, and which topics are titles of one work: the tables of
 * index/works.sql. */
#ifndef NQ_STORE_WORKS_H
#define NQ_STORE_WORKS_H

#include "store/db.h"

/* What is said of them in meta; all 0 where the tables are missing. */
struct nq_works_state {
    int64_t form;       /* of the rules that made them; 0: there are none */
    int64_t upto;       /* the last passage that was looked at */
    int64_t generation; /* of the index that they are of */
    int64_t topics;     /* the hash of what found the topics that are joined */
};

enum nq_status nq_store_works_state(struct nq_db *db, struct nq_works_state *state,
                                    struct nq_error *err);
enum nq_status nq_store_works_set_state(struct nq_db *db, const struct nq_works_state *state,
                                        struct nq_error *err);

/* Makes the tables where they are missing. */
enum nq_status nq_store_works_create(struct nq_db *db, struct nq_error *err);

/* Empties both tables, or that of topics alone. */
enum nq_status nq_store_works_clear(struct nq_db *db, struct nq_error *err);
enum nq_status nq_store_topic_same_clear(struct nq_db *db, struct nq_error *err);

/* Takes out references that are gone. */
enum nq_status nq_store_works_prune(struct nq_db *db, struct nq_error *err);

/* A reference, the hash of its title, the first day of its date (NQ_NO_DAY where that does not
 * tell). */
enum nq_status nq_store_work_put(struct nq_db *db, int64_t id, int64_t work, int64_t title,
                                 int32_t day, struct nq_error *err);

enum nq_status nq_store_topic_same_put(struct nq_db *db, int64_t topic, int64_t same,
                                       struct nq_error *err);

/* The topic that stands for each; zeroed, each for itself. */
struct nq_topic_same {
    uint32_t *of; /* 0: itself */
    size_t n;
};

enum nq_status nq_topic_same_load(struct nq_topic_same *same, struct nq_db *db,
                                  struct nq_error *err);
void nq_topic_same_finish(struct nq_topic_same *same);

static inline uint32_t nq_topic_same_of(const struct nq_topic_same *same, uint32_t topic)
{
    return topic < same->n && same->of[topic] ? same->of[topic] : topic;
}

#endif
