/* The JSON routes: parameters, one call, what the command line prints. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "output/report_json.h"
#include "output/timeline.h"
#include "serve/link.h"
#include "serve/route.h"

enum {
    MOST_HITS = 100,
    MOST_OFFSET = 10000,
    HITS = 10,
    EVENTS = 20,
    MOST_EVENTS = 500,
    SUGGESTIONS = 10,
};

void nq_visit_failed(struct nq_visit *v, const struct nq_error *err)
{
    enum nq_problem problem = nq_problem_of(err->status);
    if (problem == NQ_PROBLEM_BAD_QUERY && err->column < 0)
        problem = NQ_PROBLEM_NO_EVENTS; /* what else a timeline calls a wrong use */
    bool theirs = problem == NQ_PROBLEM_BAD_QUERY || problem == NQ_PROBLEM_NO_DRAFT;
    /* Paths of the server are not for its readers. */
    nq_answer_problem(v->answer, problem, theirs ? err->message : NULL,
                      problem == NQ_PROBLEM_BAD_QUERY ? err->column : -1);
}

void nq_visit_bad(struct nq_visit *v, enum nq_param param, const char *why)
{
    char detail[200];
    snprintf(detail, sizeof detail, "%s: %s", nq_param_name(param), why);
    nq_answer_problem(v->answer, NQ_PROBLEM_BAD_PARAMETER, detail, -1);
}

static bool number(struct nq_visit *v, enum nq_param param, uint64_t most, size_t *out)
{
    struct nq_str text = v->request->params[param];
    uint64_t n;
    char why[60];
    if (text.len == 0)
        return true;
    if (!nq_number_read(text, most, &n)) {
        snprintf(why, sizeof why, "a number from 0 to %llu", (unsigned long long)most);
        nq_visit_bad(v, param, why);
        return false;
    }
    *out = (size_t)n;
    return true;
}

static bool days(struct nq_visit *v, bool *bounded, int32_t *from, int32_t *to)
{
    const struct nq_str *params = v->request->params;
    int32_t first, last;
    *from = *to = NQ_NO_DAY;
    for (int i = NQ_PARAM_FROM; i <= NQ_PARAM_TO; i++) {
        if (params[i].len == 0)
            continue;
        if (!nq_day_parse(params[i], &first, &last)) {
            nq_visit_bad(v, (enum nq_param)i, "a date like 2026, 2026-06 or 2026-06-17");
            return false;
        }
        *bounded = true;
        if (i == NQ_PARAM_FROM)
            *from = first;
        else
            *to = last;
    }
    return true;
}

/* Which of `words` the parameter is; `otherwise` where it is absent, -1 with a problem. */
static int word(struct nq_visit *v, enum nq_param param, const char *const *words, int otherwise,
                const char *why)
{
    struct nq_str text = v->request->params[param];
    if (text.len == 0)
        return otherwise;
    for (int i = 0; words[i]; i++)
        if (strlen(words[i]) == text.len && memcmp(words[i], text.ptr, text.len) == 0)
            return i;
    nq_visit_bad(v, param, why);
    return -1;
}

static bool kind_and_sort(struct nq_visit *v, enum nq_kind *kinds, enum nq_sort *sort)
{
    static const char *const kind_words[] = {"all", "report", "reference", NULL};
    static const char *const sort_words[] = {"relevance", "date", NULL};
    int kind = word(v, NQ_PARAM_KIND, kind_words, 0, "report, reference or all");
    int order = kind < 0 ? -1 : word(v, NQ_PARAM_SORT, sort_words, 0, "relevance or date");
    if (order < 0)
        return false;
    *kinds = (enum nq_kind)kind;
    *sort = order == 1 ? NQ_SORT_DATE : NQ_SORT_RELEVANCE;
    return true;
}

char *nq_visit_query(struct nq_visit *v, enum nq_param without)
{
    static const char head[] = " source:\"", tail[] = "\"";
    struct nq_str q = v->request->params[NQ_PARAM_Q], source = v->request->params[NQ_PARAM_SOURCE];
    if (without == NQ_PARAM_SOURCE)
        source.len = 0;
    char *text = malloc(q.len + source.len + sizeof head + sizeof tail);
    if (!text) {
        nq_answer_problem(v->answer, NQ_PROBLEM_INTERNAL, NULL, -1);
        return NULL;
    }
    char *end = text;
    if (q.len > 0)
        end = (char *)memcpy(end, q.ptr, q.len) + q.len;
    if (source.len > 0) {
        end = stpcpy(end, head);
        for (size_t i = 0; i < source.len; i++)
            *end++ = source.ptr[i] == '"' ? ' ' : source.ptr[i];
        end = stpcpy(end, tail);
    }
    *end = '\0';
    return text;
}

bool nq_visit_search_params(struct nq_visit *v, size_t limit, struct nq_search_params *out,
                            char **text)
{
    struct nq_search_params p = {.limit = limit, .facets = true, .correct = true};
    if (!number(v, NQ_PARAM_N, MOST_HITS, &p.limit) ||
        !number(v, NQ_PARAM_OFFSET, MOST_OFFSET, &p.offset) ||
        !days(v, &p.bounded, &p.from, &p.to) || !kind_and_sort(v, &p.kinds, &p.sort))
        return false;
    *text = nq_visit_query(v, NQ_N_PARAMS);
    if (!*text)
        return false;
    p.query = (struct nq_str){*text, strlen(*text)};
    *out = p;
    return true;
}

bool nq_visit_id(struct nq_visit *v, int64_t *id)
{
    uint64_t n;
    if (!nq_number_read(v->argument, INT64_MAX, &n) || n == 0) {
        nq_answer_problem(v->answer, NQ_PROBLEM_NOT_FOUND, NULL, -1);
        return false;
    }
    *id = (int64_t)n;
    return true;
}

bool nq_visit_has_query(struct nq_visit *v)
{
    const struct nq_str *params = v->request->params;
    size_t i = 0;
    while (i < params[NQ_PARAM_Q].len && params[NQ_PARAM_Q].ptr[i] == ' ')
        i++;
    if (i < params[NQ_PARAM_Q].len || params[NQ_PARAM_SOURCE].len > 0)
        return true;
    nq_answer_problem(v->answer, NQ_PROBLEM_MISSING_QUERY, NULL, -1);
    return false;
}

bool nq_has_more(const struct nq_results *r, const struct nq_search_params *p)
{
    return r->n_hits > 0 && p->offset + r->n_hits < r->total && p->offset + p->limit <= MOST_OFFSET;
}

double nq_milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

void nq_route_search(struct nq_visit *v)
{
    struct nq_search_params params;
    struct nq_results *results = NULL;
    struct nq_error err = {0};
    char *text = NULL;
    if (!nq_visit_has_query(v) || !nq_visit_search_params(v, HITS, &params, &text))
        return;
    double start = nq_milliseconds();
    if (nq_search(v->index, &params, &results, &err) == NQ_OK) {
        nq_answer_json(v->answer,
                       nq_results_json(results, v->request->params[NQ_PARAM_Q], params.offset,
                                       params.limit, nq_milliseconds() - start));
        v->answer->link = nq_link_pages("/api/search", v->request, params.offset, params.limit,
                                        nq_has_more(results, &params));
    } else {
        nq_visit_failed(v, &err);
    }
    nq_results_destroy(results);
    free(text);
}

bool nq_visit_timeline_params(struct nq_visit *v, size_t limit, struct nq_timeline_params *out,
                              char **text)
{
    static const char *const words[] = {"all", "past", "milestone", "report", "reference", NULL};
    struct nq_timeline_params p = {.limit = limit};
    if (!number(v, NQ_PARAM_N, MOST_EVENTS, &p.limit) || !days(v, &p.bounded, &p.from, &p.to))
        return false;
    int kind = word(v, NQ_PARAM_KIND, words, 0, "past, milestone, report, reference or all");
    if (kind < 0 || !(*text = nq_visit_query(v, NQ_N_PARAMS)))
        return false;
    p.kinds = kind == 1 ? NQ_EVENT_PAST : kind == 2 ? NQ_EVENT_MILESTONE : (enum nq_event_kind)0;
    p.passages = kind > 2 ? (enum nq_kind)(kind - 2) : (enum nq_kind)0;
    p.query = (struct nq_str){*text, strlen(*text)};
    *out = p;
    return true;
}

void nq_route_timeline(struct nq_visit *v)
{
    struct nq_timeline_params params;
    struct nq_timeline *timeline = NULL;
    struct nq_error err = {0};
    char *text = NULL;
    if (!nq_visit_has_query(v) || !nq_visit_timeline_params(v, EVENTS, &params, &text))
        return;
    if (nq_timeline(v->index, &params, &timeline, &err) == NQ_OK)
        nq_answer_json(v->answer, nq_timeline_json(timeline, v->request->params[NQ_PARAM_Q]));
    else
        nq_visit_failed(v, &err);
    nq_timeline_destroy(timeline);
    free(text);
}

void nq_route_suggest(struct nq_visit *v)
{
    struct nq_str query = v->request->params[NQ_PARAM_Q];
    struct nq_suggestions *found = NULL;
    struct nq_error err = {0};
    size_t limit = SUGGESTIONS;
    if (!number(v, NQ_PARAM_N, MOST_HITS, &limit))
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
    struct nq_results *results = NULL;
    struct nq_error err = {0};
    if (!nq_visit_id(v, &params.passage) || !number(v, NQ_PARAM_N, MOST_HITS, &params.limit) ||
        !number(v, NQ_PARAM_OFFSET, MOST_OFFSET, &params.offset) ||
        !days(v, &params.bounded, &params.from, &params.to) ||
        !kind_and_sort(v, &params.kinds, &params.sort))
        return;
    double start = nq_milliseconds();
    enum nq_status status = nq_related(v->index, &params, &results, &err);
    if (status == NQ_OK)
        nq_answer_json(v->answer, nq_results_json(results, (struct nq_str){"", 0}, params.offset,
                                                  params.limit, nq_milliseconds() - start));
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
    struct nq_str query = v->request->params[NQ_PARAM_Q];
    int64_t id;
    if (!nq_visit_id(v, &id))
        return;
    double start = nq_milliseconds();
    if (nq_passage(v->index, id, query, &results, &err) != NQ_OK)
        nq_visit_failed(v, &err);
    else if (results->n_hits == 0)
        nq_answer_problem(v->answer, NQ_PROBLEM_NOT_FOUND, NULL, -1);
    else
        nq_answer_json(v->answer,
                       nq_results_json(results, query.ptr ? query : (struct nq_str){"", 0}, 0, 1,
                                       nq_milliseconds() - start));
    nq_results_destroy(results);
}

void nq_route_report(struct nq_visit *v)
{
    struct nq_stored *stored = NULL;
    struct nq_error err = {0};
    int64_t id;
    if (!nq_visit_id(v, &id))
        return;
    if (nq_index_report(v->index, id, &stored, &err) != NQ_OK)
        nq_visit_failed(v, &err);
    else if (!stored)
        nq_answer_problem(v->answer, NQ_PROBLEM_NOT_FOUND, NULL, -1);
    else
        nq_answer_json(v->answer, nq_stored_json(stored));
    nq_stored_destroy(stored);
}

void nq_route_health(struct nq_visit *v)
{
    nq_answer_json(v->answer, json_pack("{s:s}", "status", "ok"));
}
