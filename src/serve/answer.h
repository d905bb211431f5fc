/* What the server says to a request, and how it comes to it: route, index, call, text.  Nothing
 * here knows of sockets. */
#ifndef NQ_SERVE_ANSWER_H
#define NQ_SERVE_ANSWER_H

#include <jansson.h>
#include <stdio.h>

#include "serve/handles.h"
#include "serve/request.h"

/* An answer; zeroed at first, ended by nq_answer_finish. */
struct nq_answer {
    unsigned status;
    const char *type;  /* of the content, with its charset */
    const char *cache; /* Cache-Control */
    const char *allow; /* the methods that the address takes, where another was used */
    char *body;        /* the answer's own, freed by nq_answer_finish */
    size_t len;
    uint64_t tag; /* 0: no ETag */
    char *link;   /* Link, or NULL */
    bool open;    /* other origins may read it */
    bool by_language;
    const char *route; /* for the log and the counts: the address without what was filled in */
    enum nq_problem problem;
    char *detail; /* of the problem */
    int column;
};

/* What is the same for all requests. */
struct nq_site {
    struct nq_handles *handles;
    const char
        *base; /* "https://search.example.org", where the outside sees the server; NULL: Host */
};

/* Answers the request, or tells of the problem that it has before it is looked at.  `answer` is
 * filled in any case. */
void nq_answer(struct nq_site *site, const struct nq_request *request, enum nq_problem problem,
               struct nq_answer *answer);
void nq_answer_finish(struct nq_answer *answer);

/* Notes the problem; `detail` is what is wrong this time, for a person, or NULL; `column` the code
 * point of the query, or -1.  It becomes a body last, as JSON or a page. */
void nq_answer_problem(struct nq_answer *answer, enum nq_problem problem, const char *detail,
                       int column);
void nq_answer_problem_json(struct nq_answer *answer);

/* Makes `answer` this JSON and gives it back; a problem where it is NULL. */
void nq_answer_json(struct nq_answer *answer, json_t *object);

#endif
