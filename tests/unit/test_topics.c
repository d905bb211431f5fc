/* link/topics, link/stock and link/alias: what a passage is about, stock phrases, names that a text
 * gives. */
#include <stdio.h>

#include "link/alias.h"
#include "link/topics.h"

#include "unit.h"
#include "with_segmenter.h"

static struct nq_topic_finder finder;

static int make(void **state)
{
    (void)state;
    return nq_topic_finder_init(&finder, segmenter) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    nq_topic_finder_finish(&finder);
    return 0;
}

static struct nq_segmented read_text(const char *text, struct nq_folded *folded,
                                     struct nq_word_buf *words)
{
    struct nq_str s = nq_str_from(text);
    assert_true(nq_fold_text(s, folded) && nq_segment_folded(segmenter, folded, words));
    return (struct nq_segmented){s, folded, words};
}

static void find(const char *heading, const char *text)
{
    struct nq_folded folded[2] = {{0}};
    struct nq_word_buf words[2] = {{0}};
    struct nq_segmented above = read_text(heading, &folded[0], &words[0]);
    struct nq_segmented below = read_text(text, &folded[1], &words[1]);
    assert_true(nq_topics_find(&finder, &above, true, &below, (struct nq_str){0}));
    for (int i = 0; i < 2; i++) {
        nq_folded_finish(&folded[i]);
        nq_word_buf_finish(&words[i]);
    }
}

/* By its key or its name: 算电协同 has the key of all its forms. */
static const struct nq_topic_found *topic(const char *key)
{
    for (size_t i = 0; i < finder.n; i++)
        if (nq_str_eq(finder.items[i].key, nq_str_from(key)) ||
            nq_str_eq(finder.items[i].name, nq_str_from(key)))
            return &finder.items[i];
    return NULL;
}

static enum nq_topic_kind kind(const char *key)
{
    const struct nq_topic_found *t = topic(key);
    if (!t)
        print_error("no topic %s\n", key);
    return t ? t->kind : 0;
}

static double weight(const char *key)
{
    const struct nq_topic_found *t = topic(key);
    return t ? t->weight : 0;
}

static void test_kinds(void **state)
{
    (void)state;
    find("", "发改委印发《江海市算力券办法》，推进算电协同，“泊舟力”初显，另见《江海听涛》。");
    assert_int_equal(kind("国家发展和改革委员会"), NQ_TOPIC_ORGANISATION);
    assert_int_equal(kind("算电协同"), NQ_TOPIC_TERM);
    assert_int_equal(kind("江海市算力券办法"), NQ_TOPIC_DOCUMENT);
    assert_int_equal(kind("江海听涛"), NQ_TOPIC_WORK);
    assert_int_equal(kind("泊舟力"), NQ_TOPIC_WORD);
    assert_null(topic("推进"));
    for (size_t i = 0; i < finder.n; i++)
        assert_true(finder.items[i].weight > 0 && finder.items[i].weight <= 1);
}

static void test_weights(void **state)
{
    (void)state;
    static const char one[] = "算电协同是重点，数据中心用电增长，果园浇水，渔港开航，学校开门。";
    static const char again[] =
        "算电协同是重点，算电协同要快，算电协同要稳，果园浇水，渔港开航，学校开门。";
    find("", one);
    double said = weight("算电协同");
    /* Said three times it weighs more, but not three times as much; above it in the heading, too.
     */
    find("", again);
    assert_true(weight("算电协同") > said && weight("算电协同") < 2 * said);
    find("算电协同有进展", one);
    assert_true(weight("算电协同") > 1.2 * said);
    /* Alone it is all, among many other things a small part. */
    find("", "算电协同是重点。");
    said = weight("算电协同");
    find("", "算电协同是重点，低空经济、数据要素、人工智能、绿电直连、虚拟电厂、新型储能、乡村振兴"
             "也要办。");
    assert_true(weight("算电协同") < said);
}

static void test_stock(void **state)
{
    (void)state;
    static const char stock[] = "央视台消息数据要素报道组今天播报：果园浇水，渔港开航。";
    find("", stock);
    double first = weight("数据要素");
    for (int i = 0; i < NQ_STOCK_OFTEN; i++)
        find("", stock);
    assert_true(weight("数据要素") < first / 3);
    /* In other words it still weighs what it did, also behind a run that reads the counts again. */
    struct nq_buf bytes = {0};
    nq_stock_write(&finder.stock, &bytes);
    assert_true(nq_stock_read(&finder.stock, nq_buf_str(&bytes)));
    find("", "江海市把数据要素分给三十家企业：果园浇水，渔港开航，很忙。");
    assert_true(weight("数据要素") > 0.8 * first);
    find("", stock);
    assert_true(weight("数据要素") < first / 3);
    bytes.len--;
    assert_false(nq_stock_read(&finder.stock, nq_buf_str(&bytes)));
    nq_buf_finish(&bytes);
}

/* A stock phrase with another date every day. */
static void test_dated_stock(void **state)
{
    (void)state;
    char text[80];
    double first = 0, last = 0;
    for (int i = 0; i <= NQ_STOCK_OFTEN; i++) {
        snprintf(text, sizeof text, "《江海听涛》2026%02d%02d 19:%02d", i + 1, 2 * i + 10, i);
        find("", text);
        last = weight("江海听涛");
        first = i == 0 ? last : first;
    }
    assert_true(first > 0 && last < first / 3);
}

static void test_words(void **state)
{
    (void)state;
    /* What only the heading stresses is no topic of the archive's own. */
    find("江海开启新篇章", "江海开启新篇章，渔港开航。");
    assert_null(topic("新篇章"));
    find("江海秋粮丰收", "秋粮入库，秋粮丰产。");
    assert_int_equal(kind("秋粮"), NQ_TOPIC_WORD);
    /* Another name of a term, in quotation marks, is the term. */
    find("", "江海落实“双碳”目标。");
    assert_int_equal(kind("碳达峰碳中和"), NQ_TOPIC_TERM);
    assert_null(topic("双碳"));
    /* What kind of document it is, is no topic of the report. */
    find("", "江海印发《江海渔港行动方案》。");
    assert_null(topic("行动方案"));
    find("", "江海要有行动方案，完善行动方案。");
    assert_null(topic("行动方案"));
}

static void test_columns(void **state)
{
    (void)state;
    for (int i = 0; i < NQ_STOCK_OFTEN; i++)
        find("数字经济动态", "果园浇水，渔港开航。");
    assert_true(weight("数字经济") > 0);
    find("数字经济动态", "果园浇水，渔港开航。");
    assert_null(topic("数字经济"));
}

static void test_briefs(void **state)
{
    (void)state;
    find("", "江海市印发《江海市算力券管理办法》（以下简称《办法》）。");
    find("", "《办法》共六章。");
    assert_int_equal(finder.n, 1);
    assert_str(finder.items[0].name, "江海市算力券管理办法");
    nq_topics_new_report(&finder);
    find("", "《办法》共六章。");
    assert_int_equal(finder.n, 0);
}

static void test_generic_titles(void **state)
{
    (void)state;
    /* 《若干措施》 is the last title that ends so, within the report. */
    find("", "江海市印发《关于稳定渔港开航的若干措施》和《渔港开航规划》。");
    find("", "《若干措施》提出，渔港要开航。");
    assert_int_equal(kind("关于稳定渔港开航的若干措施"), NQ_TOPIC_DOCUMENT);
    nq_topics_new_report(&finder);
    find("", "《若干措施》提出，渔港要开航，《条例》施行，《民法典》施行。");
    assert_null(topic("若干措施"));
    assert_null(topic("条例"));
    assert_int_equal(kind("民法典"), NQ_TOPIC_DOCUMENT);
}

static void test_aliases(void **state)
{
    (void)state;
    static const struct {
        const char *text, *full, *brief;
        bool whole;
    } cases[] = {
        {"近日，《江海市数据条例》（以下简称《条例》）施行。", "江海市数据条例", "条例", true},
        {"由江海市数据局（简称“市数局”）负责。", "由江海市数据局", "市数局", false},
        {"“算力电力协同”（下称算电协同）加快。", "算力电力协同", "算电协同", true},
        {"江海大会（以下简称：海会）开幕。", "江海大会", "海会", false},
        {"江海大会，简称海会，今天开幕。", "江海大会", "海会", false},
    };
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_alias alias = {0};
        size_t at = 0;
        struct nq_str text = nq_str_from(cases[i].text);
        assert_true(nq_alias_next(text, &at, &alias));
        assert_str(alias.full, cases[i].full);
        assert_str(alias.brief, cases[i].brief);
        assert_int_equal(alias.whole, cases[i].whole);
        assert_str(alias.sentence, cases[i].text);
        assert_false(nq_alias_next(text, &at, &alias));
    }
    static const char *const none[] = {"", "（以下简称", "（简称“", "（以下简称）",
                                       "《条例》（以下简称《条例"};
    for (size_t i = 0; i < NQ_COUNT(none); i++) {
        struct nq_alias alias;
        size_t at = 0;
        assert_false(nq_alias_next(nq_str_from(none[i]), &at, &alias));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_kinds, make, end),
        cmocka_unit_test_setup_teardown(test_weights, make, end),
        cmocka_unit_test_setup_teardown(test_stock, make, end),
        cmocka_unit_test_setup_teardown(test_dated_stock, make, end),
        cmocka_unit_test_setup_teardown(test_words, make, end),
        cmocka_unit_test_setup_teardown(test_columns, make, end),
        cmocka_unit_test_setup_teardown(test_briefs, make, end),
        cmocka_unit_test_setup_teardown(test_generic_titles, make, end),
        cmocka_unit_test(test_aliases),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
