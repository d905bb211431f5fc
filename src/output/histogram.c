/* Counts by month as one line: a few with their numbers, many as bars, as long a time as there is
 * in months, quarters or years, so that it fits the terminal. */
#include "output/output.h"

#include <stdlib.h>
#include <string.h>

enum {
    FEW = 4,   /* buckets whose numbers are printed */
    LABEL = 8, /* columns of "2026-06 " */
    YEAR = 5,
    GAP = 3,
    LEAST = 20, /* columns; a terminal that says less is not believed */
    N_BARS = 8,
};

static const char *const bars[N_BARS] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

static const struct {
    int months, labels; /* `labels`: columns of the first and the last */
    const char *most;
} units[] = {{1, 2 * LABEL, N_("most in a month:")},
             {3, 2 * LABEL, N_("most in a quarter:")},
             {12, 2 * YEAR, N_("most in a year:")}};

int nq_month_number(int32_t day)
{
    char iso[11];
    if (!*nq_day_format(day, iso))
        return -1;
    return (int)(12 * strtol(iso, NULL, 10) + strtol(iso + 5, NULL, 10) - 1);
}

/* The buckets of `months` months each from `first` on that hold `counts`. */
struct buckets {
    uint64_t *counts;
    int n, months;
    int32_t first; /* a month's number, a multiple of `months` */
    uint64_t most;
};

static bool fill(struct buckets *b, const struct nq_month_count *months, size_t n, int width,
                 size_t *unit)
{
    int32_t first = nq_month_number(months[0].first_day),
            last = nq_month_number(months[n - 1].first_day);
    int room;
    *unit = 0;
    for (;; ++*unit) {
        b->months = units[*unit].months;
        b->first = first / b->months * b->months;
        b->n = last / b->months - first / b->months + 1;
        room = width - units[*unit].labels;
        if (*unit + 1 == sizeof units / sizeof *units || b->n <= room)
            break;
    }
    if (b->n > room) { /* years beyond number: the latest */
        b->first += (b->n - room) * b->months;
        b->n = room;
    }
    b->counts = calloc((size_t)b->n, sizeof *b->counts);
    for (size_t i = 0; i < n && b->counts; i++) {
        int32_t at = (nq_month_number(months[i].first_day) - b->first) / b->months;
        if (nq_month_number(months[i].first_day) < b->first)
            continue;
        b->counts[at] += months[i].count;
        if (b->counts[at] > b->most)
            b->most = b->counts[at];
    }
    return b->counts != NULL;
}

static const char *bar(const struct buckets *b, int i)
{
    return b->counts[i] ? bars[(b->counts[i] * N_BARS - 1) / b->most] : "·";
}

/* A bucket's name: a year, or the month that it begins with. */
static int print_label(FILE *out, const struct buckets *b, int i)
{
    int32_t month = b->first + i * b->months;
    if (b->months == 12)
        return fprintf(out, "%04d", month / 12);
    return fprintf(out, "%04d-%02d", month / 12, month % 12 + 1);
}

static void print_few(FILE *out, const struct buckets *b)
{
    for (int i = 0; i < b->n; i++) {
        if (i > 0)
            fprintf(out, "%*s", GAP, "");
        print_label(out, b, i);
        fprintf(out, " %s %llu", bar(b, i), (unsigned long long)b->counts[i]);
    }
}

static void print_bars(FILE *out, const struct buckets *b, const char *most, int left)
{
    char tail[96];
    print_label(out, b, 0);
    fputc(' ', out);
    for (int i = 0; i < b->n; i++)
        fputs(bar(b, i), out);
    fputc(' ', out);
    print_label(out, b, b->n - 1);
    int n = snprintf(tail, sizeof tail, "  %s %llu", most, (unsigned long long)b->most);
    if (n > 0 && (size_t)n < sizeof tail && nq_width((struct nq_str){tail, (size_t)n}) <= left)
        fputs(tail, out);
}

void nq_print_months(FILE *out, const struct nq_month_count *months, size_t n, int width)
{
    uint64_t undated = 0;
    struct buckets b = {0};
    size_t unit;
    if (n > 0 && months[n - 1].first_day == NQ_NO_DAY)
        undated = months[--n].count;
    if (width < LEAST)
        width = LEAST;
    if (n > 0) {
        if (!fill(&b, months, n, width, &unit))
            return;
        int digits = snprintf(NULL, 0, "%llu", (unsigned long long)b.most);
        if (b.n <= FEW && b.n * (LABEL + 2 + digits) + (b.n - 1) * GAP <= width)
            print_few(out, &b);
        else
            print_bars(out, &b, _(units[unit].most), width - units[unit].labels - b.n);
        free(b.counts);
        fputc('\n', out);
    }
    if (undated)
        fprintf(out, _("without a date: %llu\n"), (unsigned long long)undated);
}

int nq_print_sparkline(FILE *out, const struct nq_month_count *months, size_t n, int32_t from,
                       int32_t to, int width)
{
    struct buckets b = {.months = 1, .first = nq_month_number(from)};
    int32_t all = nq_month_number(to) - b.first + 1;
    while ((all + b.months - 1) / b.months > width)
        b.months++;
    b.n = (all + b.months - 1) / b.months;
    b.counts = calloc((size_t)b.n, sizeof *b.counts);
    for (size_t i = 0; i < n && b.counts; i++) {
        if (months[i].first_day == NQ_NO_DAY)
            continue;
        int32_t at = (nq_month_number(months[i].first_day) - b.first) / b.months;
        b.counts[at] += months[i].count;
        b.most = b.counts[at] > b.most ? b.counts[at] : b.most;
    }
    for (int i = 0; i < b.n && b.counts; i++)
        fputs(bar(&b, i), out);
    free(b.counts);
    return b.n;
}
