/* Which engine an index is made for, and where its shards are. */
#ifndef NQ_API_KIND_H
#define NQ_API_KIND_H

#include "api/index.h"

/* Where the database is a front (engine/xapian_state.h), puts one in memory in its place that is
 * told the same; a front cannot be opened for writing. */
enum nq_status nq_front_open(enum nq_open_mode mode, struct nq_db **db, struct nq_error *err);

/* For a writer, once: puts right what a killed run left behind. */
enum nq_status nq_index_put_right(struct nq_index *index, struct nq_error *err);

/* Makes the tables of `db`, whose passages are none or all in place, fit the kind: FTS5's text
 * indexes or none, and a new set of shards for `path`; within a transaction.  *set is 0 where no
 * set was made. */
enum nq_status nq_kind_set(struct nq_db *db, const char *path, const struct nq_index_kind *kind,
                           int64_t *set, struct nq_error *err);

/* USAGE for a kind that there is not. */
enum nq_status nq_kind_check(const struct nq_index_kind *kind, struct nq_error *err);

/* The kind of an index as its meta says; places are not told. */
enum nq_status nq_kind_get(struct nq_db *db, struct nq_index_kind *kind, struct nq_error *err);

#endif
