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

int nq_numeral_value(uint32_t cp)
{
    switch (cp) {
    case 0x3007: /* 〇 */
    case 0x25CB: /* ○ */
    case 0x96F6: /* 零 */
        return 0;
    case 0x4E00:
        return 1;
    case 0x4E8C:
    case 0x4E24: /* 两 */
        return 2;
    case 0x4E09:
        return 3;
    case 0x56DB:
        return 4;
    case 0x4E94:
        return 5;
    case 0x516D:
        return 6;
    case 0x4E03:
        return 7;
    case 0x516B:
        return 8;
    case 0x4E5D:
        return 9;
    case 0x5341:
        return 10;
    case 0x5EFF: /* 廿 */
        return 20;
    case 0x5345: /* 卅 */
        return 30;
    case 0x767E:
        return 100;
    case 0x5343:
        return 1000;
    default:
        return -1;
    }
}
