/* text/title: which printings are of one document, and how they differ in age. */
#include "text/title.h"

#include "unit.h"

static struct nq_str key_of(const char *title, struct nq_buf *key, enum nq_title_stage *stage)
{
    struct nq_folded scratch = {0};
    assert_true(nq_title_key(nq_str_from(title), &scratch, key, stage));
    nq_folded_finish(&scratch);
    return nq_buf_str(key);
}

static void test_cases(void **state)
{
    (void)state;
    static const struct {
        const char *title, *key;
        enum nq_title_stage stage;
    } cases[] = {
        {"《关于推进行业高质量数据集建设行动的实施方案》", "推进行业高质量数据集建设行动实施方案",
         NQ_TITLE_FINAL},
        {"推进行业高质量数据集建设行动实施方案", "推进行业高质量数据集建设行动实施方案",
         NQ_TITLE_FINAL},
        {"〈关于推进行业高质量数据集建设行动的实施方案〉", "推进行业高质量数据集建设行动实施方案",
         NQ_TITLE_FINAL},
        {"国家数据局关于推进行业高质量数据集建设行动的实施方案",
         "推进行业高质量数据集建设行动实施方案", NQ_TITLE_FINAL},
        {"中共中央 国务院关于加快低空发展的意见", "加快低空发展意见", NQ_TITLE_FINAL},
        {"中共中央、国务院关于加快低空发展的意见", "加快低空发展意见", NQ_TITLE_FINAL},
        {"关于印发《算电协同行动方案》的通知", "算电协同行动方案", NQ_TITLE_FINAL},
        {"《国家数据局关于印发〈算电协同行动方案〉的通知》", "算电协同行动方案", NQ_TITLE_FINAL},
        {"低空飞行条例（征求意见稿）", "低空飞行条例", NQ_TITLE_DRAFT},
        {"低空飞行条例(草案)", "低空飞行条例", NQ_TITLE_DRAFT},
        {"低空飞行条例草案", "低空飞行条例", NQ_TITLE_DRAFT},
        {"低空飞行条例（2026年修订版）", "低空飞行条例", NQ_TITLE_REVISION},
        {"中华人民共和国数据法", "数据法", NQ_TITLE_FINAL},
        {"算电协同行动方案（2026—2028年）", "算电协同行动方案20262028年", NQ_TITLE_FINAL},
        {"算电协同行动方案（2023-2025年）", "算电协同行动方案20232025年", NQ_TITLE_FINAL},
        {"算电协同试点名单（第二批）", "算电协同试点名单第二批", NQ_TITLE_FINAL},
        {"“人工智能+”行动意见", "人工智能+行动意见", NQ_TITLE_FINAL},
        {"人工智能＋行动的意见", "人工智能+行动意见", NQ_TITLE_FINAL},
        /* A piece on a document is another. */
        {"新的飞跃——〈中共中央关于深化改革的决定〉诞生记", "新飞跃中共中央关于深化改革决定诞生记",
         NQ_TITLE_FINAL},
        {"《》", "", NQ_TITLE_FINAL},
        {"", "", NQ_TITLE_FINAL},
    };
    struct nq_buf key = {0};
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        enum nq_title_stage stage;
        assert_str(key_of(cases[i].title, &key, &stage), cases[i].key);
        assert_int_equal(stage, cases[i].stage);
    }
    nq_buf_finish(&key);
}

static void test_cut(void **state)
{
    (void)state;
    assert_true(nq_title_cut(NQ_STR("《关于推进行业高质量数据集…》")));
    assert_true(nq_title_cut(NQ_STR("关于推进行业高质量数据集……")));
    assert_true(nq_title_cut(NQ_STR("关于推进行业高质量数据集...")));
    assert_false(nq_title_cut(NQ_STR("关于推进行业高质量数据集建设的意见")));
    assert_false(nq_title_cut(NQ_STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_cut)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
