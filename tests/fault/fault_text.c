/* base/ and text/ with each allocation failing in turn. */
#include "base/buf.h"
#include "base/map.h"
#include "fault.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "unit.h"

static bool grow_buffer(void *user)
{
    (void)user;
    struct nq_buf buf = {0};
    for (int i = 0; i < 100; i++)
        nq_buf_addf(&buf, "%d,", i);
    bool ok = !buf.failed;
    /* What was there before the failure is whole. */
    assert_true(buf.len == 0 || nq_str_starts(nq_buf_str(&buf), NQ_STR("0,1,2,3,4,5,6,7,8,9,")));
    assert_true(!ok || buf.len == 10 * 2 + 90 * 3);
    nq_buf_finish(&buf);
    return ok;
}

static bool fill_arena(void *user)
{
    (void)user;
    struct nq_arena *arena = nq_arena_create();
    if (!arena)
        return false;
    int *items = NULL;
    size_t n = 0;
    for (; n < 5000; n++) {
        int *grown = nq_arena_grow(arena, items, n, sizeof *items);
        if (!grown)
            break;
        items = grown;
        items[n] = (int)n;
    }
    for (size_t i = 0; i < n; i++)
        assert_int_equal(items[i], i);
    struct nq_str copy = nq_arena_str(arena, NQ_STR("算电协同"));
    assert_true(!copy.ptr || nq_str_eq(copy, NQ_STR("算电协同")));
    bool ok = !nq_arena_failed(arena);
    assert_true(!ok || (copy.ptr && n == 5000));
    nq_arena_destroy(arena);
    return ok;
}

static bool fill_map(void *user)
{
    (void)user;
    struct nq_map map = {0};
    char key[2] = {0};
    int n = 0;
    for (; n < 2000; n++) {
        key[0] = (char)(n / 100 + 1);
        key[1] = (char)(n % 100 + 1);
        struct nq_map_entry *entry = nq_map_put(&map, (struct nq_str){key, 2});
        if (!entry)
            break;
        entry->value = n;
    }
    for (int i = 0; i < n; i++) {
        key[0] = (char)(i / 100 + 1);
        key[1] = (char)(i % 100 + 1);
        const struct nq_map_entry *entry = nq_map_find(&map, (struct nq_str){key, 2});
        assert_non_null(entry);
        assert_int_equal(entry->value, i);
    }
    nq_map_finish(&map);
    return n == 2000;
}

static bool clean_text(void *user)
{
    (void)user;
    struct nq_arena *arena = nq_arena_create();
    if (!arena)
        return false;
    size_t repaired;
    struct nq_str clean = nq_utf8_clean(
        arena, NQ_STR("e\u0301 \xff\r\n算电协同，算电协同，算电协同，算电协同"), &repaired);
    bool ok = clean.ptr != NULL;
    if (ok)
        assert_str(clean, "\u00e9 \ufffd\n算电协同，算电协同，算电协同，算电协同");
    nq_arena_destroy(arena);
    return ok;
}

/* A fold that failed leaves a struct that folds the next text. */
static bool fold_text(void *user)
{
    (void)user;
    struct nq_folded folded = {0};
    bool first = nq_fold_text(NQ_STR("ＡＩ數據㎡①"), &folded);
    assert_true(!first || folded.n == 7);
    bool second = nq_fold_text(NQ_STR("\ufdfa\ufdfa\ufdfa\ufdfa"), &folded);
    assert_true(!second || folded.n > 40);
    nq_folded_finish(&folded);
    return first && second;
}

static void each_fails(void **state)
{
    (void)state;
    static fault_scenario *const scenarios[] = {grow_buffer, fill_arena, fill_map, clean_text,
                                                fold_text};
    for (size_t i = 0; i < NQ_COUNT(scenarios); i++) {
        size_t n = fault_each(scenarios[i], NULL, SIZE_MAX);
        print_message("scenario %zu: %zu allocations\n", i, n);
        assert_true(n > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_fails)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
