/* What of a draft was covered before, on a terminal. */
#include "output/check.h"

#include <string.h>

enum { MATCHES = 3, SENTENCES = 3, NAMES = 6, INDENT = 4 };

static const char *sgr(const struct nq_style *style, const char *codes)
{
    return style->colour ? codes : "";
}

const char *nq_verdict_label(enum nq_verdict verdict)
{
    static const char *const labels[] = {N_("new"), N_("update"), N_("repeat")};
    return _(labels[verdict]);
}

const char *nq_relation_label(enum nq_relation relation)
{
    static const char *const labels[] = {N_("unrelated"), N_("same topic"), N_("follow-up"),
                                         N_("same event")};
    return _(labels[relation]);
}

/* "LABEL a、b、c" on lines of their own; nothing where there are none. */
static void print_names(FILE *out, const char *label, const struct nq_str *names, size_t n,
                        const struct nq_style *style)
{
    if (n == 0)
        return;
    int column = INDENT + 2 + nq_width((struct nq_str){label, strlen(label)});
    fprintf(out, "%*s%s", INDENT + 2, "", label);
    for (size_t i = 0; i < n && i < NAMES; i++) {
        if (i > 0)
            nq_print_wrapped(out, (struct nq_str){"、", 3}, INDENT + 4, style->width, &column);
        nq_print_wrapped(out, names[i], INDENT + 4, style->width, &column);
    }
    fputs(n > NAMES ? " …\n" : "\n", out);
}

static void print_days(FILE *out, const char *label, const int32_t *days, size_t n)
{
    char iso[11];
    if (n > 0)
        fprintf(out, "%*s%s", INDENT + 2, "", label);
    for (size_t i = 0; i < n && i < NAMES; i++)
        fprintf(out, "%s%s", i > 0 ? " " : "", nq_day_format(days[i], iso));
    if (n > 0)
        putc('\n', out);
}

static void print_parts(FILE *out, const char *label, const struct nq_fragment *parts, size_t n,
                        const struct nq_style *style)
{
    int column = INDENT + 2 + nq_width((struct nq_str){label, strlen(label)});
    fprintf(out, "%*s%s", INDENT + 2, "", label);
    for (size_t i = 0; i < n; i++) {
        const char *open = style->colour ? "\033[1;31m" : "【";
        const char *close = style->colour ? "\033[0m" : "】";
        bool changed = !parts[i].match;
        column += changed && !style->colour ? 4 : 0;
        fputs(changed ? open : "", out);
        nq_print_wrapped(out, parts[i].text, INDENT + 4, style->width, &column);
        fputs(changed ? close : "", out);
    }
    putc('\n', out);
}

static void print_sentences(FILE *out, const struct nq_prior *m, const struct nq_style *style)
{
    for (size_t i = 0; i < m->n_reused && i < SENTENCES; i++) {
        const struct nq_reuse *r = &m->reused[i];
        print_parts(out, r->exact ? _("reused: ") : _("edited: "), r->draft_parts, r->n_draft_parts,
                    style);
        if (!r->exact)
            print_parts(out, _("earlier: "), r->prior_parts, r->n_prior_parts, style);
    }
    if (m->n_reused > SENTENCES)
        fprintf(out, _("      and %zu sentences more\n"), m->n_reused - SENTENCES);
    for (size_t i = 0; i < m->n_disagreements && i < SENTENCES; i++) {
        const struct nq_disagreement *d = &m->disagreements[i];
        print_names(out, _("figures differ: "), &d->draft, 1, style);
        print_names(out, _("earlier: "), &d->prior, 1, style);
    }
}

static void print_measures(FILE *out, const struct nq_prior *m)
{
    const struct nq_similarity *e = &m->evidence;
    const struct {
        const char *name;
        bool told;
    } facts[] = {{N_("other documents"), e->documents_differ},
                 {N_("other places"), e->places_differ},
                 {N_("one numbered name"), e->numbered > 0},
                 {N_("another of a series"), e->numbered < 0},
                 {N_("other figures"), e->other_figures},
                 {N_("a day of both"), e->dated},
                 {N_("a day since"), e->since},
                 {N_("a series"), e->series},
                 {N_("reactions"), e->reacts},
                 {N_("announced"), e->expected}};
    fprintf(out, "%*s", INDENT + 2, "");
    fprintf(out,
            _("terms %.2f, covered %.2f, headings %.2f, leads %.2f, named %.2f, anchors %.1f, "
              "phrase %.1f, figures %.2f, reused %.2f, document %d, event %d, days %d"),
            e->terms, e->covered, e->headings, e->leads, e->named, e->anchors, e->phrase,
            e->figures, e->reused, e->document, e->event, (int)m->days);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (facts[i].told)
            fprintf(out, "%s%s", _(", "), _(facts[i].name));
    putc('\n', out);
}

static void print_why(FILE *out, const struct nq_prior *m)
{
    const char *why[NQ_WHY];
    size_t n = nq_check_why(m, why);
    fprintf(out, "%*s", INDENT + 2, "");
    for (size_t i = 0; i < n; i++)
        fprintf(out, "%s%s", i ? _("; ") : "", why[i]);
    putc('\n', out);
}

static void print_match(FILE *out, const struct nq_prior *m, const struct nq_style *style)
{
    char iso[11];
    int column = 0;
    fprintf(out, "%*s%s%s%s ", INDENT, "", sgr(style, "\033[1m"), nq_relation_label(m->relation),
            sgr(style, "\033[0m"));
    fprintf(out, "%s%s%s %.2f  ", sgr(style, "\033[32m"),
            m->report.day == NQ_NO_DAY ? _("no date") : nq_day_format(m->report.day, iso),
            sgr(style, "\033[0m"), m->score);
    column = INDENT + 24;
    nq_print_wrapped(out, m->section_heading.len ? m->section_heading : m->report.title, INDENT + 2,
                     style->width, &column);
    putc('\n', out);
    print_why(out, m);
    print_names(out, _("documents: "), m->documents, m->n_documents, style);
    print_days(out, _("dates: "), m->events, m->n_events);
    print_names(out, _("cited works: "), m->references, m->n_references, style);
    print_names(out, _("organisations: "), m->organisations, m->n_organisations, style);
    print_names(out, _("topics: "), m->topics, m->n_topics, style);
    if (style->explain)
        print_measures(out, m);
    print_sentences(out, m, style);
}

static void print_section(FILE *out, const struct nq_checked_section *s,
                          const struct nq_style *style)
{
    static const char *const colours[] = {"\033[32m", "\033[33m", "\033[1;31m"};
    int column = 10;
    fprintf(out, "%s%s%s  ", sgr(style, s->judged ? colours[s->verdict] : ""),
            s->judged ? nq_verdict_label(s->verdict) : _("not judged"), sgr(style, "\033[0m"));
    if (s->number.len)
        fprintf(out, "%.*s  ", (int)s->number.len, s->number.ptr);
    nq_print_wrapped(out, s->heading.len ? s->heading : nq_no_heading(), INDENT, style->width,
                     &column);
    putc('\n', out);
    if (style->quiet)
        return;
    const char *gathered = nq_check_gathered(s);
    if (gathered)
        fprintf(out, "%*s%s\n", INDENT, "", gathered);
    for (size_t i = 0; i < s->n_matches && i < MATCHES; i++)
        print_match(out, &s->matches[i], style);
    if (s->n_matches > 0) {
        print_names(out, _("new documents: "), s->new_documents, s->n_new_documents, style);
        print_days(out, _("new dates: "), s->new_days, s->n_new_days);
        print_names(out, _("new figures: "), s->new_figures, s->n_new_figures, style);
    }
    putc('\n', out);
}

struct nq_str nq_no_heading(void)
{
    const char *text = _("(no heading)");
    return (struct nq_str){text, strlen(text)};
}

static void print_references(FILE *out, const struct nq_check *check, const struct nq_style *style)
{
    bool any = false;
    for (size_t i = 0; i < check->n_references; i++) {
        const struct nq_checked_reference *r = &check->references[i];
        char iso[11];
        int column = INDENT;
        if (r->n_cited_before == 0)
            continue;
        if (!any)
            fprintf(out, "%s\n", _("Cited before:"));
        any = true;
        fprintf(out, "%*s", INDENT, "");
        nq_print_wrapped(out, r->title.len ? r->title : r->raw, INDENT, style->width, &column);
        for (size_t k = 0; k < r->n_cited_before && k < MATCHES; k++)
            fprintf(out, " %s", nq_day_format(r->cited_before[k].report.day, iso));
        fputs(r->n_cited_before > MATCHES ? " …\n" : "\n", out);
    }
    if (any)
        putc('\n', out);
}

void nq_print_check(FILE *out, const struct nq_check *check, const struct nq_style *style)
{
    for (size_t i = 0; i < check->n_sections; i++)
        print_section(out, &check->sections[i], style);
    if (style->quiet)
        return;
    if (check->n_sections == 0)
        fprintf(out, "%s\n", _("no section to judge: only a title"));
    print_references(out, check, style);
    nq_print_check_counts(out, check);
    putc('\n', out);
}
