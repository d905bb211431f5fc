/* base/: slices, buffers, arenas, maps, errors. */
#include <errno.h>
#include <stdalign.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "unit.h"

static void str_compares(void **state)
{
    (void)state;
    struct nq_str absent = {0};
    assert_true(nq_str_eq(NQ_STR(""), absent));
    assert_false(nq_str_eq(NQ_STR("ab"), NQ_STR("a")));
    assert_true(nq_str_eq(nq_str_sub(NQ_STR("算电协同"), 3, 6), NQ_STR("电")));
    assert_true(nq_str_starts(NQ_STR("abc"), NQ_STR("ab")));
    assert_true(nq_str_starts(NQ_STR("a"), NQ_STR("")));
    assert_false(nq_str_starts(NQ_STR("a"), NQ_STR("ab")));
    assert_true(nq_str_ends(NQ_STR("abc"), NQ_STR("bc")));
    assert_false(nq_str_ends(NQ_STR("c"), NQ_STR("bc")));
    assert_true(nq_str_cmp(NQ_STR("a"), NQ_STR("ab")) < 0);
    assert_true(nq_str_cmp(NQ_STR("b"), NQ_STR("ab")) > 0);
    assert_true(nq_str_cmp(NQ_STR("\x7f"), NQ_STR("\xc2\x80")) < 0);
    assert_int_equal(nq_str_cmp(absent, NQ_STR("")), 0);
    assert_null(nq_str_from(NULL).ptr);
}

static void str_finds(void **state)
{
    (void)state;
    struct nq_str s = NQ_STR("abcabc");
    assert_int_equal(nq_str_find(s, NQ_STR("bc"), 0), 1);
    assert_int_equal(nq_str_find(s, NQ_STR("bc"), 2), 4);
    assert_true(nq_str_find(s, NQ_STR("bc"), 5) == SIZE_MAX);
    assert_true(nq_str_find(s, NQ_STR("bc"), 7) == SIZE_MAX);
    assert_int_equal(nq_str_find(s, NQ_STR(""), 6), 6);
    assert_true(nq_str_find((struct nq_str){0}, NQ_STR("a"), 0) == SIZE_MAX);
    /* NULs are bytes as any others. */
    assert_int_equal(nq_str_find(NQ_STR("a\0b"), NQ_STR("\0b"), 0), 1);
}

static void str_trims(void **state)
{
    (void)state;
    assert_str(nq_str_trim(NQ_STR(" \t\r\n a b \v\f")), "a b");
    assert_str(nq_str_trim(NQ_STR("\u3000\u00a0\ufeff\u2003算 电\u202f\u3000")), "算 电");
    assert_str(nq_str_trim(NQ_STR(" \u3000 ")), "");
    assert_int_equal(nq_str_trim((struct nq_str){0}).len, 0);
    /* No space: continuation bytes alone, and characters that share their first bytes. */
    assert_str(nq_str_trim(NQ_STR("\x80\x80")), "\x80\x80");
    assert_str(nq_str_trim(NQ_STR("。")), "。");
    assert_str(nq_str_trim(NQ_STR("“a”")), "“a”");
}

static void str_lines(void **state)
{
    (void)state;
    static const char *const want[] = {"a", "", "b", "c", "d"};
    struct nq_str rest = NQ_STR("a\n\nb\r\nc\rd"), line;
    for (size_t i = 0; i < NQ_COUNT(want); i++) {
        assert_true(nq_str_line(&rest, &line));
        assert_str(line, want[i]);
    }
    assert_false(nq_str_line(&rest, &line));
    rest = NQ_STR("a\n"); /* a line end ends a line and begins none */
    assert_true(nq_str_line(&rest, &line));
    assert_false(nq_str_line(&rest, &line));
}

static void str_splits(void **state)
{
    (void)state;
    struct nq_str rest = NQ_STR("a\t\tb"), piece;
    assert_true(nq_str_split(&rest, '\t', &piece));
    assert_str(piece, "a");
    assert_true(nq_str_split(&rest, '\t', &piece));
    assert_str(piece, "");
    assert_true(nq_str_split(&rest, '\t', &piece));
    assert_str(piece, "b");
    assert_false(nq_str_split(&rest, '\t', &piece));
    rest = NQ_STR("");
    assert_true(nq_str_split(&rest, '\t', &piece));
    assert_false(nq_str_split(&rest, '\t', &piece));
}

static void buf_grows(void **state)
{
    (void)state;
    struct nq_buf buf = {0};
    nq_buf_add(&buf, (struct nq_str){0});
    assert_null(buf.ptr);
    for (int i = 0; i < 1000; i++)
        nq_buf_add_byte(&buf, 'x');
    nq_buf_addf(&buf, "%s-%d", "算", 7);
    assert_int_equal(buf.len, 1000 + 5);
    assert_str(nq_str_sub(nq_buf_str(&buf), 1000, buf.len), "算-7");
    nq_buf_finish(&buf);
    assert_null(buf.ptr);
    /* More than memory has: refused, sticky, and nothing lost. */
    nq_buf_add(&buf, NQ_STR("a"));
    assert_false(nq_buf_reserve(&buf, SIZE_MAX - 10));
    assert_true(buf.failed);
    nq_buf_add(&buf, NQ_STR("b"));
    assert_str(nq_buf_str(&buf), "a");
    nq_buf_finish(&buf);
    assert_false(buf.failed);
}

static void buf_encodes(void **state)
{
    (void)state;
    static const struct {
        uint32_t cp;
        const char *utf8;
    } cases[] = {{0x7F, "\x7f"},
                 {0x80, "\xc2\x80"},
                 {0x7FF, "\xdf\xbf"},
                 {0x800, "\xe0\xa0\x80"},
                 {0xFFFF, "\xef\xbf\xbf"},
                 {0x10000, "\xf0\x90\x80\x80"},
                 {0x10FFFF, "\xf4\x8f\xbf\xbf"}};
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_buf buf = {0};
        nq_buf_add_cp(&buf, cases[i].cp);
        assert_str(nq_buf_str(&buf), cases[i].utf8);
        nq_buf_finish(&buf);
    }
}

static void arena_allocates(void **state)
{
    (void)state;
    struct nq_arena *arena = nq_arena_create();
    for (size_t size = 0; size < 5000; size += 37) {
        char *p = nq_arena_alloc(arena, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xAA, size);
    }
    assert_non_null(nq_arena_alloc(arena, 3 << 20)); /* larger than the largest block */
    struct nq_str copy = nq_arena_str(arena, nq_str_sub(NQ_STR("算电"), 0, 3));
    assert_string_equal(copy.ptr, "算");
    assert_non_null(nq_arena_str(arena, NQ_STR("")).ptr);
    assert_null(nq_arena_str(arena, (struct nq_str){0}).ptr);
    assert_false(nq_arena_failed(arena));

    nq_arena_reset(arena);
    char *again = nq_arena_alloc(arena, 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(again[i], 0);

    assert_null(nq_arena_array(arena, SIZE_MAX / 2, 3));
    assert_true(nq_arena_failed(arena));
    assert_null(nq_arena_alloc(arena, SIZE_MAX));
    nq_arena_destroy(arena);
    nq_arena_destroy(NULL);
}

static void arena_grows_arrays(void **state)
{
    (void)state;
    struct nq_arena *arena = nq_arena_create();
    int *items = NULL;
    for (int n = 0; n < 1000; n++) {
        items = nq_arena_grow(arena, items, (size_t)n, sizeof *items);
        assert_non_null(items);
        items[n] = n;
    }
    for (int n = 0; n < 1000; n++)
        assert_int_equal(items[n], n);
    nq_arena_destroy(arena);
}

static void map_keeps_what_it_is_given(void **state)
{
    (void)state;
    struct nq_map map = {0};
    char key[20];
    assert_null(nq_map_find(&map, NQ_STR("a")));
    for (int i = 0; i < 5000; i++) {
        snprintf(key, sizeof key, "键%d", i);
        struct nq_map_entry *entry = nq_map_put(&map, nq_str_from(key));
        assert_int_equal(entry->value, 0);
        entry->value = i;
    }
    assert_int_equal(map.n, 5000);
    for (int i = 0; i < 5000; i++) {
        snprintf(key, sizeof key, "键%d", i);
        assert_int_equal(nq_map_find(&map, nq_str_from(key))->value, i);
        assert_int_equal(nq_map_put(&map, nq_str_from(key))->value, i);
    }
    assert_int_equal(map.n, 5000);
    assert_null(nq_map_find(&map, NQ_STR("键")));
    nq_map_put(&map, NQ_STR(""))->value = 3;
    assert_int_equal(nq_map_find(&map, NQ_STR(""))->value, 3);
    nq_map_finish(&map);
    assert_null(nq_map_find(&map, NQ_STR("")));
    nq_map_finish(&map);
}

static void error_keeps_the_first(void **state)
{
    (void)state;
    struct nq_error err = {0};
    assert_int_equal(nq_fail(&err, NQ_ERR_INPUT, "%s:%d", "a.jsonl", 3), NQ_ERR_INPUT);
    assert_int_equal(nq_fail(&err, NQ_ERR_IO, "second"), NQ_ERR_IO);
    assert_int_equal(err.status, NQ_ERR_INPUT);
    assert_string_equal(err.message, "a.jsonl:3");
    assert_int_equal(err.column, -1);
    assert_int_equal(nq_fail_nomem(NULL), NQ_ERR_NOMEM);
}

static void error_from_errno(void **state)
{
    (void)state;
    static const struct {
        int code;
        enum nq_status status;
    } cases[] = {{ENOENT, NQ_ERR_IO},   {EACCES, NQ_ERR_IO},  {ENOSPC, NQ_ERR_FULL},
                 {EDQUOT, NQ_ERR_FULL}, {EFBIG, NQ_ERR_FULL}, {ENOMEM, NQ_ERR_NOMEM},
                 {EAGAIN, NQ_ERR_BUSY}, {EBUSY, NQ_ERR_BUSY}};
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_error err = {0};
        errno = cases[i].code;
        assert_int_equal(nq_fail_errno(&err, "目录/a.txt"), cases[i].status);
        assert_true(nq_str_starts(nq_str_from(err.message), NQ_STR("目录/a.txt: ")));
    }
}

/* A message is never cut within a character. */
static void error_keeps_characters_whole(void **state)
{
    (void)state;
    static const char *const characters[] = {"é", "政", "𠀀"};
    for (size_t c = 0; c < NQ_COUNT(characters); c++)
        for (size_t before = 0; before < 5; before++) {
            struct nq_error err = {0};
            struct nq_buf path = {0};
            size_t n = strlen(characters[c]);
            for (size_t i = 0; i < before; i++)
                nq_buf_add_byte(&path, 'a');
            while (path.len < 1000)
                nq_buf_add(&path, nq_str_from(characters[c]));
            nq_buf_add_byte(&path, '\0');
            nq_fail(&err, NQ_ERR_IO, "%s: gone", path.ptr);
            size_t len = strlen(err.message);
            assert_true(len > sizeof err.message - 1 - n && len < sizeof err.message);
            assert_int_equal((len - before) % n, 0);
            nq_buf_finish(&path);
        }
}

/* A message longer than its place is cut, and stays a string. */
static void error_is_bounded(void **state)
{
    (void)state;
    struct nq_error err = {0};
    char path[2000];
    memset(path, 'a', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    nq_fail(&err, NQ_ERR_IO, "%s: gone", path);
    assert_int_equal(strlen(err.message), sizeof err.message - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(str_compares),
        cmocka_unit_test(str_finds),
        cmocka_unit_test(str_trims),
        cmocka_unit_test(str_lines),
        cmocka_unit_test(str_splits),
        cmocka_unit_test(buf_grows),
        cmocka_unit_test(buf_encodes),
        cmocka_unit_test(arena_allocates),
        cmocka_unit_test(arena_grows_arrays),
        cmocka_unit_test(map_keeps_what_it_is_given),
        cmocka_unit_test(error_keeps_the_first),
        cmocka_unit_test(error_from_errno),
        cmocka_unit_test(error_keeps_characters_whole),
        cmocka_unit_test(error_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
