/* The options of nqindex. */
#include "index_options.h"

#include "values.h"

#include <stdlib.h>

enum {
    OPT_PRUNE = 256,
    OPT_REBUILD,
    OPT_WATCH,
    OPT_STATS,
    OPT_VERIFY,
    OPT_OPTIMIZE,
    OPT_BACKUP,
    OPT_COPY,
    OPT_ENGINE,
    OPT_SHARDS,
    OPT_SHARD,
    OPT_JSON,
    OPT_DICT,
    OPT_HELP,
    OPT_VERSION
};

enum { MOST_SHARDS = 1000 }; /* as nq_index_create has it */

static int help(void)
{
    fputs(_("Usage: nqindex [OPTION]... PATH...\n"
            "Reads reports (files, or folders recursively) into the index; unchanged files\n"
            "are skipped, changed ones replaced, moved ones recognised.\n"
            "\n"
            "  -i, --index=PATH   the index (default: $NQ_INDEX, else\n"
            "                     ~/.local/share/nqsearch/nq.db)\n"
            "      --prune        forget files below PATH that are gone\n"
            "      --rebuild      start from nothing, and swap the new index in when whole\n"
            "      --watch        stay, and follow changes below PATH\n"
            "      --dict=FILE    words of your own, beside the built-in dictionary\n"
            "      --stats        what the index holds, missing days and odd reports\n"
            "      --verify       check every layer of the index\n"
            "      --optimize     make the index smallest and fastest\n"
            "      --backup=FILE  copy the index\n"
            "      --engine=NAME  fts5 (one file, the default) or xapian (databases beside\n"
            "                     it, for archives of many millions of passages)\n"
            "      --shards=N     so many databases that can be served from other machines\n"
            "      --shard=PLACE  an index that only names shards: folders, or HOST:PORT of\n"
            "                     xapian-tcpsrv; once for each\n"
            "      --copy-to=NEW  copy the index for another --engine or other --shards\n"
            "      --json         the account or the statistics as JSON\n"
            "  -q, --quiet        no summary, no warnings\n"
            "  -v, --verbose      also what was repaired\n"
            "      --help         show this and exit\n"
            "      --version      show the version and exit\n"),
          stdout);
    return common_finish(EXIT_FOUND);
}

/* One option; false where its value is wrong. */
static bool take(int option, struct index_options *o)
{
    bool *const flags[] = {&o->update.prune, &o->rebuild, &o->watch,
                           &o->stats,        &o->verify,  &o->optimize};
    if (option >= OPT_PRUNE && option <= OPT_OPTIMIZE)
        *flags[option - OPT_PRUNE] = true;
    else if (option == 'i')
        o->index = optarg;
    else if (option == OPT_BACKUP)
        o->backup = optarg;
    else if (option == OPT_DICT)
        o->dictionary = optarg;
    else if (option == OPT_COPY)
        o->copy = optarg;
    else if (option == OPT_ENGINE)
        o->kind.engine = optarg;
    else if (option == OPT_SHARDS)
        return value_count("--shards", optarg, MOST_SHARDS, &o->kind.shards);
    else if (option == OPT_SHARD)
        o->places[o->kind.n_places++] = optarg;
    o->json |= option == OPT_JSON;
    o->quiet |= option == 'q';
    o->verbose |= option == 'v';
    return true;
}

bool index_options_care(const struct index_options *o)
{
    return o->stats || o->verify || o->optimize || o->backup || o->copy;
}

/* Takes the options of the command line; false: there is nothing more to do, *status is the exit
 * status. */
static bool take_all(int argc, char **argv, struct index_options *o, int *status)
{
    static const struct option options[] = {
        {"index", required_argument, NULL, 'i'},
        {"prune", no_argument, NULL, OPT_PRUNE},
        {"rebuild", no_argument, NULL, OPT_REBUILD},
        {"watch", no_argument, NULL, OPT_WATCH},
        {"stats", no_argument, NULL, OPT_STATS},
        {"verify", no_argument, NULL, OPT_VERIFY},
        {"optimize", no_argument, NULL, OPT_OPTIMIZE},
        {"backup", required_argument, NULL, OPT_BACKUP},
        {"copy-to", required_argument, NULL, OPT_COPY},
        {"engine", required_argument, NULL, OPT_ENGINE},
        {"shards", required_argument, NULL, OPT_SHARDS},
        {"shard", required_argument, NULL, OPT_SHARD},
        {"json", no_argument, NULL, OPT_JSON},
        {"dict", required_argument, NULL, OPT_DICT},
        {"quiet", no_argument, NULL, 'q'},
        {"verbose", no_argument, NULL, 'v'},
        {"help", no_argument, NULL, OPT_HELP},
        {"version", no_argument, NULL, OPT_VERSION},
        {0},
    };
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":i:qv", options, NULL)) != -1) {
        if (option == OPT_HELP)
            *status = help();
        else if (option == OPT_VERSION)
            *status = common_version();
        else if (option == '?' || option == ':')
            *status = value_option(option, argv, options);
        else if (take(option, o))
            continue;
        else
            *status = EXIT_FAILED;
        return false;
    }
    return true;
}

bool index_options_read(int argc, char **argv, struct index_options *o, int *status)
{
    *o = (struct index_options){0};
    *status = EXIT_FOUND;
    o->places = calloc((size_t)argc, sizeof *o->places);
    if (!o->places) {
        *status = common_fail("%s", _("out of memory"));
        return false;
    }
    if (!take_all(argc, argv, o, status))
        return false;
    o->paths = argv + optind;
    o->n_paths = argc - optind;
    o->kind.places = o->places;
    if (!o->kind.engine && (o->kind.shards || o->kind.n_places))
        o->kind.engine = "xapian";
    if (!o->kind.engine && o->copy)
        o->kind.engine = "fts5";
    if (o->kind.n_places > 0 && (o->n_paths > 0 || o->kind.shards || index_options_care(o))) {
        *status = common_fail("%s", _("--shard makes an index that holds nothing itself"));
        return false;
    }
    if (o->n_paths > 0 || o->kind.n_places || (index_options_care(o) && !o->watch))
        return true;
    common_fail("%s", _("no PATH to read"));
    *status = common_usage();
    return false;
}
