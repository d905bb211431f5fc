/* text/utf8: every boundary of well-formed UTF-8, repair, NFC. */
#include "text/utf8.h"

#include "unit.h"

/* The first character of `bytes` and how many bytes it takes; `cp` 0 where it is ill-formed. */
struct decoding {
    const char *bytes;
    uint32_t cp;
    size_t len;
};

static const struct decoding well_formed[] = {
    {"\x01", 0x01, 1},
    {"\x7f", 0x7F, 1},
    {"\xc2\x80", 0x80, 2},
    {"\xdf\xbf", 0x7FF, 2},
    {"\xe0\xa0\x80", 0x800, 3},
    {"\xec\xbf\xbf", 0xCFFF, 3},
    {"\xed\x80\x80", 0xD000, 3},
    {"\xed\x9f\xbf", 0xD7FF, 3},
    {"\xee\x80\x80", 0xE000, 3},
    {"\xef\xbf\xbf", 0xFFFF, 3},
    {"\xf0\x90\x80\x80", 0x10000, 4},
    {"\xf3\xbf\xbf\xbf", 0xFFFFF, 4},
    {"\xf4\x80\x80\x80", 0x100000, 4},
    {"\xf4\x8f\xbf\xbf", 0x10FFFF, 4},
};

/* `len` is that of the maximal ill-formed part. */
static const struct decoding ill_formed[] = {
    {"\x80", 0, 1}, /* a continuation alone */
    {"\xbf\x80", 0, 1},
    {"\xc0\x80", 0, 1}, /* overlong forms */
    {"\xc0\xaf", 0, 1},
    {"\xc1\xbf", 0, 1},
    {"\xe0\x80\x80", 0, 1},
    {"\xe0\x9f\xbf", 0, 1},
    {"\xf0\x80\x80\x80", 0, 1},
    {"\xf0\x8f\xbf\xbf", 0, 1},
    {"\xed\xa0\x80", 0, 1}, /* surrogates */
    {"\xed\xaf\xbf", 0, 1},
    {"\xed\xb0\x80", 0, 1},
    {"\xed\xbf\xbf", 0, 1},
    {"\xf4\x90\x80\x80", 0, 1}, /* above U+10FFFF */
    {"\xf5\x80\x80\x80", 0, 1},
    {"\xf8\x88\x80\x80\x80", 0, 1},
    {"\xfe", 0, 1},
    {"\xff", 0, 1},
    {"\xc2", 0, 1}, /* cut off */
    {"\xc2\x41", 0, 1},
    {"\xe7\xae", 0, 2},
    {"\xe7\xae\x41", 0, 2},
    {"\xe7\x41\x41", 0, 1},
    {"\xf0\x90\x80", 0, 3},
    {"\xf0\x90\x80\x41", 0, 3},
    {"\xf0\x90\xc2\x80", 0, 2},
};

static void decodes(void **state)
{
    (void)state;
    for (size_t i = 0; i < NQ_COUNT(well_formed); i++) {
        const struct decoding *d = &well_formed[i];
        struct nq_str s = nq_str_from(d->bytes);
        uint32_t cp;
        bool valid = true;
        assert_int_equal(nq_utf8_decode(s, &cp, &valid), d->len);
        assert_true(valid);
        assert_int_equal(cp, d->cp);
        assert_int_equal(nq_utf8_check(s), s.len);
    }
}

static void rejects(void **state)
{
    (void)state;
    for (size_t i = 0; i < NQ_COUNT(ill_formed); i++) {
        const struct decoding *d = &ill_formed[i];
        struct nq_str s = nq_str_from(d->bytes);
        uint32_t cp;
        bool valid = true;
        assert_int_equal(nq_utf8_decode(s, &cp, &valid), d->len);
        assert_false(valid);
        assert_int_equal(cp, NQ_REPLACEMENT_CHARACTER);
        assert_int_equal(nq_utf8_check(s), 0);
        assert_int_equal(nq_utf8_decode(s, &cp, NULL), d->len);
    }
}

/* Every scalar value comes back from its encoding; every surrogate is refused. */
static void round_trip(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        struct nq_buf buf = {0};
        uint32_t back;
        bool valid = true;
        nq_buf_add_cp(&buf, cp);
        size_t len = nq_utf8_decode(nq_buf_str(&buf), &back, &valid);
        bool surrogate = cp >= 0xD800 && cp < 0xE000;
        if (valid == surrogate || (valid && (back != cp || len != buf.len)))
            fail_msg("U+%04X", (unsigned)cp);
        nq_buf_finish(&buf);
    }
}

static void checks_and_counts(void **state)
{
    (void)state;
    assert_int_equal(nq_utf8_check(NQ_STR("")), 0);
    assert_int_equal(nq_utf8_check(NQ_STR("算\xff电")), 3);
    assert_int_equal(nq_utf8_check(NQ_STR("算电\xe5")), 6);
    assert_int_equal(nq_utf8_count(NQ_STR("")), 0);
    assert_int_equal(nq_utf8_count(NQ_STR("a算😀\0")), 4);
}

static void prefixes(void **state)
{
    (void)state;
    struct nq_str s = NQ_STR("a算😀");
    static const size_t want[] = {0, 1, 1, 1, 4, 4, 4, 4, 8, 8};
    for (size_t max = 0; max < NQ_COUNT(want); max++)
        assert_int_equal(nq_utf8_prefix(s, max).len, want[max]);
}

static void cleans(void **state)
{
    (void)state;
    static const struct {
        struct nq_str in;
        const char *out;
        size_t repaired;
    } cases[] = {
        {NQ_STR_INIT(""), "", 0},
        {NQ_STR_INIT("算电\t协同\n"), "算电\t协同\n", 0},
        {NQ_STR_INIT("\xef\xbb\xbf算"), "算", 0},
        {NQ_STR_INIT("a\r\nb\rc\r\r\n"), "a\nb\nc\n\n", 0},
        {NQ_STR_INIT("a\fb\vc\xc2\x85"), "a\nb\nc\n", 0},
        {NQ_STR_INIT("a\x01\x7f\xc2\x9f"
                     "b"),
         "ab", 0},
        {NQ_STR_INIT("a\0b"), "a\ufffdb", 1},
        {NQ_STR_INIT("\xff\xe7\xae\xed\xa0\x80"), "\ufffd\ufffd\ufffd\ufffd\ufffd", 5},
        {NQ_STR_INIT("e\u0301"), "\u00e9", 0},            /* composed */
        {NQ_STR_INIT("\u212b"), "\u00c5", 0},             /* a singleton */
        {NQ_STR_INIT("\u304b\u3099"), "\u304c", 0},       /* kana and its mark */
        {NQ_STR_INIT("\u1112\u1161\u11ab"), "\ud55c", 0}, /* Hangul */
        {NQ_STR_INIT("\uf900"), "\u8c48", 0},             /* a compatibility ideograph */
        {NQ_STR_INIT("\U0002f800"), "\u4e3d", 0},
        {NQ_STR_INIT("a\u0323\u0307"), "\u1ea1\u0307", 0}, /* marks in order */
        {NQ_STR_INIT("ＡＩ①㎡"), "ＡＩ①㎡", 0},            /* not NFKC: as printed */
        {NQ_STR_INIT("\x01"), "", 0},
    };
    struct nq_arena *arena = nq_arena_create();
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        size_t repaired = 99;
        struct nq_str out = nq_utf8_clean(arena, cases[i].in, &repaired);
        assert_non_null(out.ptr);
        assert_str(out, cases[i].out);
        assert_int_equal(repaired, cases[i].repaired);
        size_t again;
        assert_true(nq_str_eq(nq_utf8_clean(arena, out, &again), out));
        assert_int_equal(again, 0);
    }
    struct nq_str clean = NQ_STR("“十四五”规划，2026—2028 年");
    size_t repaired;
    assert_ptr_equal(nq_utf8_clean(arena, clean, &repaired).ptr, clean.ptr);
    nq_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes),    cmocka_unit_test(rejects),
        cmocka_unit_test(round_trip), cmocka_unit_test(checks_and_counts),
        cmocka_unit_test(prefixes),   cmocka_unit_test(cleans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
