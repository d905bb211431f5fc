/* What a line may begin with: 一、 壹、 （一） 第一章 Ⅱ. III. A. 1. 01 1.1 (1) ① [1], and the signs
 * that are one character: ㈠ ⒈ ⑴ ❶. */
#ifndef NQ_INGEST_NUMBER_H
#define NQ_INGEST_NUMBER_H

#include "base/str.h"

enum nq_numbering {
    NQ_NUMBERING_NONE,
    NQ_NUMBERING_CHAPTER, /* 第一章 */
    NQ_NUMBERING_ROMAN,   /* Ⅱ. III. */
    NQ_NUMBERING_LETTER,  /* A. before Chinese */
    NQ_NUMBERING_HAN,     /* 一、 壹、 */
    NQ_NUMBERING_HAN_PAREN,
    NQ_NUMBERING_MULTI, /* 1.1 */
    NQ_NUMBERING_DECIMAL,
    NQ_NUMBERING_DECIMAL_PAREN,
    NQ_NUMBERING_CIRCLED,
    NQ_NUMBERING_SQUARE, /* [1] */
    NQ_NUMBERING_STYLES,
};

/* `text` is the number without the mark behind it (一、 gives 一, brackets stay: （一）); `len` are
 * the bytes of number, mark and space. `prefix` is the 1 of 1.2, 0 elsewhere. */
struct nq_number {
    enum nq_numbering style;
    unsigned value, prefix;
    struct nq_str text;
    size_t len;
    bool apart; /* only spaces part it from the text, two at least */
};

/* False, and style NONE, where `s` begins with no number.  1.5 万, 2026 and 一、二、三产业 are
 * none, but "1.5 " is: whether it numbers a heading is for the caller to see from the numbers
 * before. */
bool nq_number_parse(struct nq_str s, struct nq_number *out);

/* The same for a line that is known to be a heading: also "1 标题". */
bool nq_number_parse_heading(struct nq_str s, struct nq_number *out);

#endif
