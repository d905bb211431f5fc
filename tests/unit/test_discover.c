/* link/discover: new terms of a text, and the counting below them. */
#include "link/discover.h"

#include <stdio.h>

#include "link/discover_entry.h"
#include "unit.h"
#include "with_segmenter.h"

/* Counts are never too low, and right where little is counted; saturated ones stay. */
static void test_sketch(void **state)
{
    (void)state;
    struct nq_sketch sketch = {0};
    assert_true(nq_sketch_init(&sketch));
    for (uint64_t key = 1; key <= 1000; key++)
        for (uint64_t n = 0; n < key % 7; n++)
            nq_sketch_add(&sketch, key * 0x9E3779B97F4A7C15u);
    for (uint64_t key = 1; key <= 1000; key++)
        assert_int_equal(nq_sketch_count(&sketch, key * 0x9E3779B97F4A7C15u), key % 7);
    assert_int_equal(sketch.reached[6], 143);
    for (size_t i = 0; i < NQ_SKETCH_MOST + 10; i++)
        nq_sketch_add(&sketch, 5);
    assert_int_equal(nq_sketch_count(&sketch, 5), NQ_SKETCH_MOST);
    nq_sketch_finish(&sketch);
}

static void test_entropy(void **state)
{
    (void)state;
    uint16_t classes[NQ_ENTRY_CLASSES] = {0};
    assert_true(nq_entry_entropy(classes) == 0);
    for (int i = 0; i < 100; i++)
        nq_entry_beside(classes, 7);
    assert_true(nq_entry_entropy(classes) == 0);
    for (uint64_t i = 0; i < 1000; i++)
        nq_entry_beside(classes, i);
    assert_true(nq_entry_entropy(classes) > 2.5 && nq_entry_entropy(classes) < 2.78);
}

typedef bool pass_fn(struct nq_discover *d, struct nq_str text, size_t i);

static bool pass_count(struct nq_discover *d, struct nq_str text, size_t i)
{
    (void)i;
    return nq_discover_count(d, text);
}

static bool pass_weigh(struct nq_discover *d, struct nq_str text, size_t i)
{
    (void)i;
    return nq_discover_weigh(d, text);
}

/* The last report is the earliest; two passages a report. */
static bool pass_quote(struct nq_discover *d, struct nq_str text, size_t i)
{
    return nq_discover_quote(d, text, (int64_t)i + 1, (int64_t)i / 2 + 1, 100 - (int32_t)i / 2);
}

/* Each ~ of `pattern` stands for ten words in turn. */
static size_t discover(const char *pattern, struct nq_arena *arena, struct nq_proposal **out)
{
    static const char *const beside[] = {"果园", "渔港", "冷库", "堤防", "车站",
                                         "学校", "医院", "商场", "电厂", "农田"};
    static pass_fn *const passes[] = {pass_count, pass_weigh, pass_quote};
    struct nq_discover *d = nq_discover_create(segmenter, 5);
    static const char filler[] =
        "。晚饭、早点、茶水、米面、青菜、豆腐、萝卜、鸡蛋、牛奶、面包、苹果、香蕉、"
        "西瓜、葡萄、桌子、椅子、窗户、大门、雨伞、帽子。"; /* so that words are many */
    struct nq_buf text = {0};
    size_t n = 0;
    assert_non_null(d);
    for (size_t p = 0; p < NQ_COUNT(passes); p++) {
        for (size_t i = 0; i < NQ_COUNT(beside); i++) {
            size_t at = i;
            text.len = 0;
            for (const char *c = pattern; *c; c++) {
                if (*c == '~')
                    nq_buf_add(&text, nq_str_from(beside[at++ % NQ_COUNT(beside)]));
                else
                    nq_buf_add_byte(&text, *c);
            }
            nq_buf_add(&text, nq_str_from(filler));
            assert_true(passes[p](d, nq_buf_str(&text), i));
        }
        assert_true(p != 1 || nq_discover_rank(d, 1000));
    }
    assert_true(nq_discover_take(d, arena, out, &n));
    nq_buf_finish(&text);
    nq_discover_destroy(d);
    return n;
}

static const struct nq_proposal *find(const struct nq_proposal *items, size_t n, const char *term)
{
    for (size_t i = 0; i < n; i++)
        if (nq_str_eq(items[i].term, nq_str_from(term)))
            return &items[i];
    return NULL;
}

static void test_terms(void **state)
{
    (void)state;
    static const struct {
        const char *text, *term;
        bool found;
    } cases[] = {
        {"~泊舟智算指数~", "泊舟智算指数", true},
        {"~泊舟智算指数~", "舟智算", false},
        {"~向舟力~", "向舟力", true},              /* a short one may begin with 向 */
        {"~的泊舟智算~", "的泊舟智算", false},     /* never with 的, */
        {"~泊舟的智算~", "泊舟的智算", false},     /* nor with it inside */
        {"~推动泊舟智算~", "推动泊舟智算", false}, /* nor with a verb of reports, */
        {"~推动泊舟智算~", "泊舟智算", true},      /* which is as good as a clause's edge */
        {"~泊舟，智算~", "泊舟智算", false},       /* across a clause */
        {"~在泊舟智算后~", "泊舟智算", false},     /* always the same neighbours */
        {"~总统泊舟智算~", "总统泊舟智算", false}, /* a person's name behind a title, */
        {"~，总统泊舟智算~", "泊舟智算", false},
        {"~算电协同~", "算电协同", false}, /* the dictionary knows it */
    };
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_arena *arena = nq_arena_create();
        struct nq_proposal *items;
        size_t n = discover(cases[i].text, arena, &items);
        if ((find(items, n, cases[i].term) != NULL) != cases[i].found)
            print_error("%s: %s %s\n", cases[i].text, cases[i].term,
                        cases[i].found ? "not found" : "found");
        assert_int_equal(find(items, n, cases[i].term) != NULL, cases[i].found);
        nq_arena_destroy(arena);
    }
}

static void test_evidence(void **state)
{
    (void)state;
    struct nq_arena *arena = nq_arena_create();
    struct nq_proposal *items;
    size_t n = discover("前一句。~泊舟智算指数~，泊舟智算指数！后一句。", arena, &items);
    const struct nq_proposal *p = find(items, n, "泊舟智算指数");
    assert_non_null(p);
    assert_int_equal(p->count, 20);
    assert_int_equal(p->passages, 10);
    assert_int_equal(p->first_day, 96);
    assert_int_equal(p->n_quotes, NQ_QUOTES);
    assert_int_equal(p->quotes[0].day, 96);
    for (size_t i = 0; i < NQ_QUOTES; i++) {
        assert_true(i == 0 || p->quotes[i].day > p->quotes[i - 1].day);
        assert_true(nq_str_find(p->quotes[i].text, NQ_STR("泊舟智算指数"), 0) != SIZE_MAX);
        assert_true(nq_str_find(p->quotes[i].text, NQ_STR("一句"), 0) == SIZE_MAX);
    }
    nq_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sketch),
                                       cmocka_unit_test(test_entropy), cmocka_unit_test(test_terms),
                                       cmocka_unit_test(test_evidence)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
