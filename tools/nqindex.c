/* nqindex: reads reports into the index and looks after it. */
#include "common.h"

#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct options {
    const char *index, *dictionary, *backup;
    bool quiet, verbose, json, rebuild, stats, verify, optimize;
    struct nq_update_options update;
};

/* A run for the callbacks. */
struct run {
    const struct options *options;
    double start, shown;
    bool terminal;
};

static volatile sig_atomic_t interrupted;

enum {
    OPT_PRUNE = 256,
    OPT_REBUILD,
    OPT_STATS,
    OPT_VERIFY,
    OPT_OPTIMIZE,
    OPT_BACKUP,
    OPT_JSON,
    OPT_DICT,
    OPT_HELP,
    OPT_VERSION
};

static int help(void)
{
    fputs(_("Usage: nqindex [OPTION]... PATH...\n"
            "Reads reports (files, or folders recursively) into the index; unchanged files\n"
            "are skipped, changed ones replaced.\n"
            "\n"
            "  -i, --index=PATH   the index (default: $NQ_INDEX, else\n"
            "                     ~/.local/share/nqsearch/nq.db)\n"
            "      --prune        forget files below PATH that are gone\n"
            "      --rebuild      start from nothing, and swap the new index in when it is whole\n"
            "      --dict=FILE    words of your own, beside the built-in dictionary\n"
            "      --stats        what the index holds\n"
            "      --verify       check every layer of the index\n"
            "      --optimize     make the index smallest and fastest\n"
            "      --backup=FILE  copy the index\n"
            "      --json         the summary or the statistics as JSON\n"
            "  -q, --quiet        no summary, no warnings\n"
            "  -v, --verbose      also what was repaired\n"
            "      --help         show this and exit\n"
            "      --version      show the version and exit\n"),
          stdout);
    return common_finish(EXIT_FOUND);
}

static void on_interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

static bool on_progress(void *user, const struct nq_progress *at)
{
    struct run *run = user;
    double now = common_seconds();
    bool end = at->files_done == at->files_total;
    if (run->terminal && !run->options->quiet && (end || now - run->shown > 0.1)) {
        nq_print_progress(stderr, at, now - run->start, 80);
        run->shown = now;
    }
    return !interrupted;
}

static void on_warning(void *user, bool failed, const char *message)
{
    const struct run *run = user;
    (void)failed;
    if (run->options->quiet && !failed)
        return;
    if (run->terminal)
        fputs("\r\033[K", stderr);
    common_fail("%s", message);
}

static void on_problem(void *user, const char *message)
{
    (void)user;
    printf("%s\n", message);
}

static json_t *summary_json(const struct nq_summary *s, double seconds)
{
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:f}", "schema",
                     "nqsearch.summary/1", "files_read", (json_int_t)s->files_read,
                     "files_unchanged", (json_int_t)s->files_unchanged, "files_replaced",
                     (json_int_t)s->files_replaced, "files_removed", (json_int_t)s->files_removed,
                     "files_failed", (json_int_t)s->files_failed, "records_failed",
                     (json_int_t)s->records_failed, "reports", (json_int_t)s->reports, "passages",
                     (json_int_t)s->passages, "bytes", (json_int_t)s->bytes, "seconds", seconds);
}

static int print_summary(const struct options *o, const struct nq_summary *s, double seconds)
{
    if (o->json)
        return common_print_json(summary_json(s, seconds));
    if (!o->quiet)
        printf(_("%llu files read, %llu replaced, %llu unchanged, %llu removed, %llu failed; "
                 "%llu reports, %llu passages, %.1f MB in %.1f s\n"),
               (unsigned long long)s->files_read, (unsigned long long)s->files_replaced,
               (unsigned long long)s->files_unchanged, (unsigned long long)s->files_removed,
               (unsigned long long)s->files_failed, (unsigned long long)s->reports,
               (unsigned long long)s->passages, (double)s->bytes / 1e6, seconds);
    return EXIT_FOUND;
}

static int update(struct options *o, const char *path, char **paths, int n)
{
    struct run run = {.options = o, .start = common_seconds(), .terminal = isatty(STDERR_FILENO)};
    struct nq_index *index = NULL;
    struct nq_summary summary = {0};
    struct nq_error err = {0};
    o->update.progress = on_progress;
    o->update.warning = on_warning;
    o->update.user = &run;
    struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    const char *const *names = (const char *const *)paths;
    enum nq_status status;
    if (o->rebuild) {
        status =
            nq_index_rebuild(path, o->dictionary, names, (size_t)n, &o->update, &summary, &err);
    } else {
        status = nq_index_open(path, NQ_OPEN_WRITE, o->dictionary, &index, &err);
        if (status == NQ_OK)
            status = nq_index_update(index, names, (size_t)n, &o->update, &summary, &err);
        nq_index_close(index);
    }
    if (status != NQ_OK)
        return common_fail("%s", err.message);
    int printed = print_summary(o, &summary, common_seconds() - run.start);
    bool whole = summary.files_failed == 0 && summary.records_failed == 0;
    return common_finish(whole ? printed : EXIT_FAILED);
}

static int care(const struct options *o, const char *path)
{
    struct nq_index *index = NULL;
    struct nq_error err = {0};
    uint64_t problems = 0;
    struct nq_stats *stats = NULL;
    struct nq_style style = {.width = common_width()};
    int exit_status = EXIT_FOUND;
    enum nq_open_mode mode = o->optimize ? NQ_OPEN_WRITE : NQ_OPEN_READ;
    enum nq_status status = access(path, F_OK) == 0 || !o->optimize
                                ? nq_index_open(path, mode, o->dictionary, &index, &err)
                                : nq_index_open(path, NQ_OPEN_READ, NULL, &index, &err);
    if (status == NQ_OK && o->optimize)
        status = nq_index_optimize(index, &err);
    if (status == NQ_OK && o->verify)
        status = nq_index_verify(index, on_problem, NULL, &problems, &err);
    if (status == NQ_OK && o->verify && !o->quiet && problems == 0)
        puts(_("the index is sound"));
    if (status == NQ_OK && o->stats)
        status = nq_index_stats(index, &stats, &err);
    if (stats && o->json)
        exit_status = common_print_json(nq_stats_json(stats));
    else if (stats)
        nq_print_stats(stdout, stats, &style);
    if (status == NQ_OK && o->backup)
        status = nq_index_backup(index, o->backup, &err);
    nq_stats_destroy(stats);
    nq_index_close(index);
    if (status != NQ_OK)
        return common_fail("%s", err.message);
    return common_finish(problems ? EXIT_FAILED : exit_status);
}

static void take(int option, struct options *o)
{
    bool *const flags[] = {&o->update.prune, &o->rebuild, &o->stats, &o->verify, &o->optimize};
    if (option >= OPT_PRUNE && option <= OPT_OPTIMIZE)
        *flags[option - OPT_PRUNE] = true;
    else if (option == 'i')
        o->index = optarg;
    else if (option == OPT_BACKUP)
        o->backup = optarg;
    else if (option == OPT_DICT)
        o->dictionary = optarg;
    o->json |= option == OPT_JSON;
    o->quiet |= option == 'q';
    o->verbose |= option == 'v';
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"index", required_argument, NULL, 'i'},
        {"prune", no_argument, NULL, OPT_PRUNE},
        {"rebuild", no_argument, NULL, OPT_REBUILD},
        {"stats", no_argument, NULL, OPT_STATS},
        {"verify", no_argument, NULL, OPT_VERIFY},
        {"optimize", no_argument, NULL, OPT_OPTIMIZE},
        {"backup", required_argument, NULL, OPT_BACKUP},
        {"json", no_argument, NULL, OPT_JSON},
        {"dict", required_argument, NULL, OPT_DICT},
        {"quiet", no_argument, NULL, 'q'},
        {"verbose", no_argument, NULL, 'v'},
        {"help", no_argument, NULL, OPT_HELP},
        {"version", no_argument, NULL, OPT_VERSION},
        {0},
    };
    struct options o = {0};
    int option, status = EXIT_FOUND;
    common_start("nqindex");
    while ((option = getopt_long(argc, argv, "i:qv", options, NULL)) != -1) {
        if (option == OPT_HELP)
            return help();
        if (option == OPT_VERSION)
            return common_version();
        if (option == '?')
            return common_usage();
        take(option, &o);
    }
    if (o.dictionary && !o.quiet)
        common_check_dictionary(o.dictionary);
    bool cares = o.stats || o.verify || o.optimize || o.backup;
    if (optind == argc && !cares)
        return common_fail("%s", _("no PATH to read")), common_usage();
    char *path = common_index_path(o.index, optind < argc);
    if (!path)
        return common_fail("%s", _("out of memory"));
    if (optind < argc)
        status = update(&o, path, argv + optind, argc - optind);
    if (status == EXIT_FOUND && cares)
        status = care(&o, path);
    free(path);
    return status;
}
