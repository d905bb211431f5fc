/* Cited works: a table, and nqsearch.works/1. */
#include "output/output.h"

enum { DATE = 10, BEFORE_TITLE = 28 }; /* columns */

/* "2026-06-08", or "2026-06" and "2026" where no more is known. */
static const char *format_date(const struct nq_cited_work *w, char out[11])
{
    nq_day_format(w->day, out);
    if (w->day_end > w->day)
        out[w->day_end - w->day > 31 ? 4 : 7] = 0;
    return out;
}

static void print_printings(FILE *out, const struct nq_cited_work *w, const struct nq_style *style)
{
    char day[11];
    for (size_t i = 0; i < w->citations; i++) {
        const struct nq_work_printing *p = &w->printings[i];
        int column = 4;
        column += fprintf(out, "    %-10s #%lld  ", nq_day_format(p->report_day, day),
                          (long long)p->passage) -
                  4;
        nq_print_wrapped(out, p->raw, 16, style->width, &column);
        fputc('\n', out);
    }
}

void nq_print_cited_works(FILE *out, const struct nq_cited_works *works, bool printings,
                          const struct nq_style *style)
{
    static const struct nq_str slash = {" / ", 3}, dash = {" — ", 5};
    char day[11], total[64], citations[64], reports[64];
    if (!style->quiet)
        fprintf(out, _("cited  reports  date        work\n"));
    for (size_t i = 0; i < works->n_items; i++) {
        const struct nq_cited_work *w = &works->items[i];
        int column = BEFORE_TITLE;
        struct nq_str title = w->title.len ? w->title : w->printings[0].raw;
        fprintf(out, "%5zu  %7llu  %-*s  ", w->citations, (unsigned long long)w->reports, DATE,
                format_date(w, day));
        nq_print_wrapped(out, title, BEFORE_TITLE, style->width, &column);
        for (size_t k = 0; k < w->n_sources; k++) {
            nq_print_wrapped(out, k ? slash : dash, BEFORE_TITLE, style->width, &column);
            nq_print_wrapped(out, w->sources[k], BEFORE_TITLE, style->width, &column);
        }
        fputc('\n', out);
        if (printings)
            print_printings(out, w, style);
    }
    if (!style->quiet)
        fprintf(out, _("%zu of %s, %s in %s\n"), works->n_items,
                nq_count(total, works->total, "%llu work", "%llu works"),
                nq_count(citations, works->citations, "%llu reference", "%llu references"),
                nq_count(reports, works->reports, "%llu report", "%llu reports"));
}

static json_t *printings_json(const struct nq_cited_work *w)
{
    json_t *array = json_array();
    for (size_t i = 0; i < w->citations; i++) {
        const struct nq_work_printing *p = &w->printings[i];
        array = nq_json_append(array,
                               json_pack("{s:I, s:I, s:o, s:o, s:o}", "passage",
                                         (json_int_t)p->passage, "report", (json_int_t)p->report,
                                         "report_date", nq_json_day(p->report_day), "report_title",
                                         nq_json_str(p->report_title), "raw", nq_json_str(p->raw)));
    }
    return array;
}

static json_t *sources_json(const struct nq_cited_work *w)
{
    json_t *array = json_array();
    for (size_t i = 0; i < w->n_sources; i++)
        array = nq_json_append(array, nq_json_str(w->sources[i]));
    return array;
}

json_t *nq_cited_works_json(const struct nq_cited_works *works, size_t offset, size_t limit)
{
    json_t *items = json_array();
    for (size_t i = 0; i < works->n_items; i++) {
        const struct nq_cited_work *w = &works->items[i];
        int32_t end = w->day_end > w->day ? w->day_end : NQ_NO_DAY;
        items = nq_json_append(
            items, json_pack("{s:o, s:o, s:o, s:o, s:I, s:I, s:o}", "title", nq_json_str(w->title),
                             "date", nq_json_day(w->day), "date_end", nq_json_day(end), "sources",
                             sources_json(w), "citations", (json_int_t)w->citations, "reports",
                             (json_int_t)w->reports, "printings", printings_json(w)));
    }
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:o}", "schema", "nqsearch.works/1", "total",
                     (json_int_t)works->total, "offset", (json_int_t)offset, "limit",
                     (json_int_t)limit, "reports", (json_int_t)works->reports, "citations",
                     (json_int_t)works->citations, "works", items);
}
