/* Pages for people: they work without scripts, and every list is a plain link away. */
#define _GNU_SOURCE /* memmem */
#include "serve/page.h"

#include <stdlib.h>
#include <string.h>

#include "output/output.h"
#include "serve/assets.h"
#include "serve/texts.h"

static bool page_open(struct nq_page *page, const struct nq_request *request)
{
    *page = (struct nq_page){.request = request};
    page->content = open_memstream(&page->content_text, &page->content_len);
    page->facets = open_memstream(&page->facets_text, &page->facets_len);
    return page->content && page->facets;
}

static void page_finish(struct nq_page *page)
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

/* Fills one place of the template. */
static void fill(FILE *out, const struct nq_page *page, struct nq_str name)
{
    static const char text[] = "text-";
    struct nq_str query = page->request->params[NQ_PARAM_Q];
    if (name.len == 7 && memcmp(name.ptr, "content", 7) == 0) {
        fwrite(page->content_text, 1, page->content_len, out);
    } else if (name.len == 6 && memcmp(name.ptr, "facets", 6) == 0) {
        fwrite(page->facets_text, 1, page->facets_len, out);
    } else if (name.len == 5 && memcmp(name.ptr, "query", 5) == 0) {
        nq_print_html(out, query);
    } else if (name.len == 5 && memcmp(name.ptr, "title", 5) == 0) {
        nq_print_html(out, query);
        fprintf(out, "%s%s", query.len ? " - " : "", nq_page_say(page, "site"));
    } else {
        size_t skip = name.len > sizeof text && memcmp(name.ptr, text, sizeof text - 1) == 0
                          ? sizeof text - 1
                          : 0;
        fputs(nq_page_text(page->request->language, name.ptr + skip, name.len - skip), out);
    }
}

/* Writes the template with its places filled. */
static void render(FILE *out, const struct nq_page *page)
{
    static const char open[] = "<!--nq:", close[] = "-->";
    struct nq_str rest = nq_asset_template();
    for (;;) {
        const char *mark = memmem(rest.ptr, rest.len, open, sizeof open - 1);
        const char *name = mark ? mark + sizeof open - 1 : NULL;
        const char *end = rest.ptr + rest.len;
        const char *stop =
            name ? memmem(name, (size_t)(end - name), close, sizeof close - 1) : NULL;
        if (!stop)
            break;
        fwrite(rest.ptr, 1, (size_t)(mark - rest.ptr), out);
        fill(out, page, (struct nq_str){name, (size_t)(stop - name)});
        const char *next = stop + sizeof close - 1;
        rest = (struct nq_str){next, (size_t)(end - next)};
    }
    fwrite(rest.ptr, 1, rest.len, out);
}

/* The page as the answer. */
static void page_answer(struct nq_page *page, unsigned status, struct nq_answer *answer)
{
    FILE *out = open_memstream(&answer->body, &answer->len);
    bool ok = out && fflush(page->content) == 0 && fflush(page->facets) == 0;
    if (ok)
        render(out, page);
    if (!out || fclose(out) != 0 || !ok) {
        free(answer->body);
        answer->body = NULL;
        nq_answer_problem(answer, page->request, NQ_PROBLEM_INTERNAL, NULL, -1);
        return;
    }
    answer->status = status;
    answer->type = "text/html; charset=utf-8";
}

static void print_encoded(FILE *out, struct nq_str s)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~";
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] && strchr(plain, s.ptr[i]))
            putc(s.ptr[i], out);
        else
            fprintf(out, "%%%02X", (unsigned char)s.ptr[i]);
    }
}

void nq_page_link(FILE *out, const struct nq_request *r, enum nq_param param, struct nq_str value)
{
    static const char *const names[] = {"q",    "n",    "offset", "from", "to",
                                        "kind", "sort", "source", "view"};
    const char *separator = "/?";
    for (int i = 0; i < (int)(sizeof names / sizeof *names); i++) {
        struct nq_str v = i == (int)param ? value : r->params[i];
        if (v.len == 0 || (i == NQ_PARAM_OFFSET && param != NQ_PARAM_OFFSET))
            continue;
        fprintf(out, "%s%s=", separator, names[i]);
        print_encoded(out, v);
        separator = "&amp;";
    }
}

static void search(struct nq_visit *v, struct nq_page *page)
{
    struct nq_search_params params;
    struct nq_results *results = NULL;
    struct nq_error err = {0};
    char *text = NULL;
    if (!nq_visit_search_params(v, 10, &params, &text))
        return;
    if (nq_search(v->index, &params, &results, &err) == NQ_OK) {
        nq_page_hits(page, results, &params);
        nq_page_facets(page, results);
    } else {
        nq_visit_failed(v, &err);
    }
    nq_results_destroy(results);
    free(text);
}

void nq_route_page(struct nq_visit *v)
{
    struct nq_page page;
    const struct nq_str *params = v->request->params;
    if (page_open(&page, v->request)) {
        if (params[NQ_PARAM_Q].len > 0 || params[NQ_PARAM_SOURCE].len > 0)
            search(v, &page);
        if (v->answer->problem == NQ_PROBLEM_NONE)
            page_answer(&page, 200, v->answer);
    } else {
        nq_answer_problem(v->answer, v->request, NQ_PROBLEM_INTERNAL, NULL, -1);
    }
    page_finish(&page);
}
