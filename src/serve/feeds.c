/* What other programs of the reader take up: a search engine for the browser, a feed, a calendar.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "output/atom.h"
#include "output/timeline.h"
#include "serve/link.h"
#include "serve/route.h"
#include "serve/texts.h"

enum { ENTRIES = 30, EVENTS = 500, SECONDS_A_DAY = 86400 };

/* Where the outside sees this server; the caller frees it. */
static char *base_of(const struct nq_visit *v)
{
    static const char scheme[] = "http://", nowhere[] = "localhost";
    struct nq_str host = v->request->host;
    if (v->site->base)
        return strdup(v->site->base);
    if (!host.ptr)
        host = (struct nq_str){nowhere, sizeof nowhere - 1};
    char *base = malloc(sizeof scheme + host.len);
    if (base)
        memcpy(stpcpy(base, scheme), host.ptr, host.len);
    if (base)
        base[sizeof scheme - 1 + host.len] = '\0';
    return base;
}

/* An address as a string of its own. */
static char *link_of(const struct nq_visit *v, const char *path)
{
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    if (!out)
        return NULL;
    nq_link_print(out, path, v->request, NULL, 0, "&");
    if (fclose(out) == 0)
        return text;
    free(text);
    return NULL;
}

/* Opens the answer's body; close it with finish. */
static FILE *begin(struct nq_visit *v, const char *type)
{
    v->answer->status = 200;
    v->answer->type = type;
    return open_memstream(&v->answer->body, &v->answer->len);
}

static void finish(struct nq_visit *v, FILE *out, bool ok)
{
    if (out && fclose(out) != 0)
        ok = false;
    if (!out || !ok)
        nq_answer_problem(v->answer, NQ_PROBLEM_INTERNAL, NULL, -1);
}

static void print_url(FILE *out, const char *type, const char *more, const char *base,
                      const char *rest)
{
    fprintf(out, "<Url type=\"%s\"%s template=\"", type, more);
    nq_print_html(out, nq_slice(base));
    fprintf(out, "%s\"/>\n", rest);
}

void nq_route_opensearch(struct nq_visit *v)
{
    enum nq_language language = v->request->language;
    char *base = base_of(v);
    FILE *out = base ? begin(v, "application/opensearchdescription+xml; charset=utf-8") : NULL;
    if (out) {
        fprintf(out,
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
                "<ShortName>%s</ShortName>\n<Description>%s</Description>\n"
                "<InputEncoding>UTF-8</InputEncoding>\n<OutputEncoding>UTF-8</OutputEncoding>\n",
                nq_page_text(language, "short-name", strlen("short-name")),
                nq_page_text(language, "about", strlen("about")));
        print_url(out, "text/html", " indexOffset=\"0\"", base,
                  "/?q={searchTerms}&amp;offset={startIndex?}");
        print_url(out, "application/x-suggestions+json", " rel=\"suggestions\"", base,
                  "/suggest?q={searchTerms}");
        print_url(out, "application/atom+xml", "", base, "/feed.atom?q={searchTerms}");
        fputs("<Image type=\"image/svg+xml\">", out);
        nq_print_html(out, nq_slice(base));
        fprintf(out, "/icon.svg</Image>\n<Language>%s</Language>\n</OpenSearchDescription>\n",
                nq_page_text(language, "lang", strlen("lang")));
    }
    finish(v, out, true);
    free(base);
}

/* ["算电",["算电协同","算电融合"]], as browsers want it. */
void nq_route_browser_suggest(struct nq_visit *v)
{
    struct nq_str query = v->request->params[NQ_PARAM_Q];
    struct nq_suggestions *found = NULL;
    struct nq_error err = {0};
    if (!nq_visit_has_query(v))
        return;
    if (nq_suggest(v->index, query, 10, &found, &err) != NQ_OK) {
        nq_visit_failed(v, &err);
        return;
    }
    json_t *items = json_array();
    for (size_t i = 0; i < found->n_items; i++)
        items = nq_json_append(items, nq_json_str(found->items[i].text));
    nq_answer_json(v->answer, json_pack("[o, o]", nq_json_str(query), items));
    if (v->answer->problem == NQ_PROBLEM_NONE)
        v->answer->type = "application/x-suggestions+json; charset=utf-8";
    nq_suggestions_destroy(found);
}

static void print_feed(struct nq_visit *v, const struct nq_results *results)
{
    const char *site = nq_page_text(v->request->language, "name", strlen("name"));
    char *base = base_of(v), *self = link_of(v, "/feed.atom"), *page = link_of(v, "/");
    const struct nq_feed feed = {.query = v->request->params[NQ_PARAM_Q],
                                 .site = nq_slice(site),
                                 .base = base,
                                 .self = self,
                                 .page = page};
    FILE *out = begin(v, "application/atom+xml; charset=utf-8");
    bool ok = out && base && self && page;
    ok = ok && nq_print_atom(out, results, &feed);
    finish(v, out, ok);
    free(base);
    free(self);
    free(page);
}

void nq_route_feed(struct nq_visit *v)
{
    struct nq_search_params params;
    if (!nq_visit_has_query(v) || !nq_visit_search_params(v, ENTRIES, &params))
        return;
    params.sort = NQ_SORT_DATE;
    params.facets = params.correct = params.explain = false;
    struct nq_results *results = nq_visit_search(v, &params);
    if (results)
        print_feed(v, results);
    nq_results_destroy(results);
}

void nq_route_calendar(struct nq_visit *v)
{
    struct nq_timeline_params params;
    if (!nq_visit_has_query(v) || !nq_visit_timeline_params(v, EVENTS, &params))
        return;
    struct nq_timeline *timeline = nq_visit_timeline(v, &params);
    if (timeline) {
        FILE *out = begin(v, "text/calendar; charset=utf-8");
        if (out)
            nq_print_timeline_ics(out, timeline, v->request->params[NQ_PARAM_Q],
                                  (int32_t)(time(NULL) / SECONDS_A_DAY));
        finish(v, out, true);
    }
    nq_timeline_destroy(timeline);
}
