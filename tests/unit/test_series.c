/* Days on which a series should have appeared, and how alike texts are. */
#include "unit.h"

#include "api/alike.h"
#include "api/series.h"
#include "time/day.h"

enum { MOST = 4000 };

/* Days written as "2026-01-01..2026-03-31 -2026-02-03 135": a span, days left out, and weekdays (1
 * Monday to 7 Sunday) that it is limited to. */
static size_t read_days(const char *text, int32_t *days)
{
    struct nq_str rest = nq_str_from(text), word;
    int32_t first, last, out[50];
    size_t n = 0, n_out = 0;
    bool on[8] = {false, true, true, true, true, true, true, true};
    nq_str_split(&rest, ' ', &word);
    assert_true(nq_day_parse(nq_str_sub(word, 0, 10), &first, &last));
    assert_true(nq_day_parse(nq_str_sub(word, 12, 22), &last, &last));
    while (nq_str_split(&rest, ' ', &word)) {
        if (word.ptr[0] == '-') {
            assert_true(nq_day_parse(nq_str_sub(word, 1, word.len), &out[n_out], &out[n_out]));
            n_out++;
            continue;
        }
        memset(on, 0, sizeof on);
        for (size_t i = 0; i < word.len; i++)
            on[word.ptr[i] - '0'] = true;
    }
    for (int32_t day = first; day <= last; day++) {
        bool kept = on[(day + 3) % 7 + 1]; /* 1970-01-01 was a Thursday */
        for (size_t i = 0; i < n_out; i++)
            kept &= out[i] != day;
        if (kept)
            days[n++] = day;
    }
    return n;
}

static const struct {
    const char *days, *gaps;
    int rhythm;
} cases[] = {
    {"2026-01-01..2026-03-31", "", 7},
    {"2026-01-01..2026-03-31 -2026-02-03", "2026-02-03/1 ", 7},
    {"2026-01-01..2026-03-31 -2026-02-03 -2026-02-04 -2026-02-06", "2026-02-03/2 2026-02-06/1 ", 7},
    /* Weekends are not missing, also not from a gap that spans one. */
    {"2026-01-01..2026-03-31 12345", "", 5},
    {"2026-01-01..2026-03-31 12345 -2026-02-06 -2026-02-09", "2026-02-06/2 ", 5},
    /* The second and the last but one day. */
    {"2026-01-01..2026-03-31 -2026-01-02 -2026-03-30", "2026-01-02/1 2026-03-30/1 ", 7},
    /* Weekly, and three times a week. */
    {"2026-01-01..2026-06-30 3", "", 1},
    {"2026-01-01..2026-06-30 3 -2026-03-18", "2026-03-18/1 ", 1},
    {"2026-01-01..2026-06-30 135 -2026-03-18", "2026-03-18/1 ", 3},
    /* Too few to know. */
    {"2026-01-01..2026-01-08 -2026-01-04", "", 0},
};

static void write_gaps(const int32_t *days, size_t n, struct nq_buf *out)
{
    struct nq_arena *arena = nq_arena_create();
    struct nq_gap *gaps;
    size_t n_gaps;
    uint64_t n_days, sum = 0;
    char iso[11];
    assert_true(nq_series_gaps(days, n, arena, &gaps, &n_gaps, &n_days));
    for (size_t i = 0; i < n_gaps; i++) {
        nq_buf_addf(out, "%s/%d ", nq_day_format(gaps[i].first, iso), (int)gaps[i].days);
        sum += (uint64_t)gaps[i].days;
    }
    assert_int_equal(sum, n_days);
    nq_buf_add_byte(out, '\0');
    nq_arena_destroy(arena);
}

static void rhythms(void **state)
{
    (void)state;
    static int32_t days[MOST];
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_buf got = {0};
        size_t n = read_days(cases[i].days, days);
        int rhythm = nq_series_rhythm(days, n);
        if (rhythm != cases[i].rhythm)
            fail_msg("%s: rhythm %d", cases[i].days, rhythm);
        if (rhythm) {
            write_gaps(days, n, &got);
            if (strcmp(got.ptr, cases[i].gaps) != 0)
                fail_msg("%s\nexpected: %s\ngot: %s", cases[i].days, cases[i].gaps, got.ptr);
        }
        nq_buf_finish(&got);
    }
}

/* Daily until March, on workdays from then on; a year of pause; a date far off. */
static void changes(void **state)
{
    (void)state;
    static int32_t days[MOST];
    struct nq_buf got = {0};
    size_t n = read_days("2024-01-01..2024-03-31", days);
    n += read_days("2024-04-01..2024-06-30 12345", days + n);
    n += read_days("2025-11-01..2026-02-28", days + n);
    days[n++] = nq_day_of(2062, 6, 17);
    write_gaps(days, n, &got);
    assert_string_equal(got.ptr, "");
    assert_int_equal(nq_series_rhythm(days, n), 7);
    nq_buf_finish(&got);
}

static void monthly(void **state)
{
    (void)state;
    int32_t days[24];
    for (int i = 0; i < 24; i++)
        days[i] = nq_day_of(2024 + i / 12, i % 12 + 1, 1 + i % 5);
    assert_int_equal(nq_series_rhythm(days, 24), 0);
}

static void patterns(void **state)
{
    (void)state;
    static const char *const table[][2] = {{"2026-06-17", "#-#-#"},
                                           {"日报2026年6月", "日报#年#月"},
                                           {"20260617", "#"},
                                           {"无数字", "无数字"},
                                           {"", ""},
                                           {"9", "#"}};
    for (size_t i = 0; i < NQ_COUNT(table); i++) {
        struct nq_buf out = {0};
        nq_series_pattern(&out, nq_str_from(table[i][0]));
        assert_true(nq_str_eq(nq_buf_str(&out), nq_str_from(table[i][1])));
        nq_buf_finish(&out);
    }
}

static void alike(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        double least, most;
    } table[] = {
        {"云岭省公布算电协同试点方案", "云岭省公布算电协同试点方案", 1, 1},
        {"云岭省 公布算电协同\n试点方案", "云岭省公布算电协同试点方案", 1, 1},
        {"云岭省公布算电协同试点方案", "云岭省公布算电协同试点办法", 0.7, 0.9},
        {"云岭省公布算电协同试点方案", "江海市开放低空航线", 0, 0},
        {"算电协同", "云岭省公布算电协同试点方案", 1, 1},
        {"三个字", "三个字", 0, 0},
        {"", "", 0, 0},
    };
    for (size_t i = 0; i < NQ_COUNT(table); i++) {
        double share;
        assert_true(nq_alike(nq_str_from(table[i].a), nq_str_from(table[i].b), &share));
        if (share < table[i].least || share > table[i].most)
            fail_msg("%s, %s: %f", table[i].a, table[i].b, share);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rhythms),  cmocka_unit_test(changes), cmocka_unit_test(monthly),
        cmocka_unit_test(patterns), cmocka_unit_test(alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
