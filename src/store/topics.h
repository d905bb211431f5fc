/* Topics in the index: a table of index/topics.sql; the other is in links.h. */
#ifndef NQ_STORE_TOPICS_H
#define NQ_STORE_TOPICS_H

#include "base/map.h"
#include "store/db.h"

/* Makes the tables where they are missing. */
enum nq_status nq_store_topics_create(struct nq_db *db, struct nq_error *err);

/* The id of a topic, which is made where there is none.  A longer `name` takes the place of a
 * shorter; one that is the key is not stored.  `met` remembers the ids of topics that were asked
 * for lately; zeroed it is empty. */
enum nq_status nq_store_topic_id(struct nq_db *db, struct nq_map *met, enum nq_topic_kind kind,
                                 struct nq_str key, struct nq_str name, int64_t *id,
                                 struct nq_error *err);

/* Adds to the number of passages that name a topic. */
enum nq_status nq_store_topic_count(struct nq_db *db, int64_t id, int64_t change,
                                    struct nq_error *err);

/* The hash of what found the topics (0: nothing yet), and of what is finding them anew, from the
 * passages below `*upto` on; 0 where nothing is under way. */
struct nq_topics_state {
    int64_t hash, next_hash, upto;
};

enum nq_status nq_store_topics_state(struct nq_db *db, struct nq_topics_state *state,
                                     struct nq_error *err);
enum nq_status nq_store_topics_set_state(struct nq_db *db, const struct nq_topics_state *state,
                                         struct nq_error *err);

/* Forgets topics that no passage names any more. */
enum nq_status nq_store_topics_prune(struct nq_db *db, struct nq_error *err);

/* A topic's row; `name` is its key where it has none of its own. */
struct nq_topic_row {
    int64_t id;
    enum nq_topic_kind kind;
    struct nq_str key, name;
    uint64_t passages;
};

/* The topic with this id, in `arena`; row->id is 0 where there is none. */
enum nq_status nq_store_topic_get(struct nq_db *db, int64_t id, struct nq_arena *arena,
                                  struct nq_topic_row *row, struct nq_error *err);

/* The document or work with this key, without key and name; zeroed where there is none. */
enum nq_status nq_store_topic_titled(struct nq_db *db, struct nq_str key, struct nq_topic_row *row,
                                     struct nq_error *err);

/* The topic with this key, that of most passages where there are several kinds. */
enum nq_status nq_store_topic_find(struct nq_db *db, struct nq_str key, struct nq_arena *arena,
                                   struct nq_topic_row *row, struct nq_error *err);

#endif
