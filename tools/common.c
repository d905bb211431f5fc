/* What the programs share. */
#include "common.h"

#include <errno.h>
#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *name = "nqsearch";

enum { LEAST_COLUMNS = 20, MOST_COLUMNS = 1000 };

void common_start(const char *program)
{
    name = program;
    setlocale(LC_CTYPE, ""); /* all that is used of a locale: each part costs a file at start */
    setlocale(LC_MESSAGES, "");
    const char *catalogues = getenv("NQ_LOCALEDIR");
    bindtextdomain(NQ_TEXT_DOMAIN, catalogues ? catalogues : NQ_LOCALEDIR);
    bind_textdomain_codeset(NQ_TEXT_DOMAIN, "UTF-8");
}

int common_fail(const char *format, ...)
{
    char line[4096];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof line ? (size_t)n : sizeof line - 1;
    fprintf(stderr, "%s: ", name);
    nq_print_plain(stderr, (struct nq_str){line, len}); /* it may quote anything */
    fputc('\n', stderr);
    return EXIT_FAILED;
}

int common_usage(void)
{
    fprintf(stderr, _("Try '%s --help'.\n"), name);
    return EXIT_FAILED;
}

int common_version(void)
{
    printf("%s %s\n", name, nq_version());
    return common_finish(EXIT_FOUND);
}

static void on_bad_line(void *user, const char *message)
{
    (void)user;
    common_fail("%s", message);
}

void common_check_dictionary(const char *path)
{
    nq_dictionary_check(path, on_bad_line, NULL, NULL);
}

int common_width_of(int fd)
{
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= LEAST_COLUMNS)
        return size.ws_col;
    return 80;
}

int common_width(void)
{
    const char *columns = getenv("COLUMNS");
    int n = columns ? atoi(columns) : 0;
    return n >= LEAST_COLUMNS && n <= MOST_COLUMNS ? n : common_width_of(STDOUT_FILENO);
}

/* Makes the folders above `path`. */
static void make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
}

char *common_index_path(const char *option, bool make)
{
    const char *path = option ? option : getenv("NQ_INDEX");
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    char *out;
    int n;
    if (path && *path)
        return strdup(path);
    if (data && *data) {
        n = snprintf(NULL, 0, "%s/nqsearch/nq.db", data) + 1;
        out = malloc((size_t)n);
        if (out)
            snprintf(out, (size_t)n, "%s/nqsearch/nq.db", data);
    } else {
        n = snprintf(NULL, 0, "%s/.local/share/nqsearch/nq.db", home ? home : "") + 1;
        out = malloc((size_t)n);
        if (out)
            snprintf(out, (size_t)n, "%s/.local/share/nqsearch/nq.db", home ? home : "");
    }
    if (out && make)
        make_folders(out);
    return out;
}

int common_print_json(json_t *object)
{
    bool ok = object && json_dumpf(object, stdout, NQ_JSON_FLAGS) == 0 && putchar('\n') != EOF;
    json_decref(object);
    if (ok || ferror(stdout)) /* of which common_finish tells */
        return EXIT_FOUND;
    return common_fail("%s", _("out of memory"));
}

int common_finish(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    return errno == EPIPE ? status
                          : common_fail(_("%s: %s"), _("standard output"), strerror(errno));
}

double common_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
