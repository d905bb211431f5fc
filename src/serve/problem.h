/* What can be wrong with a request, as RFC 9457 tells it: the code is what programs look at. */
#ifndef NQ_SERVE_PROBLEM_H
#define NQ_SERVE_PROBLEM_H

#include <nqsearch.h>

enum nq_problem {
    NQ_PROBLEM_NONE,
    NQ_PROBLEM_BAD_REQUEST,
    NQ_PROBLEM_BAD_ENCODING,
    NQ_PROBLEM_BAD_PARAMETER,
    NQ_PROBLEM_MISSING_QUERY,
    NQ_PROBLEM_QUERY_TOO_LONG,
    NQ_PROBLEM_BAD_QUERY,
    NQ_PROBLEM_NOT_FOUND,
    NQ_PROBLEM_METHOD,
    NQ_PROBLEM_LENGTH,
    NQ_PROBLEM_TOO_LARGE,
    NQ_PROBLEM_LONG_TARGET,
    NQ_PROBLEM_NO_DRAFT,
    NQ_PROBLEM_LONG_HEADERS,
    NQ_PROBLEM_BUSY,
    NQ_PROBLEM_TIME,
    NQ_PROBLEM_NO_INDEX,
    NQ_PROBLEM_OUTDATED,
    NQ_PROBLEM_INDEX,
    NQ_PROBLEM_INTERNAL,
    NQ_PROBLEM_VERSION,
    NQ_N_PROBLEMS
};

/* What is always the same of a problem. */
struct nq_problem_kind {
    unsigned status;   /* of HTTP */
    const char *code;  /* never changes */
    const char *title; /* English, as RFC 9457 wants it: the same for every one of the kind */
};

const struct nq_problem_kind *nq_problem_kind(enum nq_problem problem);

/* The problem that an error of the library is to who asked. */
enum nq_problem nq_problem_of(enum nq_status status);

#endif
