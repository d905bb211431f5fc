/* nqtext: what the other programs see in a text: its report, its words, its dates and events. */
#include "nqtext.h"
#include "output/report_json.h"
#include "read_reports.h"
#include "values.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void usage(void)
{
    fputs(_("Usage: nqtext --report [--json] [FILE]\n"
            "  or:  nqtext --segment[=search] [--dict=FILE] [FILE]\n"
            "  or:  nqtext --dates [--reference=DATE|column] [--json] [FILE]\n"
            "  or:  nqtext --events [--reference=DATE] [--json] [FILE]\n"
            "Shows what the other programs see in FILE, or - or nothing: standard input.\n"
            "\n"
            "      --report            the text as a report: title, date, sections, ...\n"
            "      --json              the report, dates or events as JSON\n"
            "      --segment[=search]  the words of each line, parted by spaces; with search\n"
            "                          also the shorter words within them\n"
            "      --dates             the dates of each line and the days that they mean\n"
            "      --events            the dated statements of a report\n"
            "      --reference=DATE    the day that the text calls today; with --dates also\n"
            "                          column: each line begins with its own and a tab\n"
            "      --dict=FILE         words of your own, beside the built-in dictionary\n"
            "  -q, --quiet             no warnings\n"
            "      --help              show this and exit\n"
            "      --version           show the version and exit\n"),
          stdout);
}

static void show(const char *label, struct nq_str s)
{
    if (s.ptr)
        printf("%s%.*s\n", label, (int)s.len, s.ptr);
}

static void show_word(struct nq_str s)
{
    if (s.len > 0)
        printf(" %.*s", (int)s.len, s.ptr);
}

static void print_report(const struct nq_report *report)
{
    char day[11];
    show("# ", report->title);
    show("", report->publisher);
    if (report->day != NQ_NO_DAY)
        puts(nq_day_format(report->day, day));
    show("\n", report->abstract);
    for (size_t i = 0; i < report->n_sections; i++) {
        const struct nq_section *section = &report->sections[i];
        printf("\n##");
        show_word(section->number);
        show_word(section->heading);
        putchar('\n');
        for (size_t k = 0; k < section->n_paragraphs; k++)
            show("\n", section->paragraphs[k]);
    }
    for (size_t i = 0; i < report->n_references; i++) {
        const struct nq_reference *r = &report->references[i];
        printf("\n[%zu]\n", i + 1);
        show(_("  source   "), r->source);
        show(_("  title    "), r->title);
        show(_("  date     "), r->date);
        show(_("  purpose  "), r->purpose);
    }
}

/* Prints the reports of FILE, JSON as one object a line. */
static int report_of(const char *path, bool json, bool quiet)
{
    struct nq_reports *reports = NULL;
    if (!read_reports(path, quiet, &reports))
        return EXIT_FAILED;
    bool ok = true;
    size_t n = reports->n_items;
    for (size_t i = 0; i < n; i++) {
        if (json)
            ok = ok && common_print_json(nq_report_json(&reports->items[i])) == EXIT_FOUND;
        else
            print_report(&reports->items[i]);
    }
    nq_reports_destroy(reports);
    return ok ? common_finish(n ? EXIT_FOUND : EXIT_NOTHING) : EXIT_FAILED;
}

/* Prints a word behind a space, but for the first of a line. */
static bool print_word(void *user, struct nq_str word)
{
    bool *first = user;
    if (!*first)
        putchar(' ');
    *first = false;
    fwrite(word.ptr, 1, word.len, stdout); /* whether it arrives, common_finish tells */
    return true;
}

/* One line of words for each line of FILE (NULL: standard input). */
static int segment(const char *path, bool search, const char *dictionary)
{
    struct nq_error err = {0};
    struct nq_segmenter *segmenter = NULL;
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    FILE *file = path ? fopen(path, "rb") : stdin;
    if (!file)
        return common_fail(_("%s: %s"), path, strerror(errno));
    enum nq_status status = nq_segmenter_open(dictionary, &segmenter, &err);
    while (status == NQ_OK && (len = getline(&line, &cap, file)) >= 0) {
        bool first = true;
        len -= len > 0 && line[len - 1] == '\n';
        struct nq_str text = {line, (size_t)len};
        status = nq_segment(segmenter, text, search, print_word, &first, &err);
        putchar('\n');
    }
    free(line);
    nq_segmenter_close(segmenter);
    if (path)
        fclose(file);
    return status == NQ_OK ? common_finish(EXIT_FOUND) : common_fail("%s", err.message);
}

struct options {
    bool report, segments, search, dates, events, json, quiet;
    const char *dictionary, *reference;
};

enum { OPT_REFERENCE = 256, OPT_DATES, OPT_EVENTS };

/* One option; false where its value is wrong. */
static bool take(int option, struct options *o)
{
    o->report |= option == 'r';
    o->json |= option == 'j';
    o->quiet |= option == 'q';
    o->segments |= option == 's';
    o->dates |= option == OPT_DATES;
    o->events |= option == OPT_EVENTS;
    if (option == 'd')
        o->dictionary = optarg;
    if (option == OPT_REFERENCE)
        o->reference = optarg;
    o->search |= option == 's' && optarg && strcmp(optarg, "search") == 0;
    if (option == 's' && optarg && !o->search)
        common_fail(_("--segment: search or nothing, not %s"), optarg);
    return option != 's' || !optarg || o->search;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"report", no_argument, NULL, 'r'},
        {"json", no_argument, NULL, 'j'},
        {"segment", optional_argument, NULL, 's'},
        {"dates", no_argument, NULL, OPT_DATES},
        {"events", no_argument, NULL, OPT_EVENTS},
        {"reference", required_argument, NULL, OPT_REFERENCE},
        {"dict", required_argument, NULL, 'd'},
        {"quiet", no_argument, NULL, 'q'},
        {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'V'},
        {0},
    };
    struct options o = {0};
    int option;
    common_start("nqtext");
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":q", options, NULL)) != -1) {
        if (option == 'h') {
            usage();
            return common_finish(EXIT_FOUND);
        }
        if (option == 'V')
            return common_version();
        if (option == '?' || option == ':')
            return value_option(option, argv, options);
        if (!take(option, &o))
            return EXIT_FAILED;
    }
    if (o.report + o.segments + o.dates + o.events != 1)
        return common_fail("%s", _("one of --report, --segment, --dates and --events is wanted")),
               common_usage();
    if (argc - optind > 1)
        return common_fail("%s", _("one file at a time")), common_usage();
    const char *path = argv[optind] && strcmp(argv[optind], "-") != 0 ? argv[optind] : NULL;
    if (o.dictionary && !o.quiet)
        common_check_dictionary(o.dictionary);
    if (o.dates)
        return nqtext_dates(path, o.reference, o.json);
    if (o.events)
        return nqtext_events(path, o.reference, o.json, o.quiet);
    return o.report ? report_of(path, o.json, o.quiet) : segment(path, o.search, o.dictionary);
}
