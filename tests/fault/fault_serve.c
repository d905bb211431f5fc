/* Answers of the server with each allocation failing in turn: the whole answer, or a problem. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fault.h"
#include "serve/answer.h"
#include "serve/assets.h"
#include "unit.h"

enum { DENSE = 60 };

static char folder[] = "/tmp/nq-fault-XXXXXX", path[100];

/* What is asked, and how long the whole answer is but for the time it took. */
struct question {
    const char *method, *target, *body;
    size_t len;
};

/* The length of the body without digits: times differ from run to run. */
static size_t length(const struct nq_body *body)
{
    size_t n = 0;
    for (size_t i = 0; i < body->len; i++)
        n += !strchr("0123456789.", body->text[i]);
    return n;
}

static bool answer_whole(struct question *q, const struct nq_answer *a)
{
    if (a->status != 200) {
        assert_int_equal(a->status, 500);
        assert_int_equal(a->problem, NQ_PROBLEM_INTERNAL);
        return false;
    }
    assert_non_null(a->sealed);
    if (q->len == 0)
        q->len = length(a->sealed);
    assert_int_equal(length(a->sealed), q->len);
    return true;
}

static bool ask(void *user)
{
    struct question *q = user;
    struct nq_site site = {.handles = nq_handles_create(path), .cache = nq_cache_create()};
    struct nq_request request = {.method = nq_method_of(q->method), .body = nq_str_from(q->body)};
    struct nq_answer answer = {0};
    bool ok = site.handles && site.cache;
    if (ok) {
        enum nq_problem problem = nq_request_read(nq_str_from(q->target), &request);
        if (problem == NQ_PROBLEM_NONE && nq_request_has_form(&request))
            problem = nq_request_read_form(request.body, &request);
        nq_answer(&site, &request, problem, &answer);
    }
    fault_end();
    ok = ok && answer_whole(q, &answer);
    nq_answer_finish(&answer);
    nq_request_finish(&request);
    nq_cache_destroy(site.cache);
    nq_handles_destroy(site.handles);
    return ok;
}

static void answers_whole_or_none(void **state)
{
    (void)state;
    struct question questions[] = {
        {"GET", "/?q=%E7%AE%97%E5%8A%9B&from=2026-06&to=2026-06", NULL, 0},
        {"GET", "/?q=%E7%AE%97%E5%8A%9B&view=timeline", NULL, 0},
        {"GET", "/", NULL, 0},
        {"GET", "/?view=topics", NULL, 0},
        {"GET", "/?q=%E7%AE%97%E5%8A%9B&view=topics", NULL, 0},
        {"GET", "/api/search?q=%E7%AE%97%E5%8A%9B&n=2", NULL, 0},
        {"GET", "/passage/72?q=%E7%AE%97%E5%8A%9B", NULL, 0},
        {"GET", "/feed.atom?q=%E7%AE%97%E5%8A%9B", NULL, 0},
        {"GET", "/opensearch.xml", NULL, 0},
        {"POST", "/check", "draft=2026%E5%B9%B46%E6%9C%8820%E6%97%A5%0A%E7%AE%97%E5%8A%9B", 0},
    };
    for (size_t i = 0; i < NQ_COUNT(questions); i++)
        assert_true(fault_each(ask, &questions[i], DENSE) > 5);
}

static int make_index(void **state)
{
    const char *const samples[] = {NQ_SAMPLES};
    struct nq_index *index = NULL;
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/nq.db", folder);
    assert_int_equal(nq_index_open(path, NQ_OPEN_WRITE, NULL, &index, NULL), NQ_OK);
    assert_int_equal(nq_index_update(index, samples, 1, &(struct nq_update_options){0}, NULL, NULL),
                     NQ_OK);
    nq_index_close(index);
    return 0;
}

static int remove_index(void **state)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    (void)state;
    for (size_t i = 0; i < NQ_COUNT(endings); i++) {
        char name[120];
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        unlink(name);
    }
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(answers_whole_or_none)};
    fault_hook_libraries();
    return cmocka_run_group_tests(tests, make_index, remove_index);
}
