/* api/names_rows: rows of names, as they are written and read. */
#include "api/names_rows.h"
#include "unit.h"

struct kept {
    struct nq_arena *arena;
    struct {
        int64_t id;
        struct nq_str data;
    } rows[32];
    size_t n;
};

static enum nq_status keep(void *user, int64_t id, struct nq_str data, struct nq_error *err)
{
    struct kept *k = user;
    (void)err;
    assert_true(k->n < NQ_COUNT(k->rows));
    assert_true(k->n == 0 || k->rows[k->n - 1].id < id);
    k->rows[k->n].id = id;
    k->rows[k->n++].data = nq_arena_str(k->arena, data);
    return NQ_OK;
}

static const struct {
    const char *text;
    uint32_t n;
    int32_t day;
    enum nq_suggestion_kind kind;
} titles[] = {
    {"重庆加快建设", 1, 20000, NQ_SUGGESTION_HEADLINE},
    {"重庆加快建设", 2, 20001, NQ_SUGGESTION_HEADLINE},
    {"关于促进数据要素流通的意见", 300, -1, NQ_SUGGESTION_DOCUMENT},
    {"【快评】AI来了", 1, NQ_NO_DAY, NQ_SUGGESTION_HEADLINE},
    {"2026年工作要点", 1, INT32_MAX, NQ_SUGGESTION_DOCUMENT},
    {"……", 1, 1, NQ_SUGGESTION_HEADLINE},
};

/* The row for a letter and a first character, read as one text. */
static void expect(const struct kept *k, unsigned tier, char letter, uint32_t cp,
                   const char *wanted)
{
    struct nq_buf got = {0};
    struct nq_name name;
    int64_t id = nq_name_row_id(tier, letter ? (uint8_t)(letter - 'a' + 1) : 0, cp);
    for (size_t i = 0; i < k->n; i++)
        for (size_t at = 0; k->rows[i].id == id && nq_name_read(k->rows[i].data, &at, &name);)
            nq_buf_addf(&got, "%d %.*s %u %u %d;", name.kind, NQ_STR_ARG(name.text), name.from,
                        name.n, name.day);
    nq_buf_add_byte(&got, '\0');
    assert_string_equal(got.ptr, wanted);
    nq_buf_finish(&got);
}

static void test_rows(void **state)
{
    (void)state;
    struct nq_name_list list = {.newest = NQ_NO_DAY};
    struct kept k = {.arena = nq_arena_create()};
    for (size_t i = 0; i < NQ_COUNT(titles); i++)
        assert_true(nq_name_list_title(&list, (struct nq_name){.text = nq_str_from(titles[i].text),
                                                               .n = titles[i].n,
                                                               .day = titles[i].day,
                                                               .kind = titles[i].kind}));
    for (int i = 0; i < 2; i++)
        assert_true(nq_name_list_word(&list, NQ_STR("重庆"), NQ_SUGGESTION_WORD));
    assert_int_equal(list.newest, INT32_MAX);
    assert_int_equal(nq_name_list_rows(&list, 1, keep, &k, NULL), NQ_OK);
    /* Once for each letter that the character is read by. */
    for (const char *letter = "cz"; *letter; letter++)
        expect(&k, 1, *letter, 0x91CD, "4 重庆加快建设 0 3 20001;0 重庆 0 0 -2147483648;");
    expect(&k, 1, 'g', 0x5173, "3 关于促进数据要素流通的意见 0 300 -1;");
    expect(&k, 1, 'c', 0x4FC3, "3 关于促进数据要素流通的意见 6 300 -1;");
    expect(&k, 1, 'k', 0x5FEB, "4 【快评】AI来了 0 1 -2147483648;");
    expect(&k, 1, 'a', 'a', "4 【快评】AI来了 12 1 -2147483648;");
    expect(&k, 1, 0, '2', "3 2026年工作要点 0 1 2147483647;");
    expect(&k, 0, 'c', 0x91CD, "");
    assert_int_equal(k.n, 7);
    nq_name_list_finish(&list);
    nq_arena_destroy(k.arena);
}

/* A row that was cut anywhere ends before its length. */
static void test_damage(void **state)
{
    (void)state;
    struct nq_name_list list = {.newest = NQ_NO_DAY};
    struct kept k = {.arena = nq_arena_create()};
    struct nq_name name = {.text = NQ_STR("重庆"), .n = 200, .day = 20000, .kind = 4};
    assert_true(nq_name_list_title(&list, name));
    assert_int_equal(nq_name_list_rows(&list, 0, keep, &k, NULL), NQ_OK);
    for (size_t len = 1; len < k.rows[0].data.len; len++) {
        size_t at = 0;
        assert_false(nq_name_read(nq_str_sub(k.rows[0].data, 0, len), &at, &name));
        assert_int_equal(at, 0);
    }
    static const char *const wrong[] = {"\x09\x01\x01\x01\x01x", "\x04\x05\x01\x01\x01x",
                                        "\x04\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"};
    for (size_t i = 0; i < NQ_COUNT(wrong); i++) {
        size_t at = 0;
        assert_false(nq_name_read(nq_str_from(wrong[i]), &at, &name));
    }
    nq_name_list_finish(&list);
    nq_arena_destroy(k.arena);
}

/* What a name may be typed by is looked up in a row that it has. */
static void test_letters(void **state)
{
    (void)state;
    static const struct {
        uint32_t cp;
        const char *letters;
    } cases[] = {{0x91CD, "zc"}, {0x884C, "xh"}, {0x7B97, "s"}, {'a', "a"}, {0x5973, "n"}};
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        uint8_t letters[NQ_NAME_LETTERS_MAX];
        size_t n = nq_name_letters(cases[i].cp, letters);
        assert_int_equal(n, strlen(cases[i].letters));
        for (size_t k = 0; k < n; k++)
            assert_non_null(strchr(cases[i].letters, 'a' + letters[k] - 1));
    }
    uint8_t none[NQ_NAME_LETTERS_MAX];
    assert_int_equal(nq_name_letters('5', none), 1);
    assert_int_equal(none[0], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
