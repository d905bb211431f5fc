/* The frame of every page: template, tabs, addresses, problems. */
#define _GNU_SOURCE /* memmem */
#include "serve/page.h"

#include <stdlib.h>
#include <string.h>

#include "output/output.h"
#include "serve/assets.h"
#include "serve/texts.h"

bool nq_page_open(struct nq_page *page, const struct nq_request *request)
{
    *page = (struct nq_page){.request = request};
    page->content = open_memstream(&page->content_text, &page->content_len);
    page->facets = open_memstream(&page->facets_text, &page->facets_len);
    return page->content && page->facets;
}

void nq_page_finish(struct nq_page *page)
{
    if (page->content)
        fclose(page->content);
    if (page->facets)
        fclose(page->facets);
    free(page->content_text);
    free(page->facets_text);
}

const char *nq_page_say(const struct nq_page *page, const char *name)
{
    return nq_page_text(page->request->language, name, strlen(name));
}

const char *nq_page_count(uint64_t n, char out[NQ_COUNT_TEXT])
{
    char *p = out + NQ_COUNT_TEXT - 1;
    *p = '\0';
    for (int digits = 0; n > 0 || digits == 0; digits++, n /= 10) {
        if (digits > 0 && digits % 3 == 0)
            *--p = ',';
        *--p = (char)('0' + n % 10);
    }
    return p;
}

void nq_page_href(FILE *out, const struct nq_request *r, const struct nq_change *changes, size_t n)
{
    nq_link_print(out, "/", r, changes, n, "&amp;");
}

void nq_page_query_href(FILE *out, const struct nq_request *r)
{
    if (r->params[NQ_PARAM_Q].len == 0)
        return;
    fputs("?q=", out);
    nq_link_encode(out, r->params[NQ_PARAM_Q]);
}

void nq_page_feeds(const struct nq_page *page)
{
    FILE *out = page->content;
    fputs("<p class=\"feeds\"><a href=\"/timeline.ics", out);
    nq_page_query_href(out, page->request);
    fprintf(out, "\">%s</a> <a href=\"/feed.atom", nq_page_say(page, "calendar"));
    nq_page_query_href(out, page->request);
    fprintf(out, "\">%s</a></p>\n", nq_page_say(page, "feed"));
}

/* One tab: passages and timeline keep the question, the others begin anew. */
static void tab(FILE *out, const struct nq_page *page, const char *name, const char *view)
{
    const struct nq_change changes[] = {{NQ_PARAM_VIEW, nq_slice(view)}};
    const char *current = page->tab && strcmp(page->tab, name) == 0 ? " aria-current=\"page\"" : "";
    fputs("<a href=\"", out);
    if (strcmp(name, "check") == 0)
        fputs("/check", out);
    else
        nq_page_href(out, page->request, changes, 1);
    fprintf(out, "\"%s>%s</a>\n", current, nq_page_say(page, name));
}

/* What is in force besides the query, so that the next one keeps it. */
static void fields(FILE *out, const struct nq_page *page)
{
    static const enum nq_param hidden[] = {NQ_PARAM_VIEW, NQ_PARAM_FROM,   NQ_PARAM_TO,
                                           NQ_PARAM_KIND, NQ_PARAM_SOURCE, NQ_PARAM_SORT,
                                           NQ_PARAM_EXACT};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        struct nq_str value = page->request->params[hidden[i]];
        if (value.len == 0)
            continue;
        fprintf(out, "<input type=\"hidden\" name=\"%s\" value=\"", nq_param_name(hidden[i]));
        nq_print_html(out, value);
        fputs("\">", out);
    }
}

static void title(FILE *out, const struct nq_page *page)
{
    nq_print_html(out, page->title);
    if (page->title_more)
        fprintf(out, "%s%s", page->title.len ? " · " : "", nq_page_say(page, page->title_more));
    fprintf(out, "%s%s", page->title.len || page->title_more ? " - " : "",
            nq_page_say(page, "name"));
}

/* Fills one place of the template. */
static void fill(FILE *out, const struct nq_page *page, struct nq_str name)
{
    static const char text[] = "text-";
    enum { SKIP = sizeof text - 1 };
    if (nq_slice_is(name, "content")) {
        fwrite(page->content_text, 1, page->content_len, out);
    } else if (nq_slice_is(name, "facets")) {
        fwrite(page->facets_text, 1, page->facets_len, out);
    } else if (nq_slice_is(name, "query")) {
        nq_print_html(out, page->request->params[NQ_PARAM_Q]);
    } else if (nq_slice_is(name, "title")) {
        title(out, page);
    } else if (nq_slice_is(name, "fields")) {
        fields(out, page);
    } else if (nq_slice_is(name, "tabs")) {
        tab(out, page, "passages", NULL);
        tab(out, page, "timeline", "timeline");
        tab(out, page, "topics", "topics");
        tab(out, page, "check", NULL);
    } else if (nq_slice_is(name, "lang")) {
        fputs(nq_page_say(page, "lang"), out);
    } else if (nq_slice_starts(name, text)) {
        fputs(nq_page_text(page->request->language, name.ptr + SKIP, name.len - SKIP), out);
    }
}

/* Writes the template with its places filled. */
static void render(FILE *out, const struct nq_page *page)
{
    static const char open[] = "<!--nq:", close[] = "-->";
    struct nq_str rest = nq_asset_template();
    for (;;) {
        const char *end = rest.ptr + rest.len;
        const char *mark = memmem(rest.ptr, rest.len, open, sizeof open - 1);
        const char *name = mark ? mark + sizeof open - 1 : end;
        const char *stop = memmem(name, (size_t)(end - name), close, sizeof close - 1);
        if (!stop)
            break;
        fwrite(rest.ptr, 1, (size_t)(mark - rest.ptr), out);
        fill(out, page, (struct nq_str){name, (size_t)(stop - name)});
        rest.ptr = stop + sizeof close - 1;
        rest.len = (size_t)(end - rest.ptr);
    }
    fwrite(rest.ptr, 1, rest.len, out);
}

void nq_page_answer(struct nq_page *page, unsigned status, struct nq_answer *answer)
{
    FILE *out = open_memstream(&answer->body, &answer->len);
    bool ok = out && !page->failed && fflush(page->content) == 0 && fflush(page->facets) == 0;
    if (ok)
        render(out, page);
    if (out && fclose(out) != 0)
        ok = false;
    answer->status = status;
    answer->type = "text/html; charset=utf-8";
    if (ok)
        return;
    free(answer->body);
    answer->body = NULL;
    answer->len = 0;
    nq_answer_problem(answer, NQ_PROBLEM_INTERNAL, NULL, -1);
}

/* The query with a caret under the character at which it cannot be parsed. */
static void caret(FILE *out, struct nq_str query, int column)
{
    size_t at = 0;
    for (int n = 0; at < query.len; at++)
        if (((unsigned char)query.ptr[at] & 0xC0) != 0x80 && n++ == column)
            break;
    fputs("<pre class=\"caret\">", out);
    nq_print_html(out, query);
    fprintf(out, "\n%*s^</pre>\n", nq_width((struct nq_str){query.ptr, at}), "");
}

void nq_page_problem(const struct nq_request *request, struct nq_answer *answer)
{
    struct nq_page page;
    unsigned status = nq_problem_kind(answer->problem)->status;
    if (!nq_page_open(&page, request)) {
        nq_page_finish(&page);
        nq_answer_problem_json(answer);
        return;
    }
    fprintf(page.content, "<p class=\"problem\">%s",
            nq_problem_text(request->language, answer->problem));
    if (answer->detail) {
        fputs(nq_page_say(&page, "colon"), page.content);
        nq_print_html(page.content, nq_slice(answer->detail));
    }
    fputs("</p>\n", page.content);
    if (answer->column >= 0)
        caret(page.content, request->params[NQ_PARAM_Q], answer->column);
    page.title_more = "failed";
    nq_page_answer(&page, status, answer);
    nq_page_finish(&page);
    if (!answer->body)
        nq_answer_problem_json(answer);
}

enum { HOME_TOPICS = 24 };

/* What the archive holds; answers are kept until it changes, so it is counted once. */
static void home(struct nq_visit *v, struct nq_page *page)
{
    FILE *out = page->content;
    char reports[NQ_COUNT_TEXT], passages[NQ_COUNT_TEXT];
    struct nq_stats *stats = NULL;
    struct nq_error err = {0};
    fprintf(out, "<section class=\"home\"><p class=\"about\">%s</p>\n", nq_page_say(page, "about"));
    if (nq_index_stats(v->index, &stats, &err) != NQ_OK) {
        nq_visit_failed(v, &err);
    } else {
        fputs("<p class=\"about\">", out);
        fprintf(out, nq_page_say(page, "holdings"), nq_page_count(stats->reports, reports),
                nq_page_count(stats->passages, passages));
        if (stats->first_day != NQ_NO_DAY) {
            fputs(nq_page_say(page, "list-comma"), out);
            nq_page_time(page, out, stats->first_day, stats->last_day, NULL);
        }
        fputs("</p>\n", out);
    }
    fputs("</section>\n", out);
    nq_page_topic_list(v, page, HOME_TOPICS, false);
    nq_stats_destroy(stats);
}

void nq_route_page(struct nq_visit *v)
{
    struct nq_page page;
    const struct nq_str *params = v->request->params;
    bool asked = params[NQ_PARAM_Q].len > 0 || params[NQ_PARAM_SOURCE].len > 0;
    bool ok = nq_page_open(&page, v->request);
    if (!ok)
        nq_answer_problem(v->answer, NQ_PROBLEM_INTERNAL, NULL, -1);
    else if (nq_slice_is(params[NQ_PARAM_VIEW], "topics"))
        nq_page_topics(v, &page);
    else if (!asked)
        home(v, &page);
    else if (nq_slice_is(params[NQ_PARAM_VIEW], "timeline"))
        nq_page_timeline(v, &page);
    else
        nq_page_search(v, &page);
    if (v->answer->problem == NQ_PROBLEM_NONE)
        nq_page_answer(&page, 200, v->answer);
    nq_page_finish(&page);
}
