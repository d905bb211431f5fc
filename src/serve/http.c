/* HTTP by libmicrohttpd: its start, its limits, its end.  Requests are exchange.c's. */
#define _GNU_SOURCE
#include "serve/http.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "output/output.h"
#include "serve/assets.h"
#include "serve/complaints.h"
#include "serve/connections.h"
#include "serve/exchange.h"
#include "serve/gate.h"
#include "serve/listen.h"
#include "serve/route.h"
#include "serve/worker.h"

enum {
    MEMORY = 32 * 1024, /* of a connection: enough for every head that the gate lets through */
    CONNECTIONS = 1000,
    SECONDS = 30,
    TIME_LIMIT = 10, /* seconds */
};

struct nq_http {
    struct nq_service service;
    struct MHD_Daemon *daemon;
    struct nq_gate *gate;
    struct nq_complaints *complaints;
};

static void on_connection(void *user, struct MHD_Connection *connection, void **state,
                          enum MHD_ConnectionNotificationCode what)
{
    struct nq_http *http = user;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *state = info ? nq_connection_open(http->service.connections, info->connect_fd) : NULL;
        nq_connection_allow(http->service.connections, *state, http->service.options.seconds);
        nq_metrics_change(http->service.site.metrics, NQ_COUNT_OPEN, 1);
    } else {
        nq_connection_close(http->service.connections, *state);
        *state = NULL;
        nq_metrics_change(http->service.site.metrics, NQ_COUNT_OPEN, -1);
    }
}

/* Begins to answer those who come to `listener`, which it closes where that fails. */
static enum nq_status start(struct nq_http *http, int listener, struct nq_error *err)
{
    const struct nq_http_options *o = &http->service.options;
    http->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME |
            MHD_USE_NO_LISTEN_SOCKET,
        0, NULL, NULL, nq_exchange_go_on, &http->service, MHD_OPTION_THREAD_POOL_SIZE, o->threads,
        MHD_OPTION_CONNECTION_LIMIT, 2 * o->connections, /* the gate counts them */
        MHD_OPTION_CONNECTION_TIMEOUT, o->seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)MEMORY, MHD_OPTION_URI_LOG_CALLBACK, nq_exchange_begin, &http->service,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, http, MHD_OPTION_NOTIFY_COMPLETED,
        nq_exchange_end, &http->service, MHD_OPTION_END);
    if (http->daemon)
        http->gate = nq_gate_open(&http->service, http->daemon, listener);
    else
        close(listener);
    if (http->gate)
        return NQ_OK;
    *err = (struct nq_error){.status = NQ_ERR_IO, .column = -1};
    snprintf(err->message, sizeof err->message, _("%s: the server does not start"), o->listen);
    return NQ_ERR_IO;
}

static void fill_options(struct nq_http_options *o)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (o->threads == 0)
        o->threads = processors > 1 ? (unsigned)processors : 2;
    if (o->connections == 0)
        o->connections = CONNECTIONS;
    if (o->connections < o->threads)
        o->connections = o->threads; /* each thread takes its share */
    if (o->seconds == 0)
        o->seconds = SECONDS;
    if (o->time_limit == 0)
        o->time_limit = TIME_LIMIT;
}

/* Messages in Chinese for pages.  Where the locale is not installed, C.UTF-8 does, which every
 * system has and in which LANGUAGE decides; what we say ourselves is then English, as it was. */
static locale_t chinese(void)
{
    locale_t installed = newlocale(LC_MESSAGES_MASK, "zh_CN.UTF-8", (locale_t)0);
    const char *asked = getenv("LANGUAGE");
    if (installed || (asked && *asked) || !setlocale(LC_MESSAGES, "C") ||
        setenv("LANGUAGE", "zh_CN", true) != 0)
        return installed;
    return newlocale(LC_MESSAGES_MASK, "C.UTF-8", (locale_t)0);
}

static bool make_parts(struct nq_http *http)
{
    struct nq_service *s = &http->service;
    s->site.locales[NQ_CHINESE] = chinese();
    s->site.locales[NQ_ENGLISH] = newlocale(LC_MESSAGES_MASK, "C", (locale_t)0);
    http->complaints = nq_complaints_create(s->options.complain, s->options.user);
    s->site.complain = nq_complain;
    s->site.user = http->complaints;
    s->site.base = s->options.base;
    s->site.build = nq_assets_identity();
    s->site.time_limit_ms = s->options.time_limit * 1e3;
    s->site.handles = nq_handles_create(s->options.index);
    s->site.cache = nq_cache_create();
    s->site.metrics = nq_metrics_create();
    s->connections = nq_connections_create();
    s->worker = nq_worker_start();
    return http->complaints && s->site.handles && s->site.cache && s->site.metrics &&
           s->connections && s->worker;
}

enum nq_status nq_http_start(const struct nq_http_options *options, char url[300],
                             struct nq_http **out, struct nq_error *err)
{
    struct nq_http *http = calloc(1, sizeof *http);
    enum nq_status status = NQ_OK;
    int listener = -1;
    if (http) {
        http->service.options = *options;
        fill_options(&http->service.options);
    }
    if (!http || !make_parts(http)) {
        status = NQ_ERR_NOMEM;
        *err = (struct nq_error){.status = status, .column = -1};
        snprintf(err->message, sizeof err->message, "%s", _("out of memory"));
    }
    if (status == NQ_OK)
        status = nq_listen(options->listen, url, &listener, err);
    if (status == NQ_OK)
        status = start(http, listener, err);
    if (status == NQ_OK)
        *out = http;
    else
        nq_http_stop(http, 0);
    return status;
}

void nq_http_tick(struct nq_http *http)
{
    nq_metrics_change(http->service.site.metrics, NQ_COUNT_CUT_OFF,
                      nq_connections_cut(http->service.connections));
}

/* Waits until nothing is at hand, and a moment longer: what was sent before the end was told is on
 * its way. */
static void drain(const struct nq_http *http, unsigned seconds)
{
    enum { STEP_MS = 20, QUIET_STEPS = 5 };
    const struct timespec step = {0, STEP_MS * 1000000L};
    unsigned quiet = 0;
    for (unsigned ms = 0; quiet < QUIET_STEPS && ms < seconds * 1000; ms += STEP_MS) {
        nanosleep(&step, NULL);
        quiet = nq_metrics_get(http->service.site.metrics, NQ_COUNT_AT_HAND) > 0 ? 0 : quiet + 1;
    }
}

void nq_http_stop(struct nq_http *http, unsigned seconds)
{
    if (!http)
        return;
    if (http->daemon) {
        atomic_store(&http->service.stopping, true);
        nq_gate_close(http->gate);
        drain(http, seconds);
    }
    atomic_store(&http->service.over, true);
    nq_worker_stop(http->service.worker);
    nq_gate_destroy(http->gate);
    if (http->daemon)
        MHD_stop_daemon(http->daemon);
    nq_worker_destroy(http->service.worker); /* until now requests may have asked it */
    nq_connections_destroy(http->service.connections);
    nq_metrics_destroy(http->service.site.metrics);
    nq_cache_destroy(http->service.site.cache);
    nq_handles_destroy(http->service.site.handles);
    for (int i = 0; i < NQ_N_LANGUAGES; i++)
        if (http->service.site.locales[i])
            freelocale(http->service.site.locales[i]);
    nq_complaints_destroy(http->complaints);
    free(http);
}
