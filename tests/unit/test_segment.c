/* The segmenter's promises beyond what it cuts: dictionary, user dictionaries, hash, long text. */
#include "text/segment.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "text/dict.h"
#include "text/userdict.h"
#include "unit.h"

static char path[64];

static const char *write_dictionary(struct nq_str text)
{
    snprintf(path, sizeof path, "/tmp/test_segment.%ld", (long)getpid());
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text.ptr, 1, text.len, f), text.len);
    assert_int_equal(fclose(f), 0);
    return path;
}

static struct nq_segmenter *open_with(struct nq_str terms)
{
    struct nq_segmenter *segmenter = NULL;
    struct nq_error err = {0};
    assert_int_equal(nq_segmenter_open(write_dictionary(terms), &segmenter, &err), NQ_OK);
    assert_int_equal(remove(path), 0);
    return segmenter;
}

static uint64_t hash_with(struct nq_str terms)
{
    struct nq_segmenter *segmenter = open_with(terms);
    uint64_t hash = nq_segmenter_hash(segmenter);
    nq_segmenter_close(segmenter);
    return hash;
}

static unsigned find(const struct nq_segmenter *segmenter, const char *word)
{
    struct nq_folded folded = {0};
    assert_true(nq_fold_text(nq_str_from(word), &folded));
    unsigned flags = nq_segmenter_find(segmenter, folded.cp, folded.n);
    nq_folded_finish(&folded);
    return flags;
}

static void blob_is_whole(void **state)
{
    (void)state;
    struct nq_dict dict;
    assert_true(nq_dict_builtin(&dict));
    assert_true(dict.header->hash == nq_dict_compute_hash(&dict));
    assert_true(dict.header->hash != 0);
    for (uint32_t i = 0; i < dict.header->n_nodes; i++)
        assert_true(dict.nodes[i].base + dict.header->n_codes <= dict.header->n_nodes);
    for (uint32_t cp = 0; cp < 65536; cp++)
        assert_true(dict.codes[cp] < dict.header->n_codes);
}

static void looks_up(void **state)
{
    (void)state;
    struct nq_segmenter *segmenter = NULL;
    assert_int_equal(nq_segmenter_open(NULL, &segmenter, NULL), NQ_OK);
    assert_int_equal(find(segmenter, "中国") & NQ_WORD_KNOWN, NQ_WORD_KNOWN);
    assert_int_equal(find(segmenter, "中國") & NQ_WORD_KNOWN, NQ_WORD_KNOWN);
    assert_int_equal(find(segmenter, "看著"), find(segmenter, "看着"));
    assert_int_equal(find(segmenter, "国的"), 0);
    assert_int_equal(find(segmenter, ""), 0);
    assert_int_equal(find(segmenter, "\xf0\xa0\x80\x80"), 0); /* beyond the BMP */
    const uint32_t people[] = {0x4EBA, 0x6C11}, nothing[] = {0x56FD, 0x7684};
    float often = nq_segmenter_log_frequency(segmenter, people, 2);
    float never = nq_segmenter_log_frequency(segmenter, nothing, 2);
    assert_true(often < -5 && often > -10);
    assert_true(never < -15 && never > -25);
    nq_segmenter_close(segmenter);
    nq_segmenter_close(NULL);
}

static void hash_follows_words(void **state)
{
    (void)state;
    struct nq_segmenter *segmenter = NULL;
    assert_int_equal(nq_segmenter_open(NULL, &segmenter, NULL), NQ_OK);
    uint64_t none = nq_segmenter_hash(segmenter);
    nq_segmenter_close(segmenter);
    assert_true(none != 0);
    uint64_t two = hash_with(NQ_STR("算电协同\n算力网\t产业\t7\n"));
    assert_true(two != none);
    assert_true(two == hash_with(NQ_STR("# order is nothing\n\n算力网\tx\t7\r\n算电协同\r\n")));
    assert_true(two != hash_with(NQ_STR("算电协同\n算力网\t产业\t8\n")));
    assert_true(two != hash_with(NQ_STR("算电协同\n")));
    assert_true(none == hash_with(NQ_STR("")));
}

static void bad_lines_are_passed_over(void **state)
{
    (void)state;
    struct nq_buf terms = {0};
    nq_buf_add(&terms, NQ_STR("\xef\xbb\xbf算电甲\n"
                              "算电乙\t类\t10\n"
                              "算电丙\t类\t0\n"
                              "算电丁\t类\t5\t多\n"
                              "算电甲\t类\t9\n"
                              "\t类\t5\n"
                              "  \n"
                              "算电戊\t类\n"
                              "算电庚\t类\t\n"));
    for (int i = 0; i < 101; i++)
        nq_buf_add(&terms, NQ_STR("长"));
    nq_buf_add(&terms, NQ_STR("\n算电己"));
    struct nq_segmenter *segmenter = open_with(nq_buf_str(&terms));
    nq_buf_finish(&terms);
    unsigned term = NQ_WORD_KNOWN | NQ_WORD_TERM;
    assert_int_equal(find(segmenter, "算电甲"), term);
    assert_int_equal(find(segmenter, "算电乙"), 0);
    assert_int_equal(find(segmenter, "算电丙"), 0);
    assert_int_equal(find(segmenter, "算电丁"), 0);
    assert_int_equal(find(segmenter, "算电戊"), term);
    assert_int_equal(find(segmenter, "算电庚"), term);
    assert_int_equal(find(segmenter, "算电己"), term);
    assert_int_equal(find(segmenter, "算電己"), term);
    nq_segmenter_close(segmenter);
}

static bool add_word(void *user, struct nq_str word)
{
    struct nq_buf *words = user;
    nq_buf_add(words, words->len ? NQ_STR(" ") : NQ_STR(""));
    nq_buf_add(words, word);
    return true;
}

/* Of the user's words the most characters win, then the heaviest. */
static void weights_decide(void **state)
{
    (void)state;
    static const struct {
        const char *terms, *words;
    } cases[] = {
        {"龘靐\t类\t1\n靐齉\t类\t9\n", "龘 靐齉"},
        {"龘靐\t类\t9\n靐齉\t类\t1\n", "龘靐 齉"},
        {"龘靐\t类\t9\n龘靐齉\t类\t1\n", "龘靐齉"},
    };
    for (size_t i = 0; i < NQ_COUNT(cases); i++) {
        struct nq_segmenter *segmenter = open_with(nq_str_from(cases[i].terms));
        struct nq_buf words = {0};
        assert_int_equal(nq_segment(segmenter, NQ_STR("龘靐齉"), false, add_word, &words, NULL),
                         NQ_OK);
        assert_true(nq_str_eq(nq_buf_str(&words), nq_str_from(cases[i].words)));
        nq_buf_finish(&words);
        nq_segmenter_close(segmenter);
    }
}

static void bad_files_are_errors(void **state)
{
    (void)state;
    struct nq_segmenter *segmenter = NULL;
    struct nq_error err = {0};
    assert_int_equal(nq_segmenter_open("/nonexistent/terms.tsv", &segmenter, &err), NQ_ERR_IO);
    assert_non_null(strstr(err.message, "/nonexistent/terms.tsv"));
    err = (struct nq_error){0};
    assert_int_equal(nq_segmenter_open("/", &segmenter, &err), NQ_ERR_IO);
    err = (struct nq_error){0};
    write_dictionary(NQ_STR("算电\n\xff\xfe\n"));
    assert_int_equal(nq_segmenter_open(path, &segmenter, &err), NQ_ERR_INPUT);
    assert_non_null(strstr(err.message, ":2: "));
    err = (struct nq_error){0};
    write_dictionary(NQ_STR("算电\n\n算\0电\n"));
    assert_int_equal(nq_segmenter_open(path, &segmenter, &err), NQ_ERR_INPUT);
    assert_non_null(strstr(err.message, ":3: "));
    assert_null(segmenter);
    remove(path);
}

/* Counts words and checks that they are in order and lose nothing but white space. */
struct count {
    const char *next;
    size_t n, limit;
};

static bool count_word(void *user, struct nq_str word)
{
    struct count *count = user;
    assert_true(word.len > 0);
    assert_true(word.ptr >= count->next);
    for (; count->next < word.ptr; count->next++)
        assert_true(*count->next == ' ' || *count->next == '\n');
    count->next = word.ptr + word.len;
    return ++count->n < count->limit;
}

static void long_text_goes_in_pieces(void **state)
{
    (void)state;
    struct nq_segmenter *segmenter = NULL;
    assert_int_equal(nq_segmenter_open(NULL, &segmenter, NULL), NQ_OK);
    struct nq_buf text = {0};
    for (int i = 0; i < 20000; i++)
        nq_buf_add(&text, NQ_STR("数据要素市场，1,234家 "));
    struct count count = {text.ptr, 0, SIZE_MAX};
    assert_int_equal(nq_segment(segmenter, nq_buf_str(&text), false, count_word, &count, NULL),
                     NQ_OK);
    assert_int_equal(count.n % 20000, 0);
    count = (struct count){text.ptr, 0, 10};
    struct nq_error err = {0};
    assert_int_equal(nq_segment(segmenter, nq_buf_str(&text), false, count_word, &count, &err),
                     NQ_ERR_STOPPED);
    assert_int_equal(count.n, 10);
    text.len = 0;
    for (int i = 0; i < 100000; i++)
        nq_buf_add(&text, i % 3 ? NQ_STR("一") : NQ_STR("龘"));
    count = (struct count){text.ptr, 0, SIZE_MAX};
    assert_int_equal(nq_segment(segmenter, nq_buf_str(&text), false, count_word, &count, NULL),
                     NQ_OK);
    assert_ptr_equal(count.next, text.ptr + text.len);
    count = (struct count){text.ptr, 0, SIZE_MAX};
    assert_int_equal(nq_segment(segmenter, (struct nq_str){0}, true, count_word, &count, NULL),
                     NQ_OK);
    assert_int_equal(count.n, 0);
    nq_buf_finish(&text);
    nq_segmenter_close(segmenter);
}

static void kinds_and_flags(void **state)
{
    (void)state;
    struct nq_segmenter *segmenter = open_with(NQ_STR("算电协同\n"));
    struct nq_folded folded = {0};
    struct nq_word_buf words = {0};
    assert_true(
        nq_fold_text(NQ_STR("算电协同 1.6% 5G AI+ 100km A股 ，中国 纾困 2026—2028"), &folded));
    assert_true(nq_segment_folded(segmenter, &folded, &words));
    static const struct {
        uint8_t kind, flags;
    } want[] = {
        {NQ_WORD_HAN, NQ_WORD_KNOWN | NQ_WORD_TERM},
        {NQ_WORD_NUMBER, 0},
        {NQ_WORD_LATIN, 0},
        {NQ_WORD_LATIN, 0},
        {NQ_WORD_NUMBER, 0},
        {NQ_WORD_HAN, NQ_WORD_KNOWN},
        {NQ_WORD_PUNCTUATION, 0},
        {NQ_WORD_HAN, NQ_WORD_KNOWN},
        {NQ_WORD_HAN, 0},
        {NQ_WORD_NUMBER, 0},
    };
    assert_int_equal(words.n, NQ_COUNT(want));
    for (size_t i = 0; i < NQ_COUNT(want); i++) {
        assert_int_equal(words.words[i].kind, want[i].kind);
        /* Whether an ordinary word is a term is up to dicts/. */
        unsigned relevant = i == 0 || words.words[i].kind == NQ_WORD_PUNCTUATION
                                ? NQ_WORD_KNOWN | NQ_WORD_TERM
                                : NQ_WORD_KNOWN;
        if (words.words[i].kind == NQ_WORD_HAN && i != 8)
            assert_int_equal(words.words[i].flags & relevant, want[i].flags);
    }
    nq_word_buf_finish(&words);
    nq_folded_finish(&folded);
    nq_segmenter_close(segmenter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blob_is_whole),
        cmocka_unit_test(looks_up),
        cmocka_unit_test(hash_follows_words),
        cmocka_unit_test(bad_lines_are_passed_over),
        cmocka_unit_test(weights_decide),
        cmocka_unit_test(bad_files_are_errors),
        cmocka_unit_test(long_text_goes_in_pieces),
        cmocka_unit_test(kinds_and_flags),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
