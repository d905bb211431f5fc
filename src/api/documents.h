/* doc: in a query, and what a hit is about: both from the links of topics. */
#ifndef NQ_API_DOCUMENTS_H
#define NQ_API_DOCUMENTS_H

#include "api/index.h"

/* Turns clauses of doc: into a filter: the passages that name a document (or another work) whose
 * title has what is asked for, however either is printed, and references to the same work under
 * another title (link/work.h).  A clause that no title answers stays one
 * of words, and so do all where the index has no topics yet.  What is made lives in `arena`. */
enum nq_status nq_documents_resolve(struct nq_index *index, struct nq_arena *arena,
                                    struct nq_query *query, struct nq_error *err);

/* Fills in the topics of `n` hits. */
enum nq_status nq_hits_topics(struct nq_index *index, struct nq_arena *arena, struct nq_hit *hits,
                              size_t n, struct nq_error *err);

#endif
