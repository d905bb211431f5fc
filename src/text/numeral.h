/* Numbers written in Chinese numerals, which no dictionary can list: 一百二十三万五千, 二〇二六,
 * 第一百零九, 百分之三十五点六. */
#ifndef NQ_TEXT_NUMERAL_H
#define NQ_TEXT_NUMERAL_H

#include "text/fold.h"

#define NQ_ORDINAL 0x7B2Cu /* 第 */

/* Whether the character is a numeral. */
static inline bool nq_is_numeral(uint32_t cp)
{
    switch (cp) {
    case 0x3007: /* 〇 */
    case 0x96F6: /* 零 */
    case 0x4E00: /* 一 */
    case 0x4E8C: /* 二 */
    case 0x4E24: /* 两 */
    case 0x4E09: /* 三 */
    case 0x56DB: /* 四 */
    case 0x4E94: /* 五 */
    case 0x516D: /* 六 */
    case 0x4E03: /* 七 */
    case 0x516B: /* 八 */
    case 0x4E5D: /* 九 */
    case 0x5341: /* 十 */
    case 0x767E: /* 百 */
    case 0x5343: /* 千 */
    case 0x4E07: /* 万 */
    case 0x4EBF: /* 亿 */
        return true;
    default:
        return false;
    }
}

/* The end of the number of three characters and more that begins at `first`; `first` where none
 * does, also where a number that began before goes on. */
size_t nq_numeral_end(const struct nq_folded *text, size_t first);

/* What a numeral's character counts: 0 to 9, with 两 and 〇; 10 (十), 20, 30 (廿 卅), 100, 1000; -1
 * for anything else. */
int nq_numeral_value(uint32_t cp);

#endif
