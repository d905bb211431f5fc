/* The JSON routes: parameters, one call, what the command line prints. */

#include "output/report_json.h"
#include "output/timeline.h"
#include "serve/link.h"
#include "serve/route.h"

enum { HITS = 10, EVENTS = 20, SUGGESTIONS = 10 };

/* Makes the answer of what was found since `start`. */
static void answer(struct nq_visit *v, const struct nq_results *results, struct nq_str query,
                   size_t offset, size_t limit, double start)
{
    nq_answer_json(v->answer, nq_results_json(results, query.ptr ? query : (struct nq_str){"", 0},
                                              offset, limit, nq_milliseconds() - start));
}

void nq_route_search(struct nq_visit *v)
{
    struct nq_search_params params;
    double start = nq_milliseconds();
    if (!nq_visit_has_query(v) || !nq_visit_search_params(v, HITS, &params))
        return;
    struct nq_results *results = nq_visit_search(v, &params);
    if (results) {
        answer(v, results, v->request->params[NQ_PARAM_Q], params.offset, params.limit, start);
        v->answer->link = nq_link_pages("/api/search", v->request, params.offset, params.limit,
                                        nq_has_more(results, &params));
    }
    nq_results_destroy(results);
}

void nq_route_timeline(struct nq_visit *v)
{
    struct nq_timeline_params params;
    if (!nq_visit_has_query(v) || !nq_visit_timeline_params(v, EVENTS, &params))
        return;
    struct nq_timeline *timeline = nq_visit_timeline(v, &params);
    if (timeline)
        nq_answer_json(v->answer, nq_timeline_json(timeline, v->request->params[NQ_PARAM_Q]));
    nq_timeline_destroy(timeline);
}

void nq_route_suggest(struct nq_visit *v)
{
    struct nq_str query = v->request->params[NQ_PARAM_Q];
    struct nq_suggestions *found = NULL;
    struct nq_error err = {0};
    size_t limit = SUGGESTIONS;
    if (!nq_visit_number(v, NQ_PARAM_N, NQ_MOST_HITS, &limit))
        return;
    if (!query.ptr)
        nq_answer_problem(v->answer, NQ_PROBLEM_MISSING_QUERY, NULL, -1);
    else if (nq_suggest(v->index, query, limit, &found, &err) == NQ_OK)
        nq_answer_json(v->answer, nq_suggestions_json(found, query));
    else
        nq_visit_failed(v, &err);
    nq_suggestions_destroy(found);
}

void nq_route_related(struct nq_visit *v)
{
    struct nq_related_params params = {.limit = HITS};
    double start = nq_milliseconds();
    struct nq_results *results = NULL;
    struct nq_error err = {0};
    if (!nq_visit_id(v, &params.passage) ||
        !nq_visit_number(v, NQ_PARAM_N, NQ_MOST_HITS, &params.limit) ||
        !nq_visit_number(v, NQ_PARAM_OFFSET, NQ_MOST_OFFSET, &params.offset) ||
        !nq_visit_days(v, &params.bounded, &params.from, &params.to) ||
        !nq_visit_kind_and_sort(v, &params.kinds, &params.sort))
        return;
    enum nq_status status = nq_related(v->index, &params, &results, &err);
    if (status == NQ_OK)
        answer(v, results, (struct nq_str){0}, params.offset, params.limit, start);
    else if (status == NQ_ERR_USAGE)
        nq_answer_problem(v->answer, NQ_PROBLEM_NOT_FOUND, err.message, -1);
    else
        nq_visit_failed(v, &err);
    nq_results_destroy(results);
}

void nq_route_passage(struct nq_visit *v)
{
    struct nq_results *results = NULL;
    struct nq_error err = {0};
    double start = nq_milliseconds();
    struct nq_str query = v->request->params[NQ_PARAM_Q];
    int64_t id;
    if (!nq_visit_id(v, &id))
        return;
    if (nq_passage(v->index, id, query, &results, &err) != NQ_OK)
        nq_visit_failed(v, &err);
    else if (results->n_hits == 0)
        nq_answer_problem(v->answer, NQ_PROBLEM_NOT_FOUND, NULL, -1);
    else
        answer(v, results, query, 0, 1, start);
    nq_results_destroy(results);
}

void nq_route_report(struct nq_visit *v)
{
    struct nq_stored *stored = nq_visit_report(v);
    if (stored)
        nq_answer_json(v->answer, nq_stored_json(stored));
    nq_stored_destroy(stored);
}

void nq_route_health(struct nq_visit *v)
{
    nq_answer_json(v->answer, json_pack("{s:s}", "status", "ok"));
}
