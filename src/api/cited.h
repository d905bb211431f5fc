/* Cited works: the references of the archive, each with the work that it is to. */
#ifndef NQ_API_CITED_H
#define NQ_API_CITED_H

#include "api/index.h"
#include "base/arena.h"

/* A reference and the report that it stands in; borrowed until the next. */
struct nq_cited {
    int64_t passage;
    struct nq_reference reference;
    struct nq_report_ref report; /* id, day, title */
    size_t work; /* number of the work, from 0 in the order in which works are met */
};

/* Which reports count. */
struct nq_cited_bounds {
    bool bounded;
    int32_t from, to;
};

/* Calls `fn` with each reference of the reports within the bounds (NULL: of all), in the order in
 * which they were indexed; `fn` is false without memory. */
enum nq_status nq_cited_each(struct nq_index *index, const struct nq_cited_bounds *bounds,
                             bool (*fn)(void *user, const struct nq_cited *cited), void *user,
                             struct nq_error *err);

#endif
