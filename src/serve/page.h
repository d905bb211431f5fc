/* Pages: the template, filled. */
#ifndef NQ_SERVE_PAGE_H
#define NQ_SERVE_PAGE_H

#include "serve/route.h"

/* A page that is being made: the places of the template, each in memory of its own. */
struct nq_page {
    const struct nq_request *request;
    FILE *content, *facets;
    char *content_text, *facets_text, *title;
    size_t content_len, facets_len, title_len;
};

/* The text `name` in the language of the page. */
const char *nq_page_say(const struct nq_page *page, const char *name);

/* Prints a link's address: `path`, then the request's parameters with `param` changed to `value`
 * (an absent slice leaves it out), escaped for an attribute.  Changing anything but the offset
 * leaves that out too. */
void nq_page_link(FILE *out, const struct nq_request *request, enum nq_param param,
                  struct nq_str value);

/* html.c: lists. */
void nq_page_hits(struct nq_page *page, const struct nq_results *results,
                  const struct nq_search_params *params);
void nq_page_facets(struct nq_page *page, const struct nq_results *results);

#endif
