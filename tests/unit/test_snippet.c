/* query/snippet: which part of a passage is shown, and what of it is marked. */
#include "query/snippet.h"

#include <libstemmer.h>

#include "base/buf.h"
#include "query/expand.h"
#include "query/parse.h"
#include "unit.h"
#include "with_segmenter.h"

enum { MANY = 1000 };

/* Appends a snippet as "before [match] behind". */
static void dump(const struct nq_fragment *items, size_t n, struct nq_buf *out)
{
    for (size_t i = 0; i < n; i++) {
        nq_buf_add(out, items[i].match ? NQ_STR("[") : NQ_STR(""));
        nq_buf_add(out, items[i].text);
        nq_buf_add(out, items[i].match ? NQ_STR("]") : NQ_STR(""));
    }
    nq_buf_add_byte(out, '\0');
}

/* The snippet of `text` for a query; the caller finishes the buffer. */
static struct nq_buf snippet_of(const char *query_text, struct nq_str text, bool heading,
                                bool strict)
{
    struct nq_arena *arena = nq_arena_create();
    struct sb_stemmer *stemmer = sb_stemmer_new("english", "UTF_8");
    struct nq_query *query;
    struct nq_pattern pattern;
    struct nq_needles needles;
    struct nq_reading reading = {0};
    struct nq_scan scan = {0};
    struct nq_buf out = {0};
    const struct nq_fragment *items;
    size_t n;
    assert_int_equal(nq_query_parse(arena, nq_str_from(query_text), &query, NULL), NQ_OK);
    assert_true(nq_pattern_init(&pattern, arena) && nq_expand(query, segmenter, &pattern) &&
                nq_needles_init(&needles, arena, query, stemmer, false, MANY) &&
                nq_reading_build(&reading, text) && nq_scan_text(&scan, &pattern, &reading.atoms));
    const struct nq_view view = {.text = text,
                                 .reading = &reading,
                                 .scan = &scan,
                                 .pattern = &pattern,
                                 .needles = &needles,
                                 .heading = heading,
                                 .strict = strict};
    assert_true(nq_snippet(arena, &view, &items, &n));
    dump(items, n, &out);
    nq_scan_finish(&scan);
    nq_reading_finish(&reading);
    nq_needles_finish(&needles);
    nq_pattern_finish(&pattern);
    sb_stemmer_delete(stemmer);
    nq_arena_destroy(arena);
    return out;
}

static const struct {
    const char *query, *text, *marked;
} cases[] = {
    {"算电协同", "推进算电协同。", "推进[算电协同]。"},
    {"算电 绿电", "绿电与算电，绿电。", "[绿电]与[算电]，[绿电]。"},
    {"數據", "数据要素", "[数据]要素"}, /* as printed, not as typed */
    {"数据", "數據要素", "[數據]要素"},
    {"十四五规划", "“十四五”规划", "“[十四五]”[规划]"}, /* a bracket is no match */
    {"“十四五规划”", "“十四五”规划", "“[十四五]”[规划]"},
    {"\"绿电，新能源\"", "发展绿电，新能源。", "发展[绿电，新能源]。"}, /* but quoted it is */
    {"policy", "Policies matter", "[Policies] matter"},
    {"polic*", "Policies matter", "[Policies] matter"},
    /* Words by themselves where the term does not stand, bigrams where no word does. */
    {"人工智能产业", "产业与人工智能", "[产业]与[人工智能]"},
    {"算电协同", "协同推进", "[协同]推进"},
    {"数据 -要素", "数据要素", "[数据]要素"}, /* what is excluded is not marked */
    {"title:数据", "数据要素", "数据要素"},   /* what is asked of the heading alone */
    {"水", "推进", "推进"},
    {"水", "", ""},
};

static void what_is_marked(void **state)
{
    (void)state;
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_buf out = snippet_of(cases[i].query, nq_str_from(cases[i].text), false, false);
        assert_string_equal(out.ptr, cases[i].marked);
        nq_buf_finish(&out);
    }
}

/* Where the passage holds each term its parts are not marked by themselves. */
static void strict_marks_whole_terms(void **state)
{
    (void)state;
    struct nq_buf out = snippet_of("人工智能产业", NQ_STR("产业与人工智能"), false, true);
    assert_string_equal(out.ptr, "产业与人工智能");
    nq_buf_finish(&out);
}

/* `head`, `n` of seven characters between each two of the others, `middle`, `tail`. */
static struct nq_buf long_text(const char *head, size_t n, const char *filler, const char *middle,
                               const char *tail)
{
    struct nq_buf text = {0};
    nq_buf_add(&text, nq_str_from(head));
    for (size_t i = 0; i < n; i++)
        nq_buf_add(&text, nq_str_from(filler));
    nq_buf_add(&text, nq_str_from(middle));
    for (size_t i = 0; i < n; i++)
        nq_buf_add(&text, nq_str_from(filler));
    nq_buf_add(&text, nq_str_from(tail));
    return text;
}

static size_t atoms_of(const char *marked)
{
    size_t n = 0;
    for (; *marked; marked++)
        n += ((unsigned char)*marked & 0xC0) != 0x80;
    return n;
}

/* Of a long passage what is shown begins and ends with sentences, where there are any near. */
static void sentences_are_whole(void **state)
{
    (void)state;
    struct nq_buf text = long_text("开头。", 40, "甲乙丙丁戊。", "推进算电协同。", "结尾。");
    struct nq_buf out = snippet_of("算电协同", nq_buf_str(&text), false, false);
    assert_true(nq_str_starts(nq_str_from(out.ptr), NQ_STR("推进[算电协同]。甲乙丙丁戊。")));
    assert_true(nq_str_ends(nq_str_from(out.ptr), NQ_STR("丁戊。")));
    assert_null(strstr(out.ptr, "…"));
    assert_true(atoms_of(out.ptr) > NQ_SNIPPET_ATOMS / 2);
    nq_buf_finish(&out);
    nq_buf_finish(&text);
}

/* Where there are none it is cut, and says so; what matches stands a little behind its beginning.
 */
static void cuts_are_shown(void **state)
{
    (void)state;
    struct nq_buf text = long_text("", 40, "甲乙丙丁戊己庚", "算电协同", "");
    struct nq_buf out = snippet_of("算电协同", nq_buf_str(&text), false, false);
    struct nq_str shown = nq_str_from(out.ptr);
    size_t match = nq_str_find(shown, NQ_STR("[算电协同]"), 0);
    assert_true(nq_str_starts(shown, NQ_STR("…")) && nq_str_ends(shown, NQ_STR("…")));
    assert_int_equal(match, strlen("…") + 24 * strlen("甲"));
    assert_int_equal(atoms_of(out.ptr), NQ_SNIPPET_ATOMS + 4); /* …, [, ], … */
    nq_buf_finish(&out);
    out = snippet_of("算电协同", nq_buf_str(&text), true, false);
    assert_null(strstr(out.ptr, "…")); /* a heading is shown as a whole */
    assert_int_equal(atoms_of(out.ptr), 2 * 40 * 7 + 4 + 2);
    nq_buf_finish(&out);
    nq_buf_finish(&text);
}

/* Of two places the one with more of the query is shown. */
static void the_densest_part_is_shown(void **state)
{
    (void)state;
    struct nq_buf text = long_text("算电协同。", 40, "甲乙丙丁戊。", "绿电与算电协同。", "绿电。");
    struct nq_buf out = snippet_of("算电协同 绿电", nq_buf_str(&text), false, false);
    assert_true(nq_str_starts(nq_str_from(out.ptr), NQ_STR("[绿电]与[算电协同]。")));
    nq_buf_finish(&out);
    nq_buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_marked),
        cmocka_unit_test(strict_marks_whole_terms),
        cmocka_unit_test(sentences_are_whole),
        cmocka_unit_test(cuts_are_shown),
        cmocka_unit_test(the_densest_part_is_shown),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
