/* A timeline as a list of events; what draws it reads the data-* attributes. */
#include <stdlib.h>
#include <string.h>

#include "output/extract_json.h"
#include "output/output.h"
#include "serve/page.h"

enum { EVENTS = 200, MOST_COVERAGE = 12 };

static void print_document(const struct nq_page *page, const struct nq_timeline_event *e)
{
    static const char head[] = "doc:\"", view[] = "timeline";
    FILE *out = page->content;
    char query[600];
    int n = snprintf(query, sizeof query, "%s%.*s\"", head, (int)e->document_title.len,
                     e->document_title.ptr);
    bool fits = n > 0 && (size_t)n < sizeof query &&
                !memchr(e->document_title.ptr, '"', e->document_title.len);
    const struct nq_request from_here = {.params = {[NQ_PARAM_Q] = {query, (size_t)n}}};
    const struct nq_change change = {NQ_PARAM_VIEW, {view, sizeof view - 1}};
    if (fits) {
        fputs("<a class=\"document\" href=\"", out);
        nq_page_href(out, &from_here, &change, 1);
        fputs("\">", out);
    }
    fputs("《", out);
    nq_print_html(out, e->document_title);
    fputs(fits ? "》</a> " : "》 ", out);
}

static void print_coverage(const struct nq_page *page, const struct nq_timeline_event *e)
{
    FILE *out = page->content;
    fputs("<ul class=\"coverage\">\n", out);
    for (size_t i = 0; i < e->n_coverage && i < MOST_COVERAGE; i++) {
        const struct nq_coverage *c = &e->coverage[i];
        fprintf(out, "<li><a href=\"/passage/%lld", (long long)c->passage);
        nq_page_query_href(out, page->request);
        fputs("\">", out);
        nq_page_time(page, out, c->report_day, c->report_day, NULL);
        fputs(" ", out);
        nq_print_html(out, c->section);
        fputs("</a></li>\n", out);
    }
    if (e->n_coverage > MOST_COVERAGE) {
        fputs("<li class=\"more\">", out);
        fprintf(out, nq_page_say(page, "more-reports"), e->n_coverage - MOST_COVERAGE);
        fputs("</li>\n", out);
    }
    fputs("</ul>", out);
}

static void print_event(const struct nq_page *page, const struct nq_timeline_event *e,
                        size_t number)
{
    FILE *out = page->content;
    char first[11], last[11];
    bool milestone = e->kind == NQ_EVENT_MILESTONE;
    fprintf(out, "<li class=\"event%s\" data-date=\"%s\"", milestone ? " milestone" : "",
            nq_day_format(e->first, first));
    if (e->last != e->first)
        fprintf(out, " data-end=\"%s\"", nq_day_format(e->last, last));
    fprintf(out, " data-precision=\"%s\" data-importance=\"%.3f\"", nq_precision_name(e->precision),
            e->importance);
    if (e->document)
        fprintf(out, " data-document=\"%lld\"", (long long)e->document);
    fprintf(out, " id=\"e%zu\">", number + 1);
    nq_page_time(page, out, e->first, e->last, e->undated ? "about" : NULL);
    fputs("\n<h3>", out);
    nq_print_html(out, e->label);
    fputs("</h3>\n<p class=\"meta\">", out);
    if (e->document)
        print_document(page, e);
    if (e->actor.len > 0) {
        fputs("<span class=\"actor\">", out);
        nq_print_html(out, e->actor);
        fputs("</span> ", out);
    }
    if (milestone)
        fprintf(out, "<span class=\"kind\">%s</span>", nq_page_say(page, "kind-milestone"));
    fputs("</p>\n", out);
    if (!nq_slices_same(e->quote, e->label)) {
        fputs("<blockquote>", out);
        nq_print_html(out, e->quote);
        fputs("</blockquote>\n", out);
    }
    print_coverage(page, e);
    fputs("</li>\n", out);
}

static void print_months(struct nq_page *page, const struct nq_timeline *t)
{
    static const enum nq_param params[] = {NQ_PARAM_FROM, NQ_PARAM_TO};
    struct nq_choice *choices = calloc(t->n_months + 1, sizeof *choices);
    char(*names)[11] = calloc(t->n_months + 1, sizeof *names);
    size_t n = 0;
    page->failed |= !choices || !names;
    for (size_t i = 0; choices && names && i < t->n_months; i++) {
        if (!nq_page_month(page, t->months[i].first_day, names[i], &choices[n]))
            continue;
        choices[n].count = t->months[i].passages;
        choices[n++].events = t->months[i].events;
    }
    if (n > 0) {
        fprintf(page->facets, "<section class=\"facets\"><div class=\"facet months\"><h2>%s</h2>",
                nq_page_say(page, "months"));
        nq_page_choices(page, page->facets, choices, n, params, 2, true);
        fputs("</div></section>\n", page->facets);
    }
    free(choices);
    free(names);
}

static void print_timeline(struct nq_page *page, const struct nq_timeline *t)
{
    FILE *out = page->content;
    char total[NQ_COUNT_TEXT];
    if (t->total == 0) {
        fprintf(out, "<p class=\"none\">%s</p>\n", nq_page_say(page, "no-events"));
    } else {
        fputs("<h2 class=\"count\">", out);
        fprintf(out, nq_page_say(page, t->total == 1 ? "count-event" : "count-events"),
                nq_page_count(t->total, total));
        if (t->n_events < t->total) {
            fputs(" <small>", out);
            fprintf(out, nq_page_say(page, "most-important"), t->n_events);
            fputs("</small>", out);
        }
        fputs("</h2>\n", out);
    }
    nq_page_active(page);
    if (t->n_events > 0) {
        fputs("<ol class=\"timeline\">\n", out);
        for (size_t i = 0; i < t->n_events; i++)
            print_event(page, &t->events[i], i);
        fputs("</ol>\n", out);
        nq_page_feeds(page);
    }
}

/* The months, of all time even where only some of it is shown: one goes on to the next. */
static void print_all_months(struct nq_visit *v, struct nq_page *page,
                             const struct nq_timeline_params *params, const struct nq_timeline *t)
{
    struct nq_timeline_params whole = *params;
    whole.bounded = false;
    whole.limit = 1;
    struct nq_timeline *all = params->bounded ? nq_visit_timeline(v, &whole) : NULL;
    print_months(page, all ? all : t);
    nq_timeline_destroy(all);
}

void nq_page_timeline(struct nq_visit *v, struct nq_page *page)
{
    struct nq_timeline_params params;
    page->tab = page->title_more = "timeline";
    page->title = v->request->params[NQ_PARAM_Q];
    if (!nq_visit_timeline_params(v, EVENTS, &params))
        return;
    struct nq_timeline *timeline = nq_visit_timeline(v, &params);
    if (timeline) {
        print_timeline(page, timeline);
        print_all_months(v, page, &params, timeline);
    }
    nq_timeline_destroy(timeline);
}
