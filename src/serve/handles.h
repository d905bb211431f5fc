/* Handles on the index: as many as questions are asked at once, each opened anew where the index
 * was replaced. */
#ifndef NQ_SERVE_HANDLES_H
#define NQ_SERVE_HANDLES_H

#include <nqsearch.h>

struct nq_handles;

/* For the index at `path`, which need not be there yet.  NULL without memory. */
struct nq_handles *nq_handles_create(const char *path);
void nq_handles_destroy(struct nq_handles *handles);

/* Takes a handle that reads what stands at the path now.  Errors: those of nq_index_open. */
enum nq_status nq_handles_take(struct nq_handles *handles, struct nq_index **out,
                               struct nq_error *err);

/* Gives it back; it is closed where it failed or enough others wait. */
void nq_handles_give(struct nq_handles *handles, struct nq_index *index, bool failed);

#endif
