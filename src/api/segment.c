/* The public segmenter: text in, slices of it out. */
#include <stdlib.h>

#include "base/error.h"
#include "text/segment.h"
#include "text/userdict.h"

/* Long text is cut into pieces of about this much, behind white space or a clause's end, so that
 * memory does not grow with it. */
enum { PIECE_BYTES = 1 << 16 };

enum nq_status nq_dictionary_check(const char *path,
                                   void (*warning)(void *user, const char *message), void *user,
                                   struct nq_error *err)
{
    struct nq_userdict *dict = NULL;
    if (err)
        *err = (struct nq_error){.column = -1};
    enum nq_status status = nq_userdict_read(path, warning, user, &dict, err);
    nq_userdict_destroy(dict);
    return status;
}

enum nq_status nq_segmenter_open(const char *user_dictionary, struct nq_segmenter **out,
                                 struct nq_error *err)
{
    return nq_segmenter_create(user_dictionary, out, err);
}

void nq_segmenter_close(struct nq_segmenter *segmenter)
{
    nq_segmenter_destroy(segmenter);
}

/* Whether a word never goes on from the byte before `at`: white space, or one of ，。；：. */
static bool ends_piece(struct nq_str text, size_t at)
{
    static const struct nq_str marks[] = {NQ_STR_INIT("，"), NQ_STR_INIT("。"), NQ_STR_INIT("；"),
                                          NQ_STR_INIT("：")};
    char c = text.ptr[at - 1];
    if (c == '\n' || c == ' ' || c == '\t')
        return true;
    for (size_t i = 0; i < NQ_COUNT(marks); i++)
        if (at >= 3 && nq_str_eq(nq_str_sub(text, at - 3, at), marks[i]))
            return true;
    return false;
}

/* The length of the next piece of `text`. */
static size_t piece_len(struct nq_str text)
{
    if (text.len <= PIECE_BYTES)
        return text.len;
    for (size_t at = PIECE_BYTES; at > PIECE_BYTES / 2; at--)
        if (ends_piece(text, at))
            return at;
    size_t at = PIECE_BYTES;
    while (at > PIECE_BYTES - 4 && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
        at--;
    return at;
}

/* A call's memory. */
struct work {
    struct nq_folded folded;
    struct nq_word_buf words, inner;
};

/* Calls `word` for each word of one piece.  A printed character that stands for several folded ones
 * (㎡, ㈠) is given once, with the first word that it belongs to. */
static enum nq_status emit(const struct nq_segmenter *segmenter, struct nq_str text, bool search,
                           bool (*word)(void *user, struct nq_str word), void *user,
                           struct work *work, struct nq_error *err)
{
    const struct nq_folded *folded = &work->folded;
    size_t done = 0;
    for (size_t i = 0; i < work->words.n; i++) {
        struct nq_word w = work->words.words[i];
        size_t start = folded->start[w.first], end = folded->end[w.last - 1];
        start = start < done ? done : start;
        if (start >= end)
            continue;
        done = end;
        if (!word(user, nq_str_sub(text, start, end)))
            return nq_fail(err, NQ_ERR_STOPPED, _("stopped"));
        work->inner.n = 0;
        if (search && !nq_segment_subwords(segmenter, folded, w, &work->inner))
            return nq_fail_nomem(err);
        for (size_t k = 0; k < work->inner.n; k++) {
            w = work->inner.words[k];
            if (!word(user, nq_str_sub(text, folded->start[w.first], folded->end[w.last - 1])))
                return nq_fail(err, NQ_ERR_STOPPED, _("stopped"));
        }
    }
    return NQ_OK;
}

enum nq_status nq_segment(const struct nq_segmenter *segmenter, struct nq_str text, bool search,
                          bool (*word)(void *user, struct nq_str word), void *user,
                          struct nq_error *err)
{
    struct work work = {0};
    enum nq_status status = NQ_OK;
    while (status == NQ_OK && text.len > 0) {
        struct nq_str piece = nq_str_sub(text, 0, piece_len(text));
        text = nq_str_sub(text, piece.len, text.len);
        if (!nq_fold_text(piece, &work.folded) ||
            !nq_segment_folded(segmenter, &work.folded, &work.words))
            status = nq_fail_nomem(err);
        else
            status = emit(segmenter, piece, search, word, user, &work, err);
    }
    nq_folded_finish(&work.folded);
    nq_word_buf_finish(&work.words);
    nq_word_buf_finish(&work.inner);
    return status;
}
