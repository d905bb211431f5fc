/* What of a draft was covered before, as one HTML file: no script, nothing loaded, fit to print. */

#include "output/check.h"

#include <string.h>

static const char style_sheet[] =
    "body{font:16px/1.7 \"Noto Sans CJK SC\",\"PingFang SC\",\"Microsoft YaHei\",sans-serif;"
    "max-width:60em;margin:2em auto;padding:0 1em;color:#222;background:#fff}"
    "h1{font-size:1.4em}h2{font-size:1.1em;margin:2em 0 .3em}h3{font-size:1em;margin:1em 0 .2em}"
    ".v{display:inline-block;padding:0 .6em;border-radius:.3em;color:#fff;margin-right:.5em}"
    ".new{background:#2e7d32}.update{background:#b26a00}.repeat{background:#b71c1c}"
    ".none{background:#757575}.w{margin:0 0 "
    ".2em;color:#444}table{border-collapse:collapse;width:100%;table-layout:fixed}"
    "td,th{border:1px solid #ccc;padding:.3em .6em;vertical-align:top;text-align:left;"
    "overflow-wrap:anywhere}mark{background:#ffe08a;color:inherit}.f "
    "mark{background:#ffc9c2}dl{margin:.2em 0 .6em}"
    "dt{float:left;clear:left;color:#666;margin-right:.6em}dd{margin-left:7em}"
    "@media print{body{max-width:none;margin:0;font-size:11pt}section{break-inside:avoid}"
    ".v{color:#000;border:1px solid #000;background:none}}";

static void label(FILE *out, const char *s)
{
    nq_print_html(out, nq_slice(s));
}

static void row(FILE *out, const char *name, const struct nq_str *items, size_t n)
{
    if (n == 0)
        return;
    fputs("<dt>", out);
    label(out, name);
    fputs("</dt><dd>", out);
    for (size_t i = 0; i < n; i++) {
        fputs(i ? "、" : "", out);
        nq_print_html(out, items[i]);
    }
    fputs("</dd>\n", out);
}

static void day_row(FILE *out, const char *name, const int32_t *days, size_t n)
{
    char iso[11];
    if (n == 0)
        return;
    fputs("<dt>", out);
    label(out, name);
    fputs("</dt><dd>", out);
    for (size_t i = 0; i < n; i++)
        fprintf(out, "%s%s", i ? "、" : "", nq_day_format(days[i], iso));
    fputs("</dd>\n", out);
}

void nq_print_reuse_cell(FILE *out, const struct nq_fragment *items, size_t n)
{
    fputs("<td>", out);
    for (size_t i = 0; i < n; i++) {
        fputs(items[i].match ? "" : "<mark>", out);
        nq_print_html(out, items[i].text);
        fputs(items[i].match ? "" : "</mark>", out);
    }
    fputs("</td>", out);
}

/* A clause with its figure, which stands in it, marked. */
static void figure_cell(FILE *out, struct nq_str clause, struct nq_str figure)
{
    size_t at = 0;
    while (at + figure.len < clause.len && memcmp(clause.ptr + at, figure.ptr, figure.len) != 0)
        at++;
    const char *behind = clause.ptr + at + figure.len;
    const struct nq_fragment parts[] = {{{clause.ptr, at}, true},
                                        {{clause.ptr + at, figure.len}, false},
                                        {{behind, clause.len - at - figure.len}, true}};
    nq_print_reuse_cell(out, parts, 3);
}

/* Reused sentences side by side, then figures that differ. */
static void sentences(FILE *out, const struct nq_prior *m)
{
    if (m->n_reused + m->n_disagreements == 0)
        return;
    fputs("<table><tr><th>", out);
    label(out, _("in the draft"));
    fputs("</th><th>", out);
    label(out, _("earlier"));
    fputs("</th></tr>\n", out);
    for (size_t i = 0; i < m->n_reused; i++) {
        fputs("<tr>", out);
        nq_print_reuse_cell(out, m->reused[i].draft_parts, m->reused[i].n_draft_parts);
        nq_print_reuse_cell(out, m->reused[i].prior_parts, m->reused[i].n_prior_parts);
        fputs("</tr>\n", out);
    }
    for (size_t i = 0; i < m->n_disagreements; i++) {
        const struct nq_disagreement *d = &m->disagreements[i];
        fputs("<tr class=\"f\">", out);
        figure_cell(out, d->draft, d->draft_figure);
        figure_cell(out, d->prior, d->prior_figure);
        fputs("</tr>\n", out);
    }
    fputs("</table>\n", out);
}

static void why_line(FILE *out, const struct nq_prior *m)
{
    const char *why[NQ_WHY];
    size_t n = nq_check_why(m, why);
    fputs("<p class=\"w\">", out);
    for (size_t i = 0; i < n; i++) {
        label(out, i ? _("; ") : "");
        label(out, why[i]);
    }
    fputs("</p>\n", out);
}

static void match(FILE *out, const struct nq_prior *m)
{
    char iso[11];
    fputs("<h3>", out);
    label(out, nq_relation_label(m->relation));
    fprintf(out, " %.2f · %s · ", m->score,
            m->report.day == NQ_NO_DAY ? _("no date") : nq_day_format(m->report.day, iso));
    nq_print_html(out, m->report.title);
    fputs(" · ", out);
    nq_print_html(out, m->section_heading.len ? m->section_heading : nq_no_heading());
    fputs("</h3>\n", out);
    why_line(out, m);
    fputs("<dl>", out);
    row(out, _("documents: "), m->documents, m->n_documents);
    day_row(out, _("dates: "), m->events, m->n_events);
    row(out, _("cited works: "), m->references, m->n_references);
    row(out, _("organisations: "), m->organisations, m->n_organisations);
    row(out, _("topics: "), m->topics, m->n_topics);
    fputs("</dl>\n", out);
    sentences(out, m);
}

/* The closest ones open, the others folded up; print shows what is open. */
static void matches(FILE *out, const struct nq_checked_section *s)
{
    enum { OPEN = 5 };
    for (size_t i = 0; i < s->n_matches; i++) {
        if (i == OPEN) {
            fputs("<details><summary>", out);
            fprintf(out, _("%zu more"), s->n_matches - OPEN);
            fputs("</summary>\n", out);
        }
        match(out, &s->matches[i]);
    }
    fputs(s->n_matches > OPEN ? "</details>\n" : "", out);
}

static void section(FILE *out, const struct nq_checked_section *s)
{
    fprintf(out, "<section><h2><span class=\"v %s\">",
            s->judged ? nq_verdict_name(s->verdict) : "none");
    label(out, s->judged ? nq_verdict_label(s->verdict) : _("not judged"));
    fputs("</span>", out);
    nq_print_html(out, s->number);
    fputs(s->number.len ? " " : "", out);
    nq_print_html(out, s->heading.len ? s->heading : nq_no_heading());
    fputs("</h2>\n", out);
    const char *gathered = nq_check_gathered(s);
    if (gathered) {
        fputs("<p class=\"w\">", out);
        label(out, gathered);
        fputs("</p>\n", out);
    }
    matches(out, s);
    if (s->n_matches && s->n_new_documents + s->n_new_days + s->n_new_figures) {
        fputs("<dl>", out);
        row(out, _("new documents: "), s->new_documents, s->n_new_documents);
        day_row(out, _("new dates: "), s->new_days, s->n_new_days);
        row(out, _("new figures: "), s->new_figures, s->n_new_figures);
        fputs("</dl>\n", out);
    }
    fputs("</section>\n", out);
}

static void references(FILE *out, const struct nq_check *check)
{
    char iso[11];
    if (check->n_references == 0)
        return;
    fputs("<h2>", out);
    label(out, _("Cited before:"));
    fputs("</h2>\n<ol>\n", out);
    for (size_t i = 0; i < check->n_references; i++) {
        const struct nq_checked_reference *r = &check->references[i];
        fputs("<li>", out);
        nq_print_html(out, r->raw);
        for (size_t k = 0; k < r->n_cited_before; k++) {
            fprintf(out, "<br>%s ", nq_day_format(r->cited_before[k].report.day, iso));
            nq_print_html(out, r->cited_before[k].raw);
        }
        fputs("</li>\n", out);
    }
    fputs("</ol>\n", out);
}

void nq_print_check_html(FILE *out, const struct nq_check *check, struct nq_str path)
{
    struct nq_str title = check->title.len ? check->title : path;
    char iso[11];
    fputs("<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\n<title>", out);
    nq_print_html(out, title);
    fprintf(out, "</title>\n<style>%s</style></head><body>\n<h1>", style_sheet);
    nq_print_html(out, title);
    fprintf(out, "%s%s</h1>\n<p>", check->day == NQ_NO_DAY ? "" : " ",
            nq_day_format(check->day, iso));
    nq_print_check_counts(out, check);
    fputs("</p>\n", out);
    for (size_t i = 0; i < check->n_sections; i++)
        section(out, &check->sections[i]);
    references(out, check);
    fputs("</body></html>\n", out);
}
