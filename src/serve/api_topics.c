/* Topics, sources and contradictions as JSON. */

#include "output/output.h"
#include "serve/route.h"

enum { TOPICS = 30, SOURCES = 30 };

static bool read_kinds(struct nq_visit *v, unsigned *kinds)
{
    const struct nq_str list = v->request->params[NQ_PARAM_KIND];
    bool read = list.len == 0 || nq_topic_kinds_read(list, kinds);
    if (!read)
        nq_visit_bad(v, NQ_PARAM_KIND, "term, organisation, document, work, word or all");
    return read;
}

void nq_route_topics(struct nq_visit *v)
{
    static const char *const sorts[] = {"weight", "passages", "change", "first", "last", NULL};
    struct nq_topics_params params = {.limit = TOPICS};
    struct nq_topics *topics = NULL;
    struct nq_error err = {0};
    int sort = nq_visit_word(v, NQ_PARAM_SORT, sorts, NQ_TOPICS_BY_WEIGHT,
                             "weight, passages, change, first or last");
    if (sort < 0 || !nq_visit_number(v, NQ_PARAM_N, NQ_MOST_HITS, &params.limit) ||
        !nq_visit_number(v, NQ_PARAM_OFFSET, NQ_MOST_OFFSET, &params.offset) ||
        !nq_visit_days(v, &params.bounded, &params.from, &params.to) ||
        !read_kinds(v, &params.kinds))
        return;
    params.sort = (enum nq_topic_sort)sort;
    if (nq_topics(v->index, &params, &topics, &err) == NQ_OK)
        nq_answer_json(v->answer, nq_topics_json(topics, params.offset, params.limit));
    else
        nq_visit_failed(v, &err);
    nq_topics_destroy(topics);
}

void nq_route_topic(struct nq_visit *v)
{
    struct nq_topic_params params = {.name = v->argument};
    struct nq_topic_page *page = NULL;
    struct nq_error err = {0};
    if (!nq_visit_number(v, NQ_PARAM_N, NQ_MOST_HITS, &params.limit) ||
        !nq_visit_number(v, NQ_PARAM_PASSAGES, NQ_MOST_HITS, &params.passages) ||
        !nq_visit_days(v, &params.bounded, &params.from, &params.to))
        return;
    enum nq_status status = nq_topic(v->index, &params, &page, &err);
    if (status == NQ_OK)
        nq_answer_json(v->answer, nq_topic_json(page, v->argument));
    else if (status == NQ_ERR_USAGE)
        nq_answer_problem(v->answer, NQ_PROBLEM_NOT_FOUND, NULL, -1);
    else
        nq_visit_failed(v, &err);
    nq_topic_page_destroy(page);
}

void nq_route_sources(struct nq_visit *v)
{
    struct nq_sources_params params = {.limit = SOURCES};
    struct nq_sources *sources = NULL;
    struct nq_error err = {0};
    if (!nq_visit_number(v, NQ_PARAM_N, NQ_MOST_HITS, &params.limit) ||
        !nq_visit_number(v, NQ_PARAM_OFFSET, NQ_MOST_OFFSET, &params.offset) ||
        !nq_visit_days(v, &params.bounded, &params.from, &params.to))
        return;
    if (nq_sources(v->index, &params, &sources, &err) == NQ_OK)
        nq_answer_json(v->answer, nq_sources_json(sources, params.offset, params.limit));
    else
        nq_visit_failed(v, &err);
    nq_sources_destroy(sources);
}

void nq_route_conflicts(struct nq_visit *v)
{
    const struct nq_str query = v->request->params[NQ_PARAM_Q];
    struct nq_conflicts *conflicts = NULL;
    struct nq_error err = {0};
    if (!nq_visit_has_query(v))
        return;
    if (nq_find_conflicts(v->index, query, &conflicts, &err) == NQ_OK)
        nq_answer_json(v->answer, nq_conflicts_json(conflicts, query));
    else
        nq_visit_failed(v, &err);
    nq_conflicts_destroy(conflicts);
}
