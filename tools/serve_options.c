/* The command line of nqserve. */
#include "serve_options.h"

#include "values.h"

#include <stdlib.h>
#include <string.h>

static void usage(void)
{
    fputs(_("Usage: nqserve [OPTION]...\n"
            "Answers searches over HTTP: a page, a box for other sites, JSON, feeds.\n"
            "\n"
            "  -i, --index=PATH        the index (default: $NQ_INDEX, else\n"
            "                          ~/.local/share/nqsearch/nq.db)\n"
            "      --listen=HOST:PORT  where to listen (default 127.0.0.1:8085); port 0: any\n"
            "                          free one\n"
            "      --base-url=URL      how others reach it, for the addresses in feeds\n"
            "                          (default: what the request says)\n"
            "      --threads=N         how many requests are answered at once (default: one\n"
            "                          for each processor)\n"
            "      --connections=N     how many may be open (default 1000)\n"
            "      --timeout=SECONDS   for a request to come in and for its answer to be\n"
            "                          taken (default 30)\n"
            "      --time-limit=SECONDS\n"
            "                          for what an answer takes to compute (default 10)\n"
            "  -v, --verbose, --access-log\n"
            "                          a line for each request on standard error\n"
            "  -q, --quiet             say nothing but what goes wrong\n"
            "      --help              show this and exit\n"
            "      --version           show the version and exit\n"
            "\n"
            "It ends at SIGTERM or SIGINT, once the requests at hand are answered.\n"),
          stdout);
}

static bool seconds(const char *option, const char *text, double most, double *out)
{
    char *end;
    double n = strtod(text, &end);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || !(n > 0 && n <= most)) {
        common_fail(_("%s: a number of seconds above 0, at most %.0f, not %s"), option, most, text);
        return false;
    }
    *out = n;
    return true;
}

/* An address without a slash at its end: paths follow. */
static bool base(const char *text, const char **out)
{
    size_t scheme = strncmp(text, "https://", 8) == 0  ? 8
                    : strncmp(text, "http://", 7) == 0 ? 7
                                                       : 0;
    if (scheme == 0 || text[scheme] == '\0' || strpbrk(text, " \t\"<>?#") ||
        text[strlen(text) - 1] == '/') {
        common_fail(_("--base-url: an address like https://search.example.org, not %s"), text);
        return false;
    }
    *out = text;
    return true;
}

static bool take(struct serve_options *o, int option, const char *value)
{
    enum { MOST_THREADS = 256, MOST_CONNECTIONS = 60000, MOST_SECONDS = 3600 };
    switch (option) {
    case 'i':
        o->http.index = value;
        break;
    case 'l':
        o->http.listen = value;
        break;
    case 'b':
        return base(value, &o->http.base);
    case 't':
        return value_count("--threads", value, MOST_THREADS, &o->http.threads);
    case 'c':
        return value_count("--connections", value, MOST_CONNECTIONS, &o->http.connections);
    case 's':
        return value_count("--timeout", value, MOST_SECONDS, &o->http.seconds);
    case 'm':
        return seconds("--time-limit", value, MOST_SECONDS, &o->http.time_limit);
    case 'a':
        o->access_log = true;
        break;
    case 'q':
        o->quiet = true;
        break;
    }
    return true;
}

int serve_options_read(int argc, char **argv, struct serve_options *o)
{
    static const struct option options[] = {{"index", required_argument, NULL, 'i'},
                                            {"listen", required_argument, NULL, 'l'},
                                            {"base-url", required_argument, NULL, 'b'},
                                            {"threads", required_argument, NULL, 't'},
                                            {"connections", required_argument, NULL, 'c'},
                                            {"timeout", required_argument, NULL, 's'},
                                            {"time-limit", required_argument, NULL, 'm'},
                                            {"access-log", no_argument, NULL, 'a'},
                                            {"quiet", no_argument, NULL, 'q'},
                                            {"verbose", no_argument, NULL, 'a'},
                                            {"help", no_argument, NULL, 'h'},
                                            {"version", no_argument, NULL, 'V'},
                                            {0}};
    int option;
    *o = (struct serve_options){.http.listen = "127.0.0.1:8085"};
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":i:qv", options, NULL)) != -1) {
        if (option == 'h')
            usage();
        if (option == 'h' || option == 'V')
            return option == 'h' ? common_finish(EXIT_FOUND) : common_version();
        if (option == '?' || option == ':')
            return value_option(option, argv, options);
        if (!take(o, option == 'v' ? 'a' : option, optarg))
            return EXIT_FAILED;
    }
    if (optind == argc)
        return -1;
    common_fail(_("an argument too many: %s"), argv[optind]);
    return common_usage();
}
