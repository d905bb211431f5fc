/* What the routes share: parameters, and what was wrong with them. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "serve/route.h"

void nq_visit_failed(struct nq_visit *v, const struct nq_error *err)
{
    enum nq_problem problem = nq_problem_of(err->status);
    if (problem == NQ_PROBLEM_BAD_QUERY && err->column < 0)
        problem = NQ_PROBLEM_OUTDATED; /* timelines and topics are made by a newer nqindex */
    bool theirs = problem == NQ_PROBLEM_BAD_QUERY || problem == NQ_PROBLEM_NO_DRAFT;
    /* Paths of the server are not for its readers, but for who looks after it; what took too long
     * is counted. */
    if (!theirs && problem != NQ_PROBLEM_TIME && v->site->complain)
        v->site->complain(v->site->user, err->message);
    int column = err->column > v->shift ? err->column - v->shift : 0;
    nq_answer_problem(v->answer, problem, theirs ? err->message : NULL,
                      problem == NQ_PROBLEM_BAD_QUERY ? column : -1);
}

void nq_visit_bad(struct nq_visit *v, enum nq_param param, const char *why)
{
    char detail[200];
    snprintf(detail, sizeof detail, "%s: %s", nq_param_name(param), why);
    nq_answer_problem(v->answer, NQ_PROBLEM_BAD_PARAMETER, detail, -1);
}

bool nq_visit_number(struct nq_visit *v, enum nq_param param, uint64_t most, size_t *out)
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

bool nq_visit_days(struct nq_visit *v, bool *bounded, int32_t *from, int32_t *to)
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

int nq_visit_word(struct nq_visit *v, enum nq_param param, const char *const *words, int otherwise,
                  const char *why)
{
    struct nq_str text = v->request->params[param];
    if (text.len == 0)
        return otherwise;
    for (int i = 0; words[i]; i++)
        if (nq_slice_is(text, words[i]))
            return i;
    nq_visit_bad(v, param, why);
    return -1;
}

/* Whether it is 1; 0 where it is absent. */
static bool read_flag(struct nq_visit *v, enum nq_param param, bool *out)
{
    static const char *const words[] = {"0", "1", NULL};
    int which = nq_visit_word(v, param, words, 0, "0 or 1");
    *out = which == 1;
    return which >= 0;
}

bool nq_visit_kind_and_sort(struct nq_visit *v, enum nq_kind *kinds, enum nq_sort *sort)
{
    static const char *const kind_words[] = {"all", "report", "reference", NULL};
    static const char *const sort_words[] = {"relevance", "date", NULL};
    int kind = nq_visit_word(v, NQ_PARAM_KIND, kind_words, 0, "report, reference or all");
    int order = kind < 0 ? -1 : nq_visit_word(v, NQ_PARAM_SORT, sort_words, 0, "relevance or date");
    if (order < 0)
        return false;
    *kinds = (enum nq_kind)kind;
    *sort = order == 1 ? NQ_SORT_DATE : NQ_SORT_RELEVANCE;
    return true;
}

/* How many code points `s` has. */
static int code_points(struct nq_str s)
{
    int n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

char *nq_visit_query(struct nq_visit *v, enum nq_param without)
{
    static const char head[] = "source:\"", tail[] = "\" ";
    struct nq_str q = v->request->params[NQ_PARAM_Q], source = v->request->params[NQ_PARAM_SOURCE];
    if (without == NQ_PARAM_SOURCE)
        source.len = 0;
    char *text = malloc(q.len + source.len + sizeof head + sizeof tail);
    if (!text) {
        nq_answer_problem(v->answer, NQ_PROBLEM_INTERNAL, NULL, -1);
        return NULL;
    }
    char *end = text;
    if (source.len > 0) { /* before the query, where nothing is open yet */
        end = stpcpy(end, head);
        for (size_t i = 0; i < source.len; i++)
            *end++ = source.ptr[i] == '"' ? ' ' : source.ptr[i];
        end = stpcpy(end, tail);
    }
    v->shift = code_points((struct nq_str){text, (size_t)(end - text)});
    if (q.len > 0)
        end = (char *)memcpy(end, q.ptr, q.len) + q.len;
    *end = '\0';
    return text;
}

/* Makes the query that the library is asked; the absent slice with a problem in the answer. */
static struct nq_str make_query(struct nq_visit *v)
{
    free(v->query);
    v->query = nq_visit_query(v, NQ_N_PARAMS);
    return nq_slice(v->query);
}

bool nq_visit_search_params(struct nq_visit *v, size_t limit, struct nq_search_params *out)
{
    struct nq_search_params p = {.limit = limit, .facets = true, .topics = true, .correct = true};
    if (!nq_visit_number(v, NQ_PARAM_N, NQ_MOST_HITS, &p.limit) ||
        !nq_visit_number(v, NQ_PARAM_OFFSET, NQ_MOST_OFFSET, &p.offset) ||
        !nq_visit_days(v, &p.bounded, &p.from, &p.to) ||
        !nq_visit_kind_and_sort(v, &p.kinds, &p.sort) || !read_flag(v, NQ_PARAM_EXACT, &p.exact) ||
        !read_flag(v, NQ_PARAM_EXPLAIN, &p.explain))
        return false;
    p.query = make_query(v);
    *out = p;
    return p.query.ptr != NULL;
}

struct nq_results *nq_visit_search(struct nq_visit *v, const struct nq_search_params *params)
{
    struct nq_results *results = NULL;
    struct nq_error err = {0};
    if (nq_search(v->index, params, &results, &err) != NQ_OK)
        nq_visit_failed(v, &err);
    return results;
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
    return r->n_hits > 0 && p->offset + r->n_hits < r->total &&
           p->offset + p->limit <= NQ_MOST_OFFSET;
}

double nq_milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

bool nq_visit_timeline_params(struct nq_visit *v, size_t limit, struct nq_timeline_params *out)
{
    static const char *const words[] = {"all", "past", "milestone", "report", "reference", NULL};
    struct nq_timeline_params p = {.limit = limit};
    if (!nq_visit_number(v, NQ_PARAM_N, NQ_MOST_EVENTS, &p.limit) ||
        !nq_visit_days(v, &p.bounded, &p.from, &p.to))
        return false;
    int kind =
        nq_visit_word(v, NQ_PARAM_KIND, words, 0, "past, milestone, report, reference or all");
    if (kind < 0)
        return false;
    p.kinds = kind == 1 ? NQ_EVENT_PAST : kind == 2 ? NQ_EVENT_MILESTONE : (enum nq_event_kind)0;
    p.passages = kind > 2 ? (enum nq_kind)(kind - 2) : (enum nq_kind)0;
    p.query = make_query(v);
    *out = p;
    return p.query.ptr != NULL;
}

struct nq_timeline *nq_visit_timeline(struct nq_visit *v, const struct nq_timeline_params *params)
{
    struct nq_timeline *timeline = NULL;
    struct nq_error err = {0};
    if (nq_timeline(v->index, params, &timeline, &err) != NQ_OK)
        nq_visit_failed(v, &err);
    return timeline;
}

struct nq_stored *nq_visit_report(struct nq_visit *v)
{
    struct nq_stored *stored = NULL;
    struct nq_error err = {0};
    int64_t id;
    if (!nq_visit_id(v, &id))
        return NULL;
    if (nq_index_report(v->index, id, &stored, &err) != NQ_OK)
        nq_visit_failed(v, &err);
    else if (!stored)
        nq_answer_problem(v->answer, NQ_PROBLEM_NOT_FOUND, NULL, -1);
    return stored;
}
