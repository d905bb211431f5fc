/* Taking a request apart. */
#include "serve/request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "output/output.h"

enum {
    MOST_VALUE = 2000, /* bytes of a parameter, decoded: some 600 characters */
    MOST_PATH = 1000,  /* of the decoded path */
    MOST_HOST = 255,   /* of a name with its port */
};

static const char *const names[NQ_N_PARAMS] = {
    "q",      "n",     "offset", "from",    "to",    "kind", "sort",      "source",   "view",
    "before", "draft", "exact",  "explain", "since", "days", "threshold", "passages",
};

const char *nq_param_name(enum nq_param param)
{
    return names[param];
}

enum nq_method nq_method_of(const char *name)
{
    static const struct {
        const char *name;
        enum nq_method method;
    } methods[] = {{"GET", NQ_METHOD_GET},
                   {"HEAD", NQ_METHOD_HEAD},
                   {"POST", NQ_METHOD_POST},
                   {"OPTIONS", NQ_METHOD_OPTIONS}};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(name, methods[i].name) == 0)
            return methods[i].method;
    return NQ_METHOD_OTHER;
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Decodes `in` to `out`, which has room for it; `plus` is a space in forms and queries, not in
 * paths.  False for what is no percent-encoding, a NUL, or no UTF-8. */
static bool decode(struct nq_str in, bool plus, char *out, struct nq_str *text)
{
    size_t n = 0;
    for (size_t i = 0; i < in.len; i++) {
        char c = in.ptr[i];
        if (c == '%') {
            int high = i + 2 < in.len ? hex(in.ptr[i + 1]) : -1;
            int low = i + 2 < in.len ? hex(in.ptr[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (char)(high << 4 | low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if (c == '\0')
            return false;
        out[n++] = c;
    }
    *text = (struct nq_str){out, n};
    return nq_is_utf8(*text);
}

/* The number of the parameter that `name` is, decoded names included; NQ_N_PARAMS for none. */
static enum nq_param param_of(struct nq_str name)
{
    int i = 0;
    while (i < NQ_N_PARAMS && !nq_slice_is(name, names[i]))
        i++;
    return (enum nq_param)i;
}

/* The value of a draft keeps its lines; all others become one line of plain text. */
static enum nq_problem take(struct nq_str value, enum nq_param param, struct nq_request *out)
{
    bool draft = param == NQ_PARAM_DRAFT;
    if (!draft && value.len > 3 * MOST_VALUE)
        return NQ_PROBLEM_QUERY_TOO_LONG;
    char *raw = malloc(value.len + 1), *plain = NULL;
    struct nq_str text;
    enum nq_problem problem = NQ_PROBLEM_NONE;
    if (!raw)
        return NQ_PROBLEM_INTERNAL;
    if (!decode(value, true, raw, &text)) {
        problem = NQ_PROBLEM_BAD_ENCODING;
    } else if (draft) {
        out->texts[param] = raw;
        out->params[param] = text;
        return NQ_PROBLEM_NONE;
    } else if (!(plain = nq_plain_text(text))) {
        problem = NQ_PROBLEM_INTERNAL;
    } else if (strlen(plain) > MOST_VALUE) {
        problem = NQ_PROBLEM_QUERY_TOO_LONG;
        free(plain);
    } else {
        out->texts[param] = plain;
        out->params[param] = nq_slice(plain);
    }
    free(raw);
    return problem;
}

enum nq_problem nq_request_read_form(struct nq_str form, struct nq_request *out)
{
    enum nq_problem problem = NQ_PROBLEM_NONE;
    while (form.len > 0 && problem == NQ_PROBLEM_NONE) {
        const char *next = memchr(form.ptr, '&', form.len);
        struct nq_str pair = {form.ptr, next ? (size_t)(next - form.ptr) : form.len};
        const char *equals = memchr(pair.ptr, '=', pair.len);
        struct nq_str name = {pair.ptr, equals ? (size_t)(equals - pair.ptr) : pair.len};
        struct nq_str value = {name.ptr + name.len, 0};
        if (equals)
            value = (struct nq_str){equals + 1, pair.len - name.len - 1};
        enum nq_param param = param_of(name);
        if (param != NQ_N_PARAMS && !out->params[param].ptr) /* the first of several counts */
            problem = take(value, param, out);
        size_t used = pair.len + (next != NULL);
        form = (struct nq_str){form.ptr + used, form.len - used};
    }
    return problem;
}

enum nq_problem nq_request_read(struct nq_str target, struct nq_request *out)
{
    const char *mark = target.len ? memchr(target.ptr, '?', target.len) : NULL;
    size_t path = mark ? (size_t)(mark - target.ptr) : target.len;
    out->target = target;
    if (path == 0 || target.ptr[0] != '/' || path > 3 * MOST_PATH)
        return NQ_PROBLEM_NOT_FOUND;
    out->decoded = malloc(path + 1);
    if (!out->decoded)
        return NQ_PROBLEM_INTERNAL;
    if (!decode((struct nq_str){target.ptr, path}, false, out->decoded, &out->path))
        return NQ_PROBLEM_BAD_ENCODING;
    if (!mark)
        return NQ_PROBLEM_NONE;
    return nq_request_read_form((struct nq_str){mark + 1, target.len - path - 1}, out);
}

bool nq_request_has_form(const struct nq_request *r)
{
    return r->method == NQ_METHOD_POST && nq_slice_is(r->path, "/check");
}

void nq_request_finish(struct nq_request *request)
{
    for (int i = 0; i < NQ_N_PARAMS; i++)
        free(request->texts[i]);
    free(request->decoded);
    *request = (struct nq_request){0};
}

static int thousandths(double weight)
{
    return weight >= 1 ? 1000 : weight > 0 ? (int)(weight * 1000) : 0;
}

/* The next item of a comma-separated list: its word, and its weight in thousandths. */
static bool next_item(const char **rest, struct nq_str *word, int *weight)
{
    const char *p = *rest + strspn(*rest, " \t,");
    if (*p == '\0')
        return false;
    *word = (struct nq_str){p, strcspn(p, " \t,;")};
    size_t all = strcspn(p, ",");
    const char *q = memchr(p, ';', all);
    *weight = 1000;
    while (q && *q && *q != ',') {
        q += strspn(q, "; \t");
        if ((q[0] == 'q' || q[0] == 'Q') && q[1] == '=')
            *weight = thousandths(strtod(q + 2, NULL));
        q += strcspn(q, ";,");
    }
    *rest = p + all;
    return true;
}

/* Whether `word` is `prefix`, or begins with it and goes on with '-': zh, zh-TW. */
static bool is_tag(struct nq_str word, const char *prefix)
{
    size_t n = strlen(prefix);
    return word.len >= n && strncasecmp(word.ptr, prefix, n) == 0 &&
           (word.len == n || word.ptr[n] == '-');
}

enum nq_language nq_language_of(const char *accept)
{
    struct nq_str word;
    int weight, chinese = 0, english = 0;
    while (accept && next_item(&accept, &word, &weight)) {
        if (is_tag(word, "zh") && weight > chinese)
            chinese = weight;
        else if (is_tag(word, "en") && weight > english)
            english = weight;
    }
    return english > chinese ? NQ_ENGLISH : NQ_CHINESE;
}

bool nq_header_takes(const char *header, const char *word)
{
    struct nq_str item;
    int weight;
    while (header && next_item(&header, &item, &weight))
        if (item.len == strlen(word) && strncasecmp(item.ptr, word, item.len) == 0)
            return weight > 0;
    return false;
}

struct nq_str nq_host_of(const char *host)
{
    static const char good[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]";
    size_t n = host ? strspn(host, good) : 0;
    if (n == 0 || n > MOST_HOST || host[n] != '\0')
        return (struct nq_str){0};
    return (struct nq_str){host, n};
}

bool nq_number_read(struct nq_str text, uint64_t most, uint64_t *out)
{
    uint64_t n = 0;
    if (text.len == 0)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        uint64_t digit = (uint64_t)(text.ptr[i] - '0');
        if (digit > most || n > (most - digit) / 10)
            return false;
        n = n * 10 + digit;
    }
    *out = n;
    return n <= most;
}
