/* HTTP by libmicrohttpd. */
#define _GNU_SOURCE
#include "serve/http.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "output/output.h"
#include "serve/answer.h"
#include "serve/gzip.h"
#include "serve/listen.h"

enum {
    MEMORY = 32 * 1024, /* of a connection: bounds its headers, 414 or 431 beyond */
    CONNECTIONS = 1000,
    SECONDS = 30,
    MOST_BODY = 4 << 20, /* a draft */
    LEAST_GZIP = 500,    /* bytes that are worth it */
};

struct nq_http {
    struct MHD_Daemon *daemon;
    struct nq_http_options options;
    struct nq_site site;
    int listener;
    atomic_int at_hand; /* requests begun and not ended */
    atomic_bool stopping;
};

/* A request from its first line to the end of its answer. */
struct exchange {
    char *target;
    bool begun;
    char *body;
    size_t body_len, body_cap;
    struct timespec start;
};

/* Scripts and styles come from here, and nothing from anywhere else. */
#define POLICY                                                                                     \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "              \
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

static const char *header(struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* The target as it came: MHD decodes it in its own way, which takes what is no UTF-8. */
static void *on_target(void *user, const char *target, struct MHD_Connection *connection)
{
    (void)user;
    (void)connection;
    struct exchange *x = calloc(1, sizeof *x);
    if (x && !(x->target = strdup(target))) {
        free(x);
        x = NULL;
    }
    if (x)
        clock_gettime(CLOCK_MONOTONIC, &x->start);
    return x;
}

static void add(struct MHD_Response *response, const char *name, const char *value)
{
    if (value)
        MHD_add_response_header(response, name, value);
}

static void add_headers(struct MHD_Response *response, const struct nq_answer *answer,
                        bool compressed, bool stopping)
{
    char tag[24];
    snprintf(tag, sizeof tag, "W/\"%016" PRIx64 "\"", answer->tag);
    add(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->type);
    add(response, MHD_HTTP_HEADER_CACHE_CONTROL, answer->cache);
    add(response, MHD_HTTP_HEADER_ALLOW, answer->allow);
    add(response, MHD_HTTP_HEADER_LINK, answer->link);
    add(response, MHD_HTTP_HEADER_ETAG, answer->tag ? tag : NULL);
    add(response, MHD_HTTP_HEADER_CONTENT_ENCODING, compressed ? "gzip" : NULL);
    add(response, MHD_HTTP_HEADER_VARY,
        answer->by_language ? "Accept-Encoding, Accept-Language" : "Accept-Encoding");
    add(response, MHD_HTTP_HEADER_ACCESS_CONTROL_ALLOW_ORIGIN, answer->open ? "*" : NULL);
    add(response, MHD_HTTP_HEADER_CONTENT_SECURITY_POLICY, POLICY);
    add(response, MHD_HTTP_HEADER_X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(response, "Referrer-Policy", "no-referrer");
    add(response, MHD_HTTP_HEADER_CONNECTION, stopping ? "close" : NULL);
}

static enum MHD_Result send_answer(struct nq_http *http, struct MHD_Connection *connection,
                                   struct nq_answer *answer)
{
    char *packed = NULL;
    size_t packed_len = 0;
    if (answer->len >= LEAST_GZIP && nq_header_takes(header(connection, "Accept-Encoding"), "gzip"))
        packed = nq_gzip((struct nq_str){answer->body, answer->len}, &packed_len);
    struct MHD_Response *response =
        packed ? MHD_create_response_from_buffer(packed_len, packed, MHD_RESPMEM_MUST_FREE)
               : MHD_create_response_from_buffer(answer->len, answer->body, MHD_RESPMEM_MUST_FREE);
    if (!response) {
        free(packed);
        return MHD_NO;
    }
    if (!packed)
        answer->body = NULL; /* the response's now */
    add_headers(response, answer, packed != NULL, atomic_load(&http->stopping));
    enum MHD_Result result = MHD_queue_response(connection, answer->status, response);
    MHD_destroy_response(response);
    return result;
}

static void read_headers(struct MHD_Connection *connection, struct nq_request *request)
{
    const char *tags = header(connection, "If-None-Match"), *accept = header(connection, "Accept");
    request->host = nq_host_of(header(connection, "Host"));
    request->if_none_match = (struct nq_str){tags, tags ? strlen(tags) : 0};
    request->language = nq_language_of(header(connection, "Accept-Language"));
    request->wants_html = accept && strstr(accept, "text/html");
}

static enum MHD_Result reply(struct nq_http *http, struct MHD_Connection *connection,
                             struct exchange *x, enum nq_method method, enum nq_problem problem)
{
    struct nq_request request = {.method = method};
    struct nq_answer answer = {0};
    enum nq_problem read = nq_request_read((struct nq_str){x->target, strlen(x->target)}, &request);
    if (problem == NQ_PROBLEM_NONE)
        problem = read;
    read_headers(connection, &request);
    request.body = (struct nq_str){x->body, x->body_len};
    nq_answer(&http->site, &request, problem, &answer);
    enum MHD_Result result = send_answer(http, connection, &answer);
    nq_answer_finish(&answer);
    nq_request_finish(&request);
    return result;
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
        atomic_fetch_add(&http->at_hand, 1);
        enum nq_problem problem = refuse_body(connection);
        return problem ? reply(http, connection, x, nq_method_of(method), problem) : MHD_YES;
    }
    if (*size > 0) {
        bool kept = keep_body(x, data, *size);
        *size = 0;
        return kept ? MHD_YES : MHD_NO;
    }
    return reply(http, connection, x, nq_method_of(method), NQ_PROBLEM_NONE);
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
    if (x->begun)
        atomic_fetch_sub(&http->at_hand, 1);
    free(x->target);
    free(x->body);
    free(x);
    *state = NULL;
}

static enum nq_status start(struct nq_http *http, struct nq_error *err)
{
    const struct nq_http_options *o = &http->options;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned threads = o->threads ? o->threads : processors > 1 ? (unsigned)processors : 2;
    http->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_ITC, 0, NULL, NULL, on_request,
        http, MHD_OPTION_LISTEN_SOCKET, http->listener, MHD_OPTION_THREAD_POOL_SIZE, threads,
        MHD_OPTION_CONNECTION_LIMIT, o->connections ? o->connections : CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, o->seconds ? o->seconds : SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY, MHD_OPTION_URI_LOG_CALLBACK, on_target,
        http, MHD_OPTION_NOTIFY_COMPLETED, on_completed, http, MHD_OPTION_END);
    if (http->daemon)
        return NQ_OK;
    *err = (struct nq_error){.status = NQ_ERR_IO, .column = -1};
    snprintf(err->message, sizeof err->message, _("%s: the server does not start"), o->listen);
    return NQ_ERR_IO;
}

enum nq_status nq_http_start(const struct nq_http_options *options, char url[300],
                             struct nq_http **out, struct nq_error *err)
{
    struct nq_http *http = calloc(1, sizeof *http);
    if (!http || !(http->site.handles = nq_handles_create(options->index))) {
        free(http);
        *err = (struct nq_error){.status = NQ_ERR_NOMEM, .column = -1};
        snprintf(err->message, sizeof err->message, "%s", _("out of memory"));
        return NQ_ERR_NOMEM;
    }
    http->options = *options;
    http->site.base = options->base;
    http->listener = -1;
    enum nq_status status = nq_listen(options->listen, url, &http->listener, err);
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
    (void)http;
}

void nq_http_stop(struct nq_http *http, unsigned seconds)
{
    enum { STEP_MS = 20 };
    if (!http)
        return;
    if (http->daemon) {
        atomic_store(&http->stopping, true);
        MHD_quiesce_daemon(http->daemon);
        for (unsigned ms = 0; atomic_load(&http->at_hand) > 0 && ms < seconds * 1000; ms += STEP_MS)
            nanosleep(&(struct timespec){0, STEP_MS * 1000000L}, NULL);
        MHD_stop_daemon(http->daemon);
    }
    if (http->listener >= 0)
        close(http->listener);
    nq_handles_destroy(http->site.handles);
    free(http);
}
