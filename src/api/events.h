/* Writing events while indexing. */
#ifndef NQ_API_EVENTS_H
#define NQ_API_EVENTS_H

#include "model/passage.h"
#include "store/events.h"
#include "time/events.h"

/* Memory for the events of one passage after the other; zeroed is empty, made by the first use. */
struct nq_event_writer {
    struct nq_db *db; /* borrowed */
    struct nq_event_finder finder;
    bool ready;
    struct nq_folded folded;
    struct nq_buf key;
    struct nq_buf heading; /* of the section that the last passage stood in */
    int64_t report;        /* of the last passage, ... */
    bool line;             /* ... which was a line above the next */
    int32_t day;
    unsigned number; /* events of the passage so far */
};

void nq_event_writer_finish(struct nq_event_writer *writer);

/* Writes the events of `n` passages of a report of the day `day`, which have the ids from `id` on,
 * within the caller's transaction. */
enum nq_status nq_event_writer_put(struct nq_event_writer *writer,
                                   const struct nq_passage *passages, size_t n, int64_t id,
                                   int32_t day, struct nq_error *err);

/* Makes the tables where they are missing and all events anew where another version made them, in
 * one transaction of its own. */
enum nq_status nq_event_writer_renew(struct nq_event_writer *writer, struct nq_error *err);

#endif
