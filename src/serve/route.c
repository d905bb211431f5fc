/* From the address to what answers it. */
#define _GNU_SOURCE /* asprintf */
#include "serve/route.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "serve/torn.h"

enum { READS = NQ_METHOD_GET | NQ_METHOD_HEAD };

/* Stored answers are good once the index says that it is still the same; assets change with the
 * program alone. */
#define REVALIDATE "no-cache"
#define SOME_TIME  "public, max-age=600"
#define NEVER      "no-store"

struct route {
    const char *path; /* ending in '/': what stands behind is the argument, and must not be empty */
    unsigned methods;
    const char *cache;
    bool index; /* answers from the index, and is tagged by it */
    bool open;  /* to scripts of other origins */
    bool page;  /* for people, in their language */
    void (*answer)(struct nq_visit *v);
};

static const struct route routes[] = {
    {"/api/search", READS, REVALIDATE, true, true, false, nq_route_search},
    {"/api/suggest", READS, REVALIDATE, true, true, false, nq_route_suggest},
    {"/api/timeline", READS, REVALIDATE, true, true, false, nq_route_timeline},
    {"/api/topics", READS, REVALIDATE, true, true, false, nq_route_topics},
    {"/api/topics/", READS, REVALIDATE, true, true, false, nq_route_topic},
    {"/api/sources", READS, REVALIDATE, true, true, false, nq_route_sources},
    {"/api/conflicts", READS, REVALIDATE, true, true, false, nq_route_conflicts},
    {"/api/related/", READS, REVALIDATE, true, true, false, nq_route_related},
    {"/api/report/", READS, REVALIDATE, true, true, false, nq_route_report},
    {"/api/passage/", READS, REVALIDATE, true, true, false, nq_route_passage},
    {"/", READS, REVALIDATE, true, false, true, nq_route_page},
    {"/passage/", READS, REVALIDATE, true, false, true, nq_route_passage_page},
    {"/report/", READS, REVALIDATE, true, false, true, nq_route_report_page},
    {"/check", READS | NQ_METHOD_POST, NEVER, true, false, true, nq_route_check_page},
    {"/api/check", NQ_METHOD_POST, NEVER, true, false, false, nq_route_check},
    {"/opensearch.xml", READS, SOME_TIME, false, false, true, nq_route_opensearch},
    {"/suggest", READS, REVALIDATE, true, false, false, nq_route_browser_suggest},
    {"/feed.atom", READS, REVALIDATE, true, true, false, nq_route_feed},
    {"/timeline.ics", READS, REVALIDATE, true, true, false, nq_route_calendar},
    {"/metrics", READS, NEVER, false, false, false, nq_route_metrics},
    {"/app.js", READS, SOME_TIME, false, true, false, nq_route_asset},
    {"/draw.js", READS, SOME_TIME, false, true, false, nq_route_asset},
    {"/style.css", READS, SOME_TIME, false, true, false, nq_route_asset},
    {"/icon.svg", READS, SOME_TIME, false, true, false, nq_route_asset},
    {"/nq-search.js", READS, SOME_TIME, false, true, false, nq_route_asset},
    {"/healthz", READS, NEVER, true, false, false, nq_route_health},
};

/* The route of `path`, and what of it is the argument. */
static const struct route *find(struct nq_str path, struct nq_str *argument)
{
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        size_t n = strlen(routes[i].path);
        bool folder = n > 1 && routes[i].path[n - 1] == '/';
        if (path.len < n || memcmp(path.ptr, routes[i].path, n) != 0 ||
            (folder ? path.len == n : path.len != n))
            continue;
        *argument = (struct nq_str){path.ptr + n, path.len - n};
        return &routes[i];
    }
    return NULL;
}

bool nq_answer_is_slow(const struct nq_request *request)
{
    struct nq_str argument;
    const struct route *route = find(request->path, &argument);
    return route && (route->methods & request->method & NQ_METHOD_POST);
}

static const char *methods_text(unsigned methods)
{
    return methods == READS                      ? "GET, HEAD, OPTIONS"
           : methods == (READS | NQ_METHOD_POST) ? "GET, HEAD, POST, OPTIONS"
                                                 : "POST, OPTIONS";
}

/* All that the answer follows from but the index, as text; the caller frees it.  NULL where it is
 * longer than any that people ask. */
static char *question_of(const struct nq_request *r)
{
    enum { MOST = 8192 }; /* 2,000 bytes percent-encoded, and more */
    static const char letters[NQ_N_LANGUAGES] = {[NQ_CHINESE] = 'z', [NQ_ENGLISH] = 'e'};
    char *text;
    if (r->target.len > MOST ||
        asprintf(&text, "%c%.*s %.*s", letters[r->language], (int)r->host.len, r->host.ptr,
                 (int)r->target.len, r->target.ptr) < 0)
        return NULL;
    return text;
}

/* The tag: program, index, question; the same for both encodings. */
static uint64_t tag_of(uint64_t build, uint64_t identity, const char *question)
{
    uint64_t h = nq_hash_bytes(build, &identity, sizeof identity);
    h = nq_hash_slice(h, nq_slice(question));
    return h ? h : 1;
}

/* Whether one of the tags of If-None-Match is ours (weakly compared), or any will do. */
static bool is_known(const struct nq_request *r, uint64_t tag)
{
    char text[20];
    snprintf(text, sizeof text, "\"%016" PRIx64 "\"", tag);
    if (r->if_none_match.len == 1 && r->if_none_match.ptr[0] == '*')
        return true;
    return r->if_none_match.ptr && strstr(r->if_none_match.ptr, text) != NULL;
}

/* Where the answer is kept, in either encoding. */
static uint64_t key_of(const struct nq_visit *v)
{
    return v->answer->tag ^ (v->request->gzip ? 0x9E3779B97F4A7C15u : 0);
}

static bool take_kept(struct nq_visit *v)
{
    struct nq_body *body =
        v->answer->tag ? nq_cache_get(v->site->cache, key_of(v), v->question) : NULL;
    if (!body)
        return false;
    v->answer->sealed = body;
    v->answer->type = body->type;
    v->answer->status = 200;
    v->answer->repeated = true;
    return true;
}

/* Seals the answer, and keeps it. */
static void keep(struct nq_visit *v)
{
    struct nq_answer *answer = v->answer;
    nq_answer_seal(answer, v->request->gzip);
    if (!answer->tag || !answer->sealed)
        return;
    answer->sealed->question = v->question;
    v->question = NULL;
    nq_cache_put(v->site->cache, key_of(v), answer->sealed);
}

/* The index asks while it computes. */
static bool is_late(void *user)
{
    const struct nq_visit *v = user;
    return nq_milliseconds() >= v->deadline;
}

static void visit(const struct route *route, struct nq_visit *v)
{
    struct nq_error err = {0};
    uint64_t identity = 0;
    if (route->index && (nq_handles_take(v->site->handles, &v->index, &err) != NQ_OK ||
                         nq_index_identity(v->index, &identity, &err) != NQ_OK)) {
        nq_visit_failed(v, &err);
        return;
    }
    if (v->index && v->deadline > 0)
        nq_index_set_stop(v->index, is_late, v);
    if (v->question)
        v->answer->tag = tag_of(v->site->build, identity, v->question);
    if (v->answer->tag && is_known(v->request, v->answer->tag))
        v->answer->status = 304;
    else if (!take_kept(v))
        route->answer(v);
}

/* Answers, and where the index turned out unreadable, once more with a handle opened afresh: it may
 * have been replaced in between. */
static void visit_twice(const struct route *route, struct nq_visit *v)
{
    for (int tries = 0; tries < 2; tries++) {
        unsigned long torn = nq_torn_count();
        v->index = NULL;
        visit(route, v);
        if (nq_torn_count() != torn) {
            nq_answer_finish(v->answer);
            nq_answer_problem(v->answer, NQ_PROBLEM_INDEX, NULL, -1);
        }
        bool failed = v->answer->problem == NQ_PROBLEM_INDEX;
        nq_handles_give(v->site->handles, v->index, failed);
        if (!failed || tries == 1)
            return;
        nq_answer_finish(v->answer);
    }
}

/* The library's messages, as of a bad query, are in the language of the page they end up on. */
static void visit_in_language(const struct route *route, struct nq_visit *v)
{
    locale_t wanted = v->site->locales[v->request->language], before = (locale_t)0;
    if (route->page && wanted)
        before = uselocale(wanted);
    visit_twice(route, v);
    if (before)
        uselocale(before);
}

/* Answers what has a route. */
static void follow(const struct route *route, struct nq_visit *v)
{
    struct nq_answer *answer = v->answer;
    if (strcmp(route->cache, NEVER) != 0)
        v->question = question_of(v->request); /* without one it is not tagged */
    if (v->request->method == NQ_METHOD_OPTIONS)
        answer->status = 204;
    else if (!(route->methods & v->request->method))
        nq_answer_problem(answer, NQ_PROBLEM_METHOD, NULL, -1);
    else
        visit_in_language(route, v);
    if (answer->status == 204 || answer->problem == NQ_PROBLEM_METHOD)
        answer->allow = methods_text(route->methods);
    if (answer->problem == NQ_PROBLEM_NONE)
        answer->cache = route->cache;
    if (answer->problem == NQ_PROBLEM_NONE && !answer->sealed)
        keep(v);
    free(v->question);
    free(v->query);
}

void nq_answer(struct nq_site *site, const struct nq_request *request, enum nq_problem problem,
               struct nq_answer *answer)
{
    struct nq_visit v = {.site = site, .request = request, .answer = answer};
    if (site->time_limit_ms > 0)
        v.deadline = nq_milliseconds() + site->time_limit_ms;
    const struct route *route = find(request->path, &v.argument);
    if (problem == NQ_PROBLEM_NONE && !route)
        problem = NQ_PROBLEM_NOT_FOUND;
    if (problem != NQ_PROBLEM_NONE)
        nq_answer_problem(answer, problem, NULL, -1);
    else
        follow(route, &v);
    if (route) {
        answer->route = route->path;
        answer->open = route->open;
        answer->by_language = route->page;
    }
    if (answer->problem != NQ_PROBLEM_NONE && (route ? route->page : request->wants_html))
        nq_page_problem(request, answer);
    else if (answer->problem != NQ_PROBLEM_NONE)
        nq_answer_problem_json(answer);
    nq_answer_seal(answer, request->gzip);
}
