/* The list of hits. */
#include <string.h>

#include "output/output.h"
#include "serve/page.h"

enum { HITS = 10 };

static void page_link(const struct nq_page *page, size_t offset, const char *rel, const char *name)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", offset);
    const struct nq_change change = {NQ_PARAM_OFFSET, {text, offset ? strlen(text) : 0}};
    fprintf(page->content, "<a rel=\"%s\" href=\"", rel);
    nq_page_href(page->content, page->request, &change, 1);
    fprintf(page->content, "\">%s</a>\n", nq_page_say(page, name));
}

static void print_pages(const struct nq_page *page, const struct nq_results *r,
                        const struct nq_search_params *p)
{
    bool more = p->limit > 0 && nq_has_more(r, p);
    if (!more && p->offset == 0)
        return;
    fprintf(page->content, "<nav class=\"pages\" aria-label=\"%s\">", nq_page_say(page, "pages"));
    if (p->offset > 0)
        page_link(page, p->offset > p->limit ? p->offset - p->limit : 0, "prev", "previous");
    if (more)
        page_link(page, p->offset + p->limit, "next", "next");
    fputs("</nav>\n", page->content);
}

static void print_count(const struct nq_page *page, const struct nq_results *r, double ms)
{
    FILE *out = page->content;
    char total[NQ_COUNT_TEXT];
    if (r->total == 0) {
        fprintf(out, "<p class=\"none\">%s</p>\n", nq_page_say(page, "none"));
        return;
    }
    fputs("<h2 class=\"count\">", out);
    fprintf(out, nq_page_say(page, r->total == 1 ? "count-passage" : "count-passages"),
            r->total_is_exact ? "" : nq_page_say(page, "about-number"),
            nq_page_count(r->total, total));
    fprintf(out, " <small>%.1f %s</small></h2>\n", ms, nq_page_say(page, "ms"));
}

static void print_meant(const struct nq_page *page, struct nq_str meant)
{
    FILE *out = page->content;
    const struct nq_change change = {NQ_PARAM_Q, meant};
    if (meant.len == 0)
        return;
    fprintf(out, "<p class=\"mean\">%s<a href=\"", nq_page_say(page, "meant"));
    nq_page_href(out, page->request, &change, 1);
    fputs("\">", out);
    nq_print_html(out, meant);
    fputs("</a></p>\n", out);
}

/* The orders, and a way to leave out what is found besides what holds the query as typed. */
static void print_sort(const struct nq_page *page, enum nq_sort sort, bool exact)
{
    static const struct {
        const char *name, *value;
    } orders[] = {[NQ_SORT_RELEVANCE] = {"by-relevance", ""}, [NQ_SORT_DATE] = {"by-date", "date"}};
    FILE *out = page->content;
    fputs("<p class=\"sort\">", out);
    for (int i = 0; i < 2; i++) {
        const struct nq_change change = {NQ_PARAM_SORT, nq_slice(orders[i].value)};
        fprintf(out, "<a%s href=\"", i == (int)sort ? " aria-current=\"true\"" : "");
        nq_page_href(out, page->request, &change, 1);
        fprintf(out, "\">%s</a>\n", nq_page_say(page, orders[i].name));
    }
    const struct nq_change change = {NQ_PARAM_EXACT, {"1", 1}};
    if (!exact) {
        fputs("<a href=\"", out);
        nq_page_href(out, page->request, &change, 1);
        fprintf(out, "\">%s</a>\n", nq_page_say(page, "exact"));
    }
    fputs("</p>\n", out);
}

static void print_results(struct nq_visit *v, struct nq_page *page, const struct nq_results *r,
                          const struct nq_search_params *params, double ms)
{
    print_count(page, r, ms);
    print_meant(page, r->did_you_mean);
    nq_page_active(page);
    if (r->total > 0) {
        print_sort(page, params->sort, params->exact);
        fprintf(page->content, "<ol class=\"hits\" start=\"%zu\">\n", params->offset + 1);
        for (size_t i = 0; i < r->n_hits; i++)
            nq_page_hit(page, &r->hits[i]);
        fputs("</ol>\n", page->content);
        print_pages(page, r, params);
        v->answer->link =
            nq_link_pages("/", v->request, params->offset, params->limit, nq_has_more(r, params));
        nq_page_feeds(page);
    }
    nq_page_facets(v, page, params, r);
}

void nq_page_search(struct nq_visit *v, struct nq_page *page)
{
    struct nq_search_params params;
    page->tab = "passages";
    page->title = v->request->params[NQ_PARAM_Q];
    if (!nq_visit_search_params(v, HITS, &params))
        return;
    double start = nq_milliseconds();
    struct nq_results *results = nq_visit_search(v, &params);
    if (results)
        print_results(v, page, results, &params, nq_milliseconds() - start);
    nq_results_destroy(results);
}
