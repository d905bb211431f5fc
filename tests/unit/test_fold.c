/* text/fold: what counts as the same character, of which class, and the map back to the print. */
#include "text/fold.h"

#include "text/utf8.h"
#include "unit.h"

/* The folded text as UTF-8, in `buf`. */
static struct nq_str folded(struct nq_str text, struct nq_buf *buf)
{
    struct nq_folded f = {0};
    assert_true(nq_fold_text(text, &f));
    buf->len = 0;
    for (size_t i = 0; i < f.n; i++)
        nq_buf_add_cp(buf, f.cp[i]);
    nq_folded_finish(&f);
    return nq_buf_str(buf);
}

static void folds(void **state)
{
    (void)state;
    static const struct {
        const char *printed, *folded;
    } cases[] = {
        {"", ""},
        {"算电协同", "算电协同"},
        {"ＡＩ", "ai"}, /* width and case */
        {"AI＋", "ai+"},
        {"８．５３ＺＢ", "8.53zb"},
        {"１．６％", "1.6%"},
        {"數據要素", "数据要素"}, /* Traditional */
        {"臺灣后來", "台湾后来"},
        {"敍事衞生", "叙事卫生"}, /* variant forms */
        {"囯產檯枱", "国产台台"},
        {"着著", "着著"}, /* two characters of Simplified text stay two */
        {"㎡", "m2"},     /* compatibility forms */
        {"①", "1"},
        {"⑿", "(12)"},
        {"㈱", "(株)"},
        {"ﬁ", "fi"},
        {"½", "1⁄2"},
        {"Ⅳ", "iv"},
        {"豈", "岂"}, /* a compatibility ideograph, and Traditional */
        {"é", "e"},   /* diacritics, composed or not */
        {"e\u0301", "e"},
        {"Ångström", "angstrom"},
        {"ß", "ss"},
        {"İ", "i"},
        {"Σς", "σσ"},
        {"Ж", "ж"},
        {"ё", "е"},
        {"—", "-"}, /* dashes, tildes, the minus sign */
        {"2026—2028", "2026-2028"},
        {"2026～2028", "2026-2028"},
        {"−1", "-1"},
        {"10⁻³", "10-3"},
        {"a\u00adb\u200bc", "abc"}, /* soft hyphens, zero-width spaces */
        {"算\u3000电", "算 电"},
        {"《数据法》", "《数据法》"},
    };
    struct nq_buf buf = {0};
    for (size_t i = 0; i < NQ_COUNT(cases); i++)
        assert_str(folded(nq_str_from(cases[i].printed), &buf), cases[i].folded);
    nq_buf_finish(&buf);
}

static void classes(void **state)
{
    (void)state;
    static const struct {
        enum nq_class cls;
        const char *members;
    } cases[] = {
        {NQ_CLASS_HAN, "算〇々かカ한𠀀㐀ก"},
        {NQ_CLASS_LETTER, "aZéßЖΣ"},
        {NQ_CLASS_DIGIT, "0９"},
        {NQ_CLASS_SYMBOL, "+-#%&×/→＋—～=@"},
        {NQ_CLASS_BRACKET, "《》〈〉“”‘’()（）[]【】「」『』\"'·•*_〔〕"},
        {NQ_CLASS_BREAK, "，。；：！？、,.;:!?…．"},
        {NQ_CLASS_SPACE, " \t\n\u3000\u00a0\u2003"},
        {NQ_CLASS_IGNORE, "\u200b\u00ad\u0301\x01\u200d"},
    };
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_str rest = nq_str_from(cases[i].members);
        while (rest.len) {
            uint32_t cp;
            rest = nq_str_sub(rest, nq_utf8_decode(rest, &cp, NULL), rest.len);
            if (nq_class_of(cp) != cases[i].cls)
                fail_msg("U+%04X is of class %d, not %d", (unsigned)cp, (int)nq_class_of(cp),
                         (int)cases[i].cls);
        }
    }
}

/* All code points: folding is bounded, its results are characters, and it changes nothing twice. */
static void idempotent(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        uint32_t once[NQ_FOLD_MAX], twice[NQ_FOLD_MAX];
        size_t n = nq_fold(cp, once);
        assert_in_range(n, 1, NQ_FOLD_MAX);
        for (size_t i = 0; i < n; i++) {
            if (once[i] >= 0x110000 || nq_fold(once[i], twice) != 1 || twice[0] != once[i])
                fail_msg("U+%04X folds to U+%04X, which folds again", (unsigned)cp,
                         (unsigned)once[i]);
        }
    }
}

static void maps_to_the_print(void **state)
{
    (void)state;
    static const struct {
        uint32_t cp, start, end;
    } want[] = {
        {'a', 0, 3},   {0x6570, 3, 6},   {'m', 6, 9},      {'2', 6, 9},
        {'e', 10, 11}, {0x3002, 13, 16}, {0xFFFD, 16, 17}, {'x', 17, 18},
    };
    struct nq_folded f = {0};
    /* A zero-width character would stand at 9 were it one byte; NUL does. */
    assert_true(nq_fold_text(NQ_STR("Ａ數㎡\0e\u0301。\xffx"), &f));
    assert_int_equal(f.n, NQ_COUNT(want));
    for (size_t i = 0; i < f.n; i++) {
        assert_int_equal(f.cp[i], want[i].cp);
        assert_int_equal(f.start[i], want[i].start);
        assert_int_equal(f.end[i], want[i].end);
    }
    assert_int_equal(f.cls[5], NQ_CLASS_BREAK);
    /* Its memory serves the next text. */
    assert_true(nq_fold_text(NQ_STR("电"), &f));
    assert_int_equal(f.n, 1);
    assert_int_equal(f.end[0], 3);
    nq_folded_finish(&f);
}

/* The longest expansion many times over, after and before plain text. */
static void expands(void **state)
{
    (void)state;
    struct nq_buf text = {0};
    for (int i = 0; i < 300; i++)
        nq_buf_add(&text, NQ_STR("\ufdfa算"));
    struct nq_folded f = {0};
    assert_true(nq_fold_text(nq_buf_str(&text), &f));
    assert_true(f.n > 300 * 10);
    for (size_t i = 1; i < f.n; i++)
        assert_true(f.start[i] == f.start[i - 1] || f.start[i] == f.end[i - 1]);
    assert_int_equal(f.end[f.n - 1], text.len);
    nq_folded_finish(&f);
    nq_buf_finish(&text);
}

/* A buffer that is used again grows to the longest text, not with each character that expands. */
static void memory_is_bounded(void **state)
{
    (void)state;
    enum { TIMES = 2000 };
    static const struct nq_str square = NQ_STR_INIT("一平方米…㎡");
    struct nq_buf text = {0};
    struct nq_folded f = {0};
    for (int i = 0; i < TIMES; i++)
        nq_buf_add(&text, square);
    assert_true(nq_fold_text(nq_buf_str(&text), &f));
    size_t n = f.n, cap = f.cap;
    assert_true(cap <= 2 * (text.len + 1));
    for (int i = 0; i < 20; i++)
        assert_true(nq_fold_text(nq_buf_str(&text), &f));
    assert_int_equal(f.n, n);
    assert_int_equal(f.cap, cap);
    nq_folded_finish(&f);
    nq_buf_finish(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds),      cmocka_unit_test(classes),
        cmocka_unit_test(idempotent), cmocka_unit_test(maps_to_the_print),
        cmocka_unit_test(expands),    cmocka_unit_test(memory_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
