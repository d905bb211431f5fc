/* link/work and link/source: which references are to one work, and whom they name. */
#include <stdio.h>

#include "link/source.h"
#include "link/work.h"

#include "unit.h"

static const char *path;

/* Pairs: one work by the table, found to be so, both, and judged otherwise than the table says. */
struct counts {
    size_t wanted, found, right, failed;
};

/* "source | title | 2026-06" as a reference. */
static struct nq_reference reference(struct nq_str line)
{
    struct nq_str source = {0}, title = {0}, date = {0};
    struct nq_reference out = {.day = NQ_NO_DAY, .day_end = NQ_NO_DAY};
    nq_str_split(&line, '|', &source);
    nq_str_split(&line, '|', &title);
    nq_str_split(&line, '|', &date);
    out.source = nq_str_trim(source);
    out.title = nq_str_trim(title);
    nq_day_parse(nq_str_trim(date), &out.day, &out.day_end);
    return out;
}

static bool same(struct nq_str a, struct nq_str b)
{
    struct nq_work_reader reader = {0};
    struct nq_work x, y;
    struct nq_reference first = reference(a), second = reference(b);
    struct nq_arena *arena = nq_arena_create();
    assert_true(nq_work_read(&reader, arena, &first, &x));
    assert_true(nq_work_read(&reader, arena, &second, &y));
    bool one = nq_works_same(&x, &y);
    assert_int_equal(one, nq_works_same(&y, &x));
    assert_true(nq_works_same(&x, &x));
    nq_arena_destroy(arena);
    nq_work_reader_finish(&reader);
    return one;
}

/* Judges a line of the table. */
static void judge(struct nq_str line, size_t number, struct counts *counts)
{
    bool known = nq_str_starts(line, NQ_STR("!"));
    size_t one = nq_str_find(line, NQ_STR(" == "), 0), two = nq_str_find(line, NQ_STR(" <> "), 0);
    size_t at = one < two ? one : two;
    if (line.len == 0 || nq_str_starts(line, NQ_STR("#")))
        return;
    assert_true(at != SIZE_MAX);
    bool found = same(nq_str_sub(line, known, at), nq_str_sub(line, at + 4, line.len));
    counts->wanted += one < two;
    counts->found += found;
    counts->right += found && one < two;
    counts->failed += (found == (one < two)) == known;
    if ((found == (one < two)) == known)
        print_error("line %zu: %.*s\n", number, NQ_STR_ARG(line));
}

static void test_pairs(void **state)
{
    struct counts counts = {0};
    static char text[1 << 16];
    FILE *file = fopen(path, "rb");
    (void)state;
    assert_non_null(file);
    struct nq_str rest = {text, fread(text, 1, sizeof text, file)}, line;
    fclose(file);
    for (size_t number = 1; nq_str_line(&rest, &line); number++)
        judge(line, number, &counts);
    print_message("one work: %zu, found %zu, of these right %zu\n", counts.wanted, counts.found,
                  counts.right);
    assert_int_equal(counts.failed, 0);
}

static void test_sources(void **state)
{
    static const struct {
        const char *source, *names[3];
    } cases[] = {
        {"国家能源局", {"国家能源局"}},
        {"国家能源局电力司相关报道", {"国家能源局"}},
        {"工信部科技司", {"工信部"}},
        {"国务院办公厅", {"国务院办公厅"}},
        {"中国人民银行上海总部", {"中国人民银行上海总部"}},
        {"国家数据局官网", {"国家数据局"}},
        {"国家数据局（官网）", {"国家数据局"}},
        {"国家数据局微信公众号", {"国家数据局"}},
        {"滨江发布微信公众号", {"滨江发布"}},
        {"江海晚报客户端", {"江海晚报"}},
        {"江海晚报APP", {"江海晚报"}},
        {"搜狐转载", {"搜狐"}},
        {"大众网/搜狐转载", {"大众网", "搜狐"}},
        {"青屏日报转载自新华社", {"青屏日报", "新华社"}},
        {"Reuters via Yahoo Finance", {"Reuters", "Yahoo Finance"}},
        {"人民网江苏", {"人民网"}},
        {"人民网-江苏频道", {"人民网"}},
        {"江苏人民网", {"人民网"}},
        {"央视新闻客户端", {"央视新闻"}},
        {"新华社/相关行业报道", {"新华社"}},
        {"21世纪经济报道", {"21世纪经济报道"}},
        {"湖北日报", {"湖北日报"}},
        {"转载", {0}},
        {" / 、", {0}},
        {"", {0}},
    };
    (void)state;
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_str name;
        size_t at = 0, n = 0;
        while (nq_source_next(nq_str_from(cases[i].source), &at, &name)) {
            assert_true(n < 3 && cases[i].names[n]);
            assert_str(name, cases[i].names[n++]);
        }
        assert_true(n == 3 || !cases[i].names[n]);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pairs),
                                       cmocka_unit_test(test_sources)};
    path = argc > 1 ? argv[1] : "";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
