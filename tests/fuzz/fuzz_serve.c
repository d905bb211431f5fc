/* Requests to the server, without its sockets: the first line is "METHOD TARGET", the next three
 * are Accept-Language, Accept-Encoding and If-None-Match, the rest is the body.  Every request gets
 * an answer that is what it says it is, and nothing of it becomes a script. */
#define _GNU_SOURCE
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "serve/answer.h"
#include "serve/assets.h"
#include "serve/log.h"

static struct nq_site site;
static char folder[] = "/tmp/nq-fuzz-XXXXXX", path[100];

static void finish(void)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    char name[120];
    nq_handles_destroy(site.handles);
    nq_cache_destroy(site.cache);
    nq_metrics_destroy(site.metrics);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        unlink(name);
    }
    rmdir(folder);
}

/* An index of the samples. */
static void start(void)
{
    const char *const samples[] = {NQ_SAMPLES};
    struct nq_index *index = NULL;
    fuzz_check(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/nq.db", folder);
    fuzz_check(nq_index_open(path, NQ_OPEN_WRITE, NULL, &index, NULL) == NQ_OK);
    fuzz_check(nq_index_update(index, samples, 1, &(struct nq_update_options){0}, NULL, NULL) ==
               NQ_OK);
    nq_index_close(index);
    site.handles = nq_handles_create(path);
    site.cache = nq_cache_create();
    site.metrics = nq_metrics_create();
    site.build = nq_assets_identity();
    atexit(finish);
}

static size_t count(const char *text, const char *word)
{
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, word)) != NULL; p++)
        n++;
    return n;
}

static void check_body(const struct nq_answer *a)
{
    const struct nq_body *body = a->sealed;
    fuzz_check(a->status >= 200 && a->status < 600);
    if (!body) {
        fuzz_check(a->status == 204 || a->status == 304);
        return;
    }
    fuzz_check(a->type != NULL);
    if (body->packed)
        return;
    char *text = strndup(body->text, body->len);
    fuzz_check(text && strlen(text) == body->len);
    if (strstr(a->type, "json")) {
        json_t *json = json_loads(text, 0, NULL);
        fuzz_check(json != NULL);
        json_decref(json);
    } else if (strstr(a->type, "html")) {
        fuzz_check(count(text, "<script") == 1 && count(text, "<!--nq:") == 0);
    }
    fuzz_check(!body->link || !strpbrk(body->link, "\r\n"));
    free(text);
}

/* Cuts a line off, as a string of its own. */
static char *next_line(const char **rest, size_t *len)
{
    const char *end = *len ? memchr(*rest, '\n', *len) : NULL;
    size_t n = end ? (size_t)(end - *rest) : *len;
    char *line = strndup(*rest, n);
    n += end ? 1 : 0;
    *rest += n;
    *len -= n;
    return line;
}

static void ask(const char *method, const char *target, char *headers[3], struct nq_str body)
{
    struct nq_request request = {.method = nq_method_of(method)};
    struct nq_answer answer = {0};
    char line[9000];
    enum nq_problem problem = nq_request_read((struct nq_str){target, strlen(target)}, &request);
    request.language = nq_language_of(headers[0]);
    request.gzip = nq_header_takes(headers[1], "gzip");
    request.if_none_match = (struct nq_str){headers[2], strlen(headers[2])};
    request.host = nq_host_of(headers[2]);
    request.wants_html = headers[0][0] != '\0';
    request.body = body;
    if (problem == NQ_PROBLEM_NONE && nq_request_has_form(&request))
        problem = nq_request_read_form(body, &request);
    nq_answer(&site, &request, problem, &answer);
    check_body(&answer);
    nq_log_format(&(struct nq_log_entry){"-", method, target, answer.status, 0, 0}, line,
                  sizeof line);
    for (const char *p = line; *p; p++)
        fuzz_check(*p >= 0x20 && *p < 0x7F);
    nq_answer_finish(&answer);
    nq_request_finish(&request);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *rest = (const char *)data;
    size_t left = size;
    if (!site.handles)
        start();
    char *first = next_line(&rest, &left), *headers[3];
    for (int i = 0; i < 3; i++)
        headers[i] = next_line(&rest, &left);
    char *space = strchr(first, ' ');
    if (space)
        *space = '\0';
    /* Other formats than text have targets of their own, and PDF a child process. */
    if (!memmem(rest, left, "%PDF", 4) && !memmem(rest, left, "PK", 2))
        ask(first, space ? space + 1 : first, headers, (struct nq_str){rest, left});
    for (int i = 0; i < 3; i++)
        free(headers[i]);
    free(first);
    return 0;
}
