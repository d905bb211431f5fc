/* serve/: what its parts do apart from sockets. */
#include <stdlib.h>

#include "serve/cache.h"
#include "serve/complaints.h"
#include "serve/head.h"
#include "serve/link.h"
#include "serve/log.h"
#include "serve/route.h"
#include "serve/upload.h"
#include "unit.h"

static struct nq_body *body_of(const char *question, size_t len)
{
    char *text = calloc(1, len + 1);
    assert_non_null(text);
    struct nq_body *body = nq_body_create(text, len);
    assert_non_null(body);
    body->question = strdup(question);
    return body;
}

/* Puts a body and gives up the own reference. */
static void put(struct nq_cache *cache, uint64_t key, const char *question, size_t len)
{
    struct nq_body *body = body_of(question, len);
    nq_cache_put(cache, key, body);
    nq_body_unref(body);
}

static bool holds(struct nq_cache *cache, uint64_t key, const char *question)
{
    struct nq_body *body = nq_cache_get(cache, key, question);
    nq_body_unref(body);
    return body != NULL;
}

static void check_head(struct nq_str bytes, enum nq_problem problem, bool whole)
{
    bool got = false;
    assert_int_equal(nq_head_check(bytes, &got), problem);
    assert_int_equal(got, whole);
}

static void heads(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum nq_problem problem;
        bool whole;
    } cases[] = {
        {"", NQ_PROBLEM_NONE, false},
        {"\r", NQ_PROBLEM_NONE, false},
        {"\r\nG", NQ_PROBLEM_NONE, false},
        {"GET / HTTP/1.1\r\nHost: a\r\n\r", NQ_PROBLEM_NONE, false},
        {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", NQ_PROBLEM_NONE, true},
        {"\r\n\nGET / HTTP/1.0\n\nbody\r\nof any kind", NQ_PROBLEM_NONE, true},
        {"QU-ERY /\xe7\xae\x97\x1b HTTP/1.1\r\nA:\r\n\r\n", NQ_PROBLEM_NONE, true},
        {"POST / HTTP/1.1\r\nContent-Length: \t12 \r\n\r\n", NQ_PROBLEM_NONE, true},
        {"\x16\x03", NQ_PROBLEM_BAD_REQUEST, false},
        {" ", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET\t/", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET /\n", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET  HTTP/1.1\r\n", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET / HTTP/1.1 \r\n", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET / http/1.1\r\n", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET / HTTP/1.10\r\n", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET / HTTP/x.1\r\n", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET /\ra HTTP/1.1\r\n", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET / HTTP/0.9\r\n", NQ_PROBLEM_VERSION, false},
        {"GET / HTTP/1.2\r\n", NQ_PROBLEM_VERSION, false},
        {"GET / HTTP/1.1\r\nA\r\n", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET / HTTP/1.1\r\n: b\r\n", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET / HTTP/1.1\r\nA : b\r\n", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET / HTTP/1.1\r\nA: b\r\n c\r\n", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET / HTTP/1.1\r\nA: b\rB: c\r\n", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET / HTTP/1.1\r\ncontent-length: +5\r\n", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET / HTTP/1.1\r\ncontent-length: 5, 5\r\n", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET / HTTP/1.1\r\ncontent-length: \r\n", NQ_PROBLEM_BAD_REQUEST, false},
        {"GET / HTTP/1.1\r\ncontent-length: 9223372036854775808\r\n", NQ_PROBLEM_TOO_LARGE, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_head((struct nq_str){cases[i].text, strlen(cases[i].text)}, cases[i].problem,
                   cases[i].whole);
    static const char nul[] = "GET / HTTP/1.1\r\nA: \0\r\n";
    check_head((struct nq_str){nul, sizeof nul - 1}, NQ_PROBLEM_BAD_REQUEST, false);
}

static void heads_have_a_bound(void **state)
{
    (void)state;
    static const char line[] = "GET / HTTP/1.1\r\n";
    char text[NQ_HEAD_MOST + 1];
    memset(text, 'a', sizeof text);
    check_head((struct nq_str){text, NQ_HEAD_MOST}, NQ_PROBLEM_NONE, false);
    check_head((struct nq_str){text, sizeof text}, NQ_PROBLEM_LONG_TARGET, false);
    memcpy(text, line, sizeof line - 1);
    check_head((struct nq_str){text, NQ_HEAD_MOST}, NQ_PROBLEM_NONE, false);
    check_head((struct nq_str){text, sizeof text}, NQ_PROBLEM_LONG_HEADERS, false);
    for (size_t i = sizeof line - 1; i + 4 < sizeof text; i += 4)
        memcpy(text + i, "a:\r\n", 4); /* small ones count for more */
    check_head((struct nq_str){text, NQ_HEAD_MOST / 4}, NQ_PROBLEM_LONG_HEADERS, false);
}

static void cache_keeps_answers(void **state)
{
    (void)state;
    struct nq_cache *cache = nq_cache_create();
    put(cache, 7, "a", 10);
    assert_true(holds(cache, 7, "a"));
    assert_false(holds(cache, 7, "b")); /* keys can be made to meet */
    assert_false(holds(cache, 8, "a"));
    put(cache, 7, "b", 10); /* takes its place */
    assert_true(holds(cache, 7, "b"));
    assert_false(holds(cache, 7, "a"));
    put(cache, 9, "large", 100000);
    assert_false(holds(cache, 9, "large"));
    nq_cache_destroy(cache);
}

/* Of what falls into one place the latest asked for stays, and who has an answer keeps it. */
static void cache_forgets_the_oldest(void **state)
{
    (void)state;
    enum { SAME_PLACE = 1 << 16 };
    struct nq_cache *cache = nq_cache_create();
    put(cache, SAME_PLACE, "first", 10);
    struct nq_body *held = nq_cache_get(cache, SAME_PLACE, "first");
    assert_non_null(held);
    put(cache, 2 * SAME_PLACE, "second", 10);
    for (uint64_t i = 3; i < 20; i++) {
        put(cache, i * SAME_PLACE, "more", 10);
        assert_true(holds(cache, 2 * SAME_PLACE, "second"));
    }
    assert_false(holds(cache, SAME_PLACE, "first"));
    assert_int_equal(held->len, 10);
    nq_body_unref(held);
    nq_cache_destroy(cache);
}

static void numbers_are_digits(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t most;
        int64_t value; /* -1: none */
    } numbers[] = {
        {"0", 100, 0},
        {"100", 100, 100},
        {"007", 100, 7},
        {"101", 100, -1},
        {"", 100, -1},
        {"-1", 100, -1},
        {"+1", 100, -1},
        {" 1", 100, -1},
        {"1 ", 100, -1},
        {"0x1", 100, -1},
        {"1e1", 100, -1},
        {"9", 5, -1},
        {"１", 100, -1},
        {"9223372036854775807", INT64_MAX, INT64_MAX},
        {"9223372036854775808", INT64_MAX, -1},
        {"18446744073709551616", INT64_MAX, -1},
        {"18446744073709551617", INT64_MAX, -1},
        {"99999999999999999999999999", INT64_MAX, -1},
    };
    for (size_t i = 0; i < NQ_COUNT(numbers); i++) {
        uint64_t n = 0;
        bool read = nq_number_read(nq_str_from(numbers[i].text), numbers[i].most, &n);
        assert_int_equal(read, numbers[i].value >= 0);
        if (read)
            assert_int_equal(n, numbers[i].value);
    }
}

/* What is repeated in answers has no character that means anything in them. */
static void hosts_are_plain(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",        "a b", "a\r\nX: y", "a/b", "a\"b", "<a>",   "a@b",
        "政策.cn", "a,b", "a;b",       "a?b", "a#b",  "a%20b", "a\x7f",
    };
    assert_str(nq_host_of("search.example.org:8085"), "search.example.org:8085");
    assert_str(nq_host_of("[::1]:8085"), "[::1]:8085");
    assert_null(nq_host_of(NULL).ptr);
    for (size_t i = 0; i < NQ_COUNT(bad); i++)
        assert_null(nq_host_of(bad[i]).ptr);
    char longest[300];
    memset(longest, 'a', sizeof longest);
    longest[256] = '\0';
    assert_null(nq_host_of(longest).ptr);
}

static void headers_are_weighed(void **state)
{
    (void)state;
    assert_true(nq_header_takes("gzip", "gzip"));
    assert_true(nq_header_takes("br;q=1, GZIP ; q=0.1", "gzip"));
    assert_true(nq_header_takes(",, gzip", "gzip"));
    assert_false(nq_header_takes("gzip;q=0", "gzip"));
    assert_false(nq_header_takes("gzip;q=0.000", "gzip"));
    assert_false(nq_header_takes("gzip;q=nan", "gzip"));
    assert_false(nq_header_takes("xgzip, gzipx", "gzip"));
    assert_false(nq_header_takes(NULL, "gzip"));
    assert_int_equal(nq_language_of(NULL), NQ_CHINESE);
    assert_int_equal(nq_language_of("en"), NQ_ENGLISH);
    assert_int_equal(nq_language_of("en-GB,zh;q=0.9"), NQ_ENGLISH);
    assert_int_equal(nq_language_of("zh-TW,en;q=0.9"), NQ_CHINESE);
    assert_int_equal(nq_language_of("en;q=0.5, zh-CN;q=0.8"), NQ_CHINESE);
    assert_int_equal(nq_language_of("english"), NQ_CHINESE);
    assert_int_equal(nq_language_of(";;;,q=1"), NQ_CHINESE);
}

/* A request of its target alone; "!" and the number of the problem where it is none. */
static void targets_are_taken_apart(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        enum nq_problem problem;
        const char *path, *q;
    } targets[] = {
        {"/", NQ_PROBLEM_NONE, "/", NULL},
        {"/?q=a+b%20c", NQ_PROBLEM_NONE, "/", "a b c"},
        {"/a+b", NQ_PROBLEM_NONE, "/a+b", NULL},
        {"/?q=%E7%AE%97", NQ_PROBLEM_NONE, "/", "算"},
        {"/?q=a%0Ab%09c%7F", NQ_PROBLEM_NONE, "/", "a b c "}, /* no controls */
        {"/?q=e%CC%81", NQ_PROBLEM_NONE, "/", "é"},           /* NFC */
        {"/?q=1&q=2", NQ_PROBLEM_NONE, "/", "1"},
        {"/?q", NQ_PROBLEM_NONE, "/", ""},
        {"/?Q=1&=2&q=", NQ_PROBLEM_NONE, "/", ""},
        {"/?q=a=b", NQ_PROBLEM_NONE, "/", "a=b"},
        {"/?q=%00", NQ_PROBLEM_BAD_ENCODING, NULL, NULL},
        {"/?q=%", NQ_PROBLEM_BAD_ENCODING, NULL, NULL},
        {"/?q=%2", NQ_PROBLEM_BAD_ENCODING, NULL, NULL},
        {"/?q=%G0", NQ_PROBLEM_BAD_ENCODING, NULL, NULL},
        {"/?q=%FF", NQ_PROBLEM_BAD_ENCODING, NULL, NULL},
        {"/?q=%C0%80", NQ_PROBLEM_BAD_ENCODING, NULL, NULL},
        {"/%ED%A0%80", NQ_PROBLEM_BAD_ENCODING, NULL, NULL},
        {"", NQ_PROBLEM_NOT_FOUND, NULL, NULL},
        {"q", NQ_PROBLEM_NOT_FOUND, NULL, NULL},
        {"http://a/", NQ_PROBLEM_NOT_FOUND, NULL, NULL},
    };
    for (size_t i = 0; i < NQ_COUNT(targets); i++) {
        struct nq_request r = {0};
        assert_int_equal(nq_request_read(nq_str_from(targets[i].target), &r), targets[i].problem);
        if (targets[i].path)
            assert_str(r.path, targets[i].path);
        if (targets[i].q)
            assert_str(r.params[NQ_PARAM_Q], targets[i].q);
        else
            assert_true(targets[i].problem || !r.params[NQ_PARAM_Q].ptr);
        nq_request_finish(&r);
    }
}

static void addresses_are_encoded(void **state)
{
    (void)state;
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    nq_link_encode(out, NQ_STR("aZ9-_.~ 算&<\"'%+/?#\n\0x"));
    assert_int_equal(fclose(out), 0);
    assert_string_equal(text, "aZ9-_.~%20%E7%AE%97%26%3C%22%27%25%2B%2F%3F%23%0A%00x");
    free(text);
}

static void the_log_has_no_drafts(void **state)
{
    (void)state;
    static const struct {
        const char *target, *logged;
    } lines[] = {
        {"/?q=%E7%AE%97", "\"GET /?q=%E7%AE%97 HTTP/1.1\" 200 5 0.2500"},
        {"/check?draft=secret", "\"GET /check HTTP/1.1\" 200 5 0.2500"},
        {"/api/check?draft=secret", "\"GET /api/check HTTP/1.1\" 200 5 0.2500"},
        {"/checks?draft=x", "\"GET /checks?draft=x HTTP/1.1\" 200 5 0.2500"},
        {"/\"\\\n\x1b算", "\"GET /\\x22\\x5C\\x0A\\x1B\\xE7\\xAE\\x97 HTTP/1.1\" 200 5 0.2500"},
    };
    for (size_t i = 0; i < NQ_COUNT(lines); i++) {
        const struct nq_log_entry entry = {"::1", "GET", lines[i].target, 200, 5, 0.25};
        char line[9000];
        nq_log_format(&entry, line, sizeof line);
        assert_true(nq_str_starts(nq_str_from(line), NQ_STR("::1 - - [")));
        assert_true(nq_str_ends(nq_str_from(line), nq_str_from(lines[i].logged)));
    }
}

/* Bodies have their bounds, each and all together, and give back what they took. */
static void uploads_are_bounded(void **state)
{
    (void)state;
    enum { PIECE = 1 << 16, ALL = 64 << 20, N = ALL / NQ_UPLOAD_MOST };
    static const char piece[PIECE];
    struct nq_metrics *metrics = nq_metrics_create();
    struct nq_upload uploads[N + 1];
    for (size_t i = 0; i <= N; i++) {
        uploads[i] = (struct nq_upload){.metrics = metrics};
        for (size_t k = 0; k < NQ_UPLOAD_MOST / PIECE; k++)
            nq_upload_add(&uploads[i], piece, PIECE);
        assert_int_equal(uploads[i].crowded, i == N);
        assert_int_equal(uploads[i].len, i == N ? 0 : NQ_UPLOAD_MOST);
    }
    assert_int_equal(nq_metrics_get(metrics, NQ_COUNT_BODIES), ALL);
    nq_upload_add(&uploads[0], piece, 1); /* one too many */
    assert_true(uploads[0].crowded);
    nq_upload_add(&uploads[0], piece, 1);
    assert_null(uploads[0].bytes);
    assert_int_equal(nq_metrics_get(metrics, NQ_COUNT_BODIES), ALL - NQ_UPLOAD_MOST);
    for (size_t i = 0; i <= N; i++)
        nq_upload_finish(&uploads[i]);
    assert_int_equal(nq_metrics_get(metrics, NQ_COUNT_BODIES), 0);
    nq_metrics_destroy(metrics);
}

/* No page leads where none may be asked for. */
static void pages_end(void **state)
{
    (void)state;
    struct nq_results results = {.n_hits = 10, .total = 1000000};
    struct nq_search_params params = {.limit = 10};
    assert_true(nq_has_more(&results, &params));
    params.offset = NQ_MOST_OFFSET - 10;
    assert_true(nq_has_more(&results, &params));
    params.offset++;
    assert_false(nq_has_more(&results, &params));
    params.offset = 90;
    results.total = 100;
    assert_false(nq_has_more(&results, &params));
    results.n_hits = 0;
    results.total = 1000;
    assert_false(nq_has_more(&results, &params));
}

static void count(void *user, const char *message)
{
    (void)message;
    ++*(int *)user;
}

/* The same is told once, however many others are told in between. */
static void complaints_are_told_once(void **state)
{
    (void)state;
    int n = 0;
    struct nq_complaints *complaints = nq_complaints_create(count, &n);
    for (int i = 0; i < 10; i++) {
        nq_complain(complaints, "the index is damaged");
        nq_complain(complaints, "no memory");
    }
    assert_int_equal(n, 2);
    nq_complaints_destroy(complaints);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads),
        cmocka_unit_test(heads_have_a_bound),
        cmocka_unit_test(cache_keeps_answers),
        cmocka_unit_test(cache_forgets_the_oldest),
        cmocka_unit_test(numbers_are_digits),
        cmocka_unit_test(hosts_are_plain),
        cmocka_unit_test(headers_are_weighed),
        cmocka_unit_test(targets_are_taken_apart),
        cmocka_unit_test(addresses_are_encoded),
        cmocka_unit_test(the_log_has_no_drafts),
        cmocka_unit_test(complaints_are_told_once),
        cmocka_unit_test(pages_end),
        cmocka_unit_test(uploads_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
