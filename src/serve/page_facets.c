/* What a list can be narrowed by: months, sources, kinds; and what it is narrowed by. */
#include <stdlib.h>

#include "output/output.h"
#include "serve/page.h"

enum { MOST_SOURCES = 12 };

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

/* A filter of one parameter, `label` being what it asks for. */
static void active_one(const struct nq_page *page, enum nq_param param, struct nq_str label)
{
    active(page, &param, 1, label, (struct nq_str){0});
}

static struct nq_str text_of(const struct nq_page *page, const char *name)
{
    return nq_slice(nq_page_say(page, name));
}

void nq_page_active(const struct nq_page *page)
{
    static const enum nq_param days[] = {NQ_PARAM_FROM, NQ_PARAM_TO};
    const struct nq_str *p = page->request->params;
    struct nq_str from = p[NQ_PARAM_FROM], to = p[NQ_PARAM_TO];
    bool exact = nq_slice_is(p[NQ_PARAM_EXACT], "1") && !p[NQ_PARAM_VIEW].len;
    char name[40];
    if (!from.len && !to.len && !p[NQ_PARAM_SOURCE].len && !p[NQ_PARAM_KIND].len && !exact)
        return;
    fputs("<ul class=\"active\">", page->content);
    if (from.len || to.len)
        active(page, days, 2, from,
               nq_slices_same(from, to) ? (struct nq_str){0}
                                        : (struct nq_str){to.len ? to.ptr : "", to.len});
    if (p[NQ_PARAM_SOURCE].len)
        active_one(page, NQ_PARAM_SOURCE, p[NQ_PARAM_SOURCE]);
    if (p[NQ_PARAM_KIND].len) {
        snprintf(name, sizeof name, "kind-%.*s", 20, p[NQ_PARAM_KIND].ptr);
        active_one(page, NQ_PARAM_KIND, text_of(page, name));
    }
    if (exact)
        active_one(page, NQ_PARAM_EXACT, text_of(page, "exact"));
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

bool nq_page_month(const struct nq_page *page, int32_t day, char name[11], struct nq_choice *out)
{
    const struct nq_str *asked = page->request->params;
    struct nq_str month = {nq_day_format(day, name), 7};
    if (!*name)
        return false; /* what has no date cannot be asked for */
    *out = (struct nq_choice){.value = month, .label = month};
    out->chosen =
        nq_slices_same(month, asked[NQ_PARAM_FROM]) && nq_slices_same(month, asked[NQ_PARAM_TO]);
    return true;
}

static void month_facet(struct nq_page *page, const struct nq_results *r)
{
    static const enum nq_param params[] = {NQ_PARAM_FROM, NQ_PARAM_TO};
    struct nq_choice *choices = calloc(r->n_months + 1, sizeof *choices);
    char(*names)[11] = calloc(r->n_months + 1, sizeof *names);
    size_t n = 0;
    page->failed |= !choices || !names;
    for (size_t i = 0; choices && names && i < r->n_months; i++)
        if (nq_page_month(page, r->months[i].first_day, names[i], &choices[n]))
            choices[n++].count = r->months[i].count;
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
        choices[n++] = (struct nq_choice){source, source, r->sources[i].count, 0,
                                          nq_slices_same(source, asked)};
    }
    facet(page, "sources", "sources", choices, n, params, 1);
}

static void kind_facet(struct nq_page *page, const struct nq_results *r)
{
    static const enum nq_param params[] = {NQ_PARAM_KIND};
    static const struct nq_str words[] = {{"report", 6}, {"reference", 9}};
    static const char *const labels[] = {"kind-report", "kind-reference"};
    const uint64_t counts[] = {r->n_report, r->n_reference};
    struct nq_str asked = page->request->params[NQ_PARAM_KIND];
    struct nq_choice choices[2];
    size_t n = 0;
    for (int i = 0; i < 2; i++)
        if (counts[i])
            choices[n++] = (struct nq_choice){words[i], text_of(page, labels[i]), counts[i], 0,
                                              nq_slices_same(words[i], asked)};
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
    params.query = nq_slice(text);
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

void nq_page_facets(struct nq_visit *v, struct nq_page *page, const struct nq_search_params *params,
                    const struct nq_results *found)
{
    fputs("<section class=\"facets\">\n", page->facets);
    whole_facet(v, page, params, found, NQ_PARAM_FROM, month_facet);
    whole_facet(v, page, params, found, NQ_PARAM_SOURCE, source_facet);
    whole_facet(v, page, params, found, NQ_PARAM_KIND, kind_facet);
    fputs("</section>\n", page->facets);
}
