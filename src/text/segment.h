/* The segmenter: folded text into words, by the built-in dictionary, the user's, and for what
 * neither knows a model of where in a word each character likes to stand.
 *
 * A segmenter is read-only once made and may be shared by threads; each thread has its own
 * nq_word_buf.  Nothing is allocated per call once the buffer has grown to the longest text. */
#ifndef NQ_TEXT_SEGMENT_H
#define NQ_TEXT_SEGMENT_H

#include "text/fold.h"

/* Makes a segmenter; the same as the public nq_segmenter_open (see nqsearch.h). */
enum nq_status nq_segmenter_create(const char *user_dictionary, struct nq_segmenter **out,
                                   struct nq_error *err);
void nq_segmenter_destroy(struct nq_segmenter *segmenter);

/* Identifies the words that this segmenter makes: the same for the same built-in dictionary and the
 * same words of the user's.  Never 0. */
uint64_t nq_segmenter_hash(const struct nq_segmenter *segmenter);

enum nq_word_kind {
    NQ_WORD_HAN = 1, /* Han characters, other scripts, and words mixed with Latin: 中国, A股 */
    NQ_WORD_LATIN,   /* letters, and letters with digits: nature, 5G, C#, AI+ */
    NQ_WORD_NUMBER,  /* digits, with or without percent or unit: 1.6%, 2026—2028, 8.53ZB */
    NQ_WORD_PUNCTUATION,
};

enum {
    NQ_WORD_KNOWN = 1, /* the dictionary or the user's holds it */
    NQ_WORD_TERM = 2,  /* it is an entry of dicts/ or of the user's dictionary */
};

/* The folded characters [first, last) as one word. */
struct nq_word {
    uint32_t first, last;
    uint8_t kind;  /* enum nq_word_kind */
    uint8_t flags; /* NQ_WORD_KNOWN | NQ_WORD_TERM */
};

/* The words of one text, and the scratch memory to find them.  Zeroed is an empty one. */
struct nq_word_buf {
    struct nq_word *words;
    size_t n, cap;
    struct nq_lattice *lattice; /* the segmenter's own */
};

/* A text, folded and cut into words; all of it borrowed. */
struct nq_segmented {
    struct nq_str text;
    const struct nq_folded *folded;
    const struct nq_word_buf *words;
};

/* Replaces what `out` held by the words of `text` in order.  They don't overlap; white space
 * belongs to none, every other character to one; each punctuation mark is a word of its own.
 * False without memory. */
bool nq_segment_folded(const struct nq_segmenter *segmenter, const struct nq_folded *text,
                       struct nq_word_buf *out);

/* Appends to `out` the words of two characters and more that the dictionary holds inside of
 * `word`, from left to right, shorter before longer at one place, `word` itself not among them.
 * Only Han words have any.  `word` is a copy, so it may be one of out's.  False without memory. */
bool nq_segment_subwords(const struct nq_segmenter *segmenter, const struct nq_folded *text,
                         struct nq_word word, struct nq_word_buf *out);

void nq_word_buf_finish(struct nq_word_buf *buf);

/* Looks up `n` folded characters as one word: NQ_WORD_KNOWN, with NQ_WORD_TERM where it is one;
 * 0 where neither dictionary holds it. */
unsigned nq_segmenter_find(const struct nq_segmenter *segmenter, const uint32_t *cp, size_t n);

/* Whether one of the dictionaries holds these folded characters as a word. */
static inline bool nq_segmenter_has(const struct nq_segmenter *segmenter, const uint32_t *cp,
                                    size_t n)
{
    return nq_segmenter_find(segmenter, cp, n) != 0;
}

/* The natural logarithm of the word's share of all words in the built-in dictionary (人民 about -7,
 * the rarest about -18), and the least there is for words that it does not hold. */
float nq_segmenter_log_frequency(const struct nq_segmenter *segmenter, const uint32_t *cp,
                                 size_t n);

#endif
