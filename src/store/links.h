/* Which passages are about which topics: the table topic_link of index/topics.sql.
 *
 * The links of NQ_LINK_CHUNK passages with neighbouring ids are one blob: for each passage that has
 * any, in order, its distance from the one before (the first: from the chunk's first id), the
 * number of its links, and for each link the topic's id times 16 plus its weight in fifteenths; all
 * of them varints (base/varint.h). */
#ifndef NQ_STORE_LINKS_H
#define NQ_STORE_LINKS_H

#include "store/topics.h"
#include "store/works.h"

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
    struct nq_map topics; /* met lately */
};

/* Links a passage to a topic, with `name` as for nq_store_topic_id.  `weight` is from 0 to 1. */
enum nq_status nq_links_put(struct nq_links *links, int64_t passage, enum nq_topic_kind kind,
                            struct nq_str key, struct nq_str name, double weight,
                            struct nq_error *err);

/* Takes a passage's links out. */
enum nq_status nq_links_remove(struct nq_links *links, int64_t passage, struct nq_error *err);

/* Writes the changes, within the caller's transaction. */
enum nq_status nq_links_flush(struct nq_links *links, struct nq_error *err);

/* Forgets what was not written. */
void nq_links_reset(struct nq_links *links);

/* Calls `fn` with the links of each passage that has any, in the order of ids; false stops.  With
 * `same`, topics of one work are one. */
enum nq_status nq_store_each_links(struct nq_db *db, const struct nq_topic_same *same,
                                   bool (*fn)(void *user, int64_t passage,
                                              const struct nq_link *links, size_t n),
                                   void *user, struct nq_error *err);

/* The links of one passage into `out`, at most `most` of them; `same` as above. */
enum nq_status nq_store_links_of(struct nq_db *db, const struct nq_topic_same *same,
                                 int64_t passage, struct nq_link *out, size_t most, size_t *n,
                                 struct nq_error *err);

#endif
