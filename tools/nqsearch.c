/* nqsearch: passages of the index that answer a query, best first. */
#include "common.h"
#include "output/timeline.h"

#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct options {
    const char *index;
    struct nq_search_params params;
    bool json, csv, explain, quiet, timeline, ics, limited;
    enum nq_event_kind event_kinds;
    struct nq_style style;
};

enum {
    OPT_OFFSET = 256,
    OPT_FROM,
    OPT_TO,
    OPT_KIND,
    OPT_SORT,
    OPT_JSON,
    OPT_CSV,
    OPT_EXPLAIN,
    OPT_TIMELINE,
    OPT_ICS,
    OPT_COLOR,
    OPT_HELP,
    OPT_VERSION
};

static int help(void)
{
    fputs(_("Usage: nqsearch [OPTION]... QUERY...\n"
            "Prints the passages that answer QUERY, best first.\n"
            "\n"
            "All words are wanted; \"...\" is exact; also OR, |, -word, word*, title:, source:,\n"
            "kind:, date:2026-06..2026-07.  Where little is found, partial matches follow.\n"
            "\n"
            "  -i, --index=PATH   the index (default: $NQ_INDEX, else\n"
            "                     ~/.local/share/nqsearch/nq.db)\n"
            "  -n N               how many hits (default 10)\n"
            "      --offset=N     from which hit on, from 0\n"
            "      --from=DATE    not before; 2026, 2026-06 or 2026-06-17\n"
            "      --to=DATE      not after\n"
            "      --kind=KIND    report, reference or all\n"
            "      --sort=ORDER   relevance or date\n"
            "      --timeline     what happened in a matter, and is to happen, in order of\n"
            "                     time; --from and --to then mean the days of events, --kind\n"
            "                     also past or milestone\n"
            "      --json, --csv  for programs\n"
            "      --ics          a timeline for a calendar program\n"
            "      --explain      how the query was understood\n"
            "      --color=WHEN   auto, always or never\n"
            "  -q, --quiet        no messages\n"
            "  -v, --verbose      the same as --explain\n"
            "      --help         show this and exit\n"
            "      --version      show the version and exit\n"),
          stdout);
    return common_finish(EXIT_FOUND);
}

static bool read_date(const char *option, const char *text, bool last, int32_t *out)
{
    int32_t first_day, last_day;
    struct nq_str s = {text, strlen(text)};
    if (!nq_day_parse(s, &first_day, &last_day)) {
        common_fail(_("%s: not a date: %s"), option, text);
        return false;
    }
    *out = last ? last_day : first_day;
    return true;
}

static bool read_kind(const char *text, struct options *o)
{
    if (strcmp(text, "report") == 0)
        o->params.kinds = NQ_KIND_REPORT;
    else if (strcmp(text, "reference") == 0)
        o->params.kinds = NQ_KIND_REFERENCE;
    else if (strcmp(text, "all") == 0)
        o->params.kinds = NQ_KIND_ALL;
    else if (strcmp(text, "past") == 0)
        o->event_kinds = NQ_EVENT_PAST;
    else if (strcmp(text, "milestone") == 0)
        o->event_kinds = NQ_EVENT_MILESTONE;
    else
        common_fail(_("--kind: report, reference or all (of a timeline also past or milestone), "
                      "not %s"),
                    text);
    return o->params.kinds != 0 || o->event_kinds != 0;
}

static bool read_sort(const char *text, enum nq_sort *out)
{
    *out = strcmp(text, "date") == 0 ? NQ_SORT_DATE : NQ_SORT_RELEVANCE;
    if (*out == NQ_SORT_DATE || strcmp(text, "relevance") == 0)
        return true;
    common_fail(_("--sort: relevance or date, not %s"), text);
    return false;
}

/* One option; false where its value is wrong. */
static bool take(int option, struct options *o)
{
    struct nq_search_params *p = &o->params;
    switch (option) {
    case 'i':
        o->index = optarg;
        return true;
    case 'n':
        o->limited = true;
        return common_number("-n", optarg, &p->limit);
    case OPT_OFFSET:
        return common_number("--offset", optarg, &p->offset);
    case OPT_FROM:
        return p->bounded = true, read_date("--from", optarg, false, &p->from);
    case OPT_TO:
        return p->bounded = true, read_date("--to", optarg, true, &p->to);
    case OPT_KIND:
        return read_kind(optarg, o);
    case OPT_SORT:
        return read_sort(optarg, &p->sort);
    case OPT_COLOR:
        return common_colour(optarg, &o->style.colour);
    case OPT_JSON:
        return o->json = true;
    case OPT_CSV:
        return o->csv = true;
    case OPT_TIMELINE:
        return o->timeline = true;
    case OPT_ICS:
        return o->ics = o->timeline = true;
    case 'v':
    case OPT_EXPLAIN:
        return o->params.explain = o->style.explain = true;
    default: /* -q: there is nothing to be quiet about */
        return true;
    }
}

/* The words of the command line as one query; the caller frees it. */
static char *join(char **words, int n)
{
    size_t len = 1;
    for (int i = 0; i < n; i++)
        len += strlen(words[i]) + 1;
    char *query = malloc(len);
    if (query)
        *query = '\0';
    for (int i = 0; query && i < n; i++)
        strcat(strcat(query, i ? " " : ""), words[i]);
    return query;
}

/* The query with a caret under what could not be parsed. */
static int fail_query(struct nq_str query, const struct nq_error *err)
{
    common_fail("%s", err->message);
    if (err->status != NQ_ERR_USAGE || err->column < 0 || nq_width(query) > common_width() - 4)
        return EXIT_FAILED;
    size_t at = 0;
    for (int n = 0; at < query.len; at++)
        if (((unsigned char)query.ptr[at] & 0xC0) != 0x80 && n++ == err->column)
            break;
    int column = nq_width((struct nq_str){query.ptr, at});
    fprintf(stderr, "  %.*s\n  %*s^\n", (int)query.len, query.ptr, column, "");
    return EXIT_FAILED;
}

static int search(const struct options *o, struct nq_index *index)
{
    struct nq_error err = {0};
    struct nq_results *results;
    struct nq_str query = o->params.query;
    double start = common_seconds();
    if (nq_search(index, &o->params, &results, &err) != NQ_OK)
        return fail_query(query, &err);
    double took_ms = (common_seconds() - start) * 1e3;
    int status = results->total ? EXIT_FOUND : EXIT_NOTHING;
    if (o->json) {
        json_t *json = nq_results_json(results, query, o->params.offset, o->params.limit, took_ms);
        if (common_print_json(json) != EXIT_FOUND)
            status = EXIT_FAILED;
    } else if (o->csv) {
        nq_print_csv(stdout, results);
    } else {
        nq_print_results(stdout, results, query, o->params.offset, took_ms, &o->style);
    }
    nq_results_destroy(results);
    return common_finish(status);
}

/* The timeline of the query. */
static int timeline(const struct options *o, struct nq_index *index)
{
    enum { EVENTS = 20, SECONDS_A_DAY = 86400 };
    const struct nq_search_params *p = &o->params;
    struct nq_timeline_params params = {.query = p->query,
                                        .bounded = p->bounded,
                                        .from = p->from,
                                        .to = p->to,
                                        .kinds = o->event_kinds,
                                        .passages = p->kinds,
                                        .limit = o->limited ? p->limit : EVENTS};
    struct nq_timeline *found;
    struct nq_error err = {0};
    double start = common_seconds();
    if (nq_timeline(index, &params, &found, &err) != NQ_OK)
        return fail_query(p->query, &err);
    double took_ms = (common_seconds() - start) * 1e3;
    int status = found->total ? EXIT_FOUND : EXIT_NOTHING;
    if (o->ics)
        nq_print_timeline_ics(stdout, found, p->query, (int32_t)(time(NULL) / SECONDS_A_DAY));
    else if (o->json && common_print_json(nq_timeline_json(found, p->query)) != EXIT_FOUND)
        status = EXIT_FAILED;
    else if (o->csv)
        nq_print_timeline_csv(stdout, found);
    else if (!o->json)
        nq_print_timeline(stdout, found, p->query, took_ms, &o->style);
    nq_timeline_destroy(found);
    return common_finish(status);
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"index", required_argument, NULL, 'i'},
        {"offset", required_argument, NULL, OPT_OFFSET},
        {"from", required_argument, NULL, OPT_FROM},
        {"to", required_argument, NULL, OPT_TO},
        {"kind", required_argument, NULL, OPT_KIND},
        {"sort", required_argument, NULL, OPT_SORT},
        {"json", no_argument, NULL, OPT_JSON},
        {"csv", no_argument, NULL, OPT_CSV},
        {"timeline", no_argument, NULL, OPT_TIMELINE},
        {"ics", no_argument, NULL, OPT_ICS},
        {"explain", no_argument, NULL, OPT_EXPLAIN},
        {"color", required_argument, NULL, OPT_COLOR},
        {"quiet", no_argument, NULL, 'q'},
        {"verbose", no_argument, NULL, 'v'},
        {"help", no_argument, NULL, OPT_HELP},
        {"version", no_argument, NULL, OPT_VERSION},
        {0},
    };
    struct options o = {
        .params = {.limit = 10, .from = NQ_NO_DAY, .to = NQ_NO_DAY, .facets = true}};
    int option;
    common_start("nqsearch");
    signal(SIGPIPE, SIG_DFL);
    o.style.width = common_width();
    common_colour("auto", &o.style.colour);
    while ((option = getopt_long(argc, argv, "i:n:qv", options, NULL)) != -1) {
        if (option == OPT_HELP)
            return help();
        if (option == OPT_VERSION)
            return common_version();
        if (option == '?')
            return common_usage();
        if (!take(option, &o))
            return EXIT_FAILED;
    }
    if (optind == argc)
        return common_fail("%s", _("no query")), common_usage();
    if (o.event_kinds && !o.timeline)
        return common_fail("%s",
                           _("--kind: past and milestone are kinds of events; add --timeline"));
    char *query = join(argv + optind, argc - optind), *path = common_index_path(o.index, false);
    struct nq_index *index = NULL;
    struct nq_error err = {0};
    if (!query || !path)
        return common_fail("%s", _("out of memory"));
    o.params.query = (struct nq_str){query, strlen(query)};
    int status = nq_index_open(path, NQ_OPEN_READ, NULL, &index, &err) != NQ_OK
                     ? common_fail("%s", err.message)
                 : o.timeline ? timeline(&o, index)
                              : search(&o, index);
    nq_index_close(index);
    free(query);
    free(path);
    return status;
}
