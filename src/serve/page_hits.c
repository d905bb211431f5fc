/* The list of hits, and what it can be narrowed by. */
#define _GNU_SOURCE /* memmem */
#include <stdlib.h>
#include <string.h>

#include "output/output.h"
#include "serve/page.h"

enum { HITS = 10, MOST_SOURCES = 12 };

void nq_page_fragments(FILE *out, const struct nq_fragment *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        fputs(items[i].match ? "<mark>" : "", out);
        nq_print_html(out, items[i].text);
        fputs(items[i].match ? "</mark>" : "", out);
    }
}

void nq_page_number(FILE *out, struct nq_str number)
{
    static const char han[] = "〇零一二三四五六七八九十百千";
    size_t n = 0, digits = 0;
    if (number.len == 0)
        return;
    while (n + 3 <= number.len && memmem(han, sizeof han - 1, number.ptr + n, 3))
        n += 3;
    while (digits < number.len && number.ptr[digits] >= '0' && number.ptr[digits] <= '9')
        digits++;
    fputs("<span class=\"number\">", out);
    nq_print_html(out, number);
    fprintf(out, "%s</span>", n == number.len ? "、" : digits == number.len ? ". " : " ");
}

/* How many characters of an ISO date say all of the days [first, last]: 4, 7, 10, or 0 for none. */
static int precision(int32_t first, int32_t last)
{
    char iso[11];
    int32_t from, to;
    if (first == last)
        return 10;
    nq_day_format(first, iso);
    for (size_t n = 4; n <= 7 && *iso; n += 3)
        if (nq_day_parse((struct nq_str){iso, n}, &from, &to) && from == first && to == last)
            return (int)n;
    return 0;
}

void nq_page_time(const struct nq_page *page, FILE *out, int32_t first, int32_t last,
                  const char *class)
{
    char from[11], to[11];
    if (!*nq_day_format(first, from)) {
        fprintf(out, "<span class=\"undated\">%s</span>", nq_page_say(page, "undated"));
        return;
    }
    nq_day_format(last, to);
    int n = precision(first, last);
    fprintf(out, "<time%s%s%s datetime=\"%.*s\">", class ? " class=\"" : "", class ? class : "",
            class ? "\"" : "", n ? n : 10, from);
    if (n)
        fprintf(out, "%.*s</time>", n, from);
    else
        fprintf(out, "%s%s%s</time>", from, nq_page_say(page, "to"), to);
}

static void print_why(const struct nq_page *page, const struct nq_hit *hit)
{
    enum { MOST = 6 };
    if (hit->n_why == 0)
        return;
    fprintf(page->content, "<p class=\"why\">%s", nq_page_say(page, "shared"));
    for (size_t i = 0; i < hit->n_why && i < MOST; i++) {
        fputs(i ? nq_page_say(page, "comma") : "", page->content);
        nq_print_html(page->content, hit->why[i].text);
    }
    fputs("</p>\n", page->content);
}

static void print_meta(const struct nq_page *page, const struct nq_hit *hit)
{
    FILE *out = page->content;
    struct nq_str source = hit->reference ? hit->reference->source : hit->report.publisher;
    fputs("<p class=\"meta\">", out);
    nq_page_time(page, out, hit->day,
                 hit->reference && hit->day != NQ_NO_DAY ? hit->reference->day_end : hit->day,
                 NULL);
    fprintf(out, " <a class=\"report\" href=\"/report/%lld\">", (long long)hit->report.id);
    nq_print_html(out, hit->report.title.len ? hit->report.title : hit->report.key);
    fputs("</a>", out);
    if (source.len > 0) {
        fputs(" <span class=\"publisher\">", out);
        nq_print_html(out, source);
        fputs("</span>", out);
    }
    if (hit->event_day != NQ_NO_DAY &&
        (hit->event_day != hit->day || hit->event_day_end != hit->day)) {
        fprintf(out, " <span class=\"event\">%s", nq_page_say(page, "event-day"));
        nq_page_time(page, out, hit->event_day, hit->event_day_end, NULL);
        fputs("</span>", out);
    }
    if (hit->kind == NQ_KIND_REFERENCE)
        fprintf(out, " <span class=\"kind\">%s</span>", nq_page_say(page, "kind-reference"));
    if (hit->page) {
        fputs(" <span class=\"page\">", out);
        fprintf(out, nq_page_say(page, "page-of"), (unsigned)hit->page);
        fputs("</span>", out);
    }
    if (hit->tier == NQ_TIER_PARTIAL || hit->tier == NQ_TIER_SYNONYM)
        fprintf(out, " <span class=\"partial\">%s</span>",
                nq_page_say(page, hit->tier == NQ_TIER_PARTIAL ? "partial" : "synonym"));
    fputs("</p>\n", out);
}

void nq_page_hit(const struct nq_page *page, const struct nq_hit *hit)
{
    FILE *out = page->content;
    fprintf(out, "<li class=\"hit%s%s\" data-passage=\"%lld\"><h3>",
            hit->tier == NQ_TIER_PARTIAL ? " partial" : "",
            hit->kind == NQ_KIND_REFERENCE ? " reference" : "", (long long)hit->passage);
    nq_page_number(out, hit->section_number);
    fprintf(out, "<a class=\"title\" href=\"/passage/%lld", (long long)hit->passage);
    nq_page_query_href(out, page->request);
    fputs("\">", out);
    if (hit->reference && hit->reference->title.len > 0)
        nq_print_html(out, hit->reference->title);
    else if (hit->n_heading > 0)
        nq_page_fragments(out, hit->heading, hit->n_heading);
    else
        nq_print_html(out, hit->report.title.len ? hit->report.title : hit->report.key);
    fputs("</a></h3>\n", out);
    print_meta(page, hit);
    fputs("<p class=\"snippet\">", out);
    nq_page_fragments(out, hit->snippet, hit->n_snippet);
    fputs("</p>\n", out);
    print_why(page, hit);
    fputs("</li>\n", out);
}

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
    if (r->total == 0) {
        fprintf(out, "<p class=\"none\">%s</p>\n", nq_page_say(page, "none"));
        return;
    }
    fputs("<h2 class=\"count\">", out);
    fprintf(out, nq_page_say(page, r->total == 1 ? "count-passage" : "count-passages"),
            r->total_is_exact ? "" : nq_page_say(page, "about-number"),
            (unsigned long long)r->total);
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
        const struct nq_change change = {NQ_PARAM_SORT, {orders[i].value, strlen(orders[i].value)}};
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

static bool same(struct nq_str a, struct nq_str b)
{
    return a.len == b.len && memcmp(a.ptr ? a.ptr : "", b.ptr ? b.ptr : "", a.len) == 0;
}

static void active(const struct nq_page *page, const enum nq_param *params, size_t n,
                   struct nq_str label, struct nq_str more)
{
    FILE *out = page->content;
    struct nq_change changes[2] = {{params[0], {0}}, {params[n - 1], {0}}};
    fputs("<li><a href=\"", out);
    nq_page_href(out, page->request, changes, n);
    fprintf(out, "\" title=\"%s\">", nq_page_say(page, "remove"));
    nq_print_html(out, label);
    if (more.ptr)
        fputs(nq_page_say(page, "to"), out);
    nq_print_html(out, more);
    fputs("</a></li>\n", out);
}

void nq_page_active(const struct nq_page *page)
{
    static const enum nq_param days[] = {NQ_PARAM_FROM, NQ_PARAM_TO};
    static const enum nq_param source[] = {NQ_PARAM_SOURCE}, kind[] = {NQ_PARAM_KIND};
    static const enum nq_param exact[] = {NQ_PARAM_EXACT};
    const struct nq_str *p = page->request->params;
    struct nq_str from = p[NQ_PARAM_FROM], to = p[NQ_PARAM_TO];
    bool is_exact = same(p[NQ_PARAM_EXACT], (struct nq_str){"1", 1}) && !p[NQ_PARAM_VIEW].len;
    char name[40];
    if (!from.len && !to.len && !p[NQ_PARAM_SOURCE].len && !p[NQ_PARAM_KIND].len && !is_exact)
        return;
    fputs("<ul class=\"active\">", page->content);
    if (from.len || to.len)
        active(page, days, 2, from,
               same(from, to) ? (struct nq_str){0} : (struct nq_str){to.len ? to.ptr : "", to.len});
    if (p[NQ_PARAM_SOURCE].len)
        active(page, source, 1, p[NQ_PARAM_SOURCE], (struct nq_str){0});
    if (p[NQ_PARAM_KIND].len) {
        snprintf(name, sizeof name, "kind-%.*s", 20, p[NQ_PARAM_KIND].ptr);
        const char *label = nq_page_say(page, name);
        active(page, kind, 1, (struct nq_str){label, strlen(label)}, (struct nq_str){0});
    }
    if (is_exact) {
        const char *label = nq_page_say(page, "exact");
        active(page, exact, 1, (struct nq_str){label, strlen(label)}, (struct nq_str){0});
    }
    fputs("</ul>\n", page->content);
}

void nq_page_choices(const struct nq_page *page, FILE *out, const struct nq_choice *choices,
                     size_t n, const enum nq_param *params, size_t n_params, bool events)
{
    fputs("<ul>\n", out);
    for (size_t i = 0; i < n; i++) {
        const struct nq_choice *c = &choices[i];
        struct nq_str value = c->chosen ? (struct nq_str){0} : c->value;
        const struct nq_change changes[2] = {{params[0], value}, {params[n_params - 1], value}};
        fputs("<li><a href=\"", out);
        nq_page_href(out, page->request, changes, n_params);
        fputs("\" data-value=\"", out);
        nq_print_html(out, c->value);
        fprintf(out, "\" data-count=\"%llu\"", (unsigned long long)c->count);
        if (events)
            fprintf(out, " data-events=\"%llu\"", (unsigned long long)c->events);
        fprintf(out, "%s>", c->chosen ? " aria-current=\"true\"" : "");
        nq_print_html(out, c->label);
        fprintf(out, " <span class=\"n\">%llu</span></a></li>\n",
                (unsigned long long)(events && c->events ? c->events : c->count));
    }
    fputs("</ul>", out);
}

static void facet(const struct nq_page *page, const char *class, const char *name,
                  const struct nq_choice *choices, size_t n, const enum nq_param *params,
                  size_t n_params)
{
    if (n == 0)
        return;
    fprintf(page->facets, "<div class=\"facet %s\"><h2>%s</h2>", class, nq_page_say(page, name));
    nq_page_choices(page, page->facets, choices, n, params, n_params, false);
    fputs("</div>\n", page->facets);
}

static void month_facet(struct nq_page *page, const struct nq_results *r)
{
    static const enum nq_param params[] = {NQ_PARAM_FROM, NQ_PARAM_TO};
    const struct nq_str *asked = page->request->params;
    struct nq_choice *choices = calloc(r->n_months + 1, sizeof *choices);
    char(*names)[11] = calloc(r->n_months + 1, sizeof *names);
    size_t n = 0;
    page->failed |= !choices || !names;
    for (size_t i = 0; choices && names && i < r->n_months; i++) {
        struct nq_str month = {nq_day_format(r->months[i].first_day, names[i]), 7};
        if (!*names[i])
            continue; /* what has no date cannot be asked for */
        bool chosen = same(month, asked[NQ_PARAM_FROM]) && same(month, asked[NQ_PARAM_TO]);
        choices[n++] = (struct nq_choice){month, month, r->months[i].count, 0, chosen};
    }
    facet(page, "months", "months", choices, n, params, 2);
    free(choices);
    free(names);
}

static void source_facet(struct nq_page *page, const struct nq_results *r)
{
    static const enum nq_param params[] = {NQ_PARAM_SOURCE};
    struct nq_str asked = page->request->params[NQ_PARAM_SOURCE];
    struct nq_choice choices[MOST_SOURCES];
    size_t n = 0;
    for (size_t i = 0; i < r->n_sources && n < MOST_SOURCES; i++) {
        struct nq_str source = r->sources[i].source;
        choices[n++] =
            (struct nq_choice){source, source, r->sources[i].count, 0, same(source, asked)};
    }
    facet(page, "sources", "sources", choices, n, params, 1);
}

static void kind_facet(struct nq_page *page, const struct nq_results *r)
{
    static const enum nq_param params[] = {NQ_PARAM_KIND};
    static const char *const words[] = {"report", "reference"};
    static const char *const labels[] = {"kind-report", "kind-reference"};
    const uint64_t counts[] = {r->n_report, r->n_reference};
    struct nq_choice choices[2];
    size_t n = 0;
    for (int i = 0; i < 2; i++) {
        struct nq_str value = {words[i], strlen(words[i])};
        const char *label = nq_page_say(page, labels[i]);
        if (counts[i])
            choices[n++] = (struct nq_choice){value,
                                              {label, strlen(label)},
                                              counts[i],
                                              0,
                                              same(value, page->request->params[NQ_PARAM_KIND])};
    }
    facet(page, "kinds", "kinds", choices, n, params, 1);
}

/* Counts what a facet would have without its own filter, so that one can go on to its neighbour. */
static void whole_facet(struct nq_visit *v, struct nq_page *page,
                        const struct nq_search_params *asked, const struct nq_results *found,
                        enum nq_param param,
                        void (*print)(struct nq_page *, const struct nq_results *))
{
    struct nq_search_params params = *asked;
    const struct nq_str *p = page->request->params;
    bool days = param == NQ_PARAM_FROM;
    if (days ? !asked->bounded : p[param].len == 0) {
        print(page, found);
        return;
    }
    char *text = nq_visit_query(v, param);
    params.query = (struct nq_str){text, text ? strlen(text) : 0};
    params.limit = params.offset = 0;
    params.correct = false;
    params.bounded = days ? false : params.bounded;
    params.kinds = param == NQ_PARAM_KIND ? NQ_KIND_ALL : params.kinds;
    struct nq_results *results = params.query.len > 0 ? nq_visit_search(v, &params) : NULL;
    if (results)
        print(page, results);
    nq_results_destroy(results);
    free(text);
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
    fputs("<section class=\"facets\">\n", page->facets);
    whole_facet(v, page, params, r, NQ_PARAM_FROM, month_facet);
    whole_facet(v, page, params, r, NQ_PARAM_SOURCE, source_facet);
    whole_facet(v, page, params, r, NQ_PARAM_KIND, kind_facet);
    fputs("</section>\n", page->facets);
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
