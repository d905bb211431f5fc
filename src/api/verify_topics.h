/* Checking topics and their links. */
#ifndef NQ_API_VERIFY_TOPICS_H
#define NQ_API_VERIFY_TOPICS_H

#include "api/index.h"

/* Defects of the links: of no passage, to no topic, and topics whose number of passages is wrong.  All
 * 0 where the index has no topics yet. */
struct nq_topic_defects {
    uint64_t no_passage, no_topic, miscounted;
};

enum nq_status nq_verify_topics(struct nq_index *index, struct nq_topic_defects *out,
                                struct nq_error *err);

#endif
