/* HTTP by libmicrohttpd. */
#define _GNU_SOURCE
#include "serve/http.h"

#include <inttypes.h>
#include <microhttpd.h>
#include <netdb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "output/output.h"
#include "serve/answer.h"
#include "serve/assets.h"
#include "serve/connections.h"
#include "serve/listen.h"
#include "serve/log.h"
#include "serve/route.h"
#include "serve/worker.h"

enum {
    MEMORY = 32 * 1024, /* of a connection: bounds its headers; 414 or 431 beyond */
    CONNECTIONS = 1000,
    SECONDS = 30,
    TIME_LIMIT = 10,     /* seconds */
    MOST_BODY = 4 << 20, /* a draft */
};

struct nq_http {
    struct MHD_Daemon *daemon;
    struct nq_http_options options;
    struct nq_site site;
    struct nq_connections *connections;
    struct nq_worker *worker;
    int listener;
    atomic_bool stopping;
    pthread_mutex_t lock; /* of the last complaint */
    char complaint[500];
    double complained; /* milliseconds */
};

/* A request from its first line to the end of its answer. */
struct exchange {
    struct nq_http *http;
    struct MHD_Connection *connection;
    char *target, *body;
    size_t body_len, body_cap;
    double start; /* milliseconds */
    bool begun, answered;
    struct nq_request request;
    struct nq_answer answer;
};

/* Scripts and styles come from here, and nothing from anywhere else. */
#define POLICY                                                                                     \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "                    \
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static struct nq_connection *connection_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void allow(struct exchange *x, unsigned seconds)
{
    nq_connection_allow(x->http->connections, connection_of(x->connection), seconds);
}

static void on_connection(void *user, struct MHD_Connection *connection, void **state,
                          enum MHD_ConnectionNotificationCode what)
{
    struct nq_http *http = user;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *state = info ? nq_connection_open(http->connections, info->connect_fd) : NULL;
        nq_connection_allow(http->connections, *state, http->options.seconds);
        nq_metrics_change(http->site.metrics, NQ_COUNT_OPEN, 1);
    } else {
        nq_connection_close(http->connections, *state);
        *state = NULL;
        nq_metrics_change(http->site.metrics, NQ_COUNT_OPEN, -1);
    }
}

/* The target as it came: libmicrohttpd decodes it in its own way, which takes what is no UTF-8. */
static void *on_target(void *user, const char *target, struct MHD_Connection *connection)
{
    struct exchange *x = calloc(1, sizeof *x);
    if (x && !(x->target = strdup(target))) {
        free(x);
        x = NULL;
    }
    if (x) {
        x->http = user;
        x->connection = connection;
        x->start = nq_milliseconds();
    }
    /* Its own list of parameters is not used, and thousands of them would leave no memory for an
     * answer: it gets an empty one. */
    char *mark = strchr(target, '?');
    if (mark)
        mark[1] = '\0';
    return x;
}

static void exchange_destroy(struct exchange *x)
{
    nq_request_finish(&x->request);
    nq_answer_finish(&x->answer);
    free(x->target);
    free(x->body);
    free(x);
}

static void add(struct MHD_Response *response, const char *name, const char *value)
{
    if (value)
        MHD_add_response_header(response, name, value);
}

static void add_headers(struct MHD_Response *response, const struct nq_answer *answer,
                        bool stopping)
{
    const struct nq_body *body = answer->sealed;
    char tag[24];
    snprintf(tag, sizeof tag, "W/\"%016" PRIx64 "\"", answer->tag);
    add(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->type);
    add(response, MHD_HTTP_HEADER_CACHE_CONTROL, answer->cache);
    add(response, MHD_HTTP_HEADER_ALLOW, answer->allow);
    add(response, MHD_HTTP_HEADER_LINK, body ? body->link : NULL);
    add(response, MHD_HTTP_HEADER_ETAG, answer->tag ? tag : NULL);
    add(response, MHD_HTTP_HEADER_CONTENT_ENCODING, body && body->packed ? "gzip" : NULL);
    add(response, MHD_HTTP_HEADER_VARY,
        answer->by_language ? "Accept-Encoding, Accept-Language" : "Accept-Encoding");
    if (answer->status == 503)
        add(response, MHD_HTTP_HEADER_RETRY_AFTER, "5");
    if (answer->open) {
        add(response, MHD_HTTP_HEADER_ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        add(response, MHD_HTTP_HEADER_ACCESS_CONTROL_ALLOW_METHODS, answer->allow);
        add(response, MHD_HTTP_HEADER_ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Link");
    }
    add(response, MHD_HTTP_HEADER_CONTENT_SECURITY_POLICY, POLICY);
    add(response, MHD_HTTP_HEADER_X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(response, "Referrer-Policy", "no-referrer");
    add(response, MHD_HTTP_HEADER_CONNECTION, stopping ? "close" : NULL);
}

static void write_log(const struct exchange *x, const char *method, size_t bytes, double seconds)
{
    const struct nq_http_options *o = &x->http->options;
    char line[9000], address[NI_MAXHOST] = "-";
    if (!o->log)
        return;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info && info->client_addr) {
        socklen_t len = info->client_addr->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                                 : sizeof(struct sockaddr_in);
        getnameinfo(info->client_addr, len, address, sizeof address, NULL, 0, NI_NUMERICHOST);
    }
    const struct nq_log_entry entry = {address,          method, x->target,
                                       x->answer.status, bytes,  seconds};
    nq_log_format(&entry, line, sizeof line);
    o->log(o->user, line);
}

/* Counts and logs an answer as it is handed over. */
static void account(const struct exchange *x, const char *method)
{
    struct nq_metrics *metrics = x->http->site.metrics;
    size_t bytes = x->answer.sealed ? x->answer.sealed->len : 0;
    double seconds = (nq_milliseconds() - x->start) / 1e3;
    nq_metrics_add(metrics, x->answer.route, x->answer.status, bytes, seconds);
    nq_metrics_change(metrics, NQ_COUNT_REPEATED, x->answer.repeated);
    nq_metrics_change(metrics, NQ_COUNT_UNCHANGED, x->answer.status == 304);
    nq_metrics_change(metrics, NQ_COUNT_STOPPED, x->answer.problem == NQ_PROBLEM_TIME);
    write_log(x, method, bytes, seconds);
}

static void free_body(void *body)
{
    nq_body_unref(body);
}

static enum MHD_Result send_answer(struct exchange *x, const char *method)
{
    struct nq_body *body = x->answer.sealed;
    struct MHD_Response *response =
        body ? MHD_create_response_from_buffer_with_free_callback_cls(body->len, body->text,
                                                                      free_body, body)
             : MHD_create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    if (body)
        nq_body_ref(body); /* for the response */
    add_headers(response, &x->answer, atomic_load(&x->http->stopping));
    allow(x, x->http->options.seconds);
    account(x, method);
    enum MHD_Result result = MHD_queue_response(x->connection, x->answer.status, response);
    MHD_destroy_response(response);
    return result;
}

static void read_headers(struct exchange *x)
{
    struct nq_request *request = &x->request;
    const char *tags = header(x->connection, "If-None-Match");
    const char *accept = header(x->connection, "Accept");
    request->host = nq_host_of(header(x->connection, "Host"));
    request->if_none_match = (struct nq_str){tags, tags ? strlen(tags) : 0};
    request->language = nq_language_of(header(x->connection, "Accept-Language"));
    request->gzip = nq_header_takes(header(x->connection, "Accept-Encoding"), "gzip");
    request->wants_html = accept && strstr(accept, "text/html");
}

/* Reads a request that is there as a whole. */
static enum nq_problem read_request(struct exchange *x)
{
    struct nq_request *request = &x->request;
    enum nq_problem problem =
        nq_request_read((struct nq_str){x->target, strlen(x->target)}, request);
    request->body = (struct nq_str){x->body, x->body_len};
    if (problem == NQ_PROBLEM_NONE && nq_request_has_form(request))
        problem = nq_request_read_form(request->body, request);
    return problem;
}

/* What the worker does: answers, and wakes the connection. */
static void answer_slowly(void *user)
{
    struct exchange *x = user;
    nq_answer(&x->http->site, &x->request, NQ_PROBLEM_NONE, &x->answer);
    x->answered = true;
    MHD_resume_connection(x->connection);
}

static enum MHD_Result reply(struct exchange *x, const char *method, enum nq_problem problem)
{
    struct nq_http *http = x->http;
    x->request.method = nq_method_of(method);
    read_headers(x);
    if (problem == NQ_PROBLEM_NONE)
        problem = read_request(x);
    if (problem == NQ_PROBLEM_NONE && nq_answer_is_slow(&x->request)) {
        allow(x, 0);
        MHD_suspend_connection(x->connection);
        if (nq_worker_add(http->worker, answer_slowly, x))
            return MHD_YES;
        MHD_resume_connection(x->connection);
        problem = NQ_PROBLEM_BUSY;
        x->answered = true; /* once it is awake */
        nq_answer(&http->site, &x->request, problem, &x->answer);
        return MHD_YES;
    }
    nq_answer(&http->site, &x->request, problem, &x->answer);
    return send_answer(x, method);
}

/* What speaks against reading the body at all. */
static enum nq_problem refuse_body(struct MHD_Connection *connection)
{
    const char *length = header(connection, "Content-Length");
    uint64_t n;
    if (header(connection, "Transfer-Encoding"))
        return NQ_PROBLEM_LENGTH;
    if (length && !nq_number_read((struct nq_str){length, strlen(length)}, MOST_BODY, &n))
        return NQ_PROBLEM_TOO_LARGE;
    return NQ_PROBLEM_NONE;
}

static bool keep_body(struct exchange *x, const char *data, size_t n)
{
    if (x->body_len + n > x->body_cap) {
        size_t cap = (x->body_len + n) * 2;
        char *grown = cap <= 4 * (size_t)MOST_BODY ? realloc(x->body, cap) : NULL;
        if (!grown)
            return false;
        x->body = grown;
        x->body_cap = cap;
    }
    memcpy(x->body + x->body_len, data, n);
    x->body_len += n;
    return true;
}

static enum MHD_Result on_request(void *user, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **state)
{
    struct nq_http *http = user;
    struct exchange *x = *state;
    (void)url;
    (void)version;
    if (!x)
        return MHD_NO;
    if (!x->begun) {
        x->begun = true;
        nq_metrics_change(http->site.metrics, NQ_COUNT_AT_HAND, 1);
        allow(x, http->options.seconds);
        enum nq_problem problem = refuse_body(connection);
        return problem ? reply(x, method, problem) : MHD_YES;
    }
    if (*size > 0) {
        bool kept = keep_body(x, data, *size);
        *size = 0;
        return kept ? MHD_YES : MHD_NO;
    }
    return x->answered ? send_answer(x, method) : reply(x, method, NQ_PROBLEM_NONE);
}

static void on_completed(void *user, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode how)
{
    struct nq_http *http = user;
    struct exchange *x = *state;
    (void)connection;
    (void)how;
    if (!x)
        return;
    /* It may wait as long as it likes (libmicrohttpd ends that) and then ask again. */
    allow(x, 2 * http->options.seconds);
    if (x->begun)
        nq_metrics_change(http->site.metrics, NQ_COUNT_AT_HAND, -1);
    exchange_destroy(x);
    *state = NULL;
}

static enum nq_status start(struct nq_http *http, struct nq_error *err)
{
    const struct nq_http_options *o = &http->options;
    http->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
        on_request, http, MHD_OPTION_LISTEN_SOCKET, http->listener, MHD_OPTION_THREAD_POOL_SIZE,
        o->threads, MHD_OPTION_CONNECTION_LIMIT, o->connections, MHD_OPTION_CONNECTION_TIMEOUT,
        o->seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY, MHD_OPTION_URI_LOG_CALLBACK,
        on_target, http, MHD_OPTION_NOTIFY_CONNECTION, on_connection, http,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, http, MHD_OPTION_END);
    if (http->daemon)
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

static void complain(void *user, const char *message)
{
    enum { AGAIN_MS = 60000 };
    struct nq_http *http = user;
    double now = nq_milliseconds();
    pthread_mutex_lock(&http->lock);
    bool news = strcmp(http->complaint, message) != 0 || now - http->complained > AGAIN_MS;
    if (news) {
        snprintf(http->complaint, sizeof http->complaint, "%s", message);
        http->complained = now;
    }
    pthread_mutex_unlock(&http->lock);
    if (news && http->options.complain)
        http->options.complain(http->options.user, message);
}

static bool make_parts(struct nq_http *http)
{
    pthread_mutex_init(&http->lock, NULL);
    http->site.locales[NQ_CHINESE] = newlocale(LC_MESSAGES_MASK, "zh_CN.UTF-8", (locale_t)0);
    http->site.locales[NQ_ENGLISH] = newlocale(LC_MESSAGES_MASK, "C", (locale_t)0);
    http->site.complain = complain;
    http->site.user = http;
    http->site.handles = nq_handles_create(http->options.index);
    http->site.cache = nq_cache_create();
    http->site.metrics = nq_metrics_create();
    http->connections = nq_connections_create();
    http->worker = nq_worker_start();
    return http->site.handles && http->site.cache && http->site.metrics && http->connections &&
           http->worker;
}

enum nq_status nq_http_start(const struct nq_http_options *options, char url[300],
                             struct nq_http **out, struct nq_error *err)
{
    struct nq_http *http = calloc(1, sizeof *http);
    enum nq_status status = NQ_OK;
    if (http) {
        http->listener = -1;
        http->options = *options;
        http->site.base = options->base;
        http->site.build = nq_assets_identity();
        fill_options(&http->options);
        http->site.time_limit_ms = http->options.time_limit * 1e3;
    }
    if (!http || !make_parts(http)) {
        *err = (struct nq_error){.status = status = NQ_ERR_NOMEM, .column = -1};
        snprintf(err->message, sizeof err->message, "%s", _("out of memory"));
    }
    if (status == NQ_OK)
        status = nq_listen(options->listen, url, &http->listener, err);
    if (status == NQ_OK)
        status = start(http, err);
    if (status == NQ_OK)
        *out = http;
    else
        nq_http_stop(http, 0);
    return status;
}

void nq_http_tick(struct nq_http *http)
{
    nq_metrics_change(http->site.metrics, NQ_COUNT_CUT_OFF, nq_connections_cut(http->connections));
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
        quiet = nq_metrics_get(http->site.metrics, NQ_COUNT_AT_HAND) > 0 ? 0 : quiet + 1;
    }
}

void nq_http_stop(struct nq_http *http, unsigned seconds)
{
    if (!http)
        return;
    if (http->daemon) {
        atomic_store(&http->stopping, true);
        MHD_quiesce_daemon(http->daemon);
        close(http->listener); /* who comes now is refused at once, not left to wait */
        http->listener = -1;
        drain(http, seconds);
    }
    nq_worker_stop(http->worker);
    if (http->daemon)
        MHD_stop_daemon(http->daemon);
    if (http->listener >= 0)
        close(http->listener);
    nq_connections_destroy(http->connections);
    nq_metrics_destroy(http->site.metrics);
    nq_cache_destroy(http->site.cache);
    nq_handles_destroy(http->site.handles);
    for (int i = 0; i < NQ_N_LANGUAGES; i++)
        if (http->site.locales[i])
            freelocale(http->site.locales[i]);
    pthread_mutex_destroy(&http->lock);
    free(http);
}
