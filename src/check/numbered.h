/* Names with a number: 第七届进博会, 神舟十九号, 2024年服贸会.
 *
 * Two sections that name one such thing tell of it, as a rule; two that differ only in the number
 * (第十二次主席会议, 第十三次主席会议) hardly ever tell of one story. */
#ifndef NQ_CHECK_NUMBERED_H
#define NQ_CHECK_NUMBERED_H

#include "text/fold.h"

enum { NQ_NUMBERED = 12, NQ_NUMBERED_NAME = 10 };

struct nq_numbered {
    int number;
    uint32_t unit;                   /* 届次批轮期卷号年 ... */
    uint32_t name[NQ_NUMBERED_NAME]; /* the characters behind it; before 号 */
    size_t n;
};

struct nq_numbered_set {
    struct nq_numbered items[NQ_NUMBERED];
    size_t n;
};

enum nq_numbered_match {
    NQ_NUMBERED_OTHER = -1, /* both name one of a series, but none in common */
    NQ_NUMBERED_NONE,
    NQ_NUMBERED_SAME,
};

/* Adds those of the text's characters before `end`, as far as there is room. */
void nq_numbered_find(const struct nq_folded *text, size_t end, struct nq_numbered_set *out);

enum nq_numbered_match nq_numbered_match(const struct nq_numbered_set *a,
                                         const struct nq_numbered_set *b);

#endif
