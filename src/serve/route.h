/* What an address leads to. */
#ifndef NQ_SERVE_ROUTE_H
#define NQ_SERVE_ROUTE_H

#include "serve/answer.h"

/* A request on its way to its answer. */
struct nq_visit {
    const struct nq_site *site;
    const struct nq_request *request;
    struct nq_str argument; /* of the path: /report/17 */
    struct nq_index *index; /* where the route asks for one */
    double deadline;        /* nq_milliseconds(); 0: none */
    char *question; /* all that the answer follows from but the index; NULL: it is not kept */
    struct nq_answer *answer;
    char *query; /* what the library was asked, of nq_visit_search_params and its like */
    int shift;   /* code points before the reader's query in it */
};

/* Sets the answer to what the library said. */
void nq_visit_failed(struct nq_visit *v, const struct nq_error *err);

/* Sets it to a bad parameter's problem; `why` is appended to its name. */
void nq_visit_bad(struct nq_visit *v, enum nq_param param, const char *why);

/* The most that may be asked for at once, and from where on. */
enum { NQ_MOST_HITS = 100, NQ_MOST_OFFSET = 10000, NQ_MOST_EVENTS = 500 };

/* Parameters of a kind.  They leave alone what is absent; false, or -1, with a problem in the
 * answer. */
bool nq_visit_number(struct nq_visit *v, enum nq_param param, uint64_t most, size_t *out);
bool nq_visit_days(struct nq_visit *v, bool *bounded, int32_t *from, int32_t *to);
bool nq_visit_kind_and_sort(struct nq_visit *v, enum nq_kind *kinds, enum nq_sort *sort);

/* Which of `words` (NULL at the end) the parameter is; `otherwise` where it is absent; `why` says
 * which there are. */
int nq_visit_word(struct nq_visit *v, enum nq_param param, const char *const *words, int otherwise,
                  const char *why);

/* What of the search parameters the request has, with `limit` where it has no n; the query lives as
 * long as the visit.  False with a problem in the answer. */
bool nq_visit_search_params(struct nq_visit *v, size_t limit, struct nq_search_params *out);

/* The same for a timeline. */
bool nq_visit_timeline_params(struct nq_visit *v, size_t limit, struct nq_timeline_params *out);

/* Asks the index; NULL with a problem in the answer. */
struct nq_results *nq_visit_search(struct nq_visit *v, const struct nq_search_params *params);
struct nq_timeline *nq_visit_timeline(struct nq_visit *v, const struct nq_timeline_params *params);

/* The report whose id the path ends with; NULL with a problem in the answer. */
struct nq_stored *nq_visit_report(struct nq_visit *v);

/* The query with the source filter before it, in the language of queries; the caller frees it.
 * `without` leaves that out where it is NQ_PARAM_SOURCE.  NULL with a problem in the answer. */
char *nq_visit_query(struct nq_visit *v, enum nq_param without);

/* Whether something is asked for; false with a problem in the answer. */
bool nq_visit_has_query(struct nq_visit *v);

/* Whether hits follow those of this page that may be asked for. */
bool nq_has_more(const struct nq_results *results, const struct nq_search_params *params);

/* A clock that only goes forward. */
double nq_milliseconds(void);

/* The id that the path ends with; false with a problem in the answer. */
bool nq_visit_id(struct nq_visit *v, int64_t *id);

/* api.c: the JSON of the command line. */
void nq_route_search(struct nq_visit *v);
void nq_route_timeline(struct nq_visit *v);
void nq_route_suggest(struct nq_visit *v);
void nq_route_topics(struct nq_visit *v);
void nq_route_topic(struct nq_visit *v);
void nq_route_related(struct nq_visit *v);
void nq_route_sources(struct nq_visit *v);
void nq_route_conflicts(struct nq_visit *v);
void nq_route_passage(struct nq_visit *v);
void nq_route_report(struct nq_visit *v);
void nq_route_health(struct nq_visit *v);
void nq_route_metrics(struct nq_visit *v);

/* page.c: the same for people. */
void nq_route_page(struct nq_visit *v);
void nq_route_passage_page(struct nq_visit *v);
void nq_route_report_page(struct nq_visit *v);
void nq_route_check_page(struct nq_visit *v);

/* Makes the problem of the answer a page. */
void nq_page_problem(const struct nq_request *request, struct nq_answer *answer);

/* feeds.c */
void nq_route_opensearch(struct nq_visit *v);
void nq_route_browser_suggest(struct nq_visit *v);
void nq_route_feed(struct nq_visit *v);
void nq_route_calendar(struct nq_visit *v);

/* api_check.c: what of a draft was covered before, in the request's parameters; NULL with a problem
 * in the answer. */
struct nq_check *nq_visit_check(struct nq_visit *v, struct nq_str draft);
void nq_route_check(struct nq_visit *v);

/* assets.c */
void nq_route_asset(struct nq_visit *v);

#endif
