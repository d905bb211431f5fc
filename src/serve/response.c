/* An answer with its headers. */
#include "serve/response.h"

#include <inttypes.h>
#include <stdio.h>

/* Scripts and styles come from here, and nothing from anywhere else. */
#define POLICY                                                                                     \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "                    \
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

static void add(struct MHD_Response *response, const char *name, const char *value)
{
    if (value)
        MHD_add_response_header(response, name, value);
}

static void add_headers(struct MHD_Response *response, const struct nq_answer *answer, bool last)
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
    add(response, MHD_HTTP_HEADER_CONNECTION, last ? "close" : NULL);
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
    add_headers(response, answer, last);
    return response;
}
