/* The unknown-word model: what neither dictionary knows is cut by where in words its characters
 * stand in the dictionary, and by the names of persons that stand there. */
#ifndef NQ_TEXT_UNKNOWN_H
#define NQ_TEXT_UNKNOWN_H

#include "text/dict.h"

/* The longest run looked at as one. */
enum { NQ_UNKNOWN_RUN = 128 };

/* Cuts `n` ideographs, 1 to NQ_UNKNOWN_RUN, given as dictionary codes, into words: writes the
 * lengths of the words, first to last, and returns their number. */
size_t nq_unknown_cut(const struct nq_dict *dict, const uint16_t *codes, size_t n,
                      uint8_t lengths[NQ_UNKNOWN_RUN]);

#endif
