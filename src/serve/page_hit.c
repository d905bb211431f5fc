/* What pages print of a hit: marked text, numbers, days, where it stands. */
#define _GNU_SOURCE /* memmem */
#include <string.h>

#include "output/output.h"
#include "serve/page.h"

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
