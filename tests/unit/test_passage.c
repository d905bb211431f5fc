/* model/passage: how a report becomes passages. */
#include "model/passage.h"

#include "text/utf8.h"
#include "unit.h"

/* The passages of one paragraph of `n` sentences. */
static void part(struct nq_arena *arena, const char *sentence, size_t n, struct nq_str *paragraph,
                 struct nq_passage **out, size_t *n_out)
{
    struct nq_buf text = {0};
    for (size_t i = 0; i < n; i++)
        nq_buf_add(&text, nq_str_from(sentence));
    *paragraph = nq_arena_str(arena, nq_buf_str(&text));
    nq_buf_finish(&text);
    struct nq_section section = {
        .heading = NQ_STR("标题"), .paragraphs = paragraph, .n_paragraphs = 1};
    const struct nq_report report = {.sections = &section, .n_sections = 1};
    assert_true(nq_passages_of(&report, arena, out, n_out));
}

/* A long paragraph is several passages, none too long, which make all of it. */
static void long_paragraphs_are_parted(void **state)
{
    (void)state;
    static const char *const sentences[] = {"推进算电协同，强化绿电供给。", "没有句号的一段话",
                                            "It has spaces. ", "𠀀"};
    for (size_t i = 0; i < NQ_COUNT(sentences); i++) {
        struct nq_arena *arena = nq_arena_create();
        struct nq_passage *passages;
        struct nq_str paragraph;
        struct nq_buf whole = {0};
        size_t n, times = 20000 / strlen(sentences[i]);
        part(arena, sentences[i], times, &paragraph, &passages, &n);
        assert_true(n >= 4);
        for (size_t k = 0; k < n; k++) {
            assert_true(passages[k].text.len > 0 && passages[k].text.len <= NQ_PASSAGE_BYTES);
            assert_int_equal(nq_utf8_check(passages[k].text), passages[k].text.len);
            assert_int_equal(passages[k].opens_section, k == 0);
            nq_buf_add(&whole, passages[k].text);
            if (i == 0)
                assert_true(nq_str_ends(passages[k].text, NQ_STR("。")));
            if (i == 2 && k + 1 < n)
                nq_buf_add(&whole, NQ_STR(" "));
        }
        assert_true(nq_str_eq(nq_buf_str(&whole), nq_str_trim(paragraph)));
        nq_buf_finish(&whole);
        nq_arena_destroy(arena);
    }
}

/* What stands above a passage in the text index. */
static void headings_stand_above(void **state)
{
    (void)state;
    static const struct {
        enum nq_kind kind;
        bool first;
        const char *heading, *above;
    } cases[] = {
        {NQ_KIND_REPORT, false, "标题", "标题"},
        {NQ_KIND_REPORT, false, "", "日报"},
        {NQ_KIND_REFERENCE, false, "参考文献", ""},
    };
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_buf out = {0};
        nq_passage_heading(&out, cases[i].kind, cases[i].first, NQ_STR("日报"),
                           nq_str_from(cases[i].heading));
        assert_str(nq_buf_str(&out), cases[i].above);
        nq_buf_finish(&out);
    }
    struct nq_buf out = {0};
    nq_passage_heading(&out, NQ_KIND_REPORT, true, NQ_STR("日报"), NQ_STR("标题"));
    assert_true(nq_str_find(nq_buf_str(&out), NQ_STR("标题"), 0) != SIZE_MAX);
    assert_true(nq_str_find(nq_buf_str(&out), NQ_STR("日报"), 0) != SIZE_MAX);
    nq_buf_finish(&out);
}

/* A headline above short news is a line, a sentence is none. */
static void lines_are_told_from_sentences(void **state)
{
    (void)state;
    assert_true(nq_passage_is_line(NQ_STR("云岭省启动算电协同试点")));
    assert_false(nq_passage_is_line(NQ_STR("云岭省启动算电协同试点。")));
    assert_false(nq_passage_is_line(NQ_STR("会议强调：")));
    assert_false(nq_passage_is_line(NQ_STR("")));
    assert_true(nq_passage_is_roundup(NQ_STR("要闻快讯")));
    assert_false(nq_passage_is_roundup(NQ_STR("算电协同")));
    assert_true(nq_passage_heading_is_ours(NQ_STR("参考文献")));
    assert_false(nq_passage_heading_is_ours(NQ_STR("文献")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_paragraphs_are_parted),
        cmocka_unit_test(headings_stand_above),
        cmocka_unit_test(lines_are_told_from_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
