/* What is wrong with the index or the server, told to who looks after it, but not time and again.
 */
#ifndef NQ_SERVE_COMPLAINTS_H
#define NQ_SERVE_COMPLAINTS_H

struct nq_complaints;

/* `tell` is called with each line that has not been told for a minute, from any thread; NULL: no
 * calls.  NULL without memory. */
struct nq_complaints *nq_complaints_create(void (*tell)(void *user, const char *message),
                                           void *user);
void nq_complaints_destroy(struct nq_complaints *complaints);

/* A struct nq_complaints is `complaints`. */
void nq_complain(void *complaints, const char *message);

#endif
