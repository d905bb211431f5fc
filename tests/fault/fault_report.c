/* Reading reports, and parsing queries, with each allocation failing in turn. */
#include "fault.h"
#include "query/parse.h"
#include "unit.h"

#include <stdio.h>

/* A text in each format that is read. */
static const char *const texts[][2] = {
    {"a.txt", "政策日报\n某研究中心\n2026年6月17日\n摘要：算电协同。\n目录\n一、算电协同 …… "
              "1\n一、算电协同\n强化“算电协\n"
              "同”，推进数据中心用电。\n二、民营经济\n民营经济促进\n法施行一年。\n参考文献\n"
              "[1] 新华网：《数据中心》，2026年6月8日，用于第一节。\n第 1 页 共 1 页\n"},
    {"a.md", "# 政策日报\n\n2026年6月17日\n\n## "
             "一、算电协同\n\n强化**算电协同**，[链接](https://example.org)。\n\n"
             "- 其一\n- 其二\n\n### 参考文献\n\n1. 新华网. 数据中心[N]. 2026-06.\n"},
    {"a.jsonl",
     "{\"id\":\"1\",\"date\":\"2026-06-17\",\"title\":\"e\xcc\x81\",\"text\":\"算电协同\"}\n[1]\n"
     "{\"id\":\"2\",\"text\":\"民营\\u7ecf济\"}\n"},
};

static size_t n_failed; /* records */

static void warn(void *user, bool failed, const char *message)
{
    (void)user;
    assert_true(message[0] != '\0');
    n_failed += failed;
}

/* A file in memory. */
struct file {
    const char *name;
    struct nq_str text;
};

static bool read_report(void *user)
{
    const struct file *file = user;
    struct nq_reports *reports = NULL;
    struct nq_error err = {0};
    n_failed = 0;
    enum nq_status status = nq_reports_read(file->name, file->text, warn, NULL, &reports, &err);
    if (status == NQ_OK) {
        /* jansson cannot always tell a lack of memory from a bad token: such a line is reported as
         * one that is no JSON. */
        assert_true(reports->n_items >= 1 || n_failed >= 2);
        assert_true(reports->n_items == 0 || reports->items[0].n_sections >= 1);
    } else {
        assert_int_equal(status, NQ_ERR_NOMEM);
        assert_int_equal(err.status, NQ_ERR_NOMEM);
        assert_null(reports);
    }
    nq_reports_destroy(reports);
    return status == NQ_OK;
}

static void reports(void **state)
{
    (void)state;
    for (size_t i = 0; i < NQ_COUNT(texts); i++) {
        struct file file = {texts[i][0], nq_str_from(texts[i][1])};
        print_message("%s: %zu allocations\n", file.name, fault_each(read_report, &file, 500));
    }
}

/* The seeds of the fuzz targets are small files of every format. */
static void formats(void **state)
{
    static const char *const names[] = {
        "encoding/gb18030",
        "encoding/utf-16",
        "report/footnotes.txt",
#ifdef NQ_HAVE_XML
        "html/1.html",
        "html/4.html",
#endif
#ifdef NQ_HAVE_ARCHIVE
        "archive/a.zip",
        "archive/b.tar.gz",
        "archive/c.txt.gz",
#endif
#if defined(NQ_HAVE_ARCHIVE) && defined(NQ_HAVE_XML)
        "archive/e.docx",
#endif
    };
    (void)state;
    for (size_t i = 0; i < NQ_COUNT(names); i++) {
        static char text[1 << 16];
        char path[500];
        snprintf(path, sizeof path, NQ_SEEDS "/%s", names[i]);
        FILE *f = fopen(path, "rb");
        assert_non_null(f);
        struct file file = {names[i], {text, fread(text, 1, sizeof text, f)}};
        fclose(f);
        print_message("%s: %zu allocations\n", file.name, fault_each(read_report, &file, 500));
    }
}

static bool parse_query(void *user)
{
    struct nq_arena *arena = nq_arena_create();
    if (!arena)
        return false;
    struct nq_query *query;
    struct nq_error err = {0};
    enum nq_status status = nq_query_parse(arena, nq_str_from(user), &query, &err);
    if (status != NQ_OK && status != NQ_ERR_NOMEM)
        fail_msg("%s: status %d: %s", (const char *)user, (int)status, err.message);
    nq_arena_destroy(arena);
    return status == NQ_OK;
}

static void queries(void **state)
{
    (void)state;
    static const char *const cases[] = {"算电协同", "“十四五”规划 OR \"数据 要素\" | AI+ -旧闻 新* "
                                                    "title:政策 date:2026-06..2026-07 kind:report"};
    for (size_t i = 0; i < NQ_COUNT(cases); i++)
        print_message("%s: %zu allocations\n", cases[i],
                      fault_each(parse_query, (void *)cases[i], 500));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(reports), cmocka_unit_test(formats),
                                       cmocka_unit_test(queries)};
    fault_hook_libraries();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
