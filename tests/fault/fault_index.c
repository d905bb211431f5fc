/* Indexing and searching with each allocation failing in turn, SQLite's included: what is refused
 * says so, and the index keeps what it held. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fault.h"
#include "unit.h"

enum { DENSE = 150 };

static char folder[] = "/tmp/nq-fault-XXXXXX";
static char index_path[100], copy_path[100], old_file[100], new_file[100];

static void remove_index(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < NQ_COUNT(endings); i++) {
        char name[120];
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        unlink(name);
    }
}

static bool search(void *user)
{
    struct nq_error err = {0};
    uint64_t total = 0;
    bool ok = fault_judge(fault_count(index_path, user, &total, &err), &err);
    assert_true(!ok || total >= 1);
    return ok;
}

static bool suggest(void *user)
{
    struct nq_index *index = NULL;
    struct nq_suggestions *found = NULL;
    struct nq_error err = {0};
    bool ok = fault_judge(nq_index_open(index_path, NQ_OPEN_READ, NULL, &index, &err), &err);
    ok = ok && fault_judge(nq_suggest(index, nq_str_from(user), 10, &found, &err), &err);
    assert_true(!ok || found->n_items >= 1);
    nq_suggestions_destroy(found);
    nq_index_close(index);
    return ok;
}

/* A draft that repeats the old file and cites what nobody did. */
static bool check(void *user)
{
    (void)user;
    struct nq_str paragraph =
        NQ_STR("强化“算电协同”，数据中心用上 AI。另见 6 月 18 日的《算电协同办法》，共 12 家。");
    struct nq_section section = {.number = NQ_STR("一"),
                                 .heading = NQ_STR("绿色用电"),
                                 .paragraphs = &paragraph,
                                 .n_paragraphs = 1};
    struct nq_reference reference = {.title = NQ_STR("算电协同 AI"), .raw = NQ_STR("算电协同 AI")};
    struct nq_report draft = {.title = NQ_STR("政策日报"),
                              .day = 20622,
                              .sections = &section,
                              .n_sections = 1,
                              .references = &reference,
                              .n_references = 1};
    struct nq_check_params params = {0};
    struct nq_index *index = NULL;
    struct nq_check *found = NULL;
    struct nq_error err = {0};
    bool ok = fault_judge(nq_index_open(index_path, NQ_OPEN_READ, NULL, &index, &err), &err);
    ok = ok && fault_judge(nq_check_draft(index, &draft, &params, &found, &err), &err);
    assert_true(!ok || (found->n_sections == 1 && found->sections[0].n_matches == 1));
    nq_check_destroy(found);
    nq_index_close(index);
    return ok;
}

static bool contradict(void *user)
{
    (void)user;
    struct nq_index *index = NULL;
    struct nq_conflicts *found = NULL;
    struct nq_error err = {0};
    bool ok = fault_judge(nq_index_open(index_path, NQ_OPEN_READ, NULL, &index, &err), &err);
    ok = ok && fault_judge(nq_find_conflicts(index, NQ_STR("数据中心"), &found, &err), &err);
    assert_true(!ok || found->passages > 0);
    nq_conflicts_destroy(found);
    nq_index_close(index);
    return ok;
}

static bool relate(void *user)
{
    struct nq_index *index = NULL;
    struct nq_results *results = NULL;
    struct nq_error err = {0};
    struct nq_related_params params = {.passage = *(int64_t *)user, .limit = 10};
    bool ok = fault_judge(nq_index_open(copy_path, NQ_OPEN_READ, NULL, &index, &err), &err);
    ok = ok && fault_judge(nq_related(index, &params, &results, &err), &err);
    assert_true(!ok || (results->n_hits == 1 && results->hits[0].n_why > 1));
    nq_results_destroy(results);
    nq_index_close(index);
    return ok;
}

static bool discover(void *user)
{
    (void)user;
    struct nq_index *index = NULL;
    struct nq_proposals *found = NULL;
    struct nq_error err = {0};
    struct nq_discover_params params = {.limit = 10, .least_count = 2};
    bool ok = fault_judge(nq_index_open(copy_path, NQ_OPEN_READ, NULL, &index, &err), &err);
    ok = ok && fault_judge(nq_discover(index, &params, &found, &err), &err);
    nq_proposals_destroy(found);
    nq_index_close(index);
    return ok;
}

static bool list_topics(void *user)
{
    (void)user;
    struct nq_index *index = NULL;
    struct nq_topics *found = NULL;
    struct nq_sources *sources = NULL;
    struct nq_cited_works *works = NULL;
    struct nq_error err = {0};
    struct nq_topics_params params = {.limit = 10};
    struct nq_sources_params cited = {.limit = 10};
    bool ok = fault_judge(nq_index_open(copy_path, NQ_OPEN_READ, NULL, &index, &err), &err);
    ok = ok && fault_judge(nq_topics(index, &params, &found, &err), &err);
    ok = ok && fault_judge(nq_sources(index, &cited, &sources, &err), &err);
    ok = ok && fault_judge(nq_cited_works(index, &cited, &works, &err), &err);
    assert_true(!ok || found->n_items > 0);
    nq_topics_destroy(found);
    nq_sources_destroy(sources);
    nq_cited_works_destroy(works);
    nq_index_close(index);
    return ok;
}

static bool tell_topic(void *user)
{
    struct nq_index *index = NULL;
    struct nq_topic_page *page = NULL;
    struct nq_error err = {0};
    struct nq_topic_params params = {.name = nq_str_from(user)};
    bool ok = fault_judge(nq_index_open(copy_path, NQ_OPEN_READ, NULL, &index, &err), &err);
    ok = ok && fault_judge(nq_topic(index, &params, &page, &err), &err);
    assert_true(!ok || page->topic.passages == 2 || page->did_you_mean.ptr);
    nq_topic_page_destroy(page);
    nq_index_close(index);
    return ok;
}

static enum nq_status update(const char *path, const char *file, struct nq_error *err)
{
    struct nq_index *index = NULL;
    enum nq_status status = nq_index_open(path, NQ_OPEN_WRITE, NULL, &index, err);
    if (status == NQ_OK)
        status = nq_index_update(index, &file, 1, NULL, NULL, err);
    nq_index_close(index);
    return status;
}

static void problem(void *user, const char *message)
{
    (void)user;
    print_error("verify: %s\n", message);
}

/* The index is sound and holds `n` passages of 算电协同 (the old file's). */
static void assert_sound(const char *path, uint64_t n)
{
    struct nq_index *index = NULL;
    struct nq_error err = {0};
    uint64_t n_problems = 99, total = 0;
    assert_int_equal(nq_index_open(path, NQ_OPEN_READ, NULL, &index, &err), NQ_OK);
    assert_int_equal(nq_index_verify(index, problem, NULL, &n_problems, &err), NQ_OK);
    assert_int_equal(n_problems, 0);
    nq_index_close(index);
    assert_int_equal(fault_count(path, "\"算电协同\"", &total, &err), NQ_OK);
    assert_int_equal(total, n);
}

/* The new file goes into a copy of an index that holds the old one. */
static bool add(void *user)
{
    (void)user;
    struct nq_error err = {0};
    bool ok = fault_judge(update(copy_path, new_file, &err), &err);
    fault_end();
    uint64_t total = 0;
    assert_sound(copy_path, 1);
    assert_int_equal(fault_count(copy_path, "\"民营经济\"", &total, &err), NQ_OK);
    assert_true(ok ? total == 1 : total <= 1);
    /* Back to the old file alone. */
    remove_index(copy_path);
    struct nq_index *index = NULL;
    assert_int_equal(nq_index_open(index_path, NQ_OPEN_READ, NULL, &index, &err), NQ_OK);
    assert_int_equal(nq_index_backup(index, copy_path, &err), NQ_OK);
    nq_index_close(index);
    return ok;
}

/* A new index from nothing; what is left of a failure does not stand in the next one's way. */
static bool create(void *user)
{
    (void)user;
    struct nq_error err = {0};
    char path[120];
    snprintf(path, sizeof path, "%s/created.db", folder);
    bool ok = fault_judge(update(path, old_file, &err), &err);
    fault_end();
    err = (struct nq_error){0};
    assert_int_equal(update(path, old_file, &err), NQ_OK);
    assert_sound(path, 1);
    remove_index(path);
    return ok;
}

static bool rebuild(void *user)
{
    (void)user;
    struct nq_error err = {0};
    const char *paths[] = {old_file};
    bool ok = fault_judge(nq_index_rebuild(copy_path, NULL, paths, 1, NULL, NULL, &err), &err);
    fault_end();
    assert_sound(copy_path, 1);
    return ok;
}

static bool look_after(void *user)
{
    (void)user;
    struct nq_index *index = NULL;
    struct nq_error err = {0};
    struct nq_stats *stats = NULL;
    uint64_t n_problems = 0;
    bool ok = fault_judge(nq_index_open(copy_path, NQ_OPEN_WRITE, NULL, &index, &err), &err);
    ok = ok && fault_judge(nq_index_optimize(index, &err), &err);
    ok = ok && fault_judge(nq_index_stats(index, &stats, &err), &err);
    assert_true(!ok || stats->reports == 1);
    ok = ok && fault_judge(nq_index_verify(index, problem, NULL, &n_problems, &err), &err);
    ok = ok && n_problems == 0; /* SQLite takes a page that it has no memory for as a defect */
    nq_stats_destroy(stats);
    nq_index_close(index);
    fault_end();
    assert_sound(copy_path, 1);
    return ok;
}

static char archive[100], before_path[120], work_path[120];

/* Gives the archive's index back what it held before its files changed. */
static void restore(void)
{
    struct nq_index *index = NULL;
    struct nq_error err = {0};
    remove_index(work_path);
    assert_int_equal(nq_index_open(before_path, NQ_OPEN_READ, NULL, &index, &err), NQ_OK);
    assert_int_equal(nq_index_backup(index, work_path, &err), NQ_OK);
    nq_index_close(index);
}

static void name_file(char path[140], const char *name)
{
    snprintf(path, 140, "%s/%s", archive, name);
}

/* An archive that was indexed, and in which then one file moved, one was corrected, one copied. */
static void set_up_archive(void)
{
    char a[140], b[140], c[140], d[140];
    struct nq_error err = {0};
    snprintf(archive, sizeof archive, "%s/archive", folder);
    snprintf(before_path, sizeof before_path, "%s/before.db", folder);
    snprintf(work_path, sizeof work_path, "%s/work.db", folder);
    assert_int_equal(mkdir(archive, 0700), 0);
    name_file(a, "a.md"), name_file(b, "b.md"), name_file(c, "c.md"), name_file(d, "d.md");
    fault_write_file(a, "# 政策日报\n\n2026年6月17日\n\n强化“算电协同”。\n");
    fault_write_file(c, "# 政策日报\n\n2026年6月18日\n\n低空物流，三季度试点。\n");
    assert_int_equal(update(before_path, archive, &err), NQ_OK);
    assert_int_equal(rename(a, b), 0);
    fault_write_file(c, "# 政策日报\n\n2026年6月18日\n\n低空物流，四季度试点。\n");
    fault_write_file(d, "# 政策日报\n\n2026年6月18日\n\n低空物流，四季度试点。\n");
    restore();
}

static void tear_down_archive(void)
{
    static const char *const names[] = {"b.md", "c.md", "d.md"};
    for (size_t i = 0; i < NQ_COUNT(names); i++) {
        char path[140];
        name_file(path, names[i]);
        unlink(path);
    }
    rmdir(archive);
    remove_index(before_path);
    remove_index(work_path);
}

static bool keep_archive(void *user)
{
    (void)user;
    struct nq_index *index = NULL;
    struct nq_stored *stored = NULL;
    struct nq_stats *stats = NULL;
    struct nq_error err = {0};
    bool ok = fault_judge(update(work_path, archive, &err), &err);
    ok = ok && fault_judge(nq_index_open(work_path, NQ_OPEN_READ, NULL, &index, &err), &err);
    ok = ok && fault_judge(nq_index_report(index, 2, &stored, &err), &err);
    assert_true(!ok || (stored && stored->n_revisions == 1 && stored->n_paths == 2));
    ok = ok && fault_judge(nq_index_stats(index, &stats, &err), &err);
    assert_true(!ok || (stats->files == 3 && stats->reports == 2 && stats->copies == 1));
    nq_stats_destroy(stats);
    nq_stored_destroy(stored);
    nq_index_close(index);
    fault_end();
    assert_sound(work_path, 1);
    err = (struct nq_error){0};
    assert_int_equal(update(work_path, archive, &err), NQ_OK);
    assert_sound(work_path, 1);
    restore();
    return ok;
}

static void run_all(fault_scenario *const *scenarios, size_t n)
{
    for (size_t i = 0; i < n; i++)
        print_message("%zu allocations\n", fault_each(scenarios[i], NULL, DENSE));
}

static void indexing(void **state)
{
    (void)state;
    static fault_scenario *const scenarios[] = {create, add, rebuild, look_after, keep_archive};
    run_all(scenarios, NQ_COUNT(scenarios));
}

static void searching(void **state)
{
    (void)state;
    static const char *const queries[] = {
        "算电协同",        "“算电协同” OR 数据中心 -旧",
        "算电协同 不相干", "AI",
        "CPI OR 中心",     "“强化“算电协同”，” -“强化，” -date:2025",
        "数锯中心用上"};
    for (size_t i = 0; i < NQ_COUNT(queries); i++)
        print_message("%s: %zu allocations\n", queries[i],
                      fault_each(search, (void *)queries[i], DENSE));
    print_message("checking: %zu allocations\n", fault_each(check, NULL, DENSE));
    print_message("conflicts: %zu allocations\n", fault_each(contradict, NULL, DENSE));
    static const char *const beginnings[] = {"强化算电", "suandian", "算"};
    for (size_t i = 0; i < NQ_COUNT(beginnings); i++)
        print_message("completing %s: %zu allocations\n", beginnings[i],
                      fault_each(suggest, (void *)beginnings[i], i == 0 ? DENSE : 0));
}

/* What is related to the old file's passage, the first, beside a third file's. */
static void relating(void **state)
{
    (void)state;
    struct nq_error err = {0};
    int64_t first = 1;
    char third_file[100];
    snprintf(third_file, sizeof third_file, "%s/third.md", folder);
    fault_write_file(third_file,
                     "# 政策日报\n\n2026年6月19日\n\n## 一、绿色用电\n\n强化“算电协同”，"
                     "数据中心用上绿电。\n");
    assert_int_equal(update(copy_path, new_file, &err), NQ_OK);
    assert_int_equal(update(copy_path, third_file, &err), NQ_OK);
    print_message("relating: %zu allocations\n", fault_each(relate, &first, DENSE));
    print_message("discovering: %zu allocations\n", fault_each(discover, NULL, DENSE));
    print_message("topics: %zu allocations\n", fault_each(list_topics, NULL, DENSE));
    static const char *const topics[] = {"算电协同", "数据中心用上", "算店协同"};
    for (size_t i = 0; i < NQ_COUNT(topics); i++)
        print_message("topic %s: %zu allocations\n", topics[i],
                      fault_each(tell_topic, (void *)topics[i], DENSE));
    remove_index(copy_path);
    unlink(third_file);
    assert_int_equal(update(copy_path, old_file, &err), NQ_OK);
}

static int set_up(void **state)
{
    (void)state;
    struct nq_error err = {0};
    assert_non_null(mkdtemp(folder));
    snprintf(index_path, sizeof index_path, "%s/nq.db", folder);
    snprintf(copy_path, sizeof copy_path, "%s/copy.db", folder);
    snprintf(old_file, sizeof old_file, "%s/old.md", folder);
    snprintf(new_file, sizeof new_file, "%s/new.md", folder);
    fault_write_file(
        old_file,
        "# 政策日报\n\n2026年6月17日\n\n## 一、绿色用电\n\n强化“算电协同”，数据中心用上 AI。\n");
    fault_write_file(new_file,
                     "# 政策日报\n\n2026年6月18日\n\n## 一、法治\n\n民营经济促进法施行一年。\n");
    assert_int_equal(update(index_path, old_file, &err), NQ_OK);
    assert_int_equal(update(copy_path, old_file, &err), NQ_OK);
    set_up_archive();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    remove_index(index_path);
    remove_index(copy_path);
    unlink(old_file);
    unlink(new_file);
    tear_down_archive();
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(searching), cmocka_unit_test(relating),
                                       cmocka_unit_test(indexing)};
    fault_hook_libraries();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
