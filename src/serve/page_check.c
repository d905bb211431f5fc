/* A draft and what of it was covered before. */
#include <string.h>

#include "output/check.h"
#include "serve/page.h"

/* How much evidence a verdict takes, to choose from. */
static void print_thresholds(const struct nq_page *page)
{
    static const char *const thresholds[] = {"normal", "strict", "lenient"};
    struct nq_str asked = page->request->params[NQ_PARAM_THRESHOLD];
    fprintf(page->content,
            "<label for=\"threshold\">%s</label>\n<select id=\"threshold\" name=\"threshold\">",
            nq_page_say(page, "threshold"));
    for (int i = 0; i < 3; i++) {
        char name[30];
        snprintf(name, sizeof name, "threshold-%s", thresholds[i]);
        bool chosen = asked.ptr && strcmp(asked.ptr, thresholds[i]) == 0;
        fprintf(page->content, "<option value=\"%s\"%s>%s</option>", thresholds[i],
                chosen ? " selected" : "", nq_page_say(page, name));
    }
    fputs("</select>\n", page->content);
}

static void print_form(const struct nq_page *page)
{
    FILE *out = page->content;
    const struct nq_str *params = page->request->params;
    fprintf(out,
            "<form class=\"check\" method=\"post\" action=\"/check\">\n"
            "<label for=\"draft\">%s</label>\n"
            "<textarea id=\"draft\" name=\"draft\" rows=\"14\" required>\n",
            nq_page_say(page, "draft"));
    nq_print_html(out, params[NQ_PARAM_DRAFT]);
    fprintf(out,
            "</textarea>\n<label for=\"before\">%s</label>\n"
            "<input id=\"before\" name=\"before\" type=\"date\" value=\"",
            nq_page_say(page, "before"));
    nq_print_html(out, params[NQ_PARAM_BEFORE]);
    fputs("\">\n", out);
    print_thresholds(page);
    fprintf(out, "<button>%s</button>\n</form>\n<p class=\"privacy\">%s</p>\n",
            nq_page_say(page, "check"), nq_page_say(page, "privacy"));
}

/* A row of what there is: texts or, where those are NULL, days. */
static void print_row(const struct nq_page *page, const char *name, const struct nq_str *texts,
                      const int32_t *days, size_t n)
{
    FILE *out = page->content;
    for (size_t i = 0; i < n; i++) {
        if (i == 0)
            fprintf(out, "<dt>%s</dt><dd>", nq_page_say(page, name));
        else
            fputs(nq_page_say(page, "comma"), out);
        if (texts)
            nq_print_html(out, texts[i]);
        else
            nq_page_time(page, out, days[i], days[i], NULL);
    }
    fputs(n ? "</dd>\n" : "", out);
}

static void print_reused(const struct nq_page *page, const struct nq_prior *m)
{
    FILE *out = page->content;
    if (m->n_reused == 0)
        return;
    fprintf(out,
            "<table class=\"reused\"><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr>\n",
            nq_page_say(page, "draft"), nq_page_say(page, "earlier"));
    for (size_t i = 0; i < m->n_reused; i++) {
        fputs("<tr>", out);
        nq_print_reuse_cell(out, m->reused[i].draft_parts, m->reused[i].n_draft_parts);
        nq_print_reuse_cell(out, m->reused[i].prior_parts, m->reused[i].n_prior_parts);
        fputs("</tr>\n", out);
    }
    fputs("</table>\n", out);
}

static void print_prior(const struct nq_page *page, const struct nq_prior *m, bool open)
{
    static const char *const relations[] = {"relation-none", "relation-topic", "relation-follow",
                                            "relation-event"};
    FILE *out = page->content;
    fprintf(out, "<details class=\"prior\"%s><summary><span class=\"relation\">%s</span> ",
            open ? " open" : "", nq_page_say(page, relations[m->relation]));
    nq_page_time(page, out, m->report.day, m->report.day, NULL);
    fputs(" ", out);
    nq_print_html(out, m->section_heading.len ? m->section_heading : m->report.title);
    fprintf(out, " <span class=\"score\">%.2f</span></summary>\n<p><a href=\"/passage/%lld\">",
            m->score, (long long)m->passage);
    nq_print_html(out, m->report.title.len ? m->report.title : m->report.key);
    fputs("</a></p>\n<dl>\n", out);
    print_row(page, "documents", m->documents, NULL, m->n_documents);
    print_row(page, "shared-days", NULL, m->events, m->n_events);
    print_row(page, "references", m->references, NULL, m->n_references);
    print_row(page, "organisations", m->organisations, NULL, m->n_organisations);
    print_row(page, "topics", m->topics, NULL, m->n_topics);
    for (size_t i = 0; i < m->n_disagreements; i++) {
        const struct nq_str sides[] = {m->disagreements[i].draft, m->disagreements[i].prior};
        print_row(page, "figures-differ", sides, NULL, 2);
    }
    fputs("</dl>\n", out);
    print_reused(page, m);
    fputs("</details>\n", out);
}

static void print_section(const struct nq_page *page, const struct nq_checked_section *s)
{
    FILE *out = page->content;
    char verdict[20];
    snprintf(verdict, sizeof verdict, "verdict-%s",
             s->judged ? nq_verdict_name(s->verdict) : "none");
    fprintf(out, "<section class=\"checked %s\"><h3><span class=\"verdict\">%s</span> ",
            strchr(verdict, '-') + 1, nq_page_say(page, verdict));
    nq_page_number(out, s->number);
    if (s->heading.len)
        nq_print_html(out, s->heading);
    else
        fputs(nq_page_say(page, "no-heading"), out);
    fputs("</h3>\n", out);
    for (size_t i = 0; i < s->n_matches; i++)
        print_prior(page, &s->matches[i], i == 0);
    if (s->n_matches && (s->n_new_documents || s->n_new_days || s->n_new_figures)) {
        fputs("<dl class=\"fresh\">\n", out);
        print_row(page, "new-documents", s->new_documents, NULL, s->n_new_documents);
        print_row(page, "new-days", NULL, s->new_days, s->n_new_days);
        print_row(page, "new-figures", s->new_figures, NULL, s->n_new_figures);
        fputs("</dl>\n", out);
    }
    fputs("</section>\n", out);
}

static void print_cited(const struct nq_page *page, const struct nq_check *check)
{
    FILE *out = page->content;
    size_t n = 0;
    for (size_t i = 0; i < check->n_references; i++)
        n += check->references[i].n_cited_before > 0;
    if (n == 0)
        return;
    fprintf(out, "<section class=\"cited\"><h3>%s</h3><ol>\n", nq_page_say(page, "cited-before"));
    for (size_t i = 0; i < check->n_references; i++) {
        const struct nq_checked_reference *r = &check->references[i];
        if (r->n_cited_before == 0)
            continue;
        fputs("<li>", out);
        nq_print_html(out, r->raw);
        fputs("<ul>", out);
        for (size_t k = 0; k < r->n_cited_before; k++) {
            const struct nq_citation *c = &r->cited_before[k];
            fprintf(out, "<li><a href=\"/report/%lld\">", (long long)c->report.id);
            nq_page_time(page, out, c->report.day, c->report.day, NULL);
            fputs("</a> ", out);
            nq_print_html(out, c->raw);
            fputs("</li>", out);
        }
        fputs("</ul></li>\n", out);
    }
    fputs("</ol></section>\n", out);
}

static void print_check(struct nq_page *page, const struct nq_check *check)
{
    FILE *out = page->content;
    fputs("<section class=\"check\"><h2 class=\"count\">", out);
    fprintf(out, nq_page_say(page, "count-verdicts"),
            (unsigned long long)check->counts[NQ_VERDICT_NEW],
            (unsigned long long)check->counts[NQ_VERDICT_UPDATE],
            (unsigned long long)check->counts[NQ_VERDICT_REPEAT]);
    fputs("</h2>\n", out);
    for (size_t i = 0; i < check->n_sections; i++)
        print_section(page, &check->sections[i]);
    print_cited(page, check);
    fputs("</section>\n", out);
}

/* The check of a form that was sent, behind it. */
static void answer_form(struct nq_visit *v, struct nq_page *page)
{
    struct nq_check *check = nq_visit_check(v, v->request->params[NQ_PARAM_DRAFT]);
    if (check)
        print_check(page, check);
    nq_check_destroy(check);
}

void nq_route_check_page(struct nq_visit *v)
{
    struct nq_page page;
    if (nq_page_open(&page, v->request)) {
        page.tab = page.title_more = "check";
        print_form(&page);
        if (v->request->method == NQ_METHOD_POST)
            answer_form(v, &page);
    } else {
        nq_answer_problem(v->answer, NQ_PROBLEM_INTERNAL, NULL, -1);
    }
    if (v->answer->problem == NQ_PROBLEM_NONE)
        nq_page_answer(&page, 200, v->answer);
    nq_page_finish(&page);
}
