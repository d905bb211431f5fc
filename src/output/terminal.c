/* Results on a terminal. */
#include "output/output.h"

#include <stdlib.h>
#include <string.h>

enum { INDENT = 4 };

/* The escape sequence, or nothing. */
static const char *sgr(const struct nq_style *style, const char *codes)
{
    return style->colour ? codes : "";
}

void nq_print_fragments(FILE *out, const struct nq_fragment *fragments, size_t n, int indent,
                        const struct nq_style *style, int *column)
{
    const char *open = style->colour ? "\033[1;31m" : "【",
               *close = style->colour ? "\033[0m" : "】";
    size_t len = 1;
    for (size_t i = 0; i < n; i++)
        len += fragments[i].text.len + strlen(open) + strlen(close);
    char *text = malloc(len), *end = text;
    for (size_t i = 0; i < n; i++) {
        struct nq_str s = fragments[i].text;
        if (!text) { /* without memory without marks */
            nq_print_wrapped(out, s, indent, style->width, column);
            continue;
        }
        end = stpcpy(end, fragments[i].match ? open : "");
        if (s.len > 0)
            memcpy(end, s.ptr, s.len);
        end = stpcpy(end + s.len, fragments[i].match ? close : "");
    }
    if (text)
        nq_print_wrapped(out, (struct nq_str){text, (size_t)(end - text)}, indent, style->width,
                         column);
    free(text);
}

/* Days as short as they can be told: 2026, 2026-06, 2026-06-17, 2026-06-17..20,
 * 2026-06-17..2027-01-03. */
static void print_days(FILE *out, int32_t first, int32_t last)
{
    char from[11], to[11], after[11];
    nq_day_format(first, from);
    nq_day_format(last, to);
    nq_day_format(last + 1, after);
    bool months = strcmp(from + 8, "01") == 0 && strcmp(after + 8, "01") == 0;
    if (months && strncmp(from, to, 4) == 0 && strcmp(from + 5, "01-01") == 0 &&
        strcmp(to + 5, "12-31") == 0)
        fprintf(out, "%.4s", from);
    else if (months && strncmp(from, to, 7) == 0)
        fprintf(out, "%.7s", from);
    else if (first == last)
        fputs(from, out);
    else
        fprintf(out, "%s..%s", from, strncmp(from, to, 7) == 0 ? to + 8 : to);
}

static void print_where(FILE *out, const struct nq_hit *hit, const struct nq_style *style)
{
    char day[11];
    fprintf(out, "%s%s%s  ", sgr(style, "\033[32m"),
            hit->day == NQ_NO_DAY ? _("no date") : nq_day_format(hit->day, day),
            sgr(style, "\033[0m"));
    struct nq_str title = hit->report.title.len > 0 ? hit->report.title : hit->report.key;
    nq_print_plain(out, title);
    if (hit->kind == NQ_KIND_REFERENCE)
        fprintf(out, "  %s", _("cited"));
    if (hit->why)
        fprintf(out, "  %.2f", hit->score);
    else if (hit->tier == NQ_TIER_PARTIAL)
        fprintf(out, "  %s[%s]%s", sgr(style, "\033[33m"), _("partial match"),
                sgr(style, "\033[0m"));
    else if (hit->tier == NQ_TIER_SYNONYM)
        fprintf(out, "  %s[%s]%s", sgr(style, "\033[33m"), _("by another name"),
                sgr(style, "\033[0m"));
    else if (hit->tier == NQ_TIER_WORDS)
        fprintf(out, "  %s[%s]%s", sgr(style, "\033[33m"), _("all words"), sgr(style, "\033[0m"));
    if (hit->event_day != NQ_NO_DAY && hit->event_day != hit->day) {
        fputs("  → ", out);
        print_days(out, hit->event_day, hit->event_day_end);
    }
    fprintf(out, "  %s#%lld%s\n", sgr(style, "\033[2m"), (long long)hit->passage,
            sgr(style, "\033[0m"));
}

/* What a related passage shares, on a line of its own. */
static void print_why(FILE *out, const struct nq_hit *hit, const struct nq_style *style)
{
    int column = INDENT;
    struct nq_str before = {_("shared: "), 0};
    before.len = strlen(before.ptr);
    fprintf(out, "\n%*s%s", INDENT, "", sgr(style, "\033[2m"));
    for (size_t i = 0; i < hit->n_why; i++) {
        bool title = hit->why[i].kind == NQ_SHARED_DOCUMENT;
        nq_print_wrapped(out, before, INDENT, style->width, &column);
        if (title)
            nq_print_wrapped(out, (struct nq_str){"《", 3}, INDENT, style->width, &column);
        nq_print_wrapped(out, hit->why[i].text, INDENT, style->width, &column);
        if (title)
            nq_print_wrapped(out, (struct nq_str){"》", 3}, INDENT, style->width, &column);
        before = (struct nq_str){" ", 1};
    }
    fputs(sgr(style, "\033[0m"), out);
}

static void print_hit(FILE *out, const struct nq_hit *hit, const struct nq_style *style)
{
    int column = INDENT;
    print_where(out, hit, style);
    if (hit->section_heading.len > 0 && hit->kind != NQ_KIND_REFERENCE) {
        fprintf(out, "%*s%s", INDENT - 2, "", sgr(style, "\033[1m"));
        if (hit->section_number.len > 0) {
            nq_print_plain(out, hit->section_number);
            fputs("、", out);
            column += nq_width(hit->section_number) + 2;
        }
        nq_print_fragments(out, hit->heading, hit->n_heading, INDENT, style, &column);
        fprintf(out, "%s\n", sgr(style, "\033[0m"));
    }
    fprintf(out, "%*s", INDENT, "");
    column = INDENT;
    nq_print_fragments(out, hit->snippet, hit->n_snippet, INDENT, style, &column);
    if (hit->work) {
        fprintf(out, "\n%*s", INDENT, "");
        fprintf(out, _("full text: #%lld  "), (long long)hit->work->id);
        nq_print_plain(out, hit->work->path);
    }
    if (hit->n_why > 0)
        print_why(out, hit, style);
    fputs("\n\n", out);
}

void nq_print_explanation(FILE *out, struct nq_str explanation)
{
    static const char *const labels[] = {
        N_("query"), N_("also"),  N_("dates"), N_("not dates"), N_("kind"),
        N_("terms"), N_("words"), N_("pairs"), N_("ranked"),    N_("not ranked by")};
    enum { LABEL = 14 };
    for (size_t at = 0; at < explanation.len;) {
        const char *line = explanation.ptr + at;
        const char *end = memchr(line, '\n', explanation.len - at);
        size_t len = end ? (size_t)(end - line) : explanation.len - at, tab = 0;
        const char *label = "";
        while (tab < len && line[tab] != '\t')
            tab++;
        for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
            if (strlen(labels[i]) == tab && memcmp(labels[i], line, tab) == 0)
                label = _(labels[i]);
        int pad = LABEL - nq_width((struct nq_str){label, strlen(label)});
        fprintf(out, "%s%*s", label, pad > 1 ? pad : 1, "");
        if (tab < len)
            nq_print_plain(out, (struct nq_str){line + tab + 1, len - tab - 1});
        fputc('\n', out);
        at += len + 1;
    }
}

/* Which of how many were shown. */
static void print_range(FILE *out, const struct nq_results *results, size_t offset, double took_ms)
{
    unsigned long long total = results->total;
    if (results->n_hits == 0)
        fprintf(out,
                results->total_is_exact ? _("none of %llu passages, %.1f ms\n")
                                        : _("none of about %llu passages, %.1f ms\n"),
                total, took_ms);
    else
        fprintf(out,
                results->total_is_exact ? _("%llu-%llu of %llu passages, %.1f ms\n")
                                        : _("%llu-%llu of about %llu passages, %.1f ms\n"),
                (unsigned long long)offset + 1, (unsigned long long)offset + results->n_hits, total,
                took_ms);
}

void nq_print_results(FILE *out, const struct nq_results *results, struct nq_str query,
                      size_t offset, double took_ms, const struct nq_style *style)
{
    for (size_t i = 0; i < results->n_hits; i++)
        print_hit(out, &results->hits[i], style);
    if (results->total == 0 && results->related_to && !style->quiet) {
        fprintf(out, _("Nothing related to #%lld in other reports.\n"),
                (long long)results->related_to);
    } else if (results->total == 0 && !style->quiet) {
        char *plain = nq_plain_text(query);
        fprintf(out, _("Nothing found for %s.\n"), plain ? plain : "");
        free(plain);
    } else if (!style->quiet) {
        print_range(out, results, offset, took_ms);
        nq_print_months(out, results->months, results->n_months, style->width);
    }
    if (results->did_you_mean.ptr && !style->quiet)
        fprintf(out, _("Did you mean: %s\n"), results->did_you_mean.ptr);
    if (style->explain)
        nq_print_explanation(out, results->explanation);
}
