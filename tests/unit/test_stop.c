/* nq_index_set_stop: a question that is told to stop at any moment says so, and its handle answers
 * the next one in full. */
#define _GNU_SOURCE
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

enum { DENSE = 40, SPARSE = 8 };

static char folder[] = "/tmp/nq-stop-XXXXXX", path[100];
static const char *const samples[] = {NQ_SAMPLES "/reports", NQ_SAMPLES "/news",
                                      NQ_SAMPLES "/archive.jsonl"};

/* Says stop when it is asked for the `at`-th time, and then always or only once. */
struct bell {
    size_t asked, at;
    bool lasting;
};

static bool rings(void *user)
{
    struct bell *bell = user;
    bell->asked++;
    return bell->at > 0 && (bell->asked == bell->at || (bell->asked > bell->at && bell->lasting));
}

/* Asks something and says how much was found; 0 where it failed. */
typedef enum nq_status question(struct nq_index *index, size_t *n, struct nq_error *err);

static const struct nq_str query = {"算力 补贴 怎么申请", sizeof "算力 补贴 怎么申请" - 1};

static enum nq_status search(struct nq_index *index, size_t *n, struct nq_error *err)
{
    struct nq_search_params params = {
        .query = query, .limit = 20, .facets = true, .topics = true, .correct = true};
    struct nq_results *r = NULL;
    enum nq_status status = nq_search(index, &params, &r, err);
    for (size_t i = 0; status == NQ_OK && i < r->n_hits; i++)
        *n += 1000 + r->hits[i].n_topics + r->hits[i].n_snippet;
    *n += status == NQ_OK ? r->n_months + r->n_sources : 0;
    nq_results_destroy(r);
    return status;
}

/* Nothing holds it as typed, so what was meant is looked for. */
static enum nq_status correct(struct nq_index *index, size_t *n, struct nq_error *err)
{
    struct nq_search_params params = {
        .query = nq_str_from("算店协同"), .limit = 5, .correct = true};
    struct nq_results *r = NULL;
    enum nq_status status = nq_search(index, &params, &r, err);
    *n = status == NQ_OK ? 1 + r->n_hits + 100 * r->did_you_mean.len : 0;
    nq_results_destroy(r);
    return status;
}

static enum nq_status everything(struct nq_index *index, size_t *n, struct nq_error *err)
{
    struct nq_search_params params = {
        .query = nq_str_from("kind:report -果园"), .limit = 1000, .facets = true};
    struct nq_results *r = NULL;
    enum nq_status status = nq_search(index, &params, &r, err);
    *n = status == NQ_OK ? r->n_hits : 0;
    nq_results_destroy(r);
    return status;
}

static enum nq_status timeline(struct nq_index *index, size_t *n, struct nq_error *err)
{
    struct nq_timeline_params params = {.query = query, .limit = 50};
    struct nq_timeline *t = NULL;
    enum nq_status status = nq_timeline(index, &params, &t, err);
    *n = status == NQ_OK ? 1 + (size_t)t->total * 100 + t->n_months : 0;
    nq_timeline_destroy(t);
    return status;
}

static enum nq_status related(struct nq_index *index, size_t *n, struct nq_error *err)
{
    struct nq_related_params params = {.passage = 1, .limit = 20};
    struct nq_results *r = NULL;
    enum nq_status status = nq_related(index, &params, &r, err);
    *n = status == NQ_OK ? 1 + r->n_hits : 0;
    nq_results_destroy(r);
    return status;
}

static enum nq_status passage(struct nq_index *index, size_t *n, struct nq_error *err)
{
    struct nq_results *r = NULL;
    enum nq_status status = nq_passage(index, 1, query, &r, err);
    *n = status == NQ_OK && r->n_hits ? 1 + r->hits[0].n_snippet + 100 * r->hits[0].n_topics : 0;
    nq_results_destroy(r);
    return status;
}

static enum nq_status report(struct nq_index *index, size_t *n, struct nq_error *err)
{
    struct nq_stored *stored = NULL;
    enum nq_status status = nq_index_report(index, 1, &stored, err);
    *n = status == NQ_OK && stored ? 1 + stored->report.n_sections : 0;
    nq_stored_destroy(stored);
    return status;
}

static enum nq_status suggest(struct nq_index *index, size_t *n, struct nq_error *err)
{
    struct nq_suggestions *s = NULL;
    enum nq_status status = nq_suggest(index, nq_str_from("suan"), 10, &s, err);
    *n = status == NQ_OK ? s->n_items : 0;
    nq_suggestions_destroy(s);
    return status;
}

static enum nq_status topics(struct nq_index *index, size_t *n, struct nq_error *err)
{
    struct nq_topics_params params = {.limit = 20};
    struct nq_topics *t = NULL;
    enum nq_status status = nq_topics(index, &params, &t, err);
    *n = status == NQ_OK ? (size_t)t->total : 0;
    nq_topics_destroy(t);
    return status;
}

static enum nq_status topic(struct nq_index *index, size_t *n, struct nq_error *err)
{
    struct nq_topic_params params = {.name = nq_str_from("算力")};
    struct nq_topic_page *t = NULL;
    enum nq_status status = nq_topic(index, &params, &t, err);
    *n = status == NQ_OK ? 1 + (size_t)t->topic.passages * 100 + t->n_neighbours : 0;
    nq_topic_page_destroy(t);
    return status;
}

static enum nq_status sources(struct nq_index *index, size_t *n, struct nq_error *err)
{
    struct nq_sources_params params = {.limit = 20};
    struct nq_sources *s = NULL;
    enum nq_status status = nq_sources(index, &params, &s, err);
    *n = status == NQ_OK ? (size_t)s->total : 0;
    nq_sources_destroy(s);
    return status;
}

static enum nq_status stats(struct nq_index *index, size_t *n, struct nq_error *err)
{
    struct nq_stats *s = NULL;
    enum nq_status status = nq_index_stats(index, &s, err);
    *n = status == NQ_OK ? (size_t)s->passages + s->n_series : 0;
    nq_stats_destroy(s);
    return status;
}

static enum nq_status discover(struct nq_index *index, size_t *n, struct nq_error *err)
{
    struct nq_discover_params params = {.limit = 20, .least_count = 2};
    struct nq_proposals *p = NULL;
    enum nq_status status = nq_discover(index, &params, &p, err);
    *n = status == NQ_OK ? 1 + p->n_items : 0;
    nq_proposals_destroy(p);
    return status;
}

static enum nq_status conflicts(struct nq_index *index, size_t *n, struct nq_error *err)
{
    struct nq_conflicts *c = NULL;
    enum nq_status status = nq_find_conflicts(index, nq_str_from("算力"), &c, err);
    *n = status == NQ_OK ? 1 + c->passages : 0;
    nq_conflicts_destroy(c);
    return status;
}

static enum nq_status check(struct nq_index *index, size_t *n, struct nq_error *err)
{
    char text[8192];
    FILE *file = fopen(NQ_SAMPLES "/draft.md", "r");
    assert_non_null(file);
    struct nq_str draft = {text, fread(text, 1, sizeof text, file)};
    fclose(file);
    struct nq_reports *reports = NULL;
    struct nq_check *c = NULL;
    struct nq_check_params params = {0};
    assert_int_equal(nq_reports_read("draft.md", draft, NULL, NULL, &reports, NULL), NQ_OK);
    enum nq_status status = nq_check_draft(index, &reports->items[0], &params, &c, err);
    for (size_t i = 0; status == NQ_OK && i < c->n_sections; i++)
        *n += 1 + c->sections[i].n_matches;
    nq_check_destroy(c);
    nq_reports_destroy(reports);
    return status;
}

static const struct {
    const char *name;
    question *ask;
    size_t skip; /* moments: it takes long to ask */
} questions[] = {
    {"search", search, 0},      {"correct", correct, 0},     {"everything", everything, 0},
    {"timeline", timeline, 0},  {"related", related, 0},     {"passage", passage, 0},
    {"report", report, 0},      {"suggest", suggest, 0},     {"topics", topics, 0},
    {"topic", topic, 0},        {"sources", sources, 0},     {"stats", stats, 0},
    {"discover", discover, 12}, {"conflicts", conflicts, 0}, {"check", check, 0},
};

/* Reads the samples into the index at `path`. */
static void fill_index(void)
{
    struct nq_index *index = NULL;
    struct nq_error err = {0};
    if (nq_index_open(path, NQ_OPEN_WRITE, NULL, &index, &err) != NQ_OK ||
        nq_index_update(index, samples, NQ_COUNT(samples), &(struct nq_update_options){0}, NULL,
                        &err) != NQ_OK)
        fail_msg("%s", err.message);
    nq_index_close(index);
}

static struct nq_index *reopen(struct nq_index *index)
{
    struct nq_error err = {0};
    nq_index_close(index);
    index = NULL;
    if (nq_index_open(path, NQ_OPEN_READ, NULL, &index, &err) != NQ_OK)
        fail_msg("%s", err.message);
    return index;
}

/* Stops question `q` at one moment of a fresh handle, which then must answer `want`. */
static bool stop_at(size_t q, size_t at, bool lasting, size_t want)
{
    struct nq_index *index = reopen(NULL);
    struct bell bell = {.at = at, .lasting = lasting};
    struct nq_error err = {0};
    size_t n = 0;
    nq_index_set_stop(index, rings, &bell);
    enum nq_status status = questions[q].ask(index, &n, &err);
    bool rang = bell.asked >= at;
    if (status != (rang ? NQ_ERR_STOPPED : NQ_OK) || (rang && !err.message[0]))
        fail_msg("%s, stopped at %zu of %zu%s: status %d, %s", questions[q].name, at, bell.asked,
                 lasting ? "" : " once", (int)status, err.message);
    nq_index_set_stop(index, NULL, NULL);
    n = 0;
    if (questions[q].ask(index, &n, &err) != NQ_OK || n != want)
        fail_msg("%s, stopped at %zu: afterwards %zu instead of %zu", questions[q].name, at, n,
                 want);
    nq_index_close(index);
    return rang;
}

static void stop_everywhere(size_t skip)
{
    for (size_t q = 0; q < NQ_COUNT(questions); q++) {
        struct nq_index *index = reopen(NULL);
        struct bell bell = {0};
        size_t want = 0;
        nq_index_set_stop(index, rings, &bell);
        assert_int_equal(questions[q].ask(index, &want, NULL), NQ_OK);
        nq_index_close(index);
        if (want == 0 || bell.asked == 0)
            fail_msg("%s: %zu found, asked %zu times", questions[q].name, want, bell.asked);
        for (size_t at = 1; at <= bell.asked;
             at += 1 + skip + questions[q].skip + (at < DENSE ? 0 : at / SPARSE)) {
            stop_at(q, at, true, want);
            stop_at(q, at, false, want);
        }
    }
}

static void stops_wherever_it_is_told(void **state)
{
    (void)state;
    stop_everywhere(0);
}

/* The second engine's own searches are no statements of SQLite's. */
static void stops_on_the_second_engine(void **state)
{
    struct nq_index_kind kind = {.engine = "xapian"};
    struct nq_error err = {0};
    (void)state;
    snprintf(path, sizeof path, "%s/second.db", folder);
    enum nq_status status = nq_index_create(path, &kind, &err);
    if (status == NQ_ERR_VERSION) /* this build has none */
        skip();
    assert_int_equal(status, NQ_OK);
    fill_index();
    stop_everywhere(10);
}

/* Xapian is asked on its way through many passages, not only before. */
static void stops_amid_the_second_engine(void **state)
{
    enum { MANY = 3000, ASKED_AT_LEAST = MANY / 60 };
    static const char *const texts[] = {"数据要素流通", "要素数据流通"};
    char records[120];
    const char *paths[] = {records};
    struct nq_index_kind kind = {.engine = "xapian"};
    struct nq_index *index = NULL;
    (void)state;
    snprintf(path, sizeof path, "%s/many.db", folder);
    snprintf(records, sizeof records, "%s/many.jsonl", folder);
    if (nq_index_create(path, &kind, NULL) == NQ_ERR_VERSION)
        skip();
    FILE *file = fopen(records, "w");
    assert_non_null(file);
    for (int i = 0; i < MANY; i++)
        fprintf(file, "{\"id\":\"%d\",\"date\":\"2026-06-17\",\"title\":\"\",\"text\":\"%s%d\"}\n",
                i, texts[i % 2], i);
    fclose(file);
    assert_int_equal(nq_index_open(path, NQ_OPEN_WRITE, NULL, &index, NULL), NQ_OK);
    assert_int_equal(nq_index_update(index, paths, 1, &(struct nq_update_options){0}, NULL, NULL),
                     NQ_OK);
    index = reopen(index);
    struct nq_search_params params = {.query = nq_str_from("数据流通"), .limit = 5};
    struct bell bell = {0};
    struct nq_results *r = NULL;
    nq_index_set_stop(index, rings, &bell);
    assert_int_equal(nq_search(index, &params, &r, NULL), NQ_OK);
    assert_true(r->n_hits > 0);
    nq_results_destroy(r);
    assert_true(bell.asked > ASKED_AT_LEAST);
    bell = (struct bell){.at = bell.asked * 2 / 3, .lasting = true};
    struct nq_error err = {0};
    assert_int_equal(nq_search(index, &params, &r, &err), NQ_ERR_STOPPED);
    assert_true(err.message[0] != '\0');
    assert_true(bell.asked < bell.at + 5);
    nq_index_close(index);
}

/* Nobody is asked while an index is written. */
static void a_writer_is_not_asked(void **state)
{
    (void)state;
    struct bell bell = {.at = 1, .lasting = true};
    struct nq_index *index = NULL;
    assert_int_equal(nq_index_open(path, NQ_OPEN_WRITE, NULL, &index, NULL), NQ_OK);
    nq_index_set_stop(index, rings, &bell);
    assert_int_equal(
        nq_index_update(index, samples, 1, &(struct nq_update_options){.reread = true}, NULL, NULL),
        NQ_OK);
    assert_int_equal(bell.asked, 0);
    nq_index_close(index);
}

static int make_index(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/nq.db", folder);
    fill_index();
    return 0;
}

static int remove_one(const char *name, const struct stat *st, int type, struct FTW *place)
{
    (void)st, (void)type, (void)place;
    return remove(name);
}

static int remove_index(void **state)
{
    (void)state;
    return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(stops_wherever_it_is_told),
                                       cmocka_unit_test(a_writer_is_not_asked),
                                       cmocka_unit_test(stops_on_the_second_engine),
                                       cmocka_unit_test(stops_amid_the_second_engine)};
    return cmocka_run_group_tests(tests, make_index, remove_index);
}
