/* One thread for what takes long, so that nothing else waits for it. */
#ifndef NQ_SERVE_WORKER_H
#define NQ_SERVE_WORKER_H

#include <stdbool.h>

struct nq_worker;

/* NULL where no thread can be had. */
struct nq_worker *nq_worker_start(void);

/* Has the thread call `job(user)` once those before are done; false where too many wait. */
bool nq_worker_add(struct nq_worker *worker, void (*job)(void *user), void *user);

/* Waits until all jobs are done, and ends the thread; from then on there is room for none.  Accepts
 * NULL. */
void nq_worker_stop(struct nq_worker *worker);

/* Frees a worker that was stopped.  Accepts NULL. */
void nq_worker_destroy(struct nq_worker *worker);

#endif
