/* A passage in its section, and a report whole. */

#include "output/output.h"
#include "serve/page.h"

enum { RELATED = 6 };

static void print_source_link(const struct nq_page *page, struct nq_str url)
{
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < 2; i++) {
        if (!nq_slice_starts(url, schemes[i]))
            continue;
        fputs(" <a class=\"url\" rel=\"noreferrer\" href=\"", page->content);
        nq_print_html(page->content, url);
        fprintf(page->content, "\">%s</a>", nq_page_say(page, "original"));
    }
}

/* When, what and by whom; with a link to the report where that is not what is shown. */
static void print_meta(const struct nq_page *page, const struct nq_stored *stored, bool link)
{
    FILE *out = page->content;
    const struct nq_report *r = &stored->report;
    fputs("<p class=\"meta\">", out);
    nq_page_time(page, out, r->day, r->day, NULL);
    if (link) {
        fprintf(out, " <a class=\"report\" href=\"/report/%lld\">", (long long)stored->id);
        nq_print_html(out, r->title.len ? r->title : r->key);
        fputs("</a>", out);
    }
    if (r->publisher.len > 0) {
        fputs(" <span class=\"publisher\">", out);
        nq_print_html(out, r->publisher);
        fputs("</span>", out);
    }
    print_source_link(page, r->url);
    fputs("</p>\n", out);
}

static void print_heading(FILE *out, const struct nq_section *s, const char *element)
{
    if (s->heading.len == 0 && s->number.len == 0)
        return;
    fprintf(out, "<%s>", element);
    nq_page_number(out, s->number);
    nq_print_html(out, s->heading);
    fprintf(out, "</%s>\n", element);
}

/* The paragraphs of a section; that of `hit` as the query marks it. */
static void print_paragraphs(FILE *out, const struct nq_section *s, const struct nq_hit *hit)
{
    for (size_t i = 0; i < s->n_paragraphs; i++) {
        bool found = hit && s->passages && s->passages[i] == hit->passage;
        fprintf(out, "<p id=\"p%lld\"%s>", s->passages ? (long long)s->passages[i] : 0,
                found ? " class=\"found\"" : "");
        if (found)
            nq_page_fragments(out, hit->snippet, hit->n_snippet);
        else
            nq_print_html(out, s->paragraphs[i]);
        fputs("</p>\n", out);
    }
}

static void print_reference(const struct nq_page *page, const struct nq_reference *r,
                            const struct nq_hit *hit)
{
    FILE *out = page->content;
    bool found = hit && hit->passage == r->passage;
    fprintf(out, "<li id=\"p%lld\"%s>", (long long)r->passage, found ? " class=\"found\"" : "");
    if (found)
        nq_page_fragments(out, hit->snippet, hit->n_snippet);
    else
        nq_print_html(out, r->raw);
    if (found && hit->work) {
        fprintf(out, " <a class=\"work\" href=\"/report/%lld\">%s</a>", (long long)hit->work->id,
                nq_page_say(page, "full-text"));
    }
    fputs("</li>\n", out);
}

static void print_references(const struct nq_page *page, const struct nq_report *r,
                             const struct nq_hit *hit)
{
    FILE *out = page->content;
    if (r->n_references == 0)
        return;
    fprintf(out, "<section class=\"references\"><h2>%s</h2><ol>\n",
            nq_page_say(page, "references"));
    for (size_t i = 0; i < r->n_references; i++)
        print_reference(page, &r->references[i], hit);
    fputs("</ol></section>\n", out);
}

static void print_citations(const struct nq_page *page, const struct nq_stored *stored)
{
    FILE *out = page->content;
    if (stored->n_citations == 0)
        return;
    fprintf(out, "<section class=\"citedby\"><h2>%s</h2><ul>\n", nq_page_say(page, "cited-by"));
    for (size_t i = 0; i < stored->n_citations; i++) {
        const struct nq_citation *c = &stored->citations[i];
        fprintf(out, "<li><a href=\"/report/%lld\">", (long long)c->report.id);
        nq_page_time(page, out, c->report.day, c->report.day, NULL);
        fputs(" ", out);
        nq_print_html(out, c->report.title.len ? c->report.title : c->report.key);
        fputs("</a></li>\n", out);
    }
    fputs("</ul></section>\n", out);
}

/* The section that the passage stands in, NULL where it is a reference or the abstract. */
static const struct nq_section *section_of(const struct nq_report *r, int64_t passage)
{
    for (size_t i = 0; i < r->n_sections; i++)
        for (size_t k = 0; r->sections[i].passages && k < r->sections[i].n_paragraphs; k++)
            if (r->sections[i].passages[k] == passage)
                return &r->sections[i];
    return NULL;
}

static void print_section(const struct nq_page *page, const struct nq_stored *stored,
                          const struct nq_hit *hit)
{
    FILE *out = page->content;
    const struct nq_section *section = section_of(&stored->report, hit->passage);
    const struct nq_section head = {.number = hit->section_number, .heading = hit->section_heading};
    fputs("<article class=\"section\">", out);
    print_meta(page, stored, true);
    print_heading(out, section ? section : &head, "h2");
    if (section) {
        print_paragraphs(out, section, hit);
    } else if (!hit->reference) {
        fprintf(out, "<p id=\"p%lld\" class=\"found\">", (long long)hit->passage);
        nq_page_fragments(out, hit->snippet, hit->n_snippet);
        fputs("</p>\n", out);
    }
    fputs("</article>\n", out);
}

static void print_related(struct nq_visit *v, struct nq_page *page, int64_t passage)
{
    const struct nq_related_params params = {.passage = passage, .limit = RELATED};
    struct nq_results *results = NULL;
    struct nq_error err = {0};
    if (nq_related(v->index, &params, &results, &err) != NQ_OK) {
        nq_visit_failed(v, &err);
    } else if (results->n_hits > 0) {
        fprintf(page->content, "<section class=\"related\"><h2>%s</h2><ol class=\"hits\">\n",
                nq_page_say(page, "related"));
        for (size_t i = 0; i < results->n_hits; i++)
            nq_page_hit(page, &results->hits[i]);
        fputs("</ol></section>\n", page->content);
    }
    nq_results_destroy(results);
}

static void print_report(const struct nq_page *page, const struct nq_stored *stored)
{
    FILE *out = page->content;
    const struct nq_report *r = &stored->report;
    fputs("<article class=\"report\"><h2>", out);
    nq_print_html(out, r->title.len ? r->title : r->key);
    fputs("</h2>\n", out);
    print_meta(page, stored, false);
    if (r->abstract.len > 0) {
        fputs("<p class=\"abstract\">", out);
        nq_print_html(out, r->abstract);
        fputs("</p>\n", out);
    }
    for (size_t i = 0; i < r->n_sections; i++) {
        fputs("<section>", out);
        print_heading(out, &r->sections[i], "h3");
        print_paragraphs(out, &r->sections[i], NULL);
        fputs("</section>\n", out);
    }
    fputs("</article>\n", out);
    print_references(page, r, NULL);
    print_citations(page, stored);
}

/* Makes the page of a report, or of `hit` in it. */
static void show(struct nq_visit *v, const struct nq_stored *stored, const struct nq_hit *hit)
{
    struct nq_page page;
    if (nq_page_open(&page, v->request)) {
        page.title = stored->report.title.len ? stored->report.title : stored->report.key;
        if (hit && hit->section_heading.len > 0)
            page.title = hit->section_heading;
        if (hit) {
            print_section(&page, stored, hit);
            print_references(&page, &stored->report, hit);
            print_related(v, &page, hit->passage);
        } else {
            print_report(&page, stored);
        }
    } else {
        nq_answer_problem(v->answer, NQ_PROBLEM_INTERNAL, NULL, -1);
    }
    if (v->answer->problem == NQ_PROBLEM_NONE)
        nq_page_answer(&page, 200, v->answer);
    nq_page_finish(&page);
}

void nq_route_passage_page(struct nq_visit *v)
{
    struct nq_results *results = NULL;
    struct nq_stored *stored = NULL;
    struct nq_error err = {0};
    int64_t id;
    if (!nq_visit_id(v, &id))
        return;
    if (nq_passage(v->index, id, v->request->params[NQ_PARAM_Q], &results, &err) != NQ_OK ||
        nq_index_report(v->index, id, &stored, &err) != NQ_OK)
        nq_visit_failed(v, &err);
    else if (!stored)
        nq_answer_problem(v->answer, NQ_PROBLEM_NOT_FOUND, NULL, -1);
    else /* an id that was given up leads to the report that stands in its place */
        show(v, stored, results->n_hits ? &results->hits[0] : NULL);
    nq_results_destroy(results);
    nq_stored_destroy(stored);
}

void nq_route_report_page(struct nq_visit *v)
{
    struct nq_stored *stored = nq_visit_report(v);
    if (stored)
        show(v, stored, NULL);
    nq_stored_destroy(stored);
}
