/* output/: lines of a terminal, broken where Chinese may be broken. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output/output.h"
#include "unit.h"

/* What is printed for the pieces of `text`, parted by '/', those in odd places marked. */
static char *wrapped(const char *text, int indent, int width, bool colour)
{
    enum { MOST = 8 };
    struct nq_fragment pieces[MOST] = {0};
    struct nq_style style = {.width = width, .colour = colour};
    char *printed = NULL;
    size_t n = 0, len = 0;
    int column = indent;
    for (const char *at = text; n < MOST; n++) {
        size_t piece = strcspn(at, "/");
        pieces[n] = (struct nq_fragment){.text = {at, piece}, .match = n % 2 == 1};
        at += piece;
        if (*at++ == '\0')
            break;
    }
    FILE *out = open_memstream(&printed, &len);
    assert_non_null(out);
    nq_print_fragments(out, pieces, n + 1, indent, &style, &column);
    fclose(out);
    return printed;
}

static void expect(const char *text, int indent, int width, const char *want)
{
    char *got = wrapped(text, indent, width, false);
    assert_string_equal(got, want);
    free(got);
}

static void breaks_between_ideographs(void **state)
{
    (void)state;
    expect("算电协同试点", 0, 8, "算电协同\n试点");
    expect("算电协同试点", 2, 9, "算电协\n  同试点");
    expect("算电", 0, 4, "算电");
    expect("", 0, 4, "");
}

static void keeps_marks_with_their_text(void **state)
{
    (void)state;
    expect("公布方案。要求", 0, 8, "公布方\n案。要求");
    expect("印发《方案》", 0, 6, "印发\n《方\n案》");
    expect("四步，/名单/。", 0, 8, "四步，\n【名\n单】。");
    expect("用于/试点/", 0, 10, "用于【试\n点】");
}

static void keeps_words_and_numbers(void **state)
{
    (void)state;
    expect("占比 60.5%，其中", 0, 8, "占比\n60.5%，\n其中");
    expect("至2028年", 0, 5, "至\n2028\n年");
    expect("用 ChatGPT 写", 0, 8, "用\nChatGPT\n写");
    expect("abcdefgh", 0, 5, "abcde\nfgh"); /* longer than a line */
}

static void colour_takes_no_columns(void **state)
{
    (void)state;
    char *got = wrapped("试点/园区/，名单", 0, 8, true);
    assert_string_equal(got, "试点\033[1;31m园\n区\033[0m，名单");
    free(got);
}

/* Whatever the width: no line is longer, none is empty, and all that was there is there. */
static void fits_every_width(void **state)
{
    (void)state;
    static const char text[] = "《云岭省“算电协同”试点方案（草案）》提出，到 2027 年底建成 6 个"
                               "园区：https://example.org/a/very/long/address；占比不低于 60%。";
    for (int width = 4; width < 100; width++) {
        char *got = wrapped(text, 0, width, false);
        for (const char *line = got; *line;) {
            size_t len = strcspn(line, "\n");
            assert_true(nq_width((struct nq_str){line, len}) <= width);
            assert_true(len > 0 && *line != ' ');
            line += len + (line[len] == '\n');
        }
        free(got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(breaks_between_ideographs), cmocka_unit_test(keeps_marks_with_their_text),
        cmocka_unit_test(keeps_words_and_numbers),   cmocka_unit_test(colour_takes_no_columns),
        cmocka_unit_test(fits_every_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
