/* JSON with each allocation failing in turn: all of it or none. */
#include <stdlib.h>
#include <string.h>

#include "fault.h"
#include "output/output.h"
#include "unit.h"

static const struct nq_fragment pieces[] = {{NQ_STR_INIT("强化"), false},
                                            {NQ_STR_INIT("算电协同"), true}};
static const struct nq_month_count months[] = {{20605, 1}, {NQ_NO_DAY, 1}};
static const struct nq_source_count sources[] = {{NQ_STR_INIT("云岭日报"), 2}};
static struct nq_reference reference = {.source = NQ_STR_INIT("云岭日报"),
                                        .title = NQ_STR_INIT("算电协同"),
                                        .date = NQ_STR_INIT("2026-06"),
                                        .raw = NQ_STR_INIT("强化算电协同"),
                                        .day = 20605,
                                        .day_end = 20634};
static const struct nq_shared why[] = {{NQ_SHARED_DOCUMENT, NQ_STR_INIT("算力券办法")},
                                       {NQ_SHARED_WORD, NQ_STR_INIT("强化")}};
static struct nq_hit hits[2];
static struct nq_results results = {.hits = hits,
                                    .n_hits = 2,
                                    .total = 2,
                                    .total_is_exact = true,
                                    .months = months,
                                    .n_months = 2,
                                    .sources = sources,
                                    .n_sources = 1,
                                    .n_report = 1,
                                    .n_reference = 1,
                                    .related_to = 3,
                                    .explanation = NQ_STR_INIT("terms\t算电协同\n")};
static char *whole;

static void fill(void)
{
    for (int i = 0; i < 2; i++) {
        hits[i] = (struct nq_hit){.passage = i + 1,
                                  .day = 20605,
                                  .kind = i ? NQ_KIND_REFERENCE : NQ_KIND_REPORT,
                                  .report = {.id = 1, .key = NQ_STR("a.md"), .day = 20605},
                                  .section_heading = NQ_STR("提速"),
                                  .reference = i ? &reference : NULL,
                                  .heading = pieces,
                                  .n_heading = 1,
                                  .snippet = pieces,
                                  .n_snippet = 2,
                                  .text = NQ_STR("强化算电协同"),
                                  .why = i ? why : NULL,
                                  .n_why = i ? 2 : 0};
    }
}

static bool make_json(void *user)
{
    (void)user;
    /* What is no UTF-8 takes another way than what is. */
    json_t *json = nq_results_json(&results, NQ_STR("算电\xff"), 0, 10, 0);
    fault_end();
    if (!json)
        return false;
    char *text = json_dumps(json, JSON_COMPACT);
    json_decref(json);
    assert_non_null(text);
    if (!whole)
        whole = text;
    assert_string_equal(text, whole);
    if (text != whole)
        free(text);
    return true;
}

static void json_whole_or_none(void **state)
{
    (void)state;
    fill();
    assert_true(fault_each(make_json, NULL, SIZE_MAX) > 50);
    assert_non_null(strstr(whole, "\"query\":\"算电\xEF\xBF\xBD\""));
    free(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(json_whole_or_none)};
    fault_hook_libraries();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
