/* Numbers in Chinese numerals. */
#include "text/numeral.h"

enum {
    TEN = 0x5341,
    HUNDRED = 0x767E,
    THOUSAND = 0x5343,
    MYRIAD = 0x4E07,
    MYRIAD_MYRIADS = 0x4EBF,
    POINT = 0x70B9, /* 点 */
    PART = 0x5206,  /* 分 */
    OF = 0x4E4B     /* 之 */
};

static bool numeral_at(const struct nq_folded *text, size_t i)
{
    return i < text->n && nq_is_numeral(text->cp[i]);
}

/* 五百万千 is 五百万 and the beginning of 千瓦: a small unit never follows a large one directly. */
static bool breaks_order(uint32_t before, uint32_t cp)
{
    return (before == MYRIAD || before == MYRIAD_MYRIADS) &&
           (cp == TEN || cp == HUNDRED || cp == THOUSAND);
}

static size_t digits_end(const struct nq_folded *text, size_t first)
{
    size_t i = first;
    while (numeral_at(text, i) && (i == first || !breaks_order(text->cp[i - 1], text->cp[i])))
        i++;
    return i;
}

size_t nq_numeral_end(const struct nq_folded *text, size_t first)
{
    if (first > 0 && nq_is_numeral(text->cp[first - 1]))
        return first;
    size_t begin = first;
    if (text->cp[first] == NQ_ORDINAL)
        first++;
    size_t end = digits_end(text, first);
    if (end + 1 < text->n && text->cp[end] == PART && text->cp[end + 1] == OF &&
        numeral_at(text, end + 2))
        end = digits_end(text, end + 2);
    if (end < text->n && text->cp[end] == POINT && end - first > 1 && numeral_at(text, end + 1))
        end = digits_end(text, end + 1);
    return end - first >= 3 ? end : begin;
}
