/* An index that is cut short while it is mapped: by `cp new.db nq.db`, say, in place of `mv`.  What
 * is read behind the new end is a SIGBUS, which would end the server. */
#ifndef NQ_SERVE_TORN_H
#define NQ_SERVE_TORN_H

/* Lets such reads find zeros from now on, in the whole process. */
void nq_torn_watch(void);

/* How often that happened to this thread: an answer during which it grew is none.  A file that is
 * cut and grows again between two reads goes unnoticed. */
unsigned long nq_torn_count(void);

#endif
