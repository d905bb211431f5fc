/* text/tokens: what the text index is given of a text. */
#include "text/tokens.h"

#include <libstemmer.h>

#include "unit.h"

/* Tokens in order: $ for SEP, ^ for ACROSS, ~ for STEM; those at the position of the one before
 * behind a +. */
static void dump(const struct nq_tokens *tokens, struct nq_buf *out)
{
    for (size_t i = 0; i < tokens->n; i++) {
        struct nq_str text = tokens->items[i].text;
        nq_buf_add(out, i > 0 ? NQ_STR(" ") : NQ_STR(""));
        nq_buf_add(out, tokens->items[i].colocated ? NQ_STR("+") : NQ_STR(""));
        for (size_t k = 0; k < text.len; k++)
            nq_buf_add_byte(out, text.ptr[k] == NQ_TOKEN_SEP      ? '$'
                                 : text.ptr[k] == NQ_TOKEN_ACROSS ? '^'
                                 : text.ptr[k] == NQ_TOKEN_STEM   ? '~'
                                                                  : text.ptr[k]);
    }
    nq_buf_add_byte(out, '\0');
}

static const struct {
    const char *text, *tokens;
} cases[] = {
    {"", ""},
    {" 　\n", ""},
    {"。", ""},
    {"电", "电"},
    {"算电协同", "算电 电协 协同 同"},
    {"算 电\n协　同", "算电 电协 协同 同"}, /* spaces never matter */
    {"數據", "数据 据"},                    /* folded */
    /* Clauses: nothing runs across their end. */
    {"数据，要素", "数据 据 要素 素"},
    {"数据。", "数据 据"},
    {"数据——要素", "数据 据 要素 素"},
    {"数据-要素", "数据 据- -要 要素 素"},
    /* Brackets: a token of its own kind leads across. */
    {"“十四五”规划", "十四 四五 五 +五^规 规划 划"},
    {"推进《方案》落地", "推进 进 +进^方 方案 案 +案^落 落地 地"},
    {"方案（试行）。", "方案 案 +案^试 试行 行"},
    {"甲”，“乙", "甲 乙"},
    /* Letters and digits are one atom, with their stem. */
    {"用AI管“数据”。", "用ai ai$管 管 +管^数 数据 据"},
    {"5G A股", "5g$a a$股 股"},
    {"AI+", "ai$+ +"},
    {"policies", "policies$ +~polici"},
    {"energy-saving cities", "energy$- +~energi -saving saving$cities +~save cities$ +~citi"},
    {"AI", "ai$"}, /* too short for one */
    {"G20s", "g20s$"},
    /* Numbers stay whole, and lose what parts their thousands. */
    {"8.53", "8.53$"},
    {"1,300亿", "1300$亿 亿"},
    {"1,30", "1$ 30$"},
    {"1,3000", "1$ 3000$"},
    {"12，300", "12$ 300$"}, /* a full-width comma parts them */
    {"８．５３", "8.53$"},
    {"2026.", "2026$"},
    {"3.a", "3$ a$"},
    {"⒈5", "1$ 5$"}, /* the point of a numbered item */
    {"1.6%", "1.6$% %"},
    {"2026年6月", "2026$年 年6 6$月 月"},
};

static void tokens_of_texts(void **state)
{
    (void)state;
    struct sb_stemmer *stemmer = sb_stemmer_new("english", "UTF_8");
    struct nq_tokens tokens = {0};
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_buf out = {0};
        assert_true(nq_tokens_build(nq_str_from(cases[i].text), stemmer, &tokens));
        dump(&tokens, &out);
        assert_string_equal(out.ptr, cases[i].tokens);
        nq_buf_finish(&out);
    }
    nq_tokens_finish(&tokens);
    sb_stemmer_delete(stemmer);
}

/* Each atom knows its bytes of the print. */
static void atoms_lead_back_to_the_print(void **state)
{
    (void)state;
    static const uint32_t ranges[][2] = {{0, 3}, {3, 6}, {9, 15}};
    struct nq_folded folded = {0};
    struct nq_atoms atoms = {0};
    assert_true(nq_fold_text(NQ_STR("推進“ＡＩ”"), &folded) && nq_atoms_build(&folded, &atoms));
    assert_int_equal(atoms.n, NQ_COUNT(ranges));
    for (size_t i = 0; i < atoms.n; i++) {
        assert_int_equal(atoms.items[i].start, ranges[i][0]);
        assert_int_equal(atoms.items[i].end, ranges[i][1]);
    }
    nq_atoms_finish(&atoms);
    nq_folded_finish(&folded);
}

/* A run of letters without an end is several atoms. */
static void long_runs_are_parted(void **state)
{
    (void)state;
    char text[1000];
    memset(text, 'x', sizeof text);
    struct nq_folded folded = {0};
    struct nq_atoms atoms = {0};
    assert_true(nq_fold_text((struct nq_str){text, sizeof text}, &folded) &&
                nq_atoms_build(&folded, &atoms));
    size_t sum = 0;
    for (size_t i = 0; i < atoms.n; i++) {
        assert_true(atoms.items[i].len > 0 && atoms.items[i].len <= NQ_ATOM_BYTES);
        sum += atoms.items[i].len;
    }
    assert_int_equal(sum, sizeof text);
    nq_atoms_finish(&atoms);
    nq_folded_finish(&folded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_of_texts),
        cmocka_unit_test(atoms_lead_back_to_the_print),
        cmocka_unit_test(long_runs_are_parted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
