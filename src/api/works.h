/* Cited works whose full text is in the archive, and who cites a report. */
#ifndef NQ_API_WORKS_H
#define NQ_API_WORKS_H

#include "api/index.h"
#include "base/arena.h"

/* Finds the report that the reference of `hit` is to, under whatever printing of its title, and
 * sets hit->work; leaves it alone where there is none, and for other hits.  The result lives in
 * `arena`. */
enum nq_status nq_works_find(struct nq_index *index, struct nq_arena *arena, struct nq_hit *hit,
                             struct nq_error *err);

/* The references to the report `id` titled `title`, latest first, in other reports. */
enum nq_status nq_works_citations(struct nq_index *index, struct nq_arena *arena, int64_t id,
                                  struct nq_str title, const struct nq_citation **out, size_t *n,
                                  struct nq_error *err);

#endif
