/* The kinds of problems. */
#include "serve/problem.h"

static const struct nq_problem_kind kinds[NQ_N_PROBLEMS] = {
    [NQ_PROBLEM_NONE] = {200, "ok", "OK"},
    [NQ_PROBLEM_BAD_REQUEST] = {400, "bad_request", "The request is not well-formed HTTP"},
    [NQ_PROBLEM_BAD_ENCODING] = {400, "bad_encoding",
                                 "The address is not percent-encoded UTF-8 text"},
    [NQ_PROBLEM_BAD_PARAMETER] = {400, "bad_parameter", "A parameter has a value it cannot have"},
    [NQ_PROBLEM_MISSING_QUERY] = {400, "missing_query", "The parameter q is missing"},
    [NQ_PROBLEM_QUERY_TOO_LONG] = {400, "query_too_long", "A parameter is too long"},
    [NQ_PROBLEM_BAD_QUERY] = {400, "bad_query", "The query cannot be parsed"},
    [NQ_PROBLEM_NOT_FOUND] = {404, "not_found", "There is nothing at this address"},
    [NQ_PROBLEM_METHOD] = {405, "method_not_allowed", "The method does not go with this address"},
    [NQ_PROBLEM_LENGTH] = {411, "length_required", "A body must say its length"},
    [NQ_PROBLEM_TOO_LARGE] = {413, "too_large", "The body is too large"},
    [NQ_PROBLEM_LONG_TARGET] = {414, "uri_too_long", "The address is too long"},
    [NQ_PROBLEM_NO_DRAFT] = {422, "no_draft", "There is no report in the body"},
    [NQ_PROBLEM_LONG_HEADERS] = {431, "headers_too_large", "The headers are too large"},
    [NQ_PROBLEM_BUSY] = {503, "busy", "The server has too much to do; try again"},
    [NQ_PROBLEM_TIME] = {503, "time_limit", "The answer takes longer than the server allows"},
    [NQ_PROBLEM_NO_INDEX] = {503, "no_index", "There is no index to search"},
    [NQ_PROBLEM_OUTDATED] = {503, "index_outdated", "The index does not hold this"},
    [NQ_PROBLEM_INDEX] = {503, "index_unreadable", "The index cannot be read"},
    [NQ_PROBLEM_INTERNAL] = {500, "internal", "The server failed"},
    [NQ_PROBLEM_VERSION] = {505, "http_version", "The server knows HTTP/1.0 and HTTP/1.1 only"},
};

const struct nq_problem_kind *nq_problem_kind(enum nq_problem problem)
{
    return &kinds[problem];
}

enum nq_problem nq_problem_of(enum nq_status status)
{
    switch (status) {
    case NQ_OK:
        return NQ_PROBLEM_NONE;
    case NQ_ERR_USAGE:
        return NQ_PROBLEM_BAD_QUERY;
    case NQ_ERR_INPUT:
        return NQ_PROBLEM_NO_DRAFT;
    case NQ_ERR_NOINDEX:
        return NQ_PROBLEM_NO_INDEX;
    case NQ_ERR_BUSY:
        return NQ_PROBLEM_BUSY;
    case NQ_ERR_STOPPED:
        return NQ_PROBLEM_TIME;
    case NQ_ERR_IO:
    case NQ_ERR_CORRUPT:
    case NQ_ERR_VERSION:
    case NQ_ERR_FULL:
        return NQ_PROBLEM_INDEX;
    default:
        return NQ_PROBLEM_INTERNAL;
    }
}
