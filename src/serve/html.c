/* Lists as HTML: hits and what they can be narrowed by. */
#include <string.h>

#include "output/output.h"
#include "serve/page.h"

static void fragments(FILE *out, const struct nq_fragment *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        fputs(items[i].match ? "<mark>" : "", out);
        nq_print_html(out, items[i].text);
        fputs(items[i].match ? "</mark>" : "", out);
    }
}

static void meta(const struct nq_page *page, const struct nq_hit *hit)
{
    FILE *out = page->content;
    char iso[11];
    struct nq_str source = hit->reference ? hit->reference->source : hit->report.publisher;
    fputs("<p class=\"meta\">", out);
    if (hit->day == NQ_NO_DAY)
        fputs(nq_page_say(page, "undated"), out);
    else
        fprintf(out, "<time datetime=\"%s\">%s</time>", nq_day_format(hit->day, iso), iso);
    if (source.len > 0) {
        fputs(" <span class=\"source\">", out);
        nq_print_html(out, source);
        fputs("</span>", out);
    }
    if (hit->section_heading.len > 0 || hit->kind == NQ_KIND_REFERENCE) {
        fputs(" <span class=\"report\">", out);
        nq_print_html(out, hit->report.title.len ? hit->report.title : hit->report.key);
        fputs("</span>", out);
    }
    if (hit->tier == NQ_TIER_PARTIAL)
        fprintf(out, " <span class=\"partial\">%s</span>", nq_page_say(page, "partial"));
    fputs("</p>\n", out);
}

static void print_hit(const struct nq_page *page, const struct nq_hit *hit)
{
    FILE *out = page->content;
    fprintf(
        out,
        "<li class=\"hit %s\" data-passage=\"%lld\"><h3><a class=\"title\" href=\"/passage/%lld\">",
        hit->kind == NQ_KIND_REFERENCE ? "reference" : "report", (long long)hit->passage,
        (long long)hit->passage);
    if (hit->n_heading > 0)
        fragments(out, hit->heading, hit->n_heading);
    else
        nq_print_html(out, hit->report.title.len ? hit->report.title : hit->report.key);
    fputs("</a></h3>\n", out);
    meta(page, hit);
    fputs("<p class=\"snippet\">", out);
    fragments(out, hit->snippet, hit->n_snippet);
    fputs("</p></li>\n", out);
}

static void page_link(const struct nq_page *page, size_t offset, const char *rel, const char *name)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", offset);
    fprintf(page->content, "<a rel=\"%s\" href=\"", rel);
    nq_page_link(page->content, page->request, NQ_PARAM_OFFSET,
                 (struct nq_str){text, offset ? strlen(text) : 0});
    fprintf(page->content, "\">%s</a> ", nq_page_say(page, name));
}

static void pages(const struct nq_page *page, const struct nq_results *r,
                  const struct nq_search_params *p)
{
    bool more = r->n_hits == p->limit && p->limit > 0 && p->offset + r->n_hits < r->total;
    if (!more && p->offset == 0)
        return;
    fputs("<nav class=\"pages\">", page->content);
    if (p->offset > 0)
        page_link(page, p->offset > p->limit ? p->offset - p->limit : 0, "prev", "previous");
    if (more)
        page_link(page, p->offset + p->limit, "next", "next");
    fputs("</nav>\n", page->content);
}

void nq_page_hits(struct nq_page *page, const struct nq_results *r,
                  const struct nq_search_params *params)
{
    FILE *out = page->content;
    fputs("<p class=\"count\" role=\"status\">", out);
    if (r->total > 0)
        fprintf(out, nq_page_say(page, "results"), (unsigned long long)r->total);
    else
        fputs(nq_page_say(page, "none"), out);
    fputs("</p>\n", out);
    if (r->did_you_mean.len > 0) {
        fprintf(out, "<p class=\"meant\">%s<a href=\"", nq_page_say(page, "meant"));
        nq_page_link(out, page->request, NQ_PARAM_Q, r->did_you_mean);
        fputs("\">", out);
        nq_print_html(out, r->did_you_mean);
        fputs("</a></p>\n", out);
    }
    fputs("<ol class=\"hits\">\n", out);
    for (size_t i = 0; i < r->n_hits; i++)
        print_hit(page, &r->hits[i]);
    fputs("</ol>\n", out);
    pages(page, r, params);
}

void nq_page_facets(struct nq_page *page, const struct nq_results *results)
{
    (void)page;
    (void)results;
}
