/* Pages: the template, filled, and what the lists in it share. */
#ifndef NQ_SERVE_PAGE_H
#define NQ_SERVE_PAGE_H

#include "serve/link.h"
#include "serve/route.h"

/* A page that is being made. */
struct nq_page {
    const struct nq_request *request;
    FILE *content, *facets;
    char *content_text, *facets_text;
    size_t content_len, facets_len;
    struct nq_str title;    /* what it is about, borrowed until it is answered; absent: the site */
    const char *title_more; /* the name of a text behind it, or NULL */
    const char *tab;        /* the name of the tab in force, or NULL */
    bool failed;            /* something is missing for want of memory */
};

/* False without memory; nq_page_finish in any case. */
bool nq_page_open(struct nq_page *page, const struct nq_request *request);
void nq_page_finish(struct nq_page *page);

/* Makes the page the answer; a problem where it failed. */
void nq_page_answer(struct nq_page *page, unsigned status, struct nq_answer *answer);

/* The text `name` in the language of the page. */
const char *nq_page_say(const struct nq_page *page, const char *name);

/* A count with its thousands apart, 87,203, in `out`. */
enum { NQ_COUNT_TEXT = 28 };
const char *nq_page_count(uint64_t n, char out[NQ_COUNT_TEXT]);

/* Prints an address for an attribute: "/" with the request's parameters, `changes` made.  The
 * offset is left out unless it is among them: another list begins at its beginning. */
void nq_page_href(FILE *out, const struct nq_request *request, const struct nq_change *changes,
                  size_t n);

/* "?q=…" where there is a query, for the address of a passage. */
void nq_page_query_href(FILE *out, const struct nq_request *request);

/* Prints fragments, what matches in <mark>. */
void nq_page_fragments(FILE *out, const struct nq_fragment *items, size_t n);

/* Prints a section's number with what stands behind it in print: 一、 and 1. but （一） and 第一章.
 */
void nq_page_number(FILE *out, struct nq_str number);

/* Prints days as exactly as they are known: <time>2026-06</time> for a month as a whole; the text
 * `class` is its class, or NULL. */
void nq_page_time(const struct nq_page *page, FILE *out, int32_t first, int32_t last,
                  const char *class);

/* What counts by month, source or kind, as links that narrow the request to each. */
struct nq_choice {
    struct nq_str value, label;
    uint64_t count, events; /* events: of a timeline, which also counts these */
    bool chosen;
};

/* Prints a list of choices: `params` are set to the value by a choice, and taken away by the one
 * that is in force. */
void nq_page_choices(const struct nq_page *page, FILE *out, const struct nq_choice *choices,
                     size_t n, const enum nq_param *params, size_t n_params, bool events);

/* One month as a choice, without its counts; `name` is where its name is put.  False for no date.
 */
bool nq_page_month(const struct nq_page *page, int32_t day, char name[11], struct nq_choice *out);

/* Prints what the hits can be narrowed by. */
void nq_page_facets(struct nq_visit *v, struct nq_page *page, const struct nq_search_params *params,
                    const struct nq_results *found);

/* Prints the filters in force, each a link that takes it away. */
void nq_page_active(const struct nq_page *page);

/* Prints one hit as an item of a list; `why`: and what it shares. */
void nq_page_hit(const struct nq_page *page, const struct nq_hit *hit);

/* Prints where the answer can be had as a calendar and a feed. */
void nq_page_feeds(const struct nq_page *page);

/* The views of "/": page_search.c, page_timeline.c, page_topics.c. */
void nq_page_search(struct nq_visit *v, struct nq_page *page);
void nq_page_timeline(struct nq_visit *v, struct nq_page *page);
void nq_page_topics(struct nq_visit *v, struct nq_page *page);

/* Prints the weightiest topics, at most `limit`; with `trends` before them what rises and what fell
 * silent, and that there are none where there are none. */
void nq_page_topic_list(struct nq_visit *v, struct nq_page *page, size_t limit, bool trends);

#endif
