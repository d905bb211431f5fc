/* The segmenter with each allocation failing in turn. */
#include <stdio.h>
#include <unistd.h>

#include "fault.h"
#include "text/segment.h"
#include "unit.h"

static bool count_word(void *user, struct nq_str word)
{
    size_t *n = user;
    *n += word.len > 0;
    return true;
}

/* `user` is the path of a user dictionary, or NULL. */
static bool open_and_segment(void *user)
{
    struct nq_segmenter *segmenter = NULL;
    struct nq_error err = {0};
    enum nq_status status = nq_segmenter_open(user, &segmenter, &err);
    assert_true(status == NQ_OK || err.message[0]);
    size_t n = 0;
    if (status == NQ_OK)
        status = nq_segment(segmenter, NQ_STR("推动算电协同，AI+㎡制造；中国科学院计算所纾困。"),
                            true, count_word, &n, &err);
    assert_true(status == NQ_OK || err.message[0]);
    assert_true(status != NQ_OK || n > 10);
    nq_segmenter_close(segmenter);
    return status == NQ_OK;
}

/* A buffer that could not grow serves the next text. */
static bool reuse_buffer(void *user)
{
    (void)user;
    struct nq_segmenter *segmenter = NULL;
    struct nq_folded folded = {0};
    struct nq_word_buf words = {0};
    bool ok = nq_segmenter_open(NULL, &segmenter, NULL) == NQ_OK;
    static char text[3 * 2000];
    for (size_t i = 0; i < 2000; i++)
        memcpy(text + 3 * i, "国", 3);
    for (size_t len = 3; ok && len <= sizeof text; len *= 2)
        ok = nq_fold_text((struct nq_str){text, len}, &folded) &&
             nq_segment_folded(segmenter, &folded, &words);
    nq_word_buf_finish(&words);
    nq_folded_finish(&folded);
    nq_segmenter_close(segmenter);
    return ok;
}

static void each_fails(void **state)
{
    (void)state;
    char path[64];
    snprintf(path, sizeof path, "/tmp/fault_segment.%ld", (long)getpid());
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    for (int i = 0; i < 3000; i++)
        fprintf(f, "算电协同%d\n", i);
    fputs("算电协同\n", f);
    assert_int_equal(fclose(f), 0);
    assert_true(fault_each(open_and_segment, NULL, SIZE_MAX) > 0);
    assert_true(fault_each(open_and_segment, path, SIZE_MAX) > 0);
    assert_true(fault_each(reuse_buffer, NULL, SIZE_MAX) > 0);
    remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_fails)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
