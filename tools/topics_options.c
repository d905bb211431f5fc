/* The options of nqtopics. */
#include "topics_options.h"

#include "values.h"

#include <string.h>

enum {
    OPT_DISCOVER = 256,
    OPT_CONFLICTS,
    OPT_SOURCES,
    OPT_WORKS,
    OPT_LEAST,
    OPT_DICT,
    OPT_OFFSET,
    OPT_FROM,
    OPT_TO,
    OPT_KIND,
    OPT_SORT,
    OPT_PASSAGES,
    OPT_COLOR,
    OPT_JSON,
    OPT_HELP,
    OPT_VERSION
};

enum { TOPICS = 30, PROPOSALS = 100 };

static const struct option options[] = {
    {"index", required_argument, NULL, 'i'},
    {"discover", no_argument, NULL, OPT_DISCOVER},
    {"conflicts", no_argument, NULL, OPT_CONFLICTS},
    {"sources", no_argument, NULL, OPT_SOURCES},
    {"works", no_argument, NULL, OPT_WORKS},
    {"least", required_argument, NULL, OPT_LEAST},
    {"dict", required_argument, NULL, OPT_DICT},
    {"offset", required_argument, NULL, OPT_OFFSET},
    {"from", required_argument, NULL, OPT_FROM},
    {"to", required_argument, NULL, OPT_TO},
    {"kind", required_argument, NULL, OPT_KIND},
    {"sort", required_argument, NULL, OPT_SORT},
    {"passages", required_argument, NULL, OPT_PASSAGES},
    {"color", required_argument, NULL, OPT_COLOR},
    {"json", no_argument, NULL, OPT_JSON},
    {"quiet", no_argument, NULL, 'q'},
    {"verbose", no_argument, NULL, 'v'},
    {"help", no_argument, NULL, OPT_HELP},
    {"version", no_argument, NULL, OPT_VERSION},
    {0},
};

static void usage(void)
{
    fputs(_("Usage: nqtopics [OPTION]... [TOPIC]\n"
            "       nqtopics --sources|--works [OPTION]...\n"
            "       nqtopics --discover [OPTION]...\n"
            "Shows what the reports are about; of TOPIC its other names, documents,\n"
            "organisations, what stands beside it and its best passages.\n"
            "\n"
            "  -i, --index=PATH   the index (default: $NQ_INDEX, else\n"
            "                     ~/.local/share/nqsearch/nq.db)\n"
            "  -n N               how many topics (default 30), or of TOPIC how many\n"
            "                     documents, organisations and neighbours (default 10)\n"
            "      --offset=N     from which topic on, from 0\n"
            "      --from=DATE    not before; 2026, 2026-06 or 2026-06-17\n"
            "      --to=DATE      not after\n"
            "      --kind=KIND    term, organisation, document, work or word; several with\n"
            "                     commas between (default: all)\n"
            "      --sort=ORDER   weight (default), passages, change, first or last\n"
            "      --passages=N   of TOPIC, how many passages a month (default 1)\n"
            "      --conflicts    where reports on TOPIC contradict one another\n"
            "      --dict=FILE    your own words, as for nqindex\n"
            "      --json         for programs\n"
            "      --color=WHEN   auto, always or never\n"
            "  -q, --quiet        rows alone\n"
            "  -v, --verbose      what it took, on standard error\n"
            "      --help         show this and exit\n"
            "      --version      show the version and exit\n"
            "\n"
            "      --sources      whom the reports cite, how often, for how many works and in\n"
            "                     how many reports; -v names the reports\n"
            "      --works        the works that reports cite, each once, however references\n"
            "                     print it; -v shows the references\n"
            "      --discover     words and phrases that the reports use and no dictionary\n"
            "                     knows, the best first: lines for dicts/terms.tsv or\n"
            "                     nqindex --dict, with evidence in comments; 100 unless -n\n"
            "                     says how many\n"
            "      --least=N      of --discover: how often a term must occur (default 5)\n"),
          stdout);
}

static bool read_kinds(const char *text, unsigned *kinds)
{
    bool read = nq_topic_kinds_read((struct nq_str){text, strlen(text)}, kinds);
    if (!read)
        common_fail(_("--kind: term, organisation, document, work or word, not %s"), text);
    return read;
}

static bool read_sort(const char *text, enum nq_topic_sort *sort)
{
    static const char *const words[] = {"weight", "passages", "change", "first", "last", NULL};
    int which = value_word("--sort", text, words);
    *sort = (enum nq_topic_sort)which;
    return which >= 0;
}

/* One option; false where its value is wrong. */
static bool take(int option, struct topics_options *o)
{
    struct nq_topics_params *p = &o->list;
    switch (option) {
    case 'i':
        o->index = optarg;
        return true;
    case 'n':
        return o->limited = value_number("-n", optarg, &p->limit);
    case OPT_OFFSET:
        return value_number("--offset", optarg, &p->offset);
    case OPT_FROM:
        return p->bounded = value_day("--from", optarg, false, &p->from);
    case OPT_TO:
        return p->bounded = value_day("--to", optarg, true, &p->to);
    case OPT_KIND:
        return read_kinds(optarg, &p->kinds);
    case OPT_SORT:
        return read_sort(optarg, &p->sort);
    case OPT_PASSAGES:
        return value_number("--passages", optarg, &o->passages);
    case OPT_LEAST:
        return value_number("--least", optarg, &o->discovery.least_count);
    case OPT_DICT:
        o->dictionary = optarg;
        return true;
    case OPT_COLOR:
        return value_colour(optarg, &o->style.colour);
    case OPT_DISCOVER:
        return o->discover = true;
    case OPT_CONFLICTS:
        return o->conflicts = true;
    case OPT_SOURCES:
        return o->sources = true;
    case OPT_WORKS:
        return o->works = true;
    case OPT_JSON:
        return o->json = true;
    case 'q':
        return o->style.quiet = true;
    default:
        return o->verbose = true;
    }
}

int topics_options_read(int argc, char **argv, struct topics_options *o)
{
    int option;
    *o = (struct topics_options){.list = {.from = NQ_NO_DAY, .to = NQ_NO_DAY}};
    o->style.width = common_width();
    value_colour("auto", &o->style.colour);
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":i:n:qv", options, NULL)) != -1) {
        if (option == OPT_HELP)
            return usage(), common_finish(EXIT_FOUND);
        if (option == OPT_VERSION)
            return common_version();
        if (option == '?' || option == ':')
            return value_option(option, argv, options);
        if (!take(option, o))
            return EXIT_FAILED;
    }
    o->topic = argv[optind];
    const char *wrong = argc - optind > 1           ? _("one topic at a time")
                        : o->discover && o->topic   ? _("--discover takes no argument")
                        : o->sources && o->topic    ? _("--sources takes no argument")
                        : o->conflicts && !o->topic ? _("--conflicts wants a topic")
                        : o->works && o->topic      ? _("--works takes no argument")
                        : o->discover + o->sources + o->works > 1
                            ? _("one of --discover, --sources and --works at a time")
                            : NULL;
    if (wrong) {
        common_fail("%s", wrong);
        return common_usage();
    }
    if (!o->limited && !o->topic)
        o->list.limit = o->discover ? PROPOSALS : TOPICS;
    o->discovery.limit = o->list.limit;
    return -1;
}
