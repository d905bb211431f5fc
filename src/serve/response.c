/* An answer with its headers. */
#include "serve/response.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

/* Scripts and styles come from here, and nothing from anywhere else. */
#define POLICY                                                                                     \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "                    \
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/* Where headers go. */
struct headers {
    struct MHD_Response *response; /* or else */
    FILE *out;
};

static void add(const struct headers *to, const char *name, const char *value)
{
    if (value && to->response)
        MHD_add_response_header(to->response, name, value);
    else if (value)
        fprintf(to->out, "%s: %s\r\n", name, value);
}

static void add_headers(const struct headers *to, const struct nq_answer *answer, bool last)
{
    const struct nq_body *body = answer->sealed;
    char tag[24];
    snprintf(tag, sizeof tag, "W/\"%016" PRIx64 "\"", answer->tag);
    add(to, MHD_HTTP_HEADER_CONTENT_TYPE, answer->type);
    add(to, MHD_HTTP_HEADER_CACHE_CONTROL, answer->cache);
    add(to, MHD_HTTP_HEADER_ALLOW, answer->allow);
    add(to, MHD_HTTP_HEADER_LINK, body ? body->link : NULL);
    add(to, MHD_HTTP_HEADER_ETAG, answer->tag ? tag : NULL);
    add(to, MHD_HTTP_HEADER_CONTENT_ENCODING, body && body->packed ? "gzip" : NULL);
    add(to, MHD_HTTP_HEADER_VARY,
        answer->by_language ? "Accept-Encoding, Accept-Language" : "Accept-Encoding");
    add(to, MHD_HTTP_HEADER_RETRY_AFTER, answer->status == 503 ? "5" : NULL);
    if (answer->open) {
        add(to, MHD_HTTP_HEADER_ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        add(to, MHD_HTTP_HEADER_ACCESS_CONTROL_ALLOW_METHODS, answer->allow);
        add(to, MHD_HTTP_HEADER_ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Link");
    }
    add(to, MHD_HTTP_HEADER_CONTENT_SECURITY_POLICY, POLICY);
    add(to, MHD_HTTP_HEADER_X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(to, "Referrer-Policy", "no-referrer");
    add(to, MHD_HTTP_HEADER_CONNECTION, last ? "close" : NULL);
}

/* RFC 9110, 5.6.7: in English whatever the locale. */
static void print_date(FILE *out)
{
    static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t now = time(NULL);
    struct tm t;
    if (gmtime_r(&now, &t))
        fprintf(out, "Date: %s, %02d %s %d %02d:%02d:%02d GMT\r\n", days[t.tm_wday], t.tm_mday,
                months[t.tm_mon], t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

void nq_response_print(FILE *out, const struct nq_answer *answer, bool head)
{
    const struct nq_body *body = answer->sealed;
    fprintf(out, "HTTP/1.1 %u %s\r\n", answer->status, MHD_get_reason_phrase_for(answer->status));
    print_date(out);
    add_headers(&(struct headers){.out = out}, answer, true);
    fprintf(out, "Content-Length: %zu\r\n\r\n", body ? body->len : 0);
    if (body && !head)
        fwrite(body->text, 1, body->len, out);
}

static void free_body(void *body)
{
    nq_body_unref(body);
}

struct MHD_Response *nq_response_create(const struct nq_answer *answer, bool last)
{
    struct nq_body *body = answer->sealed;
    struct MHD_Response *response =
        body ? MHD_create_response_from_buffer_with_free_callback_cls(body->len, body->text,
                                                                      free_body, body)
             : MHD_create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT);
    if (!response)
        return NULL;
    if (body)
        nq_body_ref(body); /* for the response */
    add_headers(&(struct headers){.response = response}, answer, last);
    return response;
}
