/* link/profile and link/related: what texts name, and how much of it they share. */
#include "link/related.h"

#include "unit.h"
#include "with_segmenter.h"

/* The profile of a text, every feature as rare as the next. */
static void build(struct nq_profile *profile, const char *text)
{
    nq_profile_clear(profile);
    assert_true(nq_profile_add(profile, segmenter, nq_str_from(text), 1));
    for (size_t i = 0; i < profile->n; i++)
        profile->features[i].rarity = 1;
}

static void test_features(void **state)
{
    (void)state;
    static const char kinds[] = "DOTW";
    static const struct {
        const char *text, *features;
    } cases[] = {
        {"强化算电协同", "强化W 算电协同T"},
        {"国家发展改革委称，发改委已受理", "国家发展改革委O 受理W"},
        {"印发《江海市算力券办法》", "印发W 江海W 算力券T 办法W 江海市算力券办法D"},
        {"《求是》", "求是O"}, /* too short for a document */
        {"《没有完", "没有W"},
        {"2026年6月17日增长5.3%", "增长W"},
        {"AI赋能", "AIW 赋能W"},
        {"", ""},
    };
    struct nq_profile p = {0};
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_buf got = {0};
        build(&p, cases[i].text);
        for (size_t k = 0; k < p.n; k++)
            nq_buf_addf(&got, "%s%.*s%c", k ? " " : "", NQ_STR_ARG(p.features[k].text),
                        kinds[p.features[k].kind]);
        assert_str(nq_buf_str(&got), cases[i].features);
        nq_buf_finish(&got);
    }
    nq_profile_finish(&p);
}

/* Titles that differ in brackets, in spaces and in the state's name before them are one. */
static void test_titles(void **state)
{
    (void)state;
    struct nq_profile p = {0};
    build(&p, "《中华人民共和国江海保护法》《江海保护法》《江海 保护法》《“江海”保护法》");
    double count = 0;
    for (size_t i = 0; i < p.n; i++)
        if (p.features[i].kind == NQ_SHARED_DOCUMENT)
            count = p.features[i].count;
    assert_true(count == 4);
    nq_profile_finish(&p);
}

static void test_score(void **state)
{
    (void)state;
    static const char text[] = "发改委印发《江海市算力券办法》，支持算电协同";
    static const char *const others[] = {
        /* the less the further down */
        text, "国家发展改革委印发《江海市算力券办法》，冷库参加轮换",
        "江海市支持冷库参加轮换，渔港照旧，堤防加固，果园浇水", "冷库参加轮换", ""};
    struct nq_profile a = {0}, b = {0};
    double last = 1;
    build(&a, text);
    for (size_t i = 0; i < NQ_COUNT(others); i++) {
        build(&b, others[i]);
        double score = nq_related_score(&a, &b);
        assert_true(score < last || (score == 0 && last == 0));
        assert_true(score >= 0);
        last = score;
    }
    assert_true(last == 0);
    assert_true(nq_related_score(&b, &a) == 0); /* of nothing, nothing */
    nq_profile_finish(&a);
    nq_profile_finish(&b);
}

static void test_why(void **state)
{
    (void)state;
    struct nq_profile a = {0}, b = {0};
    const struct nq_feature *why[4];
    build(&a, "江海市算力券办法施行，渔港照旧");
    build(&b, "渔港照旧，江海市算力券办法施行");
    for (size_t i = 0; i < a.n; i++)
        if (nq_str_eq(a.features[i].text, NQ_STR("渔港")))
            a.features[i].rarity = 5;
    assert_int_equal(nq_related_why(&a, &b, 4, why), 1); /* the rest add too little */
    assert_str(why[0]->text, "渔港");
    build(&a, "印发《江海市算力券办法》，渔港照旧");
    build(&b, "渔港照旧，印发《江海市算力券办法》");
    for (size_t i = 0; i < a.n; i++)
        if (a.features[i].kind == NQ_SHARED_DOCUMENT)
            a.features[i].rarity = 2;
    /* The title says what its words would; those that weigh the same come in the text's order. */
    assert_int_equal(nq_related_why(&a, &b, 4, why), 4);
    assert_str(why[0]->text, "江海市算力券办法");
    assert_str(why[1]->text, "印发");
    assert_str(why[2]->text, "渔港");
    assert_int_equal(nq_related_why(&a, &b, 0, why), 0);
    nq_profile_finish(&a);
    nq_profile_finish(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_features),
                                       cmocka_unit_test(test_titles), cmocka_unit_test(test_score),
                                       cmocka_unit_test(test_why)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
