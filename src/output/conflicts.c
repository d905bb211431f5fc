/* Where reports contradict one another, on a terminal and as nqsearch.conflicts/1. */
#include "output/output.h"

enum { INDENT = 4, QUOTED = 26 }; /* columns: where the value begins, and behind it the quote */

static void print_period(FILE *out, const struct nq_conflict *c)
{
    char first[11], last[11];
    if (c->first == NQ_NO_DAY)
        return;
    fprintf(out, "  %s", nq_day_format(c->first, first));
    if (c->last != c->first)
        fprintf(out, " … %s", nq_day_format(c->last, last));
}

static void print_statement(FILE *out, const struct nq_statement *s, const struct nq_style *style)
{
    char iso[11];
    int column = QUOTED;
    fprintf(out, "%*s%s%s%s  ", INDENT, "", style->colour ? "\033[32m" : "",
            s->report.day == NQ_NO_DAY ? _("no date") : nq_day_format(s->report.day, iso),
            style->colour ? "\033[0m" : "");
    fputs(style->colour ? "\033[1m" : "", out);
    nq_print_plain(out, s->value);
    fprintf(out, "%s  ", style->colour ? "\033[0m" : "");
    column = INDENT + 12 + nq_width(s->value) + 2;
    nq_print_wrapped(out, s->quote, INDENT + 12, style->width, &column);
    fprintf(out, "\n%*s", INDENT + 12, "");
    column = INDENT + 12;
    nq_print_wrapped(out, s->section_heading.len ? s->section_heading : s->report.title,
                     INDENT + 12, style->width, &column);
    fprintf(out, "  #%lld\n", (long long)s->passage);
}

void nq_print_conflicts(FILE *out, const struct nq_conflicts *conflicts,
                        const struct nq_style *style)
{
    char in[64];
    for (size_t i = 0; i < conflicts->n_items; i++) {
        const struct nq_conflict *c = &conflicts->items[i];
        fprintf(out, "%s%s%s  ", style->colour ? "\033[33m" : "",
                c->kind == NQ_CONFLICT_FIGURE ? _("figures differ") : _("issuers differ"),
                style->colour ? "\033[0m" : "");
        nq_print_plain(out, c->what);
        print_period(out, c);
        putc('\n', out);
        for (size_t k = 0; k < c->n_statements; k++)
            print_statement(out, &c->statements[k], style);
        putc('\n', out);
    }
    if (style->quiet)
        return;
    if (conflicts->n_items == 0)
        fprintf(out, _("no disagreements in %s\n"),
                nq_count(in, conflicts->passages, "%llu passage", "%llu passages"));
    else
        fprintf(out, _("disagreements: %zu, in %s\n"), conflicts->n_items,
                nq_count(in, conflicts->passages, "%llu passage", "%llu passages"));
}

static json_t *statement_json(const struct nq_statement *s)
{
    return json_pack("{s:o, s:o, s:I, s:o, s:{s:o}}", "value", nq_json_str(s->value), "quote",
                     nq_json_str(s->quote), "passage", (json_int_t)s->passage, "report",
                     nq_report_ref_json(&s->report), "section", "heading",
                     nq_json_str(s->section_heading));
}

json_t *nq_conflicts_json(const struct nq_conflicts *conflicts, struct nq_str topic)
{
    json_t *items = json_array();
    for (size_t i = 0; i < conflicts->n_items; i++) {
        const struct nq_conflict *c = &conflicts->items[i];
        json_t *statements = json_array();
        for (size_t k = 0; k < c->n_statements; k++)
            statements = nq_json_append(statements, statement_json(&c->statements[k]));
        items = nq_json_append(
            items, json_pack("{s:s, s:o, s:o, s:o, s:o}", "kind",
                             c->kind == NQ_CONFLICT_FIGURE ? "figure" : "issuer", "what",
                             nq_json_str(c->what), "date", nq_json_day(c->first), "date_end",
                             c->last == c->first ? json_null() : nq_json_day(c->last), "statements",
                             statements));
    }
    return json_pack("{s:s, s:o, s:I, s:o}", "schema", "nqsearch.conflicts/1", "topic",
                     nq_json_str(topic), "passages", (json_int_t)conflicts->passages, "conflicts",
                     items);
}
