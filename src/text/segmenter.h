/* What a segmenter is made of; for the files of the segmenter, and engine/correct.c, which walks
 * its dictionary. */
#ifndef NQ_TEXT_SEGMENTER_H
#define NQ_TEXT_SEGMENTER_H

#include "text/dict.h"
#include "text/segment.h"
#include "text/userdict.h"

struct nq_segmenter {
    struct nq_dict dict;
    struct nq_userdict *user; /* NULL: none */
};

/* Makes room for `n` words in all; false without memory. */
bool nq_word_buf_reserve(struct nq_word_buf *buf, size_t n);

#endif
