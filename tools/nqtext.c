/* nqtext: what the other programs see in a text.  So far --report [--json] [FILE]. */
#include "common.h"
#include "output/report_json.h"

#include <errno.h>
#include <getopt.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void usage(FILE *to)
{
    fputs(_("Usage: nqtext --report [--json] [FILE]\n"
            "Shows what the other programs see in a text; standard input without FILE.\n"
            "\n"
            "      --report   the text as a report: title, date, sections, references\n"
            "      --json     as JSON\n"
            "  -q, --quiet    no warnings\n"
            "      --help     show this and exit\n"
            "      --version  show the version and exit\n"),
          to);
}

/* All of `file`, in memory that the caller frees; NULL with errno set. */
static char *slurp(FILE *file, size_t *len)
{
    char *text = NULL;
    size_t cap = 0;
    *len = 0;
    for (;;) {
        if (*len == cap) {
            cap = cap ? cap * 2 : 1 << 16;
            char *grown = realloc(text, cap);
            if (!grown)
                break;
            text = grown;
        }
        size_t n = fread(text + *len, 1, cap - *len, file);
        *len += n;
        if (n == 0 && !ferror(file))
            return text;
        if (n == 0)
            break;
    }
    free(text);
    return NULL;
}

static void warning(void *user, bool failed, const char *message)
{
    (void)failed;
    if (!*(const bool *)user)
        fprintf(stderr, "nqtext: %s\n", message);
}

static void show(const char *label, struct nq_str s)
{
    if (s.ptr)
        printf("%s%.*s\n", label, (int)s.len, s.ptr);
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
        show("\n## ", section->number);
        show(section->number.ptr ? "   " : "\n## ", section->heading);
        for (size_t k = 0; k < section->n_paragraphs; k++)
            show("\n", section->paragraphs[k]);
    }
    for (size_t i = 0; i < report->n_references; i++) {
        const struct nq_reference *r = &report->references[i];
        printf("\n[%zu]\n", i + 1);
        show("  source   ", r->source);
        show("  title    ", r->title);
        show("  date     ", r->date);
        show("  purpose  ", r->purpose);
    }
}

static bool print_json(const struct nq_report *report)
{
    json_t *object = nq_report_json(report);
    bool ok = object && json_dumpf(object, stdout, JSON_COMPACT) == 0 && putchar('\n') != EOF;
    json_decref(object);
    return ok;
}

/* Reads FILE (NULL: standard input) and prints its reports, JSON as one object a line. */
static int report_of(const char *path, bool json, bool quiet)
{
    struct nq_error err = {0};
    struct nq_reports *reports = NULL;
    size_t len;
    FILE *file = path ? fopen(path, "rb") : stdin;
    char *text = file ? slurp(file, &len) : NULL;
    if (!text) {
        fprintf(stderr, "nqtext: %s: %s\n", path ? path : "-", strerror(errno));
        if (file && path)
            fclose(file);
        return EXIT_FAILED;
    }
    if (path)
        fclose(file);
    enum nq_status status =
        nq_reports_read(path, (struct nq_str){text, len}, warning, &quiet, &reports, &err);
    free(text);
    if (status != NQ_OK) {
        fprintf(stderr, "nqtext: %s\n", err.message);
        return EXIT_FAILED;
    }
    bool ok = true;
    size_t n = reports->n_items;
    for (size_t i = 0; i < n; i++) {
        if (json)
            ok = ok && print_json(&reports->items[i]);
        else
            print_report(&reports->items[i]);
    }
    nq_reports_destroy(reports);
    return !ok || fflush(stdout) != 0 ? EXIT_FAILED : n ? EXIT_FOUND : EXIT_NOTHING;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"report", no_argument, NULL, 'r'},  {"json", no_argument, NULL, 'j'},
        {"quiet", no_argument, NULL, 'q'},   {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'V'}, {0},
    };
    bool report = false, json = false, quiet = false;
    int option;
    common_start("nqtext");
    while ((option = getopt_long(argc, argv, "q", options, NULL)) != -1) {
        report |= option == 'r';
        json |= option == 'j';
        quiet |= option == 'q';
        if (option == 'h') {
            usage(stdout);
            return EXIT_FOUND;
        }
        if (option == 'V') {
            printf("nqtext %s\n", nq_version());
            return EXIT_FOUND;
        }
        if (option == '?')
            return EXIT_FAILED;
    }
    if (!report || argc - optind > 1) {
        usage(stderr);
        return EXIT_FAILED;
    }
    return report_of(argv[optind], json, quiet);
}
