/* query/expand, query/pattern: what of a query is looked for, and the second step of ranking. */
#include "query/pattern.h"

#include <math.h>

#include "base/buf.h"
#include "query/expand.h"
#include "query/parse.h"
#include "unit.h"
#include "with_segmenter.h"

/* The texts of units: "人工智能 产业". */
static void dump(const struct nq_pattern *p, const struct nq_units *units, struct nq_buf *out)
{
    for (size_t u = 0; u < units->n; u++) {
        nq_buf_add(out, u > 0 ? NQ_STR(" ") : NQ_STR(""));
        for (uint32_t i = 0; i < units->items[u].n; i++) {
            struct nq_str atom = p->atoms[p->sequence[units->items[u].first + i]];
            if (nq_str_ends(atom, NQ_STR("\x01")))
                atom.len--;
            nq_buf_add(out, atom);
        }
        nq_buf_add(out, units->items[u].exact ? NQ_STR("!") : NQ_STR(""));
    }
}

/* A query => words / bigrams, and a ? where it is a question. */
static const struct {
    const char *query, *pattern;
} cases[] = {
    {"人工智能产业", "人工智能 产业 / 人工 工智 智能 能产 产业"},
    {"“人工智能”", "人工智能 / 人工! 工智! 智能!"},
    {"数据，要素", "数据 要素 / 数据 要素"},
    {"AI 产业", "ai 产业 / 产业"},
    {"电", "电 / "},
    {"产业 产业 -数据 source:新华社", "产业 / 产业"},
    /* What only asks is not looked for, but where there is nothing else, and where it is quoted. */
    {"哪些城市试点", "城市 试点 / 城市 市试 试点 ?"},
    {"试点城市有哪些", "试点 城市 / 试点 点城 城市 市有 ?"},
    {"什么", "什么 / 什么 ?"},
    {"“什么”", "什么 / 什么!"},
};

static void queries_become_patterns(void **state)
{
    (void)state;
    struct nq_arena *arena = nq_arena_create();
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_query *query;
        struct nq_pattern p;
        struct nq_buf out = {0};
        assert_int_equal(nq_query_parse(arena, nq_str_from(cases[i].query), &query, NULL), NQ_OK);
        assert_true(nq_pattern_init(&p, arena) && nq_expand(query, segmenter, &p));
        dump(&p, &p.words, &out);
        nq_buf_add(&out, NQ_STR(" / "));
        dump(&p, &p.bigrams, &out);
        nq_buf_add(&out, p.question ? NQ_STR(" ?") : NQ_STR(""));
        nq_buf_add_byte(&out, '\0');
        assert_string_equal(out.ptr, cases[i].pattern);
        nq_buf_finish(&out);
        nq_pattern_finish(&p);
    }
    nq_arena_destroy(arena);
}

/* A pattern of the word and bigram 算电, whose atoms weigh 1 and 3, the word 2, the bigram 5. */
struct ranking {
    struct nq_arena *arena;
    struct nq_folded folded;
    struct nq_atoms atoms;
    struct nq_pattern pattern;
    struct nq_scan scan;
};

static void ranking_init(struct ranking *r)
{
    struct nq_pattern *p = &r->pattern;
    *r = (struct ranking){.arena = nq_arena_create()};
    assert_true(nq_fold_text(NQ_STR("算电"), &r->folded) && nq_atoms_build(&r->folded, &r->atoms));
    assert_true(nq_pattern_init(p, r->arena) &&
                nq_pattern_add(p, &p->words, &r->atoms, 0, 2, false) &&
                nq_pattern_add(p, &p->bigrams, &r->atoms, 0, 2, false));
    p->idf[0] = 1;
    p->idf[1] = 3;
    p->total = 4;
    p->words.items[0].idf = 2;
    p->bigrams.items[0].idf = 5;
}

static void ranking_finish(struct ranking *r)
{
    nq_scan_finish(&r->scan);
    nq_pattern_finish(&r->pattern);
    nq_atoms_finish(&r->atoms);
    nq_folded_finish(&r->folded);
    nq_arena_destroy(r->arena);
}

/* Scores `before`, then `gap` other characters, then `behind`. */
static struct nq_relevance score(struct ranking *r, const char *before, int gap, const char *behind)
{
    struct nq_buf text = {0};
    nq_buf_add(&text, nq_str_from(before));
    for (int i = 0; i < gap; i++)
        nq_buf_add(&text, NQ_STR("他"));
    nq_buf_add(&text, nq_str_from(behind));
    assert_true(nq_fold_text(nq_buf_str(&text), &r->folded) &&
                nq_atoms_build(&r->folded, &r->atoms) &&
                nq_scan_text(&r->scan, &r->pattern, &r->atoms));
    nq_buf_finish(&text);
    return nq_pattern_score(&r->pattern, &r->scan, 2);
}

static void assert_near(double value, double expected)
{
    if (fabs(value - expected) > 1e-9)
        fail_msg("%.12g is not %.12g", value, expected);
}

/* The formula of pattern.h, each of its parts. */
static void passages_are_scored(void **state)
{
    (void)state;
    struct ranking r;
    ranking_init(&r);
    const double once = 1 / (1 + 0.6);                          /* in a text of average length */
    const double in_ten = 1 / (1 + 0.6 * (0.4 + 0.6 * 10 / 2)); /* five times as long */
    struct nq_relevance v = score(&r, "算电", 0, "");
    assert_near(v.score, 2 * once + 0.5 * 5 * once + 4 + 4 + 4);
    assert_near(v.share, 1);
    assert_true(v.all_words);
    assert_near(score(&r, "算电", 8, "").score, (2 + 2.5) * in_ten + 12);
    /* Windows of 20 and 80 atoms, a lead of 60. */
    assert_near(score(&r, "算", 18, "电").score, 4 + 4 + 4);
    assert_near(score(&r, "算", 19, "电").score, 3 + 4 + 4);
    assert_near(score(&r, "算", 58, "电").score, 3 + 4 + 4);
    assert_near(score(&r, "算", 59, "电").score, 3 + 4 + 1);
    assert_near(score(&r, "算", 78, "电").score, 3 + 4 + 1);
    assert_near(score(&r, "算", 79, "电").score, 3 + 3 + 1);
    /* An atom counts once. */
    assert_near(score(&r, "电", 0, "电电").score, (3 + 3 + 3) * pow(0.75, 0.3));
    v = score(&r, "", 3, "电");
    assert_near(v.share, 0.75);
    assert_false(v.all_words);
    assert_near(score(&r, "", 3, "").score, 0);
    /* A question's bigrams weigh more, its lead less. */
    r.pattern.question = true;
    assert_near(score(&r, "算电", 0, "").score, 2 * once + 1.1 * 5 * once + 4 + 4 + 0.6 * 4);
    ranking_finish(&r);
}

/* Brackets are looked through but by exact units, the end of a clause by none. */
static void units_keep_to_their_clause(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool loose, exact;
    } texts[] = {{"算电", true, true},
                 {"算 电", true, true},
                 {"算”电", true, false},
                 {"算，电", false, false},
                 {"电算", false, false}};
    struct ranking r;
    ranking_init(&r);
    for (size_t i = 0; i < NQ_COUNT(texts); i++) {
        struct nq_unit unit = r.pattern.words.items[0];
        score(&r, texts[i].text, 0, "");
        assert_int_equal(nq_unit_at(&r.pattern, &unit, &r.scan, 0), texts[i].loose);
        unit.exact = true;
        assert_int_equal(nq_unit_at(&r.pattern, &unit, &r.scan, 0), texts[i].exact);
    }
    ranking_finish(&r);
}

static void rare_weighs_more(void **state)
{
    (void)state;
    assert_near(nq_idf(10, 100), log(1 + 90.5 / 10.5));
    assert_true(nq_idf(1, 100) > nq_idf(2, 100));
    assert_true(nq_idf(100, 100) > 0);
    assert_near(nq_idf(200, 100), nq_idf(100, 100));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queries_become_patterns),
        cmocka_unit_test(passages_are_scored),
        cmocka_unit_test(units_keep_to_their_clause),
        cmocka_unit_test(rare_weighs_more),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
