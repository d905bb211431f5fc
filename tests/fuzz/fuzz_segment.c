/* The segmenter on any bytes: the words lie in order, cover everything but white space, and are the
 * same a second time; the public call gives slices in order. */
#include <string.h>

#include "fuzz.h"
#include "text/segment.h"

static bool take_word(void *user, struct nq_str word)
{
    const char **end = user;
    fuzz_check(word.len > 0 && word.ptr >= *end);
    *end = word.ptr + word.len;
    return true;
}

static void check_words(const struct nq_folded *text, const struct nq_word_buf *words)
{
    size_t at = 0;
    for (size_t i = 0; i < words->n; i++) {
        struct nq_word w = words->words[i];
        for (; at < w.first; at++)
            fuzz_check(text->cls[at] == NQ_CLASS_SPACE);
        fuzz_check(w.first == at && w.first < w.last && w.last <= text->n);
        fuzz_check(w.kind >= NQ_WORD_HAN && w.kind <= NQ_WORD_PUNCTUATION);
        at = w.last;
    }
    for (; at < text->n; at++)
        fuzz_check(text->cls[at] == NQ_CLASS_SPACE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct nq_segmenter *segmenter; /* the process's own; opened once */
    if (!segmenter)
        fuzz_check(nq_segmenter_open(NULL, &segmenter, NULL) == NQ_OK);
    struct nq_str bytes = {(const char *)data, size};
    struct nq_folded text = {0};
    struct nq_word_buf words = {0}, inner = {0};
    fuzz_check(nq_fold_text(bytes, &text));
    fuzz_check(nq_segment_folded(segmenter, &text, &words));
    check_words(&text, &words);
    for (size_t i = 0; i < words.n; i++) {
        inner.n = 0;
        fuzz_check(nq_segment_subwords(segmenter, &text, words.words[i], &inner));
        for (size_t k = 0; k < inner.n; k++)
            fuzz_check(inner.words[k].first >= words.words[i].first &&
                       inner.words[k].last <= words.words[i].last &&
                       inner.words[k].last - inner.words[k].first >= 2);
    }
    const char *end = bytes.ptr;
    fuzz_check(nq_segment(segmenter, bytes, false, take_word, &end, NULL) == NQ_OK);
    nq_word_buf_finish(&words);
    nq_word_buf_finish(&inner);
    nq_folded_finish(&text);
    return 0;
}
