/* Dates, events and timelines with each allocation failing in turn. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fault.h"
#include "unit.h"

static const char text[] =
    "国家数据局6月8日印发《关于推进数据集建设的实施方案》。到2028年底，要建成一批数据集。"
    "6月18日，论坛开幕，次日闭幕，通过《倡议》《宣言》。近日，国务院公布《数据条例（草案）》。";

static char folder[] = "/tmp/nq-fault-XXXXXX";
static char index_path[100], report_path[100];

static bool extract(void *user)
{
    struct nq_extractor *extractor = NULL;
    const struct nq_date *dates;
    const struct nq_event *events;
    size_t n_dates = 0, n_events = 0;
    struct nq_error err = {0};
    int32_t day, last;
    (void)user;
    nq_day_parse(nq_str_from("2026-06-21"), &day, &last);
    enum nq_status status = nq_extractor_open(&extractor, &err);
    if (status == NQ_OK)
        status = nq_extract_dates(extractor, nq_str_from(text), day, &dates, &n_dates, &err);
    if (status == NQ_OK)
        status = nq_extract_events(extractor, nq_str_from(text), day, NQ_EXTRACT_UNDATED, &events,
                                   &n_events, &err);
    assert_int_equal(status == NQ_OK ? NQ_OK : NQ_ERR_NOMEM, status);
    assert_true(status != NQ_OK || (n_dates == 5 && n_events >= 4));
    nq_extractor_close(extractor);
    return status == NQ_OK;
}

static bool timeline(void *user)
{
    struct nq_index *index = NULL;
    struct nq_timeline *found = NULL;
    struct nq_timeline_params params = {.query = nq_str_from(user), .limit = 10};
    struct nq_error err = {0};
    enum nq_status status = nq_index_open(index_path, NQ_OPEN_READ, NULL, &index, &err);
    if (status == NQ_OK)
        status = nq_timeline(index, &params, &found, &err);
    if (status != NQ_OK && status != NQ_ERR_NOMEM)
        fail_msg("status %d: %s", (int)status, err.message);
    assert_true(status != NQ_OK || found->n_events >= 1);
    nq_timeline_destroy(found);
    nq_index_close(index);
    return status == NQ_OK;
}

static void scenarios(void **state)
{
    enum { DENSE = 400 };
    (void)state;
    print_message("extract: %zu allocations\n", fault_each(extract, NULL, DENSE));
    print_message("timeline: %zu allocations\n", fault_each(timeline, "数据集", DENSE));
}

static int set_up(void **state)
{
    struct nq_index *index = NULL;
    const char *path = report_path;
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(index_path, sizeof index_path, "%s/nq.db", folder);
    snprintf(report_path, sizeof report_path, "%s/2026-06-21.md", folder);
    FILE *f = fopen(report_path, "w");
    assert_non_null(f);
    fprintf(f, "# 政策日报\n\n2026年6月21日\n\n## 一、数据集建设\n\n%s\n", text);
    assert_int_equal(fclose(f), 0);
    assert_int_equal(nq_index_open(index_path, NQ_OPEN_WRITE, NULL, &index, NULL), NQ_OK);
    assert_int_equal(nq_index_update(index, &path, 1, NULL, NULL, NULL), NQ_OK);
    nq_index_close(index);
    return 0;
}

static int tear_down(void **state)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    (void)state;
    for (size_t i = 0; i < NQ_COUNT(endings); i++) {
        char name[120];
        snprintf(name, sizeof name, "%s%s", index_path, endings[i]);
        unlink(name);
    }
    unlink(report_path);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(scenarios)};
    fault_hook_libraries();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
