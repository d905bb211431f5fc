/* nqserve: the archive's search over HTTP. */
#define _GNU_SOURCE
#include "common.h"
#include "serve_options.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "serve/torn.h"

enum { PATIENCE = 10 }; /* seconds for requests at hand when told to end */

/* Waits for a signal to end, which all threads have blocked.  SIGHUP is one where a terminal has
 * gone; elsewhere it asks for what happens anyway: files are looked at for each request. */
static void serve(struct nq_http *http, const sigset_t *signals)
{
    const struct timespec second = {1, 0};
    const bool terminal = isatty(STDERR_FILENO);
    int signal;
    while ((signal = sigtimedwait(signals, NULL, &second)) < 0 || (signal == SIGHUP && !terminal))
        nq_http_tick(http);
    nq_http_stop(http, PATIENCE);
}

static void log_line(void *user, const char *line)
{
    (void)user;
    fprintf(stderr, "%s\n", line); /* one call, so that lines of threads do not mix */
}

static void complain(void *user, const char *message)
{
    (void)user;
    common_fail("%s", message);
}

/* An index that cannot be read is no reason not to begin, since it may come; but who has mistyped
 * its path is to know. */
static void check_index(const char *path)
{
    struct nq_index *index = NULL;
    struct nq_error err = {0};
    if (nq_index_open(path, NQ_OPEN_READ, NULL, &index, &err) != NQ_OK)
        common_fail(_("%s; every request gets 503 until it can be read"), err.message);
    nq_index_close(index);
}

/* Before any thread is made, so that each inherits it. */
static void block_signals(sigset_t *signals)
{
    sigemptyset(signals);
    sigaddset(signals, SIGTERM);
    sigaddset(signals, SIGINT);
    struct sigaction hangup;
    if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN)
        sigaddset(signals, SIGHUP); /* else who started us did not want us to hear it (nohup) */
    pthread_sigmask(SIG_BLOCK, signals, NULL);
    signal(SIGPIPE, SIG_IGN);
}

int main(int argc, char **argv)
{
    struct serve_options o;
    struct nq_http *http = NULL;
    struct nq_error err = {0};
    sigset_t signals;
    char url[300];
    common_start("nqserve");
    int status = serve_options_read(argc, argv, &o);
    if (status >= 0)
        return status;
    char *path = common_index_path(o.http.index, false);
    if (!path)
        return common_fail("%s", _("out of memory"));
    o.http.index = path;
    o.http.complain = complain;
    o.http.log = o.access_log ? log_line : NULL;
    block_signals(&signals);
    nq_torn_watch();
    status = EXIT_FAILED;
    if (nq_http_start(&o.http, url, &http, &err) != NQ_OK) {
        common_fail("%s", err.message);
    } else {
        if (!o.quiet)
            fprintf(stderr, _("nqserve: %s over %s\n"), url, path);
        check_index(path);
        serve(http, &signals);
        status = EXIT_FOUND;
    }
    free(path);
    return status;
}
