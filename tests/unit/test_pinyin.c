/* text/pinyin: what is typed, and names that begin so. */
#include "text/pinyin.h"

#include "unit.h"

static int fit(const char *typed, const char *name, bool whole)
{
    struct nq_typed t;
    uint32_t cp[NQ_SPELLED_MAX];
    if (!nq_typed_read(nq_str_from(typed), &t))
        return -2;
    size_t n = nq_typed_fold(nq_str_from(name), NQ_SPELLED_MAX, cp);
    return nq_typed_fit(&t, cp, n, whole);
}

static const struct {
    const char *typed, *name;
    int fit, whole;
} fit_cases[] = {
    {"算电", "算电协同", 0, -1},
    {"算電協同", "算电协同", 0, 0},
    {"suandian", "算电协同", 0, -1},
    {"suandianxietong", "算电协同", 0, 0},
    {"suandianxieton", "算电协同", 0, -1},
    {"suan dian", "算电协同", 0, -1},
    {"suan4 dian4", "算电协同", 0, -1},
    {"sdxt", "算电协同", 3, 4},
    {"suandianxt", "算电协同", 1, 2},
    {"sdxietong", "算电协同", 2, 2},
    {"算dian", "算电协同", 0, -1},
    {"算d协同", "算电协同", 1, 1},
    {"dianxie", "算电协同", -1, -1},
    {"suandianxietongle", "算电协同", -1, -1},
    {"zs", "知识产权", 1, -1},
    {"zhsh", "知识产权", 1, -1},
    {"zhishichanquan", "知识产权", 0, 0},
    /* Readings of words; both where no word is known. */
    {"yinhang", "银行", 0, 0},
    {"yinxing", "银行", -1, -1},
    {"xingdong", "行动方案", 0, -1},
    {"hangdong", "行动方案", -1, -1},
    {"chongqing", "重庆市", 0, -1},
    {"zhongqing", "重庆市", -1, -1},
    {"changjiang", "长江", 0, 0},
    {"zengzhang", "增长", 0, 0},
    {"hang", "行", 0, 0},
    {"xing", "行", 0, 0},
    {"chifulv", "赤字率", -1, -1},
    {"chizilv", "赤字率", 0, 0},
    /* ü. */
    {"lv", "绿电", 0, -1},
    {"lü", "绿电", 0, -1},
    {"LÜ", "绿电", 0, -1},
    {"lǜdiàn", "绿电", 0, 0},
    {"lu:dian", "绿电", 0, 0},
    {"nvxing", "女性", 0, 0},
    {"lve", "略", 0, 0},
    {"lue", "略", 0, 0},
    {"jvyu", "局域", 0, 0},
    /* Apostrophes part syllables, and only there. */
    {"xian", "西安", 0, 0},
    {"xian", "先", 0, 0},
    {"xi'an", "西安", 0, 0},
    {"xi’an", "西安", 0, 0},
    {"xi'an", "先", -1, -1},
    {"fang'an", "方案", 0, 0},
    {"fang'an", "反感", -1, -1},
    /* Marks in names, Latin letters, digits. */
    {"shisiwu", "“十四五”规划", 0, -1},
    {"十四五规", "“十四五”规划", 0, -1},
    {"《十四五", "“十四五”规划", 0, -1},
    {"5gjizhan", "5G基站", 0, 0},
    {"rengongzhineng+", "人工智能＋", 0, 0},
    {"aichanye", "AI产业", 0, 0},
    {"ai", "AI产业", 0, -1},
    {"2026", "2026年工作要点", 0, -1},
};

static void test_fits(void **state)
{
    (void)state;
    for (size_t i = 0; i < NQ_COUNT(fit_cases); i++) {
        int got = fit(fit_cases[i].typed, fit_cases[i].name, false);
        int whole = fit(fit_cases[i].typed, fit_cases[i].name, true);
        if (got != fit_cases[i].fit || whole != fit_cases[i].whole)
            fail_msg("%s for %s: %d and whole %d, wanted %d and %d", fit_cases[i].typed,
                     fit_cases[i].name, got, whole, fit_cases[i].fit, fit_cases[i].whole);
    }
}

static void test_what_is_not_typed(void **state)
{
    (void)state;
    static const char *const nothing[] = {"", " ", "'", "《》", "，。"};
    char longer[3 * NQ_TYPED_MAX + 4] = "";
    struct nq_typed typed;
    for (size_t i = 0; i < NQ_COUNT(nothing); i++)
        assert_false(nq_typed_read(nq_str_from(nothing[i]), &typed));
    for (size_t i = 0; i < NQ_TYPED_MAX; i++)
        strcat(longer, "a");
    assert_true(nq_typed_read(nq_str_from(longer), &typed));
    assert_true(nq_typed_fit(&typed, (const uint32_t[]){0x554A, 0x554A}, 2, false) < 0);
    strcat(longer, "a");
    assert_false(nq_typed_read(nq_str_from(longer), &typed));
}

static void test_syllables(void **state)
{
    (void)state;
    struct nq_typed typed;
    struct nq_syllable syllables[NQ_SYLLABLES_MAX];
    assert_true(nq_typed_read(NQ_STR("xianjin xi'an"), &typed));
    size_t n = nq_pinyin_syllables(&typed, 0, syllables); /* xi xia xian */
    assert_int_equal(n, 3);
    assert_int_equal(syllables[0].end + syllables[1].end + syllables[2].end, 2 + 3 + 4);
    assert_int_equal(nq_pinyin_syllables(&typed, 7, syllables), 0);
    assert_int_equal(nq_pinyin_syllables(&typed, 8, syllables), 1);
    /* What is read so is read so. */
    struct nq_codes members = nq_pinyin_members(syllables[0].id);
    assert_true(members.n > 20);
    for (size_t i = 0; i < members.n; i++) {
        struct nq_codes readings = nq_pinyin_readings(members.items[i]);
        bool found = false;
        for (size_t k = 0; k < readings.n; k++)
            found |= readings.items[k] == syllables[0].id;
        assert_true(found);
    }
    assert_int_equal(nq_pinyin_readings('a').n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fits),
        cmocka_unit_test(test_what_is_not_typed),
        cmocka_unit_test(test_syllables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
