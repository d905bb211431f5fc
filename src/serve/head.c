/* Reading heads by RFC 9112, more strictly than libmicrohttpd does: it takes a carriage return for
 * the end of a line and goes on with folded ones.  That is for the sake of clear answers, not a
 * defence: what comes behind a connection's first request is the library's alone. */
#include "serve/head.h"

#include <string.h>
#include <strings.h>

#include "serve/request.h"

enum { HEADER_COST = 64 };

static bool is_token(struct nq_str s)
{
    static const char marks[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              (c != '\0' && strchr(marks, c))))
            return false;
    }
    return s.len > 0;
}

/* Cuts the next line off, without its end; false where that has not come. */
static bool next_line(struct nq_str *rest, struct nq_str *line)
{
    const char *end = rest->len ? memchr(rest->ptr, '\n', rest->len) : NULL;
    if (!end)
        return false;
    size_t n = (size_t)(end - rest->ptr);
    *line = (struct nq_str){rest->ptr, n > 0 && end[-1] == '\r' ? n - 1 : n};
    *rest = (struct nq_str){end + 1, rest->len - n - 1};
    return true;
}

/* "METHOD TARGET HTTP/1.1".  A NUL in the target is left to those who tell that it is one. */
static enum nq_problem check_first(struct nq_str line)
{
    static const char http[] = "HTTP/";
    enum { N_HTTP = sizeof http - 1 };
    const char *end = line.ptr + line.len, *space = memchr(line.ptr, ' ', line.len);
    if (memchr(line.ptr, '\r', line.len) || !space ||
        !is_token((struct nq_str){line.ptr, (size_t)(space - line.ptr)}))
        return NQ_PROBLEM_BAD_REQUEST;
    const char *target = space + 1, *version = memchr(target, ' ', (size_t)(end - target));
    if (!version || version == target || end - ++version != N_HTTP + 3 ||
        memcmp(version, http, N_HTTP) != 0)
        return NQ_PROBLEM_BAD_REQUEST;
    version += N_HTTP;
    if (version[0] < '0' || version[0] > '9' || version[1] != '.' || version[2] < '0' ||
        version[2] > '9')
        return NQ_PROBLEM_BAD_REQUEST;
    return version[0] == '1' && version[2] <= '1' ? NQ_PROBLEM_NONE : NQ_PROBLEM_VERSION;
}

static enum nq_problem check_length(struct nq_str value)
{
    uint64_t n;
    while (value.len > 0 && (value.ptr[0] == ' ' || value.ptr[0] == '\t'))
        value = (struct nq_str){value.ptr + 1, value.len - 1};
    while (value.len > 0 && (value.ptr[value.len - 1] == ' ' || value.ptr[value.len - 1] == '\t'))
        value.len--;
    if (nq_number_read(value, INT64_MAX, &n))
        return NQ_PROBLEM_NONE;
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] < '0' || value.ptr[i] > '9')
            return NQ_PROBLEM_BAD_REQUEST;
    return value.len ? NQ_PROBLEM_TOO_LARGE : NQ_PROBLEM_BAD_REQUEST;
}

/* "Name: value". */
static enum nq_problem check_header(struct nq_str line)
{
    static const char length[] = "Content-Length";
    const char *colon = memchr(line.ptr, ':', line.len);
    if (!colon || memchr(line.ptr, '\0', line.len) || memchr(line.ptr, '\r', line.len))
        return NQ_PROBLEM_BAD_REQUEST;
    struct nq_str name = {line.ptr, (size_t)(colon - line.ptr)};
    if (!is_token(name))
        return NQ_PROBLEM_BAD_REQUEST;
    if (name.len != sizeof length - 1 || strncasecmp(name.ptr, length, name.len) != 0)
        return NQ_PROBLEM_NONE;
    return check_length((struct nq_str){colon + 1, line.len - name.len - 1});
}

/* Whether what there is of a first line may become one: what is none of HTTP's, TLS say, is told so
 * at once. */
static bool may_begin(struct nq_str part)
{
    const char *space = part.len ? memchr(part.ptr, ' ', part.len) : NULL;
    struct nq_str method = {part.ptr, space ? (size_t)(space - part.ptr) : part.len};
    if (!space && method.len > 0 && method.ptr[method.len - 1] == '\r')
        method.len--;
    return part.len == 0 || is_token(method) || (!space && method.len == 0);
}

enum nq_problem nq_head_check(struct nq_str bytes, bool *whole)
{
    struct nq_str rest = bytes, line;
    size_t n_headers = 0;
    bool first = true;
    *whole = false;
    while (next_line(&rest, &line)) {
        size_t used = bytes.len - rest.len + n_headers * HEADER_COST;
        if (used > NQ_HEAD_MOST)
            return first ? NQ_PROBLEM_LONG_TARGET : NQ_PROBLEM_LONG_HEADERS;
        if (line.len == 0 && first) /* may stand before a request, says RFC 9112, 2.2 */
            continue;
        *whole = line.len == 0;
        if (*whole)
            return NQ_PROBLEM_NONE;
        enum nq_problem problem = first ? check_first(line) : check_header(line);
        if (problem != NQ_PROBLEM_NONE)
            return problem;
        n_headers += !first;
        first = false;
    }
    if (first && !may_begin(rest))
        return NQ_PROBLEM_BAD_REQUEST;
    if (bytes.len + n_headers * HEADER_COST <= NQ_HEAD_MOST)
        return NQ_PROBLEM_NONE;
    return first ? NQ_PROBLEM_LONG_TARGET : NQ_PROBLEM_LONG_HEADERS;
}
