/* Sources that reports cite: a table, and nqsearch.sources/1. */
#include "output/output.h"

enum { INDENT = 4 };

static void print_reports(FILE *out, const struct nq_source_use *u, const struct nq_style *style)
{
    char day[11];
    for (size_t i = 0; i < u->n_reports; i++) {
        const struct nq_source_report *r = &u->reports[i];
        int column = fprintf(out, "%*s%-10s #%lld  %llu  ", INDENT, "", nq_day_format(r->day, day),
                             (long long)r->id, (unsigned long long)r->citations);
        nq_print_wrapped(out, r->title, INDENT + 12, style->width, &column);
        fputc('\n', out);
    }
}

void nq_print_sources(FILE *out, const struct nq_sources *s, bool reports,
                      const struct nq_style *style)
{
    char first[11], last[11], total[64], citations[64], in[64];
    if (!style->quiet)
        fprintf(out, _("cited  works  reports  share  first       last        source\n"));
    for (size_t i = 0; i < s->n_items; i++) {
        const struct nq_source_use *u = &s->items[i];
        double share = s->reports ? 100.0 * (double)u->n_reports / (double)s->reports : 0;
        fprintf(out, "%5llu  %5llu  %7zu  %4.0f%%  %-10s  %-10s  ",
                (unsigned long long)u->citations, (unsigned long long)u->works, u->n_reports, share,
                nq_day_format(u->first_day, first), nq_day_format(u->last_day, last));
        nq_print_plain(out, u->name);
        fputc('\n', out);
        if (reports)
            print_reports(out, u, style);
    }
    if (!style->quiet)
        fprintf(out, _("%zu of %s, %s in %s\n"), s->n_items,
                nq_count(total, s->total, "%llu source", "%llu sources"),
                nq_count(citations, s->citations, "%llu reference", "%llu references"),
                nq_count(in, s->reports, "%llu report", "%llu reports"));
}

static json_t *reports_json(const struct nq_source_use *u)
{
    json_t *array = json_array();
    for (size_t i = 0; i < u->n_reports; i++) {
        const struct nq_source_report *r = &u->reports[i];
        array =
            nq_json_append(array, json_pack("{s:I, s:o, s:o, s:I}", "id", (json_int_t)r->id, "date",
                                            nq_json_day(r->day), "title", nq_json_str(r->title),
                                            "citations", (json_int_t)r->citations));
    }
    return array;
}

json_t *nq_sources_json(const struct nq_sources *s, size_t offset, size_t limit)
{
    json_t *items = json_array();
    for (size_t i = 0; i < s->n_items; i++) {
        const struct nq_source_use *u = &s->items[i];
        items = nq_json_append(
            items, json_pack("{s:o, s:I, s:I, s:o, s:o, s:o}", "name", nq_json_str(u->name),
                             "citations", (json_int_t)u->citations, "works", (json_int_t)u->works,
                             "first_date", nq_json_day(u->first_day), "last_date",
                             nq_json_day(u->last_day), "reports", reports_json(u)));
    }
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:o}", "schema", "nqsearch.sources/1", "total",
                     (json_int_t)s->total, "offset", (json_int_t)offset, "limit", (json_int_t)limit,
                     "reports", (json_int_t)s->reports, "citations", (json_int_t)s->citations,
                     "sources", items);
}
