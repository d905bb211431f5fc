/* A program run as a child process with limits, its output read through a pipe. */
#ifndef NQ_INGEST_CHILD_H
#define NQ_INGEST_CHILD_H

#include "base/error.h"

#include <sys/types.h>

struct nq_child {
    pid_t pid;
    int output; /* to be read */
};

struct nq_child_limits {
    unsigned cpu_seconds, wall_seconds;
    size_t memory_bytes; /* of address space */
};

/* How a child ended. */
enum nq_child_end {
    NQ_CHILD_DONE,    /* with status 0 */
    NQ_CHILD_FAILED,  /* with another */
    NQ_CHILD_MISSING, /* the program could not be started */
    NQ_CHILD_LIMITED, /* out of time */
    NQ_CHILD_CRASHED, /* by another signal */
};

/* Starts `argv`, whose first string is a path, with `input` as its standard input, no environment
 * but the locale C.UTF-8 and its errors thrown away.  It may write no files.
 * Errors: INPUT (no process or pipe to be had: it concerns the file at hand). */
enum nq_status nq_child_start(struct nq_child *child, const char *const *argv, int input,
                              struct nq_child_limits limits, struct nq_error *err);

/* Closes the pipe and waits for the child's end, which is near then: one that still wants to write
 * dies of it. */
enum nq_child_end nq_child_finish(struct nq_child *child);

/* Ends a child that is no longer wanted. */
enum nq_child_end nq_child_kill(struct nq_child *child);

#endif
