/* Writing the topics of passages while indexing. */
#ifndef NQ_API_TOPIC_WRITER_H
#define NQ_API_TOPIC_WRITER_H

#include "api/index.h"
#include "link/topics.h"
#include "model/passage.h"
#include "store/links.h"

/* Zeroed but for `index` is empty; made ready by the first use. */
struct nq_topic_writer {
    struct nq_index *index; /* borrowed */
    struct nq_topic_finder finder;
    struct nq_links links;
    struct nq_buf stock;
    bool ready, changed;
};

/* A passage as topics are found in it. */
struct nq_topic_input {
    int64_t id;
    bool first, opens;                 /* of its report, its section */
    struct nq_segmented heading, text; /* borrowed; the heading is nq_passage_heading's */
    struct nq_str work;                /* the title of the cited work that it is, else absent */
};

/* Forgets what was not flushed, as after a rollback; frees what the struct holds. */
void nq_topic_writer_finish(struct nq_topic_writer *writer);

/* Notes the topics of a passage; those of a report come in order. */
enum nq_status nq_topic_writer_put(struct nq_topic_writer *writer,
                                   const struct nq_topic_input *passage, struct nq_error *err);

/* Notes that a passage goes. */
enum nq_status nq_topic_writer_remove(struct nq_topic_writer *writer, int64_t id,
                                      struct nq_error *err);

/* Writes what was noted, within the caller's transaction.  With `prune`, topics that no passage
 * names any more go. */
enum nq_status nq_topic_writer_flush(struct nq_topic_writer *writer, bool prune,
                                     struct nq_error *err);

/* How many passages have topics that another dictionary or version found: all that the next renewal
 * will look at. */
enum nq_status nq_topics_stale(struct nq_index *index, uint64_t *passages, struct nq_error *err);

/* Finds the topics of the next `n` passages anew where the dictionary or the version has changed;
 * *done where nothing is left.  Each call is a transaction, behind which every passage has all its
 * topics, of the old dictionary or of the new. */
enum nq_status nq_topics_renew(struct nq_topic_writer *writer, size_t n, bool *done,
                               struct nq_error *err);

#endif
