/* A request on its way through libmicrohttpd: read, answered, accounted for. */
#define _GNU_SOURCE
#include "serve/exchange.h"

#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "serve/connections.h"
#include "serve/log.h"
#include "serve/response.h"
#include "serve/route.h"
#include "serve/upload.h"
#include "serve/worker.h"

/* A request from its first line to the end of its answer. */
struct exchange {
    struct nq_service *service;
    struct MHD_Connection *connection;
    const char *raw; /* libmicrohttpd's own, of which `target` is a copy */
    char *target;
    struct nq_upload body;
    double start; /* milliseconds */
    bool begun, answered;
    struct nq_request request;
    struct nq_answer answer;
};

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
    nq_connection_allow(x->service->connections, connection_of(x->connection), seconds);
}

/* The target as it came: libmicrohttpd decodes it in its own way, which takes what is no UTF-8. */
void *nq_exchange_begin(void *service, const char *target, struct MHD_Connection *connection)
{
    struct exchange *x = calloc(1, sizeof *x);
    if (x && !(x->target = strdup(target))) {
        free(x);
        x = NULL;
    }
    if (x) {
        x->service = service;
        x->body.metrics = x->service->site.metrics;
        x->raw = target;
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
    nq_upload_finish(&x->body);
    free(x->target);
    free(x);
}

static void write_log(const struct exchange *x, const char *method, size_t bytes, double seconds)
{
    const struct nq_http_options *o = &x->service->options;
    char line[9000], address[NI_MAXHOST];
    if (!o->log)
        return;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    nq_log_address(info ? info->client_addr : NULL, address, sizeof address);
    const struct nq_log_entry entry = {address,          method, x->target,
                                       x->answer.status, bytes,  seconds};
    nq_log_format(&entry, line, sizeof line);
    o->log(o->user, line);
}

/* Counts and logs an answer as it is handed over. */
static void account(const struct exchange *x, const char *method)
{
    struct nq_metrics *metrics = x->service->site.metrics;
    size_t bytes = x->answer.sealed ? x->answer.sealed->len : 0;
    double seconds = (nq_milliseconds() - x->start) / 1e3;
    nq_metrics_add(metrics, x->answer.route, x->answer.status, bytes, seconds);
    nq_metrics_change(metrics, NQ_COUNT_REPEATED, x->answer.repeated);
    nq_metrics_change(metrics, NQ_COUNT_UNCHANGED, x->answer.status == 304);
    nq_metrics_change(metrics, NQ_COUNT_STOPPED, x->answer.problem == NQ_PROBLEM_TIME);
    write_log(x, method, bytes, seconds);
}

static enum MHD_Result send_answer(struct exchange *x, const char *method)
{
    /* Where it is not clear how long the request is, nobody knows where the next one begins. */
    bool last = atomic_load(&x->service->stopping) || x->answer.problem == NQ_PROBLEM_LENGTH ||
                x->answer.problem == NQ_PROBLEM_BAD_ENCODING;
    struct MHD_Response *response = nq_response_create(&x->answer, last);
    if (!response)
        return MHD_NO;
    allow(x, x->service->options.seconds);
    account(x, method);
    enum MHD_Result result = MHD_queue_response(x->connection, x->answer.status, response);
    MHD_destroy_response(response);
    return result;
}

static void read_headers(struct exchange *x)
{
    struct nq_request *request = &x->request;
    const char *accept = header(x->connection, "Accept");
    request->host = nq_host_of(header(x->connection, "Host"));
    request->if_none_match = nq_slice(header(x->connection, "If-None-Match"));
    request->language = nq_language_of(header(x->connection, "Accept-Language"));
    request->gzip = nq_header_takes(header(x->connection, "Accept-Encoding"), "gzip");
    request->wants_html = accept && strstr(accept, "text/html");
}

/* Reads a request that is there as a whole. */
static enum nq_problem read_request(struct exchange *x)
{
    struct nq_request *request = &x->request;
    enum nq_problem problem = nq_request_read(nq_slice(x->target), request);
    request->body = (struct nq_str){x->body.bytes, x->body.len};
    if (problem == NQ_PROBLEM_NONE && nq_request_has_form(request))
        problem = nq_request_read_form(request->body, request);
    return problem;
}

/* What the worker does: answers, and wakes the connection. */
static void answer_slowly(void *user)
{
    struct exchange *x = user;
    nq_answer(&x->service->site, &x->request,
              atomic_load(&x->service->over) ? NQ_PROBLEM_BUSY : NQ_PROBLEM_NONE, &x->answer);
    x->answered = true;
    MHD_resume_connection(x->connection);
}

static enum MHD_Result reply(struct exchange *x, const char *method, enum nq_problem problem)
{
    struct nq_service *service = x->service;
    x->request.method = nq_method_of(method);
    read_headers(x);
    if (problem == NQ_PROBLEM_NONE)
        problem = read_request(x);
    if (problem == NQ_PROBLEM_NONE && nq_answer_is_slow(&x->request)) {
        allow(x, 0);
        MHD_suspend_connection(x->connection);
        if (nq_worker_add(service->worker, answer_slowly, x))
            return MHD_YES;
        MHD_resume_connection(x->connection);
        problem = NQ_PROBLEM_BUSY;
        x->answered = true; /* once it is awake */
        nq_answer(&service->site, &x->request, problem, &x->answer);
        return MHD_YES;
    }
    nq_answer(&service->site, &x->request, problem, &x->answer);
    return send_answer(x, method);
}

/* Whether there is a NUL in the target, at which it would end for us.  libmicrohttpd parts the
 * first line where it stands, so that the version follows the target's end. */
static bool is_cut(const struct exchange *x, const char *version)
{
    return version != x->raw + strlen(x->target) + 1;
}

static enum MHD_Result count_lengths(void *user, enum MHD_ValueKind kind, const char *name,
                                     const char *value)
{
    unsigned *n = user;
    (void)kind;
    (void)value;
    *n += strcasecmp(name, "Content-Length") == 0;
    return MHD_YES;
}

/* What speaks against reading the body at all. */
static enum nq_problem refuse_body(struct MHD_Connection *connection)
{
    const char *length = header(connection, "Content-Length");
    unsigned n_lengths = 0;
    uint64_t n;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, count_lengths, &n_lengths);
    if (n_lengths > 1) /* others before us may have believed the other */
        return NQ_PROBLEM_LENGTH;
    if (header(connection, "Transfer-Encoding"))
        return NQ_PROBLEM_LENGTH;
    if (length && !nq_number_read(nq_slice(length), NQ_UPLOAD_MOST, &n))
        return NQ_PROBLEM_TOO_LARGE;
    return NQ_PROBLEM_NONE;
}

enum MHD_Result nq_exchange_go_on(void *user, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **state)
{
    struct nq_service *service = user;
    struct exchange *x = *state;
    (void)url;
    if (!x)
        return MHD_NO;
    if (!x->begun) {
        x->begun = true;
        nq_metrics_change(service->site.metrics, NQ_COUNT_AT_HAND, 1);
        allow(x, service->options.seconds);
        enum nq_problem problem =
            is_cut(x, version) ? NQ_PROBLEM_BAD_ENCODING : refuse_body(connection);
        return problem ? reply(x, method, problem) : MHD_YES;
    }
    if (*size > 0) {
        if (nq_method_of(method) == NQ_METHOD_POST) /* others mean nothing by it */
            nq_upload_add(&x->body, data, *size);
        *size = 0;
        return MHD_YES;
    }
    if (x->answered)
        return send_answer(x, method);
    return reply(x, method, x->body.crowded ? NQ_PROBLEM_BUSY : NQ_PROBLEM_NONE);
}

void nq_exchange_end(void *user, struct MHD_Connection *connection, void **state,
                     enum MHD_RequestTerminationCode how)
{
    struct nq_service *service = user;
    struct exchange *x = *state;
    (void)connection;
    (void)how;
    if (!x)
        return;
    /* It may wait as long as it likes (libmicrohttpd ends that) and then ask again. */
    allow(x, 2 * service->options.seconds);
    if (x->begun)
        nq_metrics_change(service->site.metrics, NQ_COUNT_AT_HAND, -1);
    exchange_destroy(x);
    *state = NULL;
}
