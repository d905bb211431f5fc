/* A request as the server sees it: its target taken apart, strictly, and the headers that matter.
 * Nothing here knows of sockets. */
#ifndef NQ_SERVE_REQUEST_H
#define NQ_SERVE_REQUEST_H

#include "output/slice.h"
#include "serve/problem.h"

enum nq_method {
    NQ_METHOD_GET = 1,
    NQ_METHOD_HEAD = 2,
    NQ_METHOD_POST = 4,
    NQ_METHOD_OPTIONS = 8,
    NQ_METHOD_OTHER = 16,
};

/* The parameters that routes know; others are passed over. */
enum nq_param {
    NQ_PARAM_Q,
    NQ_PARAM_N,
    NQ_PARAM_OFFSET,
    NQ_PARAM_FROM,
    NQ_PARAM_TO,
    NQ_PARAM_KIND,
    NQ_PARAM_SORT,
    NQ_PARAM_SOURCE,
    NQ_PARAM_VIEW,
    NQ_PARAM_BEFORE,
    NQ_PARAM_DRAFT,
    NQ_PARAM_EXACT,
    NQ_PARAM_EXPLAIN,
    NQ_PARAM_SINCE,
    NQ_PARAM_DAYS,
    NQ_PARAM_THRESHOLD,
    NQ_PARAM_PASSAGES,
    NQ_N_PARAMS
};

const char *nq_param_name(enum nq_param param);

/* The language of a page. */
enum nq_language { NQ_CHINESE, NQ_ENGLISH, NQ_N_LANGUAGES };

struct nq_request {
    enum nq_method method;
    struct nq_str target;               /* as it came, the caller's */
    struct nq_str path;                 /* decoded */
    struct nq_str params[NQ_N_PARAMS];  /* decoded, UTF-8, NFC, without controls; absent: NULL */
    char *texts[NQ_N_PARAMS], *decoded; /* what holds them */
    struct nq_str host;                 /* of the Host header, absent where that is no plain name */
    struct nq_str if_none_match;
    enum nq_language language;
    bool gzip;          /* by Accept-Encoding */
    bool wants_html;    /* as browsers do when they go to a page */
    struct nq_str body; /* of a POST */
};

/* The method of that name. */
enum nq_method nq_method_of(const char *name);

/* Takes `target`, "/path?a=b&c=d", apart into `out`, which nq_request_finish ends in any case. What
 * is no percent-encoded UTF-8, or has a NUL, is a problem; so are parameters that are too long. */
enum nq_problem nq_request_read(struct nq_str target, struct nq_request *out);

/* Adds the parameters of a form, "a=b&c=d", to those of the request. */
enum nq_problem nq_request_read_form(struct nq_str form, struct nq_request *out);

/* Whether the body is such a form: only people's pages take one. */
bool nq_request_has_form(const struct nq_request *request);
void nq_request_finish(struct nq_request *request);

/* The language that an Accept-Language header (NULL: none) asks for. */
enum nq_language nq_language_of(const char *accept);

/* Whether a header that lists words with weights ("gzip;q=0.5, br") takes `word`. */
bool nq_header_takes(const char *header, const char *word);

/* `host` where it is a name or address with or without a port, else the absent slice: it is
 * repeated in answers. */
struct nq_str nq_host_of(const char *host);

/* A number from 0 to `most`, in digits. */
bool nq_number_read(struct nq_str text, uint64_t most, uint64_t *out);

#endif
