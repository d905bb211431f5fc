/* nqtopics: what the index's reports are about. */
#include "common.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_DISCOVER = 256, OPT_JSON, OPT_LEAST, OPT_DICT, OPT_HELP, OPT_VERSION };

static const struct option options[] = {
    {"index", required_argument, NULL, 'i'},       {"discover", no_argument, NULL, OPT_DISCOVER},
    {"least", required_argument, NULL, OPT_LEAST}, {"dict", required_argument, NULL, OPT_DICT},
    {"json", no_argument, NULL, OPT_JSON},         {"quiet", no_argument, NULL, 'q'},
    {"verbose", no_argument, NULL, 'v'},           {"help", no_argument, NULL, OPT_HELP},
    {"version", no_argument, NULL, OPT_VERSION},   {0},
};

struct settings {
    const char *index, *dictionary;
    struct nq_discover_params params;
    bool discover, json, quiet, verbose;
};

static int help(void)
{
    fputs(_("Usage: nqtopics --discover [OPTION]...\n"
            "Proposes words and phrases that the reports use and no dictionary knows, the best\n"
            "first: lines for dicts/terms.tsv or nqindex --dict, with evidence in comments.\n"
            "\n"
            "  -i, --index=PATH   the index (default: $NQ_INDEX, else\n"
            "                     ~/.local/share/nqsearch/nq.db)\n"
            "  -n N               how many (default 100)\n"
            "      --least=N      how often a term must occur (default 5)\n"
            "      --dict=FILE    your own words, which are no news\n"
            "      --json         for programs\n"
            "  -q, --quiet        the lines alone, without evidence\n"
            "  -v, --verbose      what it took, on standard error\n"
            "      --help         show this and exit\n"
            "      --version      show the version and exit\n"),
          stdout);
    return common_finish(EXIT_FOUND);
}

/* One option; false where its value is wrong. */
static bool take(int option, struct settings *s)
{
    switch (option) {
    case 'i':
        s->index = optarg;
        return true;
    case 'n':
        return common_number("-n", optarg, &s->params.limit);
    case OPT_LEAST:
        return common_number("--least", optarg, &s->params.least_count);
    case OPT_DICT:
        s->dictionary = optarg;
        return true;
    case OPT_DISCOVER:
        return s->discover = true;
    case OPT_JSON:
        return s->json = true;
    case 'q':
        return s->quiet = true;
    default:
        return s->verbose = true;
    }
}

static int discover(const struct settings *s, struct nq_index *index)
{
    struct nq_error err = {0};
    struct nq_proposals *found;
    double start = common_seconds();
    if (nq_discover(index, &s->params, &found, &err) != NQ_OK)
        return common_fail("%s", err.message);
    if (s->verbose)
        fprintf(stderr, _("%zu proposals in %.1f s\n"), found->n_items, common_seconds() - start);
    int status = found->n_items ? EXIT_FOUND : EXIT_NOTHING;
    if (!s->json)
        nq_print_proposals(stdout, found, !s->quiet);
    else if (common_print_json(nq_proposals_json(found)) != EXIT_FOUND)
        status = EXIT_FAILED;
    nq_proposals_destroy(found);
    return common_finish(status);
}

int main(int argc, char **argv)
{
    struct settings s = {.params = {.limit = 100}};
    struct nq_index *index = NULL;
    struct nq_error err = {0};
    int option, status = EXIT_FAILED;
    common_start("nqtopics");
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":i:n:qv", options, NULL)) != -1) {
        if (option == OPT_HELP)
            return help();
        if (option == OPT_VERSION)
            return common_version();
        if (option == '?' || option == ':')
            return common_bad_option(option, argv);
        if (!take(option, &s))
            return EXIT_FAILED;
    }
    if (!s.discover || optind < argc) {
        common_fail("%s", s.discover ? _("--discover takes no argument") : _("nothing to do"));
        common_usage();
        return EXIT_FAILED;
    }
    char *path = common_index_path(s.index, false);
    if (!path)
        common_fail("%s", _("out of memory"));
    else if (nq_index_open(path, NQ_OPEN_READ, s.dictionary, &index, &err) != NQ_OK)
        common_fail("%s", err.message);
    else
        status = discover(&s, index);
    nq_index_close(index);
    free(path);
    return status;
}
