/* nq_day_parse: dates as programs write and people type them. */
#include <nqsearch.h>

#include "unit.h"

static void test_parse(void **state)
{
    (void)state;
    static const struct {
        const char *text, *first, *last; /* none: it is no date */
    } cases[] = {
        {"2026", "2026-01-01", "2026-12-31"},
        {"2026年", "2026-01-01", "2026-12-31"},
        {"2026-02", "2026-02-01", "2026-02-28"},
        {"2024/2", "2024-02-01", "2024-02-29"},
        {"2026年2月", "2026-02-01", "2026-02-28"},
        {"2026-06-17", "2026-06-17", "2026-06-17"},
        {"2026-6-7", "2026-06-07", "2026-06-07"},
        {"2026/06/17", "2026-06-17", "2026-06-17"},
        {"2026.6.17", "2026-06-17", "2026-06-17"},
        {"2026年6月17日", "2026-06-17", "2026-06-17"},
        {"2026年06月7号", "2026-06-07", "2026-06-07"},
        {"0001", "0001-01-01", "0001-12-31"},
        {"", NULL, NULL},
        {"0000", NULL, NULL},
        {"26", NULL, NULL},
        {"20260617", NULL, NULL},
        {"2026-", NULL, NULL},
        {"2026-13", NULL, NULL},
        {"2026-0", NULL, NULL},
        {"2026-02-30", NULL, NULL},
        {"2026-06-00", NULL, NULL},
        {"2026-06-", NULL, NULL},
        {"2026-06/17", NULL, NULL},
        {"2026-06-17-", NULL, NULL},
        {"2026-006-17", NULL, NULL},
        {"2026年6", NULL, NULL},
        {"2026年6月17", NULL, NULL},
        {"2026年2月30日", NULL, NULL},
        {"2026年-6", NULL, NULL},
        {"6月17日", NULL, NULL},
        {" 2026", NULL, NULL},
        {"2026x", NULL, NULL},
    };
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        int32_t first = 7, last = 7;
        char text[11];
        bool read = nq_day_parse(nq_str_from(cases[i].text), &first, &last);
        if (read != (cases[i].first != NULL))
            fail_msg("%s: %s", cases[i].text, read ? "read" : "not read");
        if (!read) {
            assert_true(first == 7 && last == 7);
            continue;
        }
        assert_string_equal(nq_day_format(first, text), cases[i].first);
        assert_string_equal(nq_day_format(last, text), cases[i].last);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parse)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
