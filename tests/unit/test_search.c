#define _GNU_SOURCE /* strndupa, mkdtemp */
/* Indexing and searching through the public interface, on documents of our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka wants these four first */
#include <cmocka.h>

#include "base/buf.h"
#include "text/utf8.h"

#include <sqlite3.h>
#include <unistd.h>

static const struct {
    const char *id, *date, *title, *text, *source, *kind;
} documents[] = {
    {"1", "2026-01-05", "算电协同试点", "云岭省启动算电协同试点，要求新建智算中心就近消纳绿电。",
     "云岭日报", "report"},
    {"2", "2026-01-20", "规划解读", "“十四五”规划收官，“十五五”规划开局，算力与电力一起安排。",
     "研究中心", "report"},
    {"3", "2026-02-03", "十四五规划评估", "专家评估十四五规划的完成情况，认为多数指标好于预期。",
     "研究中心", "report"},
    {"4", "2026-02-11", "數據要素登記", "濱江新區啟動數據要素登記，並發布後續規則。", "滨江新区",
     "report"},
    {"5", "2026-03-01", "Grid notes",
     "Operators are measuring load; one measure is flexible training. AI+energy is 1.6% of demand.",
     "Coastal Review", "report"},
    {"6", "2026-03-09", "Measures",
     "Three measures were announced for 2026—2028, worth 8.53ZB of data.", "Coastal Review",
     "reference"},
    {"7", "2026-03-10", "虚拟电厂", "虚拟电厂聚合冷库和充电站。储能支撑四十分钟。", "调度中心",
     "report"},
    {"8", "2026-04-01", "储能补建", "园区补建储能，虚拟电厂同步扩容。", "调度中心", "report"},
    {"9", "2026-04-02", "低空物流", "江海市开放低空航线，数据要素支撑调度。ＡＩ参与排班。",
     "江海晚报", "reference"},
    {"10", "", "无日期", "没有日期的文档也能找到，讲的是民营经济。", "江海晚报", "report"},
};

struct fixture {
    char folder[64], index_path[96], file[96];
    struct nq_index *index;
};

static void write_documents(const struct fixture *f, size_t n, const char *ending)
{
    FILE *out = fopen(f->file, "w");
    assert_non_null(out);
    for (size_t i = 0; i < n; i++) {
        fprintf(
            out,
            "{\"id\":\"%s\",\"title\":\"%s\",\"text\":\"%s%s\",\"source\":\"%s\",\"kind\":\"%s\"",
            documents[i].id, documents[i].title, documents[i].text, ending, documents[i].source,
            documents[i].kind);
        if (*documents[i].date)
            fprintf(out, ",\"date\":\"%s\"", documents[i].date);
        fputs("}\n", out);
    }
    assert_int_equal(fclose(out), 0);
}

static void update(struct fixture *f, const struct nq_update_options *options)
{
    const char *paths[] = {f->folder};
    struct nq_error err = {0};
    if (nq_index_update(f->index, paths, 1, options, NULL, &err) != NQ_OK)
        fail_msg("%s", err.message);
}

static void assert_sound(struct fixture *f)
{
    uint64_t problems = 1;
    assert_int_equal(nq_index_verify(f->index, NULL, NULL, &problems, NULL), NQ_OK);
    assert_int_equal(problems, 0);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    strcpy(f->folder, "/tmp/nqtest-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->index_path, sizeof f->index_path, "%s.db", f->folder);
    snprintf(f->file, sizeof f->file, "%s/documents.jsonl", f->folder);
    write_documents(f, NQ_COUNT(documents), "");
    struct nq_error err = {0};
    if (nq_index_open(f->index_path, NQ_OPEN_WRITE, NULL, &f->index, &err) != NQ_OK)
        fail_msg("%s", err.message);
    update(f, NULL);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    char name[128];
    static const char *const endings[] = {"", "-wal", "-shm"};
    nq_index_close(f->index);
    for (size_t i = 0; i < NQ_COUNT(endings); i++) {
        snprintf(name, sizeof name, "%s%s", f->index_path, endings[i]);
        unlink(name);
    }
    unlink(f->file);
    rmdir(f->folder);
    free(f);
    return 0;
}

static struct nq_results *search_with(struct fixture *f, struct nq_search_params params)
{
    struct nq_results *results = NULL;
    struct nq_error err = {0};
    params.facets = true;
    if (params.limit == 0)
        params.limit = 100;
    if (nq_search(f->index, &params, &results, &err) != NQ_OK)
        fail_msg("%.*s: %s", NQ_STR_ARG(params.query), err.message);
    return results;
}

static struct nq_results *search(struct fixture *f, const char *query)
{
    return search_with(f, (struct nq_search_params){.query = nq_str_from(query)});
}

/* The ids of exact hits in the order of documents, parted by spaces. */
static void assert_finds(struct fixture *f, const char *query, const char *ids)
{
    struct nq_results *r = search(f, query);
    struct nq_buf got = {0};
    for (size_t d = 0; d < NQ_COUNT(documents); d++)
        for (size_t i = 0; i < r->n_hits; i++)
            if (r->hits[i].tier == NQ_TIER_EXACT &&
                nq_str_eq(r->hits[i].report.key, nq_str_from(documents[d].id)))
                nq_buf_addf(&got, "%s%s", got.len ? " " : "", documents[d].id);
    nq_buf_add_byte(&got, '\0');
    if (strcmp(got.ptr, ids) != 0)
        fail_msg("%s finds '%s', wanted '%s'", query, got.ptr, ids);
    nq_buf_finish(&got);
    nq_results_destroy(r);
}

static void test_queries(void **state)
{
    struct fixture *f = *state;
    assert_finds(f, "算电协同", "1");
    assert_finds(f, "十四五规划", "2 3");
    assert_finds(f, "\"十四五规划\"", "3");
    assert_finds(f, "数据要素", "4 9");
    assert_finds(f, "數據要素", "4 9");
    assert_finds(f, "后续规则", "4");
    assert_finds(f, "measure", "5 6");
    assert_finds(f, "\"measure\"", "5");
    assert_finds(f, "measur*", "5 6");
    assert_finds(f, "AI+", "5");
    assert_finds(f, "ai", "5 9");
    assert_finds(f, "1.6%", "5");
    assert_finds(f, "2026-2028", "6");
    assert_finds(f, "\"8.53zb\"", "6");
    assert_finds(f, "虚拟电厂 储能", "7 8");
    assert_finds(f, "\"充电站储能\"", "");
    assert_finds(f, "充电站 OR 航线", "7 9");
    assert_finds(f, "虚拟电厂 -冷库", "8");
    assert_finds(f, "title:虚拟电厂", "7");
    assert_finds(f, "source:调度中心", "7 8");
    assert_finds(f, "数据 kind:reference", "9");
    assert_finds(f, "储能 date:2026-04", "8");
    assert_finds(f, "date:..2026-01", "1 2");
    assert_finds(f, "电", "1 2 7 8");
    assert_finds(f, "“十四五”规划", "2 3");
    assert_finds(f, "\"十四五\"规划 “电力”", "2");
    assert_finds(f, "储能 -date:2026-04", "7");
    assert_finds(f, "储能 -source:调度", "");
    assert_finds(f, "-source:调度中心 电", "1 2");
    assert_finds(f, "-source:调度中心 -source:晚报 -kind:reference", "1 2 3 4 5");
    assert_finds(f, "date:2026-03 -冷库", "5 6");
    assert_finds(f, "source:调度中心 -冷库", "8");
    assert_finds(f, "-date:2026", "10");
    assert_finds(f, "date:2026-01..2026-03 -date:2026-01-20..2026-03-01", "1 6 7"); /* both ends */
    /* What is quoted is compared with the print, punctuation included. */
    assert_finds(f, "\"收官，“十五五”规划\"", "2");
    assert_finds(f, "\"收官，「十五五」规划\"", "2");
    assert_finds(f, "\"收官 ， “十五五” 规划\"", "2");
    assert_finds(f, "\"收官，十五五规划\"", "");
    assert_finds(f, "\"收官；“十五五”规划\"", "");
    assert_finds(f, "\"收官“十五五”规划\"", "");
    assert_finds(f, "\"规划收官，\"", "2");
    assert_finds(f, "\"规划收官。\"", "");
    assert_finds(f, "\"，算力\"", "2");
    assert_finds(f, "\"。算力\"", "");
    assert_finds(f, "“《算力》”", "");
    assert_finds(f, "\"load; one\"", "5");
    assert_finds(f, "\"load, one\"", "");
    assert_finds(f, "\"measures\"", "6");
    assert_finds(f, "规划 -\"收官，“十五五”\"", "3");
    assert_finds(f, "规划 -\"收官，十五五\"", "2 3");
    assert_finds(f, "-\"收官，“十五五”\" date:2026-01", "1");
    assert_finds(f, "\"收官，电力\" OR 冷库", "7");
    assert_finds(f, "\"收官，“十五五”\" OR 冷库", "2 7");
    assert_finds(f, "title:\"收官，“十五五”\"", "");
}

/* Every run of two and three Han characters of every text, quoted, finds exactly the texts that
 * hold it. */
static void test_every_substring(void **state)
{
    struct fixture *f = *state;
    struct nq_str text = nq_str_from(documents[6].text);
    for (size_t at = 0; at + 9 <= text.len; at += 3) {
        for (size_t len = 6; len <= 9; len += 3) {
            struct nq_str run = nq_str_sub(text, at, at + len);
            if (nq_str_find(run, NQ_STR("。"), 0) != SIZE_MAX)
                continue;
            char query[32], ids[64] = "";
            snprintf(query, sizeof query, "\"%.*s\"", NQ_STR_ARG(run));
            for (size_t d = 0; d < NQ_COUNT(documents); d++)
                if (strstr(documents[d].text, strndupa(run.ptr, run.len)) ||
                    strstr(documents[d].title, strndupa(run.ptr, run.len)))
                    snprintf(ids + strlen(ids), sizeof ids - strlen(ids), "%s%s", *ids ? " " : "",
                             documents[d].id);
            assert_finds(f, query, ids);
        }
    }
}

static void test_marks(void **state)
{
    struct fixture *f = *state;
    struct nq_results *r = search(f, "数据要素");
    for (size_t i = 0; i < r->n_hits; i++) {
        struct nq_buf joined = {0};
        bool marked = false;
        for (size_t k = 0; k < r->hits[i].n_snippet; k++) {
            const struct nq_fragment *piece = &r->hits[i].snippet[k];
            nq_buf_add(&joined, piece->text);
            if (piece->match) {
                marked = true;
                assert_true(nq_str_eq(piece->text, NQ_STR("数据要素")) ||
                            nq_str_eq(piece->text, NQ_STR("數據要素")));
            }
        }
        assert_true(marked);
        assert_true(nq_str_find(r->hits[i].text, nq_buf_str(&joined), 0) != SIZE_MAX);
        nq_buf_finish(&joined);
    }
    nq_results_destroy(r);
}

/* What is marked in heading and snippet of the first hit: "heading / snippet", pieces parted by |.
 */
static void assert_marks(struct fixture *f, const char *query, const char *marks)
{
    struct nq_results *r = search(f, query);
    struct nq_buf got = {0};
    assert_true(r->n_hits > 0);
    const struct nq_hit *hit = &r->hits[0];
    for (size_t i = 0; i < hit->n_heading + hit->n_snippet; i++) {
        const struct nq_fragment *piece =
            i < hit->n_heading ? &hit->heading[i] : &hit->snippet[i - hit->n_heading];
        if (i == hit->n_heading)
            nq_buf_add(&got, NQ_STR(" /"));
        if (piece->match)
            nq_buf_addf(&got, "|%.*s", NQ_STR_ARG(piece->text));
    }
    nq_buf_add_byte(&got, '\0');
    if (strcmp(got.ptr, marks) != 0)
        fail_msg("%s marks '%s', wanted '%s'", query, got.ptr, marks);
    nq_buf_finish(&got);
    nq_results_destroy(r);
}

static void test_what_is_marked(void **state)
{
    struct fixture *f = *state;
    assert_marks(f, "数据要素 date:2026-02", "|數據要素 /|數據要素");
    assert_marks(f, "园区补建储能", " /|园区补建储能"); /* not the heading's 储能补建 */
    assert_marks(f, "measure date:2026-03-01", " /|measuring|measure");
    assert_marks(f, "\"measure\"", " /|measure");
    assert_marks(f, "measur* kind:reference", "|Measures /|measures");
    assert_marks(f, "\"收官，“十五五”规划\"", " /|收官，“十五五”规划");
    assert_marks(f, "十五五规划", " /|十五五|规划");
    assert_marks(f, "title:虚拟电厂", "|虚拟电厂 /");
    assert_marks(f, "虚拟电厂 -补建", "|虚拟电厂 /|虚拟电厂");
}

static void assert_suggests(struct fixture *f, const char *query, const char *wanted)
{
    struct nq_suggestions *s = NULL;
    struct nq_buf got = {0};
    assert_int_equal(nq_suggest(f->index, nq_str_from(query), 3, &s, NULL), NQ_OK);
    for (size_t i = 0; i < s->n_items; i++)
        nq_buf_addf(&got, "%s%.*s %d", i ? "|" : "", NQ_STR_ARG(s->items[i].text),
                    (int)s->items[i].passages);
    nq_buf_add_byte(&got, '\0');
    if (strcmp(got.ptr, wanted) != 0)
        fail_msg("%s suggests '%s', wanted '%s'", query, got.ptr, wanted);
    nq_buf_finish(&got);
    nq_suggestions_destroy(s);
}

static void test_suggestions(void **state)
{
    struct fixture *f = *state;
    assert_suggests(f, "虚", "虚拟电厂 2");
    assert_suggests(f, "數", "数据要素 2|數據要素登記 1");
    assert_suggests(f, "shuju", "数据要素 2|數據要素登記 1");
    assert_suggests(f, "冷库 xuni", "冷库 虚拟电厂 2");
    assert_suggests(f, "支撑民ying", "支撑民营经济 1");
    assert_suggests(f, "冷库 虚拟", "冷库 虚拟电厂 2");
    assert_suggests(f, "“民营", "“民营经济 1");
    assert_suggests(f, "支撑民营", "支撑民营经济 1"); /* the longest end that begins a word */
    assert_suggests(f, "虚拟电厂", "");               /* whole already */
    assert_suggests(f, "虚拟电厂 ", "");
    assert_suggests(f, "meas", "Measures 1");
    assert_suggests(f, "龘", "");
    assert_suggests(f, "\xff", "");
    assert_suggests(f, "", "");
}

static void test_corrections(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *query, *meant; /* NULL: nothing better is known */
    } cases[] = {
        {"虚拟电场", "虚拟电厂"},
        {"虚以电厂", "虚拟电厂"},
        {"数锯要素", "数据要素"},
        {"數鋸要素", "数据要素"},
        {"\"民迎经济\"", "\"民营经济\""},
        {"虚以电厂 冷库", "虚拟电厂 冷库"},
        {"-冷库 虚以电厂", "-冷库 虚拟电厂"},
        {"虚拟电厂", NULL},
        {"數據要素", NULL}, /* found */
        {"龘龘龘龘", NULL},
        {"数锯", "数据"},              /* sounds the same */
        {"虚你店厂", "虚拟电厂"},      /* twice */
        {"虚拟厂", "虚拟电厂"},        /* missing */
        {"虚拟拟电厂", "虚拟电厂"},    /* too many */
        {"虚电拟厂", "虚拟电厂"},      /* wrong order */
        {"虛拟電場", "虚拟电厂"},      /* Traditional */
        {"xunidianchang", "虚拟电厂"}, /* pinyin */
        {"xu ni dian chang", "虚拟电厂"},
        {"xuni dianchang", "虚拟电厂"},
        {"Xùnǐ diànchǎng", "虚拟电厂"},
        {"虚拟dianchang", "虚拟电厂"},
        {"xunidianchang 冷库", "虚拟电厂 冷库"},
        {"shujuyaosuzhichengdiaodu", "数据要素支撑调度"}, /* words in a row */
        {"xingqiuyaosu", NULL},                           /* the index has none */
        {"虚以", NULL},                                   /* too short to tell */
        {"虚以电厂 十五五", NULL},                        /* nothing holds both */
        {"measurf", NULL},
    };
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_results *r = search_with(
            f, (struct nq_search_params){.query = nq_str_from(cases[i].query), .correct = true});
        const char *got = r->did_you_mean.ptr;
        if (!got != !cases[i].meant || (got && strcmp(got, cases[i].meant) != 0))
            fail_msg("%s: did you mean %s, wanted %s", cases[i].query, got ? got : "nothing",
                     cases[i].meant ? cases[i].meant : "nothing");
        nq_results_destroy(r);
    }
}

static void test_partial(void **state)
{
    struct fixture *f = *state;
    struct nq_results *r = search(f, "虚拟电厂怎样支撑民营经济");
    assert_true(r->total > 0 && r->partial && !r->total_is_exact);
    assert_int_equal(r->hits[0].tier, NQ_TIER_PARTIAL);
    nq_results_destroy(r);
    r = search(f, "\"虚拟电厂怎样支撑民营经济\"");
    assert_int_equal(r->total, 0);
    nq_results_destroy(r);
}

static void test_pages_and_facets(void **state)
{
    struct fixture *f = *state;
    struct nq_results *all = search(f, "date:2026 电 OR 数");
    uint64_t by_month = 0;
    for (size_t i = 0; i < all->n_months; i++)
        by_month += all->months[i].count;
    assert_int_equal(by_month, all->total);
    assert_int_equal(all->n_report + all->n_reference, all->total);
    for (size_t i = 0; i < all->total; i += 2) {
        struct nq_results *page =
            search_with(f, (struct nq_search_params){
                               .query = NQ_STR("date:2026 电 OR 数"), .offset = i, .limit = 2});
        for (size_t k = 0; k < page->n_hits; k++)
            assert_int_equal(page->hits[k].passage, all->hits[i + k].passage);
        nq_results_destroy(page);
    }
    nq_results_destroy(all);
    struct nq_results *dated = search_with(
        f, (struct nq_search_params){.query = NQ_STR("电 OR 经济"), .sort = NQ_SORT_DATE});
    for (size_t i = 1; i < dated->n_hits; i++)
        assert_true(dated->hits[i - 1].day >= dated->hits[i].day);
    nq_results_destroy(dated);
}

static void test_replace_and_prune(void **state)
{
    struct fixture *f = *state;
    assert_sound(f);
    write_documents(f, 7, "新写的一句。");
    update(f, NULL);
    assert_sound(f);
    assert_finds(f, "低空航线", "");
    assert_finds(f, "\"新写的一句\"", "1 2 3 4 5 6 7");
    unlink(f->file);
    update(f, NULL);
    assert_finds(f, "算电协同", "1");
    update(f, &(struct nq_update_options){.prune = true});
    assert_sound(f);
    assert_finds(f, "算电协同", "");
}

static void test_backup(void **state)
{
    struct fixture *f = *state;
    char copy[128];
    struct nq_index *original = f->index, *index = NULL;
    snprintf(copy, sizeof copy, "%s.copy", f->index_path);
    assert_int_equal(nq_index_backup(f->index, copy, NULL), NQ_OK);
    assert_int_equal(nq_index_open(copy, NQ_OPEN_READ, NULL, &index, NULL), NQ_OK);
    f->index = index;
    assert_sound(f);
    assert_finds(f, "算电协同", "1");
    f->index = original;
    nq_index_close(index);
    unlink(copy);
    strcat(copy, "-shm");
    unlink(copy);
    memcpy(copy + strlen(copy) - 3, "wal", 3);
    unlink(copy);
}

/* An index of other folding tables is read but not written to. */
static void test_other_folding(void **state)
{
    struct fixture *f = *state;
    struct nq_index *index = NULL;
    struct nq_error err = {0};
    sqlite3 *db;
    nq_index_close(f->index);
    f->index = NULL;
    assert_int_equal(sqlite3_open(f->index_path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE meta SET value = value + 1 WHERE key = 'text_hash'",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_changes(db), 1);
    sqlite3_close(db);
    assert_int_equal(nq_index_open(f->index_path, NQ_OPEN_WRITE, NULL, &index, &err),
                     NQ_ERR_VERSION);
    assert_non_null(strstr(err.message, "--rebuild"));
    assert_int_equal(nq_index_open(f->index_path, NQ_OPEN_READ, NULL, &f->index, &err), NQ_OK);
    assert_finds(f, "算电协同", "1");
}

/* Another dictionary renews the words; what is found stays found. */
static void test_dictionary(void **state)
{
    struct fixture *f = *state;
    char path[128];
    snprintf(path, sizeof path, "%s.tsv", f->index_path);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs("充电站储能\n算力与电力\n", out);
    fclose(out);
    nq_index_close(f->index);
    struct nq_error err = {0};
    if (nq_index_open(f->index_path, NQ_OPEN_WRITE, path, &f->index, &err) != NQ_OK)
        fail_msg("%s", err.message);
    struct nq_stats *stats = NULL;
    assert_int_equal(nq_index_stats(f->index, &stats, NULL), NQ_OK);
    assert_int_equal(stats->stale_words, stats->passages);
    nq_stats_destroy(stats);
    assert_finds(f, "算电协同", "1");
    update(f, NULL);
    assert_int_equal(nq_index_stats(f->index, &stats, NULL), NQ_OK);
    assert_int_equal(stats->stale_words, 0);
    nq_stats_destroy(stats);
    assert_sound(f);
    assert_finds(f, "算力与电力", "2");
    unlink(path);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_queries),           TEST(test_every_substring), TEST(test_marks),
        TEST(test_what_is_marked),    TEST(test_suggestions),     TEST(test_corrections),
        TEST(test_other_folding),     TEST(test_partial),         TEST(test_pages_and_facets),
        TEST(test_replace_and_prune), TEST(test_backup),          TEST(test_dictionary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
