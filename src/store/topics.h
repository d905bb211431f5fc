/* Topics in the index, and which passages are about them: the tables of index/topics.sql.
 *
 * The links of NQ_LINK_CHUNK passages with neighbouring ids are one blob: for each passage that has
 * any, in order, its distance from the one before (the first: from the chunk's first id), the
 * number of its links, and for each link the topic's id times 16 plus its weight in fifteenths; all
 * of them varints (base/varint.h). */
#ifndef NQ_STORE_TOPICS_H
#define NQ_STORE_TOPICS_H

#include "base/buf.h"
#include "base/map.h"
#include "store/db.h"

enum { NQ_LINK_CHUNK = 4096, NQ_LINK_WEIGHTS = 15 };

/* A topic of a passage. */
struct nq_link {
    uint32_t topic;
    uint8_t weight; /* 0 (in stock phrases alone) to NQ_LINK_WEIGHTS */
};

/* Changes that wait to be written; zeroed is empty. */
struct nq_links {
    struct nq_db *db; /* borrowed */
    struct nq_link_change *changes;
    size_t n, cap;
    struct nq_map topics; /* kind and key -> id, those met lately */
};

/* Makes the tables where they are missing. */
enum nq_status nq_store_topics_create(struct nq_db *db, struct nq_error *err);

/* The hash of what found the topics (0: nothing yet), and of what is finding them anew, from the
 * passages below `*upto` on; 0 where nothing is under way. */
struct nq_topics_state {
    int64_t hash, next_hash, upto;
};

enum nq_status nq_store_topics_state(struct nq_db *db, struct nq_topics_state *state,
                                     struct nq_error *err);
enum nq_status nq_store_topics_set_state(struct nq_db *db, const struct nq_topics_state *state,
                                         struct nq_error *err);

/* The counts of stock phrases (link/stock.h), borrowed by `buf`; empty where there are none. */
enum nq_status nq_store_stock_get(struct nq_db *db, struct nq_buf *buf, struct nq_error *err);
enum nq_status nq_store_stock_set(struct nq_db *db, struct nq_str bytes, struct nq_error *err);

/* Links passage `id` to a topic, which is made where there is none.  A longer `name` takes the
 * place of a shorter; one that is the key is not stored.  `weight` is from 0 to 1. */
enum nq_status nq_links_put(struct nq_links *links, int64_t passage, enum nq_topic_kind kind,
                            struct nq_str key, struct nq_str name, double weight,
                            struct nq_error *err);

/* Takes a passage's links out. */
enum nq_status nq_links_remove(struct nq_links *links, int64_t passage, struct nq_error *err);

/* Writes the changes, within the caller's transaction. */
enum nq_status nq_links_flush(struct nq_links *links, struct nq_error *err);

/* Forgets what was not written. */
void nq_links_reset(struct nq_links *links);

/* Forgets topics that no passage names any more. */
enum nq_status nq_store_topics_prune(struct nq_db *db, struct nq_error *err);

/* Calls `fn` with the links of each passage that has any, in the order of ids; false stops. */
enum nq_status nq_store_each_links(struct nq_db *db,
                                   bool (*fn)(void *user, int64_t passage,
                                              const struct nq_link *links, size_t n),
                                   void *user, struct nq_error *err);

/* The links of one passage into `out`, at most `most` of them. */
enum nq_status nq_store_links_of(struct nq_db *db, int64_t passage, struct nq_link *out,
                                 size_t most, size_t *n, struct nq_error *err);

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

/* The topic with this key, that of most passages where there are several kinds. */
enum nq_status nq_store_topic_find(struct nq_db *db, struct nq_str key, struct nq_arena *arena,
                                   struct nq_topic_row *row, struct nq_error *err);

#endif
