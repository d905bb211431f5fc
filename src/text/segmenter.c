/* The segmenter as its dictionaries: opening, looking up single words, words within words. */
#include "text/segmenter.h"

#include <stdlib.h>

#include "base/error.h"

/* Counts changes of the code after which the same dictionaries give other words. */
enum { SEGMENTER_VERSION = 1 };

enum nq_status nq_segmenter_create(const char *user_dictionary, struct nq_segmenter **out,
                                   struct nq_error *err)
{
    struct nq_segmenter *segmenter = calloc(1, sizeof *segmenter);
    if (!segmenter)
        return nq_fail_nomem(err);
    enum nq_status status = NQ_OK;
    if (!nq_dict_builtin(&segmenter->dict))
        status = nq_fail(err, NQ_ERR_VERSION, _("the built-in dictionary is of another version"));
    else if (user_dictionary)
        status = nq_userdict_read(user_dictionary, NULL, NULL, &segmenter->user, err);
    if (status == NQ_OK)
        *out = segmenter;
    else
        nq_segmenter_destroy(segmenter);
    return status;
}

void nq_segmenter_destroy(struct nq_segmenter *segmenter)
{
    if (!segmenter)
        return;
    nq_userdict_destroy(segmenter->user);
    free(segmenter);
}

uint64_t nq_segmenter_hash(const struct nq_segmenter *segmenter)
{
    uint64_t words[2] = {segmenter->dict.header->hash, segmenter->user ? segmenter->user->hash : 0};
    uint64_t hash = nq_dict_hash(NQ_FNV_START, words, NQ_COUNT(words));
    return hash ? hash : 1;
}

unsigned nq_segmenter_find(const struct nq_segmenter *segmenter, const uint32_t *cp, size_t n)
{
    if (segmenter->user && nq_userdict_find(segmenter->user, cp, n))
        return NQ_WORD_KNOWN | NQ_WORD_TERM;
    const struct nq_dict_node *node = nq_dict_find(&segmenter->dict, cp, n);
    if (!node)
        return 0;
    return node->value & NQ_DICT_TERM ? NQ_WORD_KNOWN | NQ_WORD_TERM : NQ_WORD_KNOWN;
}

float nq_segmenter_log_frequency(const struct nq_segmenter *segmenter, const uint32_t *cp, size_t n)
{
    const struct nq_dict_node *node = nq_dict_find(&segmenter->dict, cp, n);
    uint32_t cost = node ? node->value & NQ_DICT_COST : segmenter->dict.header->unknown_cost;
    return -(float)cost / NQ_DICT_NAT;
}

/* Appends the words of two characters and more that begin at `at` and end before `last`. */
static bool add_from(const struct nq_segmenter *segmenter, const struct nq_folded *text, size_t at,
                     size_t last, struct nq_word_buf *out)
{
    for (size_t end = at + 2; end <= last; end++) {
        unsigned flags = nq_segmenter_find(segmenter, text->cp + at, end - at);
        if (!flags)
            continue;
        if (!nq_word_buf_reserve(out, out->n + 1))
            return false;
        out->words[out->n++] =
            (struct nq_word){(uint32_t)at, (uint32_t)end, NQ_WORD_HAN, (uint8_t)flags};
    }
    return true;
}

bool nq_segment_subwords(const struct nq_segmenter *segmenter, const struct nq_folded *text,
                         struct nq_word word, struct nq_word_buf *out)
{
    if (word.kind != NQ_WORD_HAN || word.last - word.first < 3)
        return true;
    for (size_t at = word.first; at + 2 <= word.last; at++) {
        size_t last = at == word.first ? word.last - 1 : word.last;
        if (text->cls[at] == NQ_CLASS_HAN && !add_from(segmenter, text, at, last, out))
            return false;
    }
    return true;
}
