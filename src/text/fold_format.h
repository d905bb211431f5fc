/* The folding table as mkfold.c writes it and fold.c reads it: fold_index gives the block of a code
 * point's 128, fold_entries the entry in it.  An entry is a class in its top three bits and either
 * the folded code point (0: the code point itself) or, with NQ_FOLD_EXPANDS, an index into
 * fold_expansions: a count and so many code points. */
#ifndef NQ_TEXT_FOLD_FORMAT_H
#define NQ_TEXT_FOLD_FORMAT_H

#define NQ_FOLD_BLOCK        128
#define NQ_FOLD_EXPANDS      0x10000000u
#define NQ_FOLD_VALUE        0x001FFFFFu
#define NQ_FOLD_ENTRY(c, v)  ((uint32_t)(c) << 29 | (uint32_t)(v))
#define NQ_FOLD_CLASS(entry) ((entry) >> 29)

#endif
