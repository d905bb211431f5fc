/* A report of the index on a terminal. */
#include "output/report_json.h"

#include "output/output.h"

#include <time.h>

static void print_text(FILE *out, struct nq_str s, const struct nq_style *style)
{
    int column = 0;
    nq_print_wrapped(out, s, 0, style->width, &column);
    fputs("\n\n", out);
}

static void print_section(FILE *out, const struct nq_section *s, const struct nq_style *style)
{
    const char *bold = style->colour ? "\033[1m" : "", *plain = style->colour ? "\033[0m" : "";
    if (s->heading.len > 0 || s->number.len > 0)
        fprintf(out, "%s%.*s%s%.*s%s\n\n", bold, (int)s->number.len, s->number.ptr,
                s->number.len > 0 ? "、" : "", (int)s->heading.len, s->heading.ptr, plain);
    for (size_t i = 0; i < s->n_paragraphs; i++)
        print_text(out, s->paragraphs[i], style);
}

static void print_revision(FILE *out, const struct nq_revision *r, bool whole,
                           const struct nq_style *style)
{
    char when[20] = "";
    time_t seconds = (time_t)(r->modified_ns / 1000000000);
    struct tm local;
    if (localtime_r(&seconds, &local))
        strftime(when, sizeof when, "%Y-%m-%d %H:%M", &local);
    fprintf(out, _("earlier text #%lld, written %s\n"), (long long)r->id, when);
    if (!whole)
        return;
    fputc('\n', out);
    for (struct nq_str rest = r->text; rest.len > 0;) {
        size_t n = 0;
        while (n < rest.len && rest.ptr[n] != '\n')
            n++;
        int column = 2;
        fputs("  ", out);
        nq_print_wrapped(out, (struct nq_str){rest.ptr, n}, 2, style->width, &column);
        fputc('\n', out);
        n += n < rest.len;
        rest = (struct nq_str){rest.ptr + n, rest.len - n};
    }
}

void nq_print_stored(FILE *out, const struct nq_stored *stored, bool earlier,
                     const struct nq_style *style)
{
    const struct nq_report *r = &stored->report;
    char date[11];
    struct nq_str title = r->title.len > 0 ? r->title : r->key;
    fprintf(out, "%s  ", r->day == NQ_NO_DAY ? _("no date") : nq_day_format(r->day, date));
    nq_print_plain(out, title);
    fprintf(out, "  #%lld\n", (long long)stored->id);
    for (size_t i = 0; i < stored->n_paths; i++) {
        nq_print_plain(out, stored->paths[i]);
        fputc('\n', out);
    }
    fputc('\n', out);
    if (r->abstract.len > 0)
        print_text(out, r->abstract, style);
    for (size_t i = 0; i < r->n_sections; i++)
        print_section(out, &r->sections[i], style);
    for (size_t i = 0; i < r->n_references; i++)
        print_text(out, r->references[i].raw, style);
    for (size_t i = 0; i < stored->n_citations; i++) {
        const struct nq_citation *c = &stored->citations[i];
        fprintf(out, _("cited by #%lld, %s: "), (long long)c->report.id,
                c->report.day == NQ_NO_DAY ? _("no date") : nq_day_format(c->report.day, date));
        nq_print_plain(out, c->raw);
        fputc('\n', out);
    }
    for (size_t i = 0; i < stored->n_revisions; i++)
        print_revision(out, &stored->revisions[i], earlier, style);
}
