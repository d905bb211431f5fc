/* Results on a terminal. */
#include "output/output.h"

#include <string.h>

enum { INDENT = 4, MOST_MONTHS = 60 };

static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

/* The escape sequence, or nothing. */
static const char *sgr(const struct nq_style *style, const char *codes)
{
    return style->colour ? codes : "";
}

static void print_fragments(FILE *out, const struct nq_fragment *fragments, size_t n, int indent,
                            const struct nq_style *style, int *column)
{
    for (size_t i = 0; i < n; i++) {
        const char *open = style->colour ? "\033[1;31m" : "【",
                   *close = style->colour ? "\033[0m" : "】";
        bool mark = fragments[i].match;
        if (mark) {
            fputs(open, out);
            *column += style->colour ? 0 : 2;
        }
        nq_print_wrapped(out, fragments[i].text, indent, style->width, column);
        if (mark) {
            fputs(close, out);
            *column += style->colour ? 0 : 2;
        }
    }
}

static void print_str(FILE *out, struct nq_str s)
{
    fwrite(s.ptr, 1, s.len, out);
}

static void print_where(FILE *out, const struct nq_hit *hit, const struct nq_style *style)
{
    char day[11];
    fprintf(out, "%s%s%s  ", sgr(style, "\033[32m"),
            hit->day == NQ_NO_DAY ? _("no date") : nq_day_format(hit->day, day),
            sgr(style, "\033[0m"));
    struct nq_str title = hit->report.title.len > 0 ? hit->report.title : hit->report.key;
    print_str(out, title);
    if (hit->kind == NQ_KIND_REFERENCE)
        fprintf(out, "  %s", _("cited"));
    if (hit->tier == NQ_TIER_PARTIAL)
        fprintf(out, "  %s[%s]%s", sgr(style, "\033[33m"), _("partial match"),
                sgr(style, "\033[0m"));
    else if (hit->tier == NQ_TIER_WORDS)
        fprintf(out, "  %s[%s]%s", sgr(style, "\033[33m"), _("all words"), sgr(style, "\033[0m"));
    if (hit->event_day != NQ_NO_DAY && hit->event_day != hit->day) {
        fprintf(out, "  → %s", nq_day_format(hit->event_day, day));
        if (hit->event_day_end != hit->event_day)
            fprintf(out, "..%s", nq_day_format(hit->event_day_end, day));
    }
    fprintf(out, "  %s#%lld%s\n", sgr(style, "\033[2m"), (long long)hit->passage,
            sgr(style, "\033[0m"));
}

static void print_hit(FILE *out, const struct nq_hit *hit, const struct nq_style *style)
{
    int column = INDENT;
    print_where(out, hit, style);
    if (hit->section_heading.len > 0 && hit->kind != NQ_KIND_REFERENCE) {
        fprintf(out, "%*s%s", INDENT - 2, "", sgr(style, "\033[1m"));
        if (hit->section_number.len > 0) {
            print_str(out, hit->section_number);
            fputs("、", out);
            column += nq_width(hit->section_number) + 2;
        }
        print_fragments(out, hit->heading, hit->n_heading, INDENT, style, &column);
        fprintf(out, "%s\n", sgr(style, "\033[0m"));
    }
    fprintf(out, "%*s", INDENT, "");
    column = INDENT;
    print_fragments(out, hit->snippet, hit->n_snippet, INDENT, style, &column);
    fputs("\n\n", out);
}

/* A line of counts by month: "2026-03 ▂▅█▁ 2026-06", the largest as a full block. */
static void print_histogram(FILE *out, const struct nq_month_count *months, size_t n)
{
    char first[11], last[11];
    uint64_t most = 0;
    while (n > 0 && months[n - 1].first_day == NQ_NO_DAY)
        n--;
    if (n > MOST_MONTHS) {
        months += n - MOST_MONTHS;
        n = MOST_MONTHS;
    }
    if (n == 0)
        return;
    for (size_t i = 0; i < n; i++)
        if (months[i].count > most)
            most = months[i].count;
    fprintf(out, "%.7s ", nq_day_format(months[0].first_day, first));
    int32_t expected = months[0].first_day;
    for (size_t i = 0; i < n; i++) {
        /* Months without any match keep their place. */
        for (int gap = 0; expected + 31 < months[i].first_day && gap < MOST_MONTHS; gap++) {
            fputs("·", out);
            expected += 31;
        }
        fputs(bars[(months[i].count * 8 - 1) / most], out);
        expected = months[i].first_day + 31;
    }
    fprintf(out, " %.7s  (%s %llu)\n", nq_day_format(months[n - 1].first_day, last),
            _("most in a month:"), (unsigned long long)most);
}

void nq_print_results(FILE *out, const struct nq_results *results, struct nq_str query,
                      size_t offset, double took_ms, const struct nq_style *style)
{
    if (results->total == 0) {
        fprintf(out, _("Nothing found for %.*s.\n"), (int)query.len, query.ptr);
    } else {
        for (size_t i = 0; i < results->n_hits; i++)
            print_hit(out, &results->hits[i], style);
        unsigned long long from = offset + 1, to = offset + results->n_hits;
        if (results->n_hits == 0)
            from = to = offset;
        fprintf(out,
                results->total_is_exact ? _("%llu-%llu of %llu passages, %.1f ms\n")
                                        : _("%llu-%llu of about %llu passages, %.1f ms\n"),
                from, to, (unsigned long long)results->total, took_ms);
        print_histogram(out, results->months, results->n_months);
    }
    if (style->explain)
        print_str(out, results->explanation);
}

void nq_print_stats(FILE *out, const struct nq_stats *s, const struct nq_style *style)
{
    char first[11], last[11];
    (void)style;
    fprintf(out, _("files       %llu\n"), (unsigned long long)s->files);
    fprintf(out, _("reports     %llu\n"), (unsigned long long)s->reports);
    fprintf(out, _("sections    %llu\n"), (unsigned long long)s->sections);
    fprintf(out, _("references  %llu\n"), (unsigned long long)s->references);
    fprintf(out, _("passages    %llu\n"), (unsigned long long)s->passages);
    fprintf(out, _("text        %.1f MB\n"), (double)s->text_bytes / 1e6);
    fprintf(out, _("index       %.1f MB\n"), (double)s->index_bytes / 1e6);
    if (s->first_day != NQ_NO_DAY)
        fprintf(out, _("dates       %s to %s\n"), nq_day_format(s->first_day, first),
                nq_day_format(s->last_day, last));
    if (s->undated)
        fprintf(out, _("undated     %llu\n"), (unsigned long long)s->undated);
    if (s->stale_words)
        fprintf(out,
                _("%llu passages have words of another dictionary; the next nqindex renews them\n"),
                (unsigned long long)s->stale_words);
    print_histogram(out, s->months, s->n_months);
}

void nq_print_progress(FILE *out, const struct nq_progress *at, double seconds, int width)
{
    enum { BAR = 24 };
    double share = at->bytes_total ? (double)at->bytes_done / (double)at->bytes_total : 1;
    double rate = seconds > 0 ? (double)at->bytes_done / 1e6 / seconds : 0;
    int left = share > 0.01 ? (int)(seconds / share * (1 - share) + 0.5) : -1;
    char bar[BAR * 3 + 1] = "", line[400];
    for (int i = 0; i < BAR; i++)
        strcat(bar, i < share * BAR ? "█" : "░");
    int n =
        snprintf(line, sizeof line, _("%s %3.0f %%  %llu/%llu files  %.1f MB/s"), bar, share * 100,
                 (unsigned long long)at->files_done, (unsigned long long)at->files_total, rate);
    if (left >= 0 && n > 0 && (size_t)n < sizeof line)
        snprintf(line + n, sizeof line - (size_t)n, _("  %d:%02d left"), left / 60, left % 60);
    (void)width;
    fprintf(out, "\r%s\033[K", line);
    if (at->files_done == at->files_total)
        fputs("\r\033[K", out);
    fflush(out);
}
