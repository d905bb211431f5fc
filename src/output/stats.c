/* What an index holds, for people: counts, reports by year and month as a histogram, and what an
 * archivist should look at. */
#include "output/output.h"

#include <stdlib.h>
#include <string.h>

enum {
    SHOWN_ODD = 5,   /* reports of a kind; all are in the JSON */
    SHOWN_GAPS = 10, /* of a series */
    MOST_BAR = 40,   /* columns of a year's bar */
    MONTHS = 12,
};

static const char *sgr(const struct nq_style *style, const char *codes)
{
    return style->colour ? codes : "";
}

/* ---- histogram: "2022  ▇▆▇▇▇█▇▇▇▇▇▇  365 ██████████████" ------------------------------------ */

struct year {
    int number;
    uint64_t months[MONTHS], total;
};

/* The years from the first to the last that has a report; the caller frees them. */
static struct year *count_years(const struct nq_stats *s, size_t *n)
{
    *n = 0;
    if (s->first_day == NQ_NO_DAY)
        return NULL;
    int first = nq_month_number(s->first_day) / MONTHS,
        last = nq_month_number(s->last_day) / MONTHS;
    struct year *years = calloc((size_t)(last - first) + 1, sizeof *years);
    if (!years)
        return NULL;
    *n = (size_t)(last - first) + 1;
    for (size_t i = 0; i < *n; i++)
        years[i].number = first + (int)i;
    for (size_t i = 0; i < s->n_months; i++) {
        int number = nq_month_number(s->months[i].first_day), year = number / MONTHS;
        if (number < 0 || year < first || year > last)
            continue;
        years[year - first].months[number % MONTHS] += s->months[i].count;
        years[year - first].total += s->months[i].count;
    }
    return years;
}

static int digits(uint64_t n)
{
    return snprintf(NULL, 0, "%llu", (unsigned long long)n);
}

static void print_year(FILE *out, const struct year *y, uint64_t most_month, uint64_t most_year,
                       const struct nq_style *style)
{
    static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    int room = style->width - 4 - 2 - MONTHS - 2 - digits(most_year) - 2;
    int bar = room < MOST_BAR ? room : MOST_BAR;
    fprintf(out, "%04d  %s", y->number, sgr(style, "\033[36m"));
    for (int m = 0; m < MONTHS; m++)
        fputs(y->months[m] ? blocks[(y->months[m] * 8 - 1) / most_month] : "·", out);
    fprintf(out, "%s  %*llu  %s", sgr(style, "\033[0m"), digits(most_year),
            (unsigned long long)y->total, sgr(style, "\033[36m"));
    int full = bar > 0 ? (int)((double)y->total / (double)most_year * bar + 0.5) : 0;
    for (int i = 0; i < (y->total && bar > 0 && full == 0 ? 1 : full); i++)
        fputs("█", out);
    fprintf(out, "%s\n", sgr(style, "\033[0m"));
}

static void print_years(FILE *out, const struct nq_stats *s, const struct nq_style *style)
{
    size_t n;
    struct year *years = count_years(s, &n);
    uint64_t most_month = 0, most_year = 0;
    for (size_t i = 0; i < n; i++) {
        most_year = years[i].total > most_year ? years[i].total : most_year;
        for (int m = 0; m < MONTHS; m++)
            most_month = years[i].months[m] > most_month ? years[i].months[m] : most_month;
    }
    if (most_year > 0)
        fprintf(out, "\n%s%s%s\n", sgr(style, "\033[1m"), _("reports by year and month"),
                sgr(style, "\033[0m"));
    for (size_t i = 0; i < n && most_year > 0; i++) {
        print_year(out, &years[i], most_month, most_year, style);
        size_t empty = i + 1;
        while (empty < n && years[empty].total == 0)
            empty++;
        if (empty - i > 3) { /* a wrong date makes a long way */
            fputs("…\n", out);
            i = empty - 1;
        }
    }
    free(years);
}

/* ---- series -------------------------------------------------------------------------------- */

static const char *rhythm(int per_week)
{
    return per_week == 7   ? _("daily")
           : per_week == 5 ? _("on workdays")
           : per_week == 1 ? _("weekly")
                           : _("on some days of the week");
}

static void print_gap(FILE *out, const struct nq_gap *gap)
{
    char first[11], last[11];
    if (gap->first == gap->last)
        fprintf(out, "  %s\n", nq_day_format(gap->first, first));
    else
        fprintf(out, _("  %s to %s (%d days)\n"), nq_day_format(gap->first, first),
                nq_day_format(gap->last, last), (int)gap->days);
}

static void print_series(FILE *out, const struct nq_stats *stats, const struct nq_style *style)
{
    char first[11], last[11];
    for (size_t i = 0; i < stats->n_series; i++) {
        const struct nq_series *s = &stats->series[i];
        if (s->per_week == 0)
            continue;
        fprintf(out, "\n%s", sgr(style, "\033[1m"));
        nq_print_plain(out, s->name);
        fprintf(out, "%s\n", sgr(style, "\033[0m"));
        fprintf(out, _("  %s, %s to %s: %llu reports, missing days: %llu\n"), rhythm(s->per_week),
                nq_day_format(s->first_day, first), nq_day_format(s->last_day, last),
                (unsigned long long)s->reports, (unsigned long long)s->n_missing);
        for (size_t g = 0; g < s->n_gaps && g < SHOWN_GAPS; g++)
            print_gap(out, &s->gaps[g]);
        if (s->n_gaps > SHOWN_GAPS)
            fprintf(out, _("  … and %zu more; --json has them all\n"), s->n_gaps - SHOWN_GAPS);
    }
}

/* ---- odd reports --------------------------------------------------------------------------- */

static void print_odd(FILE *out, const struct nq_stats *s, enum nq_oddity oddity, const char *what,
                      const struct nq_style *style)
{
    size_t n = s->odd[oddity].n;
    char date[11];
    if (n == 0)
        return;
    fprintf(out, "\n%s", sgr(style, "\033[1m"));
    fprintf(out, _("%s: %zu"), what, n);
    fprintf(out, "%s\n", sgr(style, "\033[0m"));
    for (size_t i = 0; i < n && i < SHOWN_ODD; i++) {
        const struct nq_odd_report *r = &s->odd[oddity].reports[i];
        fprintf(out, "  %-10s  ", nq_day_format(r->day, date));
        nq_print_plain(out, r->path);
        /* A record is found by its id. */
        if (r->key.len > r->path.len ||
            memcmp(r->path.ptr + r->path.len - r->key.len, r->key.ptr, r->key.len) != 0) {
            fputs("  ", out);
            nq_print_plain(out, r->key);
        }
        if (oddity == NQ_ODD_SHORT)
            fprintf(out, _("  (%llu characters)"), (unsigned long long)r->characters);
        fputc('\n', out);
    }
    if (n > SHOWN_ODD)
        fprintf(out, _("  … and %zu more; --json has them all\n"), n - SHOWN_ODD);
}

static void print_counts(FILE *out, const struct nq_stats *s)
{
    char first[11], last[11], size[16];
    fprintf(out, _("files       %llu\n"), (unsigned long long)s->files);
    if (s->copies)
        fprintf(out, _("copies      %llu\n"), (unsigned long long)s->copies);
    fprintf(out, _("reports     %llu\n"), (unsigned long long)s->reports);
    if (s->revisions)
        fprintf(out, _("revisions   %llu\n"), (unsigned long long)s->revisions);
    fprintf(out, _("sections    %llu\n"), (unsigned long long)s->sections);
    fprintf(out, _("references  %llu\n"), (unsigned long long)s->references);
    fprintf(out, _("passages    %llu\n"), (unsigned long long)s->passages);
    fprintf(out, _("text        %s\n"), nq_size_format(s->text_bytes, size));
    fprintf(out, _("index       %s\n"), nq_size_format(s->index_bytes, size));
    if (s->first_day != NQ_NO_DAY)
        fprintf(out, _("dates       %s to %s\n"), nq_day_format(s->first_day, first),
                nq_day_format(s->last_day, last));
    if (s->stale_words)
        fprintf(out,
                _("%llu passages have words of another dictionary; the next nqindex renews them\n"),
                (unsigned long long)s->stale_words);
    if (s->stale_topics)
        fprintf(
            out,
            _("%llu passages have topics of another dictionary; the next nqindex renews them\n"),
            (unsigned long long)s->stale_topics);
}

void nq_print_stats(FILE *out, const struct nq_stats *s, const struct nq_style *style)
{
    print_counts(out, s);
    print_years(out, s, style);
    print_series(out, s, style);
    print_odd(out, s, NQ_ODD_EMPTY, _("empty reports"), style);
    print_odd(out, s, NQ_ODD_SHORT, _("suspiciously short reports"), style);
    print_odd(out, s, NQ_ODD_UNDATED, _("reports without a date"), style);
    print_odd(out, s, NQ_ODD_UNREFERENCED, _("reports without references"), style);
    print_odd(out, s, NQ_ODD_SAME_DATE, _("reports with the date of another"), style);
}
