/* nqtext --dates and --events. */
#include "nqtext.h"
#include "output/extract_json.h"
#include "read_reports.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_days(int32_t first, int32_t last)
{
    char day[11];
    fputs(nq_day_format(first, day), stdout);
    if (last != first)
        printf("..%s", nq_day_format(last, day));
}

static void print_date(struct nq_str text, const struct nq_date *d)
{
    static const char *const kinds[] = {"", N_("one end only"), N_("vague"), N_("no such date")};
    if (d->kind == NQ_DATE_INTERVAL)
        print_days(d->first, d->last);
    else
        fputs(_(kinds[d->kind]), stdout);
    printf("\t%.*s\n", (int)(d->end - d->start), text.ptr + d->start);
}

/* The day of an option or a column; false where it is none. */
static bool read_reference(struct nq_str text, int32_t *day)
{
    int32_t last;
    return nq_day_parse(text, day, &last) && *day == last;
}

/* The dates of one line. */
static bool line_dates(struct nq_extractor *extractor, struct nq_str text, int32_t reference,
                       bool json, bool *any, struct nq_error *err)
{
    const struct nq_date *dates;
    size_t n;
    if (nq_extract_dates(extractor, text, reference, &dates, &n, err) != NQ_OK)
        return false;
    *any |= n > 0;
    if (json && common_print_json(nq_dates_json(text, dates, n)) != EXIT_FOUND)
        return false;
    for (size_t i = 0; i < n && !json; i++)
        print_date(text, &dates[i]);
    return true;
}

/* Cuts "REFERENCE<TAB>" off `*text`; false where it is no day. */
static bool take_column(struct nq_str *text, int32_t *reference)
{
    const char *tab = memchr(text->ptr, '\t', text->len);
    struct nq_str column = {text->ptr, tab ? (size_t)(tab - text->ptr) : text->len};
    if (!tab || !read_reference(column, reference))
        return false;
    *text = (struct nq_str){tab + 1, text->len - column.len - 1};
    return true;
}

int nqtext_dates(const char *path, const char *option, bool json)
{
    struct nq_error err = {0};
    struct nq_extractor *extractor = NULL;
    int32_t reference = NQ_NO_DAY;
    bool column = option && strcmp(option, "column") == 0, any = false, ok = true;
    char *line = NULL;
    size_t cap = 0, number = 0;
    ssize_t len;
    if (option && !column && !read_reference((struct nq_str){option, strlen(option)}, &reference))
        return common_fail(_("--reference: a day like 2026-06-17 or column, not %s"), option);
    FILE *file = path ? fopen(path, "rb") : stdin;
    if (!file)
        return common_fail(_("%s: %s"), path, strerror(errno));
    if (nq_extractor_open(&extractor, &err) != NQ_OK)
        ok = false;
    while (ok && (len = getline(&line, &cap, file)) >= 0) {
        struct nq_str text = {line, (size_t)(len - (len > 0 && line[len - 1] == '\n'))};
        number++;
        if (column && !take_column(&text, &reference)) {
            common_fail(_("%s:%zu: no reference day and tab at its beginning"),
                        path ? path : _("standard input"), number);
            any = ok = false;
            break;
        }
        ok = line_dates(extractor, text, reference, json, &any, &err);
    }
    if (!ok && err.status)
        common_fail("%s", err.message);
    free(line);
    nq_extractor_close(extractor);
    if (path)
        fclose(file);
    return ok ? common_finish(any ? EXIT_FOUND : EXIT_NOTHING) : EXIT_FAILED;
}

static void print_part(const char *label, struct nq_str part)
{
    if (part.ptr)
        printf("  %s: %.*s", label, (int)part.len, part.ptr);
}

static void print_event(const struct nq_event *e)
{
    print_days(e->first, e->last);
    printf("  %s", e->kind == NQ_EVENT_PAST ? _("past") : _("milestone"));
    print_part(_("who"), e->actor);
    print_part(_("action"), e->action);
    print_part(_("document"), e->document);
    printf("\n    %.*s\n", (int)e->quote.len, e->quote.ptr);
}

/* The reading of a report. */
struct reading {
    struct nq_extractor *extractor;
    const struct nq_report *report;
    int32_t reference;
    bool json, any;
    struct nq_error err;
};

static bool passage_events(struct reading *r, const struct nq_section *section, struct nq_str text,
                           unsigned flags)
{
    const struct nq_event *events;
    size_t n;
    if (nq_extract_events(r->extractor, text, r->reference, flags, &events, &n, &r->err) != NQ_OK)
        return false;
    r->any |= n > 0;
    for (size_t i = 0; i < n && !r->json; i++)
        print_event(&events[i]);
    if (!r->json || n == 0)
        return true;
    json_t *object = nq_events_json(text, events, n);
    if (object) {
        json_object_set_new(object, "report_date", nq_json_day(r->report->day));
        json_object_set_new(object, "heading",
                            nq_json_str(section ? section->heading : (struct nq_str){0}));
    }
    return common_print_json(object) == EXIT_FOUND;
}

static bool report_events(struct reading *r)
{
    const struct nq_report *report = r->report;
    bool ok = report->abstract.len == 0 || passage_events(r, NULL, report->abstract, 0);
    for (size_t i = 0; i < report->n_sections && ok; i++)
        for (size_t k = 0; k < report->sections[i].n_paragraphs && ok; k++)
            ok = passage_events(r, &report->sections[i], report->sections[i].paragraphs[k],
                                k > 0 ? NQ_EXTRACT_CONTINUES : 0);
    return ok;
}

int nqtext_events(const char *path, const char *option, bool json, bool quiet)
{
    struct nq_reports *reports = NULL;
    struct reading r = {.json = json};
    int32_t reference = NQ_NO_DAY;
    if (option && !read_reference((struct nq_str){option, strlen(option)}, &reference))
        return common_fail(_("--reference: a day like 2026-06-17, not %s"), option);
    if (!read_reports(path, quiet, &reports))
        return EXIT_FAILED;
    bool ok = nq_extractor_open(&r.extractor, &r.err) == NQ_OK;
    for (size_t i = 0; ok && i < reports->n_items; i++) {
        r.report = &reports->items[i];
        r.reference = option ? reference : r.report->day;
        ok = report_events(&r);
    }
    nq_extractor_close(r.extractor);
    nq_reports_destroy(reports);
    if (!ok)
        return r.err.status ? common_fail("%s", r.err.message) : EXIT_FAILED;
    return common_finish(r.any ? EXIT_FOUND : EXIT_NOTHING);
}
