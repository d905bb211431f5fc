/* Making answers. */
#include "serve/answer.h"

#include <stdlib.h>
#include <string.h>

#include "output/output.h"
#include "serve/gzip.h"

/* False, and no body, without memory. */
static bool fill(struct nq_answer *answer, unsigned status, const char *type, json_t *object)
{
    char *text = object ? json_dumps(object, NQ_JSON_FLAGS) : NULL;
    json_decref(object);
    answer->status = status;
    answer->type = type;
    answer->body = text;
    answer->len = text ? strlen(text) : 0;
    return text != NULL;
}

void nq_answer_problem(struct nq_answer *answer, enum nq_problem problem, const char *detail,
                       int column)
{
    free(answer->body); /* what was written of it */
    answer->body = NULL;
    answer->len = 0;
    free(answer->detail);
    answer->detail = detail ? strdup(detail) : NULL;
    answer->column = column;
    answer->problem = problem;
    answer->status = nq_problem_kind(problem)->status;
    answer->cache = "no-store";
    answer->tag = 0;
}

void nq_answer_problem_json(struct nq_answer *answer)
{
    const struct nq_problem_kind *kind = nq_problem_kind(answer->problem);
    json_t *column = answer->column >= 0 ? json_integer(answer->column) : NULL;
    json_t *object =
        json_pack("{s:s, s:s, s:i, s:s, s:o*, s:o*}", "type", "about:blank", "title", kind->title,
                  "status", (int)kind->status, "code", kind->code, "detail",
                  answer->detail ? nq_json_str(nq_slice(answer->detail)) : NULL, "column", column);
    fill(answer, kind->status, "application/problem+json", object);
}

void nq_answer_json(struct nq_answer *answer, json_t *object)
{
    if (!fill(answer, 200, "application/json; charset=utf-8", object))
        nq_answer_problem(answer, NQ_PROBLEM_INTERNAL, NULL, -1);
}

void nq_answer_seal(struct nq_answer *answer, bool gzip)
{
    enum { LEAST = 500 }; /* bytes */
    char *packed = NULL;
    size_t len = 0;
    if (!answer->body)
        return;
    if (gzip && answer->len >= LEAST)
        packed = nq_gzip((struct nq_str){answer->body, answer->len}, &len);
    answer->sealed = nq_body_create(packed ? packed : answer->body, packed ? len : answer->len);
    if (packed)
        free(answer->body);
    answer->body = NULL;
    if (!answer->sealed) {
        nq_answer_problem(answer, NQ_PROBLEM_INTERNAL, NULL, -1);
    } else {
        answer->sealed->packed = packed != NULL;
        answer->sealed->type = answer->type;
        answer->sealed->link = answer->link;
        answer->link = NULL;
    }
}

void nq_answer_finish(struct nq_answer *answer)
{
    free(answer->body);
    nq_body_unref(answer->sealed);
    free(answer->link);
    free(answer->detail);
    *answer = (struct nq_answer){0};
}
