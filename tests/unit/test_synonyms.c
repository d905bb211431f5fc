/* text/synonyms: full and short forms of one thing. */
#include "text/synonyms.h"

#include "base/buf.h"
#include "synonyms_table.h"
#include "unit.h"

static void test_cases(void **state)
{
    (void)state;
    static const struct {
        const char *word, *others;
    } cases[] = {
        {"发改委", "国家发展和改革委员会|国家发展改革委|国家发改委"},
        {"国家发展改革委", "国家发展和改革委员会|国家发改委|发改委"},
        {"發改委", "国家发展和改革委员会|国家发展改革委|国家发改委"},
        {"CPI", "居民消费价格指数|消费者价格指数"},
        {"ｃｐｉ", "居民消费价格指数|消费者价格指数"},
        {"居民消費價格指數", "消费者价格指数|CPI"},
        {"全国两会", "全国人民代表大会和全国人民政治协商会议"},
        {"国际货币基金组织", "IMF"},
        {"新质生产力", ""}, /* no other form */
        {"两会", ""},       /* any place's */
        {"发改", ""},
        {"", ""},
    };
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_str others[NQ_SYNONYMS_MAX];
        struct nq_buf got = {0};
        size_t n = nq_synonyms(nq_str_from(cases[i].word), others);
        for (size_t k = 0; k < n; k++)
            nq_buf_addf(&got, "%s%.*s", k ? "|" : "", NQ_STR_ARG(others[k]));
        assert_str(nq_buf_str(&got), cases[i].others);
        nq_buf_finish(&got);
    }
}

/* Every form of every group is found and gives all the others; no group is too large. */
static void test_whole_table(void **state)
{
    (void)state;
    size_t groups = 0;
    for (size_t i = 0; i < NQ_COUNT(synonym_forms); i++, groups++) {
        size_t first = i;
        while (synonym_forms[i])
            i++;
        assert_in_range(i - first, 2, NQ_SYNONYMS_MAX);
        for (size_t k = first; k < i; k++) {
            struct nq_str others[NQ_SYNONYMS_MAX];
            size_t n = nq_synonyms(nq_str_from(synonym_forms[k]), others);
            if (n != i - first - 1)
                fail_msg("%s: %zu other forms", synonym_forms[k], n);
        }
    }
    assert_in_range(groups, 200, UINT16_MAX);
}

/* A word longer than any form, and bytes that are none. */
static void test_odd_words(void **state)
{
    (void)state;
    char word[3000];
    struct nq_str others[NQ_SYNONYMS_MAX];
    memset(word, 'a', sizeof word);
    assert_int_equal(nq_synonyms((struct nq_str){word, sizeof word}, others), 0);
    memset(word, 0xFF, sizeof word);
    assert_int_equal(nq_synonyms((struct nq_str){word, sizeof word}, others), 0);
    assert_int_equal(nq_synonyms(NQ_STR("\u200bCP\u200bI"), others), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases),
                                       cmocka_unit_test(test_whole_table),
                                       cmocka_unit_test(test_odd_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
