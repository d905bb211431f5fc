/* The command line of nqsearch. */
#include "search_options.h"

#include "values.h"

#include <stdlib.h>
#include <string.h>

enum {
    OPT_OFFSET = 256,
    OPT_FROM,
    OPT_TO,
    OPT_KIND,
    OPT_SORT,
    OPT_EXACT,
    OPT_JSON,
    OPT_CSV,
    OPT_EXPLAIN,
    OPT_RELATED,
    OPT_SUGGEST,
    OPT_REPORT,
    OPT_TIMELINE,
    OPT_ICS,
    OPT_COLOR,
    OPT_NO_PAGER,
    OPT_HELP,
    OPT_VERSION
};

static const struct option options[] = {
    {"index", required_argument, NULL, 'i'},
    {"offset", required_argument, NULL, OPT_OFFSET},
    {"from", required_argument, NULL, OPT_FROM},
    {"to", required_argument, NULL, OPT_TO},
    {"kind", required_argument, NULL, OPT_KIND},
    {"sort", required_argument, NULL, OPT_SORT},
    {"exact", no_argument, NULL, OPT_EXACT},
    {"json", no_argument, NULL, OPT_JSON},
    {"csv", no_argument, NULL, OPT_CSV},
    {"explain", no_argument, NULL, OPT_EXPLAIN},
    {"related", required_argument, NULL, OPT_RELATED},
    {"suggest", no_argument, NULL, OPT_SUGGEST},
    {"report", required_argument, NULL, OPT_REPORT},
    {"timeline", no_argument, NULL, OPT_TIMELINE},
    {"ics", no_argument, NULL, OPT_ICS},
    {"color", required_argument, NULL, OPT_COLOR},
    {"no-pager", no_argument, NULL, OPT_NO_PAGER},
    {"quiet", no_argument, NULL, 'q'},
    {"verbose", no_argument, NULL, 'v'},
    {"help", no_argument, NULL, OPT_HELP},
    {"version", no_argument, NULL, OPT_VERSION},
    {0},
};

static int help(void)
{
    fputs(_("Usage: nqsearch [OPTION]... QUERY...\n"
            "Prints the passages that answer QUERY, best first.\n"
            "\n"
            "All words are wanted; \"...\" is exact; also OR, |, -word, word*, title:, source:,\n"
            "doc:, org:, kind:, date:2026-06..2026-07, event:2026-06.  Behind what is found\n"
            "as typed follow other names of the same things and, where little is found,\n"
            "partial matches.\n"
            "\n"
            "  -i, --index=PATH   the index (default: $NQ_INDEX, else\n"
            "                     ~/.local/share/nqsearch/nq.db)\n"
            "  -n N               how many hits (default 10)\n"
            "      --offset=N     from which hit on, from 0\n"
            "      --from=DATE    not before; 2026, 2026-06 or 2026-06-17\n"
            "      --to=DATE      not after\n"
            "      --kind=KIND    report, reference or all\n"
            "      --sort=ORDER   relevance or date\n"
            "      --exact        only what holds QUERY as typed: no other names of the same\n"
            "                     things, no partial matches\n"
            "      --related=PASSAGE  what is about the same as a passage (the number\n"
            "                     behind # of a hit), in other reports, and why\n"
            "      --suggest      what QUERY may go on to, one a line\n"
            "      --timeline     what happened in a matter, and is to happen, in order of\n"
            "                     time; --from and --to then mean the days of events, --kind\n"
            "                     also past or milestone\n"
            "      --ics          a timeline for a calendar program\n"
            "      --report=ID    a report whole, by its id or a passage's\n"
            "      --json, --csv  for programs\n"
            "      --explain      how the query was understood\n"
            "      --color=WHEN   auto, always or never\n"
            "      --no-pager     do not page on a terminal\n"
            "  -q, --quiet        hits alone: no summary, no counts\n"
            "  -v, --verbose      how it was understood and what it took, on standard error\n"
            "      --help         show this and exit\n"
            "      --version      show the version and exit\n"),
          stdout);
    return common_finish(EXIT_FOUND);
}

static bool read_kind(const char *text, struct search_options *o)
{
    static const char *const words[] = {"report", "reference", "all", "past", "milestone", NULL};
    if (nq_kind_parse((struct nq_str){text, strlen(text)}, &o->params.kinds))
        return true;
    if (strcmp(text, "已发生") == 0)
        text = "past";
    if (strcmp(text, "目标") == 0)
        text = "milestone";
    int which = value_word("--kind", text, words);
    o->event_kinds = strcmp(text, "past") == 0 ? NQ_EVENT_PAST : NQ_EVENT_MILESTONE;
    return which >= 0;
}

static bool read_sort(const char *text, enum nq_sort *out)
{
    static const char *const words[] = {"relevance", "date", NULL};
    int which = value_word("--sort", text, words);
    *out = which == 1 ? NQ_SORT_DATE : NQ_SORT_RELEVANCE;
    return which >= 0;
}

/* One option; false where its value is wrong. */
static bool take(int option, struct search_options *o)
{
    struct nq_search_params *p = &o->params;
    switch (option) {
    case 'i':
        o->index = optarg;
        return true;
    case 'n':
        o->limited = true;
        return value_number("-n", optarg, &p->limit);
    case OPT_OFFSET:
        return value_number("--offset", optarg, &p->offset);
    case OPT_FROM:
        return p->bounded = true, value_day("--from", optarg, false, &p->from);
    case OPT_TO:
        return p->bounded = true, value_day("--to", optarg, true, &p->to);
    case OPT_KIND:
        return read_kind(optarg, o);
    case OPT_SORT:
        return read_sort(optarg, &p->sort);
    case OPT_EXACT:
        return p->exact = true;
    case OPT_COLOR:
        return value_colour(optarg, &o->style.colour);
    case OPT_JSON:
        return o->json = o->params.topics = true;
    case OPT_CSV:
        return o->csv = true;
    case OPT_RELATED:
        return o->is_related = true, value_number("--related", optarg, &o->related);
    case OPT_REPORT:
        return value_number("--report", optarg, &o->report);
    case OPT_TIMELINE:
        return o->timeline = true;
    case OPT_ICS:
        return o->ics = o->timeline = true;
    case OPT_SUGGEST:
        return o->suggest = true;
    case OPT_NO_PAGER:
        return o->no_pager = true;
    case OPT_EXPLAIN:
        return p->explain = o->style.explain = true;
    case 'v':
        return p->explain = o->verbose = true;
    case 'q':
        return o->style.quiet = true;
    default:
        return true;
    }
}

/* Whether an argument is an excluded term, not an option: -储能, -“绿电”, -title:x. */
static bool is_excluded_term(const char *word)
{
    static const char *const fields[] = {"title", "source", "kind", "date", "event", "doc", "org"};
    if (word[0] != '-' || word[1] == '\0')
        return false;
    if ((unsigned char)word[1] >= 0x80 || word[1] == '"')
        return true;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        size_t n = strlen(fields[i]);
        const char *colon = word + 1 + n;
        if (strncmp(word + 1, fields[i], n) == 0 &&
            (*colon == ':' || strncmp(colon, "：", strlen("：")) == 0))
            return true;
    }
    return false;
}

/* The words of the command line as one query, without the spaces of copy_arguments; the caller
 * frees it. */
static char *join(char **words, int n)
{
    size_t len = 1;
    for (int i = 0; i < n; i++)
        len += strlen(words[i]) + 1;
    char *query = malloc(len), *end = query;
    for (int i = 0; query && i < n; i++) {
        if (i > 0)
            *end++ = ' ';
        end = stpcpy(end, words[i] + (words[i][0] == ' '));
    }
    if (query)
        *end = '\0';
    return query;
}

/* Reads the options, leaving the words of the query at argv[optind] and behind. */
static bool read_options(int argc, char **argv, struct search_options *o)
{
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":i:n:qv", options, NULL)) != -1) {
        if (option == OPT_HELP)
            o->status = help();
        else if (option == OPT_VERSION)
            o->status = common_version();
        else if (option == '?' || option == ':')
            o->status = value_option(option, argv, options);
        else if (take(option, o))
            continue;
        return false;
    }
    return true;
}

/* A copy of the arguments, with a space before excluded terms that keeps getopt's hands off them;
 * one block, the caller frees it. */
static char **copy_arguments(int argc, char **argv)
{
    size_t size = ((size_t)argc + 1) * sizeof *argv;
    for (int i = 0; i < argc; i++)
        size += strlen(argv[i]) + 2;
    char **words = malloc(size), *end = words ? (char *)(words + argc + 1) : NULL;
    for (int i = 0; words && i < argc; i++) {
        words[i] = end;
        if (i > 0 && is_excluded_term(argv[i]))
            *end++ = ' ';
        end = stpcpy(end, argv[i]) + 1;
    }
    if (words)
        words[argc] = NULL;
    return words;
}

bool search_options_read(int argc, char **argv, struct search_options *o)
{
    *o = (struct search_options){.params = {.limit = 10,
                                            .from = NQ_NO_DAY,
                                            .to = NQ_NO_DAY,
                                            .facets = true,
                                            .correct = true},
                                 .status = EXIT_FAILED};
    o->style.width = common_width();
    value_colour("auto", &o->style.colour);
    if (!(o->words = copy_arguments(argc, argv)))
        return common_fail("%s", _("out of memory")), false;
    if (!read_options(argc, o->words, o))
        return false;
    if (o->is_related && (optind < argc || o->suggest || o->timeline || o->report))
        return common_fail("%s",
                           _("--related goes with no query, --suggest, --timeline or --report")),
               common_usage(), false;
    if (o->json + o->csv + o->ics > 1)
        return common_fail("%s", _("one of --json, --csv and --ics at a time")), common_usage(),
               false;
    if (optind == argc && !o->is_related && !o->report)
        return common_fail("%s", _("no query")), common_usage(), false;
    if (o->event_kinds && !o->timeline)
        return common_fail("%s",
                           _("--kind: past and milestone are kinds of events; add --timeline")),
               false;
    if (o->timeline && (o->params.offset > 0 || o->params.sort != NQ_SORT_RELEVANCE))
        return common_fail("%s", _("--timeline goes with no --offset or --sort: it is in the order "
                                   "of days")),
               common_usage(), false;
    if (!(o->query = join(o->words + optind, argc - optind)))
        return common_fail("%s", _("out of memory")), false;
    o->params.query = (struct nq_str){o->query, strlen(o->query)};
    return true;
}

void search_options_finish(struct search_options *o)
{
    free(o->words);
    free(o->query);
}
