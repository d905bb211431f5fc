/* Walking all links between passages and topics, report by report. */
#ifndef NQ_API_TOPIC_WALK_H
#define NQ_API_TOPIC_WALK_H

#include "api/index.h"
#include "store/links.h"

/* The reports of an index in the order of their ids, and which days are looked at. */
struct nq_topic_walk {
    struct nq_db *db; /* borrowed */
    struct nq_topic_same same;
    struct nq_topic_report {
        int64_t id;
        int32_t day;
    } * reports;
    size_t n;
    int32_t from, to;            /* what is asked for; NQ_NO_DAY: open */
    int32_t first_day, last_day; /* of the reports in these bounds; NQ_NO_DAY without any */
};

/* A passage with its links. */
struct nq_topic_passage_links {
    int64_t passage;
    size_t report; /* in walk->reports */
    int32_t day;   /* the report's */
    const struct nq_link *links;
    size_t n;
};

/* Loads the reports.  Errors: USAGE where the index has no topics yet. */
enum nq_status nq_topic_walk_init(struct nq_topic_walk *walk, struct nq_index *index, bool bounded,
                                  int32_t from, int32_t to, struct nq_error *err);
void nq_topic_walk_finish(struct nq_topic_walk *walk);

/* The day of the report that `passage` stands in; `*at` is where to look from, 0 at first, for
 * passages in order.  False where that day is not looked at. */
bool nq_topic_walk_day(const struct nq_topic_walk *walk, int64_t passage, size_t *at, int32_t *day);

/* Calls `fn` with each passage of these days that has topics, in the order of ids; false stops. */
enum nq_status nq_topic_walk(const struct nq_topic_walk *walk,
                             bool (*fn)(void *user, const struct nq_topic_passage_links *p),
                             void *user, struct nq_error *err);

/* Months between the first and the last day, and the month of a day among them; the last of the
 * `nq_topic_walk_months` places is for what has no date. */
size_t nq_topic_walk_months(const struct nq_topic_walk *walk);
size_t nq_topic_walk_month(const struct nq_topic_walk *walk, int32_t day);

/* The first day of a place; NQ_NO_DAY of the last. */
int32_t nq_topic_walk_month_day(const struct nq_topic_walk *walk, size_t place);

#endif
