/* The query language: query => what it means, or the column of its error. */
#include "base/buf.h"
#include "query/parse.h"
#include "query/widen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka wants these four first */
#include <cmocka.h>

/* "term" loose, =term exact, term* prefix, -term excluded, a|b either, field:term; filters in [].
 */
static void dump(const struct nq_query *q, struct nq_buf *out)
{
    static const char *const fields[] = {"", "title:", "source:", "doc:", "org:"};
    for (size_t c = 0; c < q->n_clauses; c++) {
        const struct nq_clause *clause = &q->clauses[c];
        nq_buf_addf(out, "%s%s", c ? " " : "", clause->negated ? "-" : "");
        for (size_t t = 0; t < clause->n_terms; t++) {
            const struct nq_term *term = &clause->terms[t];
            nq_buf_addf(out, "%s%s%s%.*s%s", t ? "|" : "", fields[term->field],
                        term->exact ? "=" : "", NQ_STR_ARG(term->text), term->prefix ? "*" : "");
        }
    }
    char day[11];
    if (q->filter.from != NQ_NO_DAY)
        nq_buf_addf(out, " [from %s]", nq_day_format(q->filter.from, day));
    if (q->filter.to != NQ_NO_DAY)
        nq_buf_addf(out, " [to %s]", nq_day_format(q->filter.to, day));
    if (q->filter.kinds != NQ_KIND_ALL)
        nq_buf_addf(out, " [kinds %u]", q->filter.kinds);
    for (size_t i = 0; i < q->filter.n_excluded; i++) {
        char to[11];
        nq_buf_addf(out, " [not %s..%s]", nq_day_format(q->filter.excluded[i].from, day),
                    nq_day_format(q->filter.excluded[i].to, to));
    }
}

static const struct {
    const char *query, *meaning; /* "!N": an error at column N */
} cases[] = {
    {"算电协同", "算电协同"},
    {"虚拟电厂 储能", "虚拟电厂 储能"},
    {"虚拟电厂　储能", "虚拟电厂 储能"},
    {"\"绿色算力券\"", "=绿色算力券"},
    {"“绿色算力券”", "=绿色算力券"},
    {"《低空飞行管理条例》", "=低空飞行管理条例"},
    {"“十四五”规划", "“十四五”规划"},
    {"推进《方案》落地", "推进《方案》落地"},
    /* What is glued to a quotation makes it running text; free ones are exact. */
    {"“十四五”规划 “数据要素”", "“十四五”规划 =数据要素"},
    {"\"十四五\"规划 \"数据要素\"", "\"十四五\"规划 =数据要素"},
    {"\"十四五\"规划", "\"十四五\"规划"},
    {"推进“十四五” 规划", "推进“十四五” 规划"},
    {"“十四五”", "=十四五"},
    {"(“十四五”)", "(“十四五”)"},
    {"“数据 要素”市场", "“数据 要素”市场"},
    {"“推进《低空条例》落地”", "=推进《低空条例》落地"},
    {"“他说“可以”了”", "=他说“可以”了"},
    {"《关于“数据要素×”的方案》", "=关于“数据要素×”的方案"},
    {"《条例》《办法》", "=条例 =办法"},
    {"“甲策”、“乙策”。", "=甲策 =乙策"},
    {"“甲策”、“乙策”和丙", "“甲策”、“乙策”和丙"},
    {"“甲策”|“乙策”", "=甲策|=乙策"},
    {"-“甲策”、“乙策” 丙", "-=甲策 -=乙策 丙"},
    {"「绿电」", "=绿电"},
    {"『绿电』直供", "『绿电』直供"},
    {"＂绿电＂", "=绿电"},
    {"“没合上 “数据”", "“没合上 =数据"},
    {"China’s grid", "China’s grid"},
    {"don't", "don't"},
    {"\u200b“绿电”", "=绿电"},
    {"绿电\u2003储能\u3000调峰\u00a0省间\u2009现货", "绿电 储能 调峰 省间 现货"},
    {"低空 || 航线", "低空|航线"},
    {"低空｜｜航线", "低空|航线"},
    {"绿电 储能 绿电 -储能 “绿电” 绿电", "绿电 储能 -储能 =绿电"},
    {"measur**", "measur*"},
    {"储能 -date:2026-06", "储能 [not 2026-06-01..2026-06-30]"},
    {"-date:..2025 -date:2026-03..", " [not ..2025-12-31] [not 2026-03-01..]"},
    {"储能 －kind：reference", "储能 [kinds 1]"},
    {"-source:晚报", "-source:晚报"},
    {"-储能 date:2026", "-储能 [from 2026-01-01] [to 2026-12-31]"},
    {"低空 OR 航线", "低空|航线"},
    {"低空|航线", "低空|航线"},
    {"低空 ｜ 航线 OR 无人机", "低空|航线|无人机"},
    {"算电协同 -储能", "算电协同 -储能"},
    {"算电协同 －储能", "算电协同 -储能"},
    {"算电协同 -\"压缩空气 储能\"", "算电协同 -=压缩空气 储能"},
    {"算电 - 协同", "算电 协同"},
    {"2026—2028 年", "2026—2028 年"},
    {"C#", "C#"},
    {"AI+", "AI+"},
    {"measur*", "measur*"},
    {"*", "!0"},
    {"title:以旧换新", "title:以旧换新"},
    {"title：“以旧换新”", "title:=以旧换新"},
    {"TITLE:x", "title:x"},
    {"source:调度中心 储能", "source:调度中心 储能"},
    {"doc:条例 org:发改委", "doc:条例 org:发改委"},
    {"kind:reference 储能", "储能 [kinds 2]"},
    {"储能 AND 绿电", "储能 绿电"},
    {"储能 AND -绿电 AND kind:reference", "储能 -绿电 [kinds 2]"},
    {"AND 储能 and AND", "AND 储能 and"},
    {"kind:参考文献 储能", "储能 [kinds 2]"},
    {"kind：報告 储能", "储能 [kinds 1]"},
    {"-kind:文献 储能", "储能 [kinds 1]"},
    {"kind:参考 储能", "!0"},
    {"date:2026-06", " [from 2026-06-01] [to 2026-06-30]"},
    {"储能 date:2026-02..2026-03", "储能 [from 2026-02-01] [to 2026-03-31]"},
    {"储能 date:2026-02..", "储能 [from 2026-02-01]"},
    {"储能 date：..２０２６", "储能 [to 2026-12-31]"},
    {"http://a.example/b", "http://a.example/b"},
    {"会议16:30开始", "会议16:30开始"},
    {"数据要素，低空经济。", "数据要素，低空经济。"},
    {"“没有合上", "“没有合上"},
    {"《没有合上", "《没有合上"},
    {"a\tb\nc", "a b c"},
    {"储能 。 电网", "储能 电网"},
    {"\"没有合上", "!0"},
    {"储能 \"没有合上", "!3"},
    {"\"\"", "!0"},
    {"\"，。\"", "!0"},
    {"绿电 “……”", "!3"},
    {"“”", "!0"},
    {"-kind:report -kind:reference", "!13"},
    {"-kind:all", "!0"},
    {"储能 -date:今天", "!3"},
    {"储能 \"　\"", "!3"},
    {"", "!0"},
    {"。，！", "!0"},
    {"-储能", "!0"},
    {"OR 储能", "!0"},
    {"储能 OR", "!3"},
    {"储能 | | 电网", "!5"},
    {"储能 OR -电网", "!6"},
    {"储能 OR date:2026", "!6"},
    {"储能 date:2026-13", "!3"},
    {"储能 date:明天", "!3"},
    {"储能 date:2026..2025", "!3"},
    {"储能 kind:报纸", "!3"},
    {"kind:report kind:reference", "!12"},
    {"title:", "!0"},
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_arena *arena = nq_arena_create();
        struct nq_query *query = NULL;
        struct nq_error err = {0};
        struct nq_buf out = {0};
        enum nq_status status = nq_query_parse(arena, nq_str_from(cases[i].query), &query, &err);
        if (status == NQ_OK)
            dump(query, &out);
        else
            nq_buf_addf(&out, "!%d", err.column);
        nq_buf_add_byte(&out, '\0');
        if (strcmp(out.ptr, cases[i].meaning) != 0)
            fail_msg("%s => %s, wanted %s", cases[i].query, out.ptr, cases[i].meaning);
        assert_true(status == NQ_OK || (status == NQ_ERR_USAGE && err.message[0]));
        nq_buf_finish(&out);
        nq_arena_destroy(arena);
    }
}

static void test_other_names(void **state)
{
    static const struct {
        const char *query, *wide; /* NULL: as it is */
    } names[] = {
        {"CPI", "CPI|居民消费价格指数|消费者价格指数"},
        {"ｃｐｉ 上涨", "ｃｐｉ|居民消费价格指数|消费者价格指数 上涨"},
        {"世卫组织报告", "世卫组织报告|世界卫生组织报告"},
        {"title:世卫组织", "title:世卫组织|title:世界卫生组织"},
        {"储能 OR 世卫组织", "储能|世卫组织|世界卫生组织"},
        {"\"CPI\"", NULL},
        {"《CPI》", NULL},
        {"储能 -CPI", NULL},
        {"CPI*", NULL},
        {"source:世卫组织", NULL},
        {"org:世卫组织", NULL},
        {"储能 电网", NULL},
        {"世卫组织：全球疫情", NULL}, /* a headline */
        {"世卫组织呼吁各国加强疫苗合作并共享数据", NULL},
        {"kind:report", NULL},
    };
    struct nq_segmenter *segmenter = NULL;
    (void)state;
    assert_int_equal(nq_segmenter_create(NULL, &segmenter, NULL), NQ_OK);
    for (size_t i = 0; i < NQ_COUNT(names); i++) {
        struct nq_arena *arena = nq_arena_create();
        struct nq_query *query = NULL, *wide = NULL;
        struct nq_buf out = {0};
        assert_int_equal(nq_query_parse(arena, nq_str_from(names[i].query), &query, NULL), NQ_OK);
        assert_true(nq_query_widen(arena, query, segmenter, &wide));
        if (wide)
            dump(wide, &out);
        nq_buf_add_byte(&out, '\0');
        if (strcmp(out.ptr, names[i].wide ? names[i].wide : "") != 0)
            fail_msg("%s => %s, wanted %s", names[i].query, out.ptr, names[i].wide);
        nq_buf_finish(&out);
        nq_arena_destroy(arena);
    }
    nq_segmenter_destroy(segmenter);
}

static void test_long(void **state)
{
    (void)state;
    struct nq_buf text = {0};
    struct nq_arena *arena = nq_arena_create();
    struct nq_query *query = NULL;
    for (int i = 0; i < 50000; i++)
        nq_buf_addf(&text, "算%d ", i);
    assert_int_equal(nq_query_parse(arena, nq_buf_str(&text), &query, NULL), NQ_OK);
    assert_int_equal(query->n_clauses, 50000);
    nq_arena_destroy(arena);
    nq_buf_finish(&text);
}

/* Marks that open and never close, or close far away, cost no more than other characters: 100,000
 * of them each.  A parser of quadratic time does not end within the test's time here. */
static void test_marks(void **state)
{
    (void)state;
    static const char *const pieces[] = {"“",     "“ ",   "《“",    "“a”\"", "\"a\"b ",
                                         "“ a”“", "\"\"", "“a”、 ", "「 ",   "“x ”y "};
    for (size_t i = 0; i < NQ_COUNT(pieces); i++) {
        struct nq_buf text = {0};
        struct nq_arena *arena = nq_arena_create();
        struct nq_query *query = NULL;
        while (text.len < 300000)
            nq_buf_add(&text, nq_str_from(pieces[i]));
        enum nq_status status = nq_query_parse(arena, nq_buf_str(&text), &query, NULL);
        assert_true(status == NQ_OK || status == NQ_ERR_USAGE);
        nq_arena_destroy(arena);
        nq_buf_finish(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases),
                                       cmocka_unit_test(test_other_names),
                                       cmocka_unit_test(test_long), cmocka_unit_test(test_marks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
