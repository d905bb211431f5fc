/* Cited works: the references of the archive, each with the work that it is to.
 *
 * Works are found when a run ends (cited_write.c): a reference is compared with those before it,
 * and is to the work of the first that it agrees with (link/work.h).  What is a topic by the title
 * of one printing is the same topic by that of another (cited_topics.c), so that lists and pages of
 * topics, doc:, the works of a hit and the list of works mean the same by a work. */
#ifndef NQ_API_CITED_H
#define NQ_API_CITED_H

#include "api/index.h"
#include "base/arena.h"

/* Counts changes after which the same references are to other works. */
enum { NQ_WORKS_FORM = 1 };

/* Brings works up to date with the references and topics of the index, in one transaction. */
enum nq_status nq_works_renew(struct nq_index *index, struct nq_error *err);

/* Finds which topics are titles of one work, within the caller's transaction. */
enum nq_status nq_works_join_topics(struct nq_index *index, struct nq_error *err);

/* A reference and the report that it stands in; borrowed until the next. */
struct nq_cited {
    int64_t passage, work;
    struct nq_reference reference;
    struct nq_report_ref report; /* id, day, title */
};

enum nq_cited_order { NQ_CITED_AS_INDEXED, NQ_CITED_BY_WORK };

/* Which reports count, and whether the references of one work come in a row. */
struct nq_cited_bounds {
    bool bounded;
    int32_t from, to;
    enum nq_cited_order order;
    int64_t work; /* of this one alone; 0: of all */
};

/* Calls `fn` with each reference of the reports within the bounds; `fn` is false without memory.
 * Errors: USAGE where works have not been found yet. */
enum nq_status nq_cited_each(struct nq_index *index, const struct nq_cited_bounds *bounds,
                             bool (*fn)(void *user, const struct nq_cited *cited), void *user,
                             struct nq_error *err);

#endif
