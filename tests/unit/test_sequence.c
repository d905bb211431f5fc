/* engine/xapian_sequence: phrases in a passage's tokens, where each token stands beside the others.
 */
#include <string.h>

#include "engine/xapian_sequence.h"
#include "unit.h"

/* Tokens by letters: a letter is a token, one behind a '+' is colocated with the one before it. */
static void make_tokens(const char *letters, struct nq_token *items, struct nq_tokens *out)
{
    *out = (struct nq_tokens){.items = items};
    for (const char *s = letters; *s; s++) {
        bool colocated = *s == '+';
        s += colocated;
        items[out->n++] = (struct nq_token){{s, 1}, colocated};
    }
}

/* Whether a phrase stands in body and heading; of places, parted by blanks, one letter fits. */
static bool holds(const char *body, const char *heading, const char *phrase, bool in_heading)
{
    struct nq_token items[2][16];
    struct nq_tokens tokens[2];
    struct nq_sequence_place places[8] = {{0}};
    uint32_t marks[16];
    size_t n = 0, m = 0;
    struct nq_buf sequence = {0};
    make_tokens(body, items[0], &tokens[0]);
    make_tokens(heading, items[1], &tokens[1]);
    nq_sequence_add(&sequence, &tokens[0], &tokens[1]);
    places[n++].marks = marks;
    for (const char *s = phrase; *s; s++) {
        if (*s == ' ') {
            places[n++].marks = marks + m;
            continue;
        }
        marks[m++] = nq_sequence_mark(s, 1);
        places[n - 1].n++;
    }
    struct nq_str bytes = nq_buf_str(&sequence);
    bool yes = nq_sequence_holds(bytes.ptr, bytes.len, places, n, in_heading);
    nq_buf_finish(&sequence);
    return yes;
}

static void phrases(void **state)
{
    (void)state;
    assert_true(holds("abcd", "", "b c", false));
    assert_true(holds("abcd", "", "c d", false));
    assert_true(holds("aab", "", "a b", false));
    assert_false(holds("abcd", "", "b d", false));
    assert_false(holds("abcd", "", "c b", false));
    assert_false(holds("abcd", "", "d a", false));
    assert_false(holds("abcd", "", "c d e", false));
    assert_true(holds("abcd", "", "xb cy", false));
    assert_false(holds("abcd", "", "b", true));
}

static void colocated(void **state)
{
    (void)state;
    assert_true(holds("ab+xc", "", "a x c", false));
    assert_true(holds("ab+xc", "", "a b c", false));
    assert_false(holds("ab+xc", "", "b x", false));
    assert_true(holds("ab+xc", "", "x c", false));
}

static void headings(void **state)
{
    (void)state;
    assert_true(holds("ab", "cd", "c d", false));
    assert_true(holds("ab", "cd", "c d", true));
    assert_false(holds("ab", "cd", "a b", true));
    assert_false(holds("ab", "cd", "b c", false));
    assert_false(holds("", "", "a", false));
}

/* A value of another length, as a damaged database may have: nothing is read behind it. */
static void cut_off(void **state)
{
    (void)state;
    uint32_t mark = nq_sequence_mark("a", 1);
    struct nq_sequence_place place = {&mark, 1};
    char bytes[] = {(char)(mark >> 16), (char)(mark >> 8), (char)mark};
    assert_true(nq_sequence_holds(bytes, 3, &place, 1, false));
    assert_false(nq_sequence_holds(bytes, 2, &place, 1, false));
    assert_false(nq_sequence_holds(bytes, 0, &place, 1, true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases),
        cmocka_unit_test(colocated),
        cmocka_unit_test(headings),
        cmocka_unit_test(cut_off),
    };
    return cmocka_run_group_tests_name("sequence", tests, NULL, NULL);
}
