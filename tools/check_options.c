/* The options of nqcheck. */
#include "check_options.h"

#include "values.h"

#include <string.h>

static void usage(FILE *to)
{
    fputs(_("Usage: nqcheck [OPTION]... DRAFT\n"
            "Says what of DRAFT (- for standard input) was covered before, by section.\n"
            "\n"
            "  -i, --index=PATH        the index (default: $NQ_INDEX, else\n"
            "                          ~/.local/share/nqsearch/nq.db)\n"
            "      --before=DATE       compare with what is older (default: the draft's date)\n"
            "      --since=DATE        and not older than this\n"
            "      --days=N            and at most N days older\n"
            "      --kind=KIND         with documents of this kind: report (default),\n"
            "                          reference, all\n"
            "      --threshold=WHICH   strict, normal (default) or lenient\n"
            "      --explain           with the measures, also of what is unrelated\n"
            "      --json              one JSON object\n"
            "      --html              a page for the browser, in one file\n"
            "      --color=WHEN        auto, always or never\n"
            "  -q, --quiet             verdicts alone\n"
            "  -v, --verbose           how long it took\n"
            "      --help              show this and exit\n"
            "      --version           show the version and exit\n"
            "\n"
            "Exit status: 0 nothing repeats, 1 a section repeats, 2 failure.\n"),
          to);
}

static bool take(struct check_options *o, int option, const char *value)
{
    static const char *const strict[] = {"normal", "strict", "lenient", NULL};
    size_t n = 0;
    int which = 0;
    bool ok = true;
    switch (option) {
    case 'i':
        o->index = value;
        break;
    case 'b':
        ok = value_day("--before", value, false, &o->params.before);
        break;
    case 's':
        ok = value_day("--since", value, false, &o->params.since);
        break;
    case 'd':
        ok = value_number("--days", value, &n);
        o->params.days = n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
        break;
    case 'k':
        ok = value_kind(value, &o->params.kinds);
        break;
    case 't':
        which = value_word("--threshold", value, strict);
        o->params.strictness = (enum nq_strictness)which;
        break;
    case 'c':
        ok = value_colour(value, &o->style.colour);
        break;
    case 'j':
        o->json = true;
        break;
    case 'e':
        o->params.all = o->style.explain = true;
        break;
    case 'H':
        o->html = true;
        break;
    case 'q':
        o->style.quiet = true;
        break;
    case 'v':
        o->verbose = true;
        break;
    }
    return ok && which >= 0;
}

int check_options_read(int argc, char **argv, struct check_options *o)
{
    static const struct option options[] = {{"index", required_argument, NULL, 'i'},
                                            {"before", required_argument, NULL, 'b'},
                                            {"since", required_argument, NULL, 's'},
                                            {"days", required_argument, NULL, 'd'},
                                            {"kind", required_argument, NULL, 'k'},
                                            {"threshold", required_argument, NULL, 't'},
                                            {"explain", no_argument, NULL, 'e'},
                                            {"json", no_argument, NULL, 'j'},
                                            {"html", no_argument, NULL, 'H'},
                                            {"color", required_argument, NULL, 'c'},
                                            {"quiet", no_argument, NULL, 'q'},
                                            {"verbose", no_argument, NULL, 'v'},
                                            {"help", no_argument, NULL, 'h'},
                                            {"version", no_argument, NULL, 'V'},
                                            {0}};
    int option;
    *o = (struct check_options){
        .params = {.bounded = true, .since = NQ_NO_DAY, .before = NQ_NO_DAY}};
    o->style.width = common_width();
    value_colour("auto", &o->style.colour);
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":i:qv", options, NULL)) != -1) {
        if (option == 'h')
            usage(stdout);
        if (option == 'h' || option == 'V')
            return option == 'h' ? common_finish(EXIT_FOUND) : common_version();
        if (option == '?' || option == ':')
            return value_option(option, argv, options);
        if (!take(o, option, optarg))
            return EXIT_FAILED;
    }
    if (argc - optind != 1)
        return common_fail("%s", argc == optind ? _("no draft") : _("one draft at a time")),
               common_usage();
    o->draft = argv[optind];
    return -1;
}
