/* One topic on a terminal. */
#include "output/output.h"

#include <string.h>

enum {
    INDENT = 2,
    QUOTE = 6,
    DOCUMENTS_AT = 14,
    DATED = 16, /* a heading behind its date */
    GAP = 2,
    LONGEST = 150, /* bytes of a name in a list */
};

static const char *sgr(const struct nq_style *style, const char *codes)
{
    return style->colour ? codes : "";
}

static const char *kind_name(enum nq_topic_kind kind)
{
    switch (kind) {
    case NQ_TOPIC_TERM:
        return _("term");
    case NQ_TOPIC_ORGANISATION:
        return _("organisation");
    case NQ_TOPIC_DOCUMENT:
        return _("document");
    case NQ_TOPIC_WORK:
        return _("work");
    default:
        return _("word");
    }
}

static const char *trend_name(enum nq_trend trend)
{
    switch (trend) {
    case NQ_TREND_NEW:
        return _("new");
    case NQ_TREND_RISING:
        return _("rising");
    case NQ_TREND_SILENT:
        return _("silent");
    default:
        return "";
    }
}

static void print_head(FILE *out, const char *head, const struct nq_style *style)
{
    fprintf(out, "\n%s%s%s\n", sgr(style, "\033[32m"), head, sgr(style, "\033[0m"));
}

static void print_text(FILE *out, struct nq_str s, int indent, const struct nq_style *style)
{
    int column = indent;
    fprintf(out, "%*s", indent, "");
    nq_print_wrapped(out, s, indent, style->width, &column);
    fputc('\n', out);
}

/* "  3 passages in 2 reports" */
static void print_counts(FILE *out, const struct nq_topic *t)
{
    char passages[64], reports[64];
    fprintf(out, _("  %s in %s"), nq_count(passages, t->passages, "%llu passage", "%llu passages"),
            nq_count(reports, t->reports, "%llu report", "%llu reports"));
}

static void print_summary(FILE *out, const struct nq_topic *t, const struct nq_style *style)
{
    char first[11], last[11];
    fputs(sgr(style, "\033[1m"), out);
    nq_print_plain(out, t->name);
    fprintf(out, "%s  %s\n", sgr(style, "\033[0m"), kind_name(t->kind));
    print_counts(out, t);
    if (t->first_day == NQ_NO_DAY)
        fputs(_(", no date"), out);
    else if (t->first_day == t->last_day)
        fprintf(out, _(", %s"), nq_day_format(t->first_day, first));
    else
        fprintf(out, _(", %s to %s"), nq_day_format(t->first_day, first),
                nq_day_format(t->last_day, last));
    if (t->trend != NQ_TREND_STEADY)
        fprintf(out, "  %s", trend_name(t->trend));
    fprintf(out, "\n%*s", INDENT, "");
    nq_print_months(out, t->months, t->n_months, style->width - INDENT);
}

static void print_aliases(FILE *out, const struct nq_topic_page *p, const struct nq_style *style)
{
    char day[11];
    if (p->n_aliases == 0)
        return;
    print_head(out, _("also called"), style);
    for (size_t i = 0; i < p->n_aliases; i++) {
        const struct nq_quote *q = &p->aliases[i].proof;
        fprintf(out, "%*s", INDENT, "");
        nq_print_plain(out, p->aliases[i].name);
        if (!q->passage) {
            fprintf(out, "  %s%s%s\n", sgr(style, "\033[2m"), _("(in the dictionary alone)"),
                    sgr(style, "\033[0m"));
            continue;
        }
        fprintf(out, "  %s%s #%lld%s\n", sgr(style, "\033[2m"), nq_day_format(q->day, day),
                (long long)q->passage, sgr(style, "\033[0m"));
        print_text(out, q->text, QUOTE, style);
    }
}

static void print_documents(FILE *out, const struct nq_topic_page *p, const struct nq_style *style)
{
    char day[11];
    if (p->n_documents == 0)
        return;
    print_head(out, _("documents (first named; passages with the topic)"), style);
    for (size_t i = 0; i < p->n_documents; i++) {
        const struct nq_topic_neighbour *d = &p->documents[i];
        char tail[24];
        int column = DOCUMENTS_AT;
        fprintf(out, "%*s%-10s  ", INDENT, "", nq_day_format(d->topic.first_day, day));
        nq_print_wrapped(out, (struct nq_str){"《", 3}, DOCUMENTS_AT, style->width, &column);
        nq_print_wrapped(out, d->topic.name, DOCUMENTS_AT, style->width, &column);
        int n = snprintf(tail, sizeof tail, "》 %llu", (unsigned long long)d->together);
        nq_print_wrapped(out, (struct nq_str){tail, (size_t)n}, DOCUMENTS_AT, style->width,
                         &column);
        fputc('\n', out);
    }
}

/* 国家数据局 5 (0.41)，… */
static void print_neighbours(FILE *out, const char *head, const struct nq_topic_neighbour *items,
                             size_t n, const struct nq_style *style)
{
    int column = INDENT;
    if (n == 0)
        return;
    print_head(out, head, style);
    fprintf(out, "%*s", INDENT, "");
    for (size_t i = 0; i < n; i++) {
        char item[220];
        struct nq_str name = items[i].topic.name;
        int len = snprintf(
            item, sizeof item, "%.*s %llu (%.2f)%s", (int)(name.len < LONGEST ? name.len : LONGEST),
            name.ptr, (unsigned long long)items[i].together, items[i].npmi, i + 1 < n ? "，" : "");
        nq_print_item(out, (struct nq_str){item, (size_t)len}, INDENT, style->width, &column);
    }
    fputc('\n', out);
}

static void print_passage(FILE *out, const struct nq_topic_passage *p, const struct nq_style *style)
{
    char day[11];
    char number[24];
    struct nq_str where = p->section_heading.len > 0 ? p->section_heading : p->report.title;
    int column = DATED, n = snprintf(number, sizeof number, "#%lld", (long long)p->passage);
    fprintf(out, "%*s%-10s  %s", INDENT + 2, "", nq_day_format(p->day, day), sgr(style, "\033[1m"));
    nq_print_wrapped(out, where, DATED, style->width, &column);
    fprintf(out, "%s%s", sgr(style, "\033[0m"), sgr(style, "\033[2m"));
    if (column + GAP + n <= style->width)
        fprintf(out, "%*s%s", GAP, "", number);
    else
        fprintf(out, "\n%*s%s", DATED, "", number);
    fprintf(out, "%s\n%*s", sgr(style, "\033[0m"), QUOTE, "");
    column = QUOTE;
    nq_print_fragments(out, p->snippet, p->n_snippet, QUOTE, style, &column);
    fputc('\n', out);
}

static void print_months(FILE *out, const struct nq_topic_page *p, const struct nq_style *style)
{
    char day[11], count[64];
    print_head(out, _("best passages by month"), style);
    for (size_t i = 0; i < p->n_months; i++) {
        const struct nq_topic_month *m = &p->months[i];
        fprintf(out, "%*s", INDENT, "");
        if (m->first_day == NQ_NO_DAY)
            fputs(_("no date"), out);
        else
            fprintf(out, "%.7s", nq_day_format(m->first_day, day));
        fprintf(out, "  %s\n", nq_count(count, m->passages, "%llu passage", "%llu passages"));
        for (size_t k = 0; k < m->n_best; k++)
            print_passage(out, &m->best[k], style);
    }
}

/* A word of a command line, quoted where the shell would take it apart. */
static void print_word(FILE *out, struct nq_str s)
{
    bool plain = true;
    for (size_t i = 0; i < s.len; i++)
        plain = plain && ((unsigned char)s.ptr[i] >= 0x80 || (s.ptr[i] >= '0' && s.ptr[i] <= '9') ||
                          (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') ||
                          (s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || s.ptr[i] == ':');
    fputs(plain ? "" : "'", out);
    for (size_t i = 0; i < s.len; i++)
        fputs(s.ptr[i] == '\'' ? "'\\''" : (char[]){s.ptr[i], '\0'}, out);
    fputs(plain ? "" : "'", out);
}

void nq_print_topic(FILE *out, const struct nq_topic_page *p, const struct nq_style *style)
{
    print_summary(out, &p->topic, style);
    print_aliases(out, p, style);
    print_documents(out, p, style);
    print_neighbours(out, _("organisations (passages with the topic, closeness)"), p->organisations,
                     p->n_organisations, style);
    print_neighbours(out, _("topics beside it (passages with both, closeness)"), p->neighbours,
                     p->n_neighbours, style);
    print_months(out, p, style);
    if (style->quiet)
        return;
    fputs(_("\ntimeline: nqsearch --timeline "), out);
    print_word(out, p->query);
    fputc('\n', out);
}
