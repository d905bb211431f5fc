/* A timeline on a terminal. */
#define _GNU_SOURCE /* memmem */
#include "output/timeline.h"

#include <stdlib.h>
#include <string.h>

enum { DATE_WIDTH = 12, TEXT_AT = DATE_WIDTH + 3, REPORTS_AT = TEXT_AT + 2 }; /* columns */

static const char *sgr(const struct nq_style *style, const char *codes)
{
    return style->colour ? codes : "";
}

/* The date as exactly as it is known: 06-18, 06-18 to 20, 2028, 2026 Q2. */
static void format_date(const struct nq_timeline_event *e, char *out, size_t size)
{
    char first[11], last[11];
    nq_day_format(e->first, first);
    nq_day_format(e->last, last);
    if (e->precision == NQ_PRECISION_YEAR)
        snprintf(out, size, "%.4s", first);
    else if (e->precision == NQ_PRECISION_MONTH)
        snprintf(out, size, "%.7s", first);
    else if (e->precision == NQ_PRECISION_QUARTER)
        snprintf(out, size, "%.4s Q%d", first, ((first[5] - '0') * 10 + first[6] - '1') / 3 + 1);
    else if (e->first == e->last)
        snprintf(out, size, "%s", first + 5);
    else if (strncmp(first, last, 7) == 0)
        snprintf(out, size, "%s..%s", first + 5, last + 8);
    else if (strncmp(first, last, 4) == 0)
        snprintf(out, size, "%s..%s", first + 5, last + 5);
    else if (strcmp(first + 4, "-01-01") == 0 && strcmp(last + 4, "-12-31") == 0)
        snprintf(out, size, "%.4s..%.4s", first, last);
    else
        snprintf(out, size, "%.7s..%.2s", first, last + 2);
}

static void print_reports(FILE *out, const struct nq_timeline_event *e,
                          const struct nq_style *style)
{
    char first[11], last[11], more[100];
    int column = REPORTS_AT;
    int32_t from = e->coverage[0].report_day, to = e->coverage[e->n_coverage - 1].report_day;
    column +=
        fprintf(out, "  %s #%lld", nq_day_format(from, first), (long long)e->coverage[0].passage) -
        2;
    if (e->n_coverage < 2)
        return;
    int n = snprintf(more, sizeof more, _(" and %zu more to %s"), e->n_coverage - 1,
                     nq_day_format(to, last));
    nq_print_wrapped(out, (struct nq_str){more, (size_t)n}, REPORTS_AT, style->width, &column);
}

static void print_event(FILE *out, const struct nq_timeline_event *e, const struct nq_style *style)
{
    char when[40];
    int column = TEXT_AT;
    format_date(e, when, sizeof when);
    fprintf(out, "%*s%s%s %s ", DATE_WIDTH - (int)strlen(when) - (e->undated ? 1 : 0), "",
            e->undated ? "~" : "", when, e->kind == NQ_EVENT_PAST ? "●" : "○");
    fputs(sgr(style, "\033[1m"), out);
    nq_print_wrapped(out, e->label, TEXT_AT, style->width, &column);
    fprintf(out, "%s", sgr(style, "\033[0m"));
    if (e->document_title.len > 0 &&
        !memmem(e->label.ptr, e->label.len, e->document_title.ptr, e->document_title.len)) {
        fprintf(out, "\n%*s│ ", DATE_WIDTH + 1, "");
        column = TEXT_AT;
        fputs("《", out);
        column += 2;
        nq_print_wrapped(out, e->document_title, TEXT_AT, style->width, &column);
        fputs("》", out);
    }
    fprintf(out, "\n%*s│ %s", DATE_WIDTH + 1, "", sgr(style, "\033[2m"));
    print_reports(out, e, style);
    fprintf(out, "%s\n", sgr(style, "\033[0m"));
}

/* What an event stands under: the month that it begins in; the year where it lasts long. */
static void format_mark(const struct nq_timeline_event *e, char mark[8])
{
    enum { QUARTER = 92 }; /* days */
    char iso[11];
    nq_day_format(e->first, iso);
    snprintf(mark, 8, "%.*s", e->last - e->first > QUARTER ? 4 : 7, iso);
}

/* Whether an event is a milestone that is still to come. */
static bool is_ahead(const struct nq_timeline_event *e, int32_t today)
{
    return e->kind == NQ_EVENT_MILESTONE && e->last >= today;
}

/* What is ahead, or all else, under marks of months and years. */
static void print_part(FILE *out, const struct nq_timeline *t, bool ahead, int32_t today,
                       const struct nq_style *style)
{
    char last[8] = "", mark[8];
    for (size_t i = 0; i < t->n_events; i++) {
        const struct nq_timeline_event *e = &t->events[i];
        if (is_ahead(e, today) != ahead)
            continue;
        format_mark(e, mark);
        if (strcmp(mark, last) != 0)
            fprintf(out, "%s%*s%s ┬\n", sgr(style, "\033[32m"), DATE_WIDTH, mark,
                    sgr(style, "\033[0m"));
        memcpy(last, mark, sizeof last);
        print_event(out, e, style);
    }
}

static bool any_ahead(const struct nq_timeline *t, int32_t today)
{
    for (size_t i = 0; i < t->n_events; i++)
        if (is_ahead(&t->events[i], today))
            return true;
    return false;
}

static void print_histogram(FILE *out, const struct nq_timeline *t, const struct nq_style *style)
{
    struct nq_month_count *months = calloc(t->n_months + 1, sizeof *months);
    for (size_t i = 0; months && i < t->n_months; i++)
        months[i] = (struct nq_month_count){t->months[i].first_day, t->months[i].passages};
    if (months)
        nq_print_months(out, months, t->n_months, style->width);
    free(months);
}

void nq_print_timeline(FILE *out, const struct nq_timeline *t, struct nq_str query, double took_ms,
                       int32_t today, const struct nq_style *style)
{
    if (t->total == 0 && !style->quiet)
        fprintf(out, _("No event found for %.*s.\n"), (int)query.len, query.ptr);
    if (t->total == 0)
        return;
    print_part(out, t, false, today, style);
    if (any_ahead(t, today)) {
        fprintf(out, "\n%s\n", _("Ahead"));
        print_part(out, t, true, today, style);
    }
    if (style->quiet)
        return;
    fprintf(out, _("\n%zu of %llu events, %.1f ms; ~ the report's day\n"), t->n_events,
            (unsigned long long)t->total, took_ms);
    print_histogram(out, t, style);
}
