/* Topics on a terminal: a table with a sparkline each, what rises, what fell silent. */
#include "output/output.h"

#include <string.h>

enum {
    NAME_MOST = 32, /* columns of a name in the table */
    LINE_MOST = 36, /* of a sparkline: three years of months */
    LINE_LEAST = 6,
    NAME_SHORT = 24, /* of one that leaves room for dates */
    NAME_LEAST = 8,
    FIGURES = 15, /* columns of weight and passages */
    DATES = 24,
    GAP = 2,
    MARK = 3,
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

/* What a row has room for: columns of name and sparkline (0: none), and whether dates. */
struct layout {
    int name, line;
    bool dates;
};

static struct layout lay_out(const struct nq_topics *t, int width)
{
    struct layout l = {.name = NAME_LEAST};
    bool marked = false;
    for (size_t i = 0; i < t->n_items; i++) {
        int name = nq_width(t->items[i].name);
        l.name = name > l.name ? name : l.name;
        marked |= *mark(&t->items[i]) != '\0';
    }
    l.name = l.name < NAME_MOST ? l.name : NAME_MOST;
    int room = width - FIGURES - (marked ? MARK : 0);
    l.dates = room - DATES >= (l.name < NAME_SHORT ? l.name : NAME_SHORT);
    room -= l.dates ? DATES : 0;
    if (l.name > room)
        l.name = room > NAME_LEAST ? room : NAME_LEAST;
    l.line = room - l.name - GAP < LINE_MOST ? room - l.name - GAP : LINE_MOST;
    if (l.line < LINE_LEAST || t->from == NQ_NO_DAY)
        l.line = 0;
    return l;
}

static void print_row(FILE *out, const struct nq_topic *t, const struct nq_topics *all,
                      const struct layout *l, const struct nq_style *style)
{
    char first[11], last[11];
    fputs(sgr(style, "\033[1m"), out);
    print_name(out, t->name, l->name);
    fprintf(out, "%s %6.1f %7llu", sgr(style, "\033[0m"), t->weight,
            (unsigned long long)t->passages);
    if (l->dates)
        fprintf(out, "  %-10s  %-10s", nq_day_format(t->first_day, first),
                nq_day_format(t->last_day, last));
    if (l->line) {
        fprintf(out, "%*s", GAP, "");
        nq_print_sparkline(out, t->months, t->n_months, all->from, all->to, l->line);
    }
    fprintf(out, *mark(t) ? " %s\n" : "\n", mark(t));
}

/* "2022-01 to 2024-12", or years alone, or nothing, as there is room; behind `before` spaces. */
static void print_span(FILE *out, const struct nq_topics *t, int before, int width)
{
    char from[11], to[11], text[60];
    nq_day_format(t->from, from);
    nq_day_format(t->to, to);
    for (int digits = 7; digits >= 4; digits -= 3) { /* 2022-01, 2022 */
        bool one = strncmp(from, to, (size_t)digits) == 0;
        int len =
            snprintf(text, sizeof text, one ? "%.*s" : _("%.*s to %.*s"), digits, from, digits, to);
        if (nq_width((struct nq_str){text, (size_t)len}) > width)
            continue;
        fprintf(out, "%*s%s", before, "", text);
        return;
    }
}

static void print_head(FILE *out, const struct nq_topics *t, const struct layout *l,
                       const struct nq_style *style)
{
    const char *topic = _("topic"), *dates = l->dates ? _("  first       last") : "";
    int before = GAP + (l->dates ? DATES - nq_width((struct nq_str){dates, strlen(dates)}) : 0);
    fputs(sgr(style, "\033[2m"), out);
    print_name(out, (struct nq_str){topic, strlen(topic)}, l->name);
    fputs(_(" weight      in"), out);
    fputs(dates, out);
    if (l->line)
        print_span(out, t, before, l->line);
    fprintf(out, "%s\n", sgr(style, "\033[0m"));
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
    char from[11], head[160];
    struct layout l = lay_out(t, style->width);
    if (!style->quiet)
        print_head(out, t, &l, style);
    for (size_t i = 0; i < t->n_items; i++)
        print_row(out, &t->items[i], t, &l, style);
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
