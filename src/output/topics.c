/* Topics on a terminal: a table with a sparkline each, what rises, what fell silent. */
#include "output/output.h"

#include <string.h>

enum {
    NAME_MOST = 32, /* columns of a name in the table */
    LINE_MOST = 36, /* of a sparkline: three years of months */
    LINE_LEAST = 6,
    FIGURES = 40, /* columns of a row but for name and sparkline */
    INDENT = 2,
    LONGEST = 150, /* bytes of a name in a list, a multiple of three */
};

static const char *sgr(const struct nq_style *style, const char *codes)
{
    return style->colour ? codes : "";
}

/* As much of `s` as `width` columns hold, filled up with spaces. */
static void print_name(FILE *out, struct nq_str s, int width)
{
    size_t end = s.len;
    bool cut = nq_width(s) > width;
    while (end > 0 && nq_width((struct nq_str){s.ptr, end}) > width - cut)
        do
            end--;
        while (end > 0 && ((unsigned char)s.ptr[end] & 0xC0) == 0x80);
    struct nq_str shown = {s.ptr, end};
    nq_print_plain(out, shown);
    fputs(cut ? "…" : "", out);
    fprintf(out, "%*s", width - nq_width(shown) - cut, "");
}

static const char *mark(const struct nq_topic *t)
{
    static const char *const marks[] = {"", "＋", "↑", "↓"};
    return marks[t->trend];
}

static void print_row(FILE *out, const struct nq_topic *t, const struct nq_topics *all,
                      int name_width, int line_width, const struct nq_style *style)
{
    char first[11], last[11];
    fputs(sgr(style, "\033[1m"), out);
    print_name(out, t->name, name_width);
    fprintf(out, "%s %6.1f %7llu  %-10s  %-10s  ", sgr(style, "\033[0m"), t->weight,
            (unsigned long long)t->passages, nq_day_format(t->first_day, first),
            nq_day_format(t->last_day, last));
    if (all->from != NQ_NO_DAY && line_width >= LINE_LEAST)
        nq_print_sparkline(out, t->months, t->n_months, all->from, all->to, line_width);
    fprintf(out, *mark(t) ? " %s\n" : "\n", mark(t));
}

static int widest_name(const struct nq_topics *t)
{
    int most = 8;
    for (size_t i = 0; i < t->n_items; i++)
        if (nq_width(t->items[i].name) > most)
            most = nq_width(t->items[i].name);
    return most < NAME_MOST ? most : NAME_MOST;
}

static void print_list(FILE *out, const char *head, const struct nq_topic *items, size_t n,
                       bool last, const struct nq_style *style)
{
    int column = INDENT;
    if (n == 0)
        return;
    fprintf(out, "\n%s\n%*s", head, INDENT, "");
    for (size_t i = 0; i < n; i++) {
        char item[200], number[24], day[11];
        snprintf(number, sizeof number, "%llu", (unsigned long long)items[i].recent);
        int len = snprintf(item, sizeof item, "%.*s %s%s",
                           (int)(items[i].name.len < LONGEST ? items[i].name.len : LONGEST),
                           items[i].name.ptr, last ? nq_day_format(items[i].last_day, day) : number,
                           i + 1 < n ? "，" : "");
        nq_print_item(out, (struct nq_str){item, (size_t)len}, INDENT, style->width, &column);
    }
    fputc('\n', out);
}

void nq_print_topics(FILE *out, const struct nq_topics *t, const struct nq_style *style)
{
    char from[11], to[11], head[160];
    int name = widest_name(t), line = style->width - name - FIGURES;
    line = line > LINE_MOST ? LINE_MOST : line;
    if (!style->quiet) {
        struct nq_str topic = {_("topic"), 0};
        topic.len = strlen(topic.ptr);
        fputs(sgr(style, "\033[2m"), out);
        print_name(out, topic, name);
        fprintf(out, _(" weight    in  first       last        %.7s to %.7s\n"),
                nq_day_format(t->from, from), nq_day_format(t->to, to));
        fputs(sgr(style, "\033[0m"), out);
    }
    for (size_t i = 0; i < t->n_items; i++)
        print_row(out, &t->items[i], t, name, line, style);
    if (style->quiet)
        return;
    nq_day_format(t->recent_from, from);
    snprintf(head, sizeof head, _("rises since %s (passages since)"), from);
    print_list(out, head, t->rising, t->n_rising, false, style);
    snprintf(head, sizeof head, _("silent since %s (last named)"), from);
    print_list(out, head, t->silent, t->n_silent, true, style);
    fprintf(out, _("\n%zu of %llu topics\n"), t->n_items, (unsigned long long)t->total);
    if (t->stale)
        fprintf(out, _("%llu passages with topics of another dictionary; nqindex renews them\n"),
                (unsigned long long)t->stale);
}
