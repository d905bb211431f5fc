/* Synonyms: full and short forms of one thing, from dicts/ (国家发展和改革委员会, 国家发改委,
 * 发改委). */
#ifndef NQ_TEXT_SYNONYMS_H
#define NQ_TEXT_SYNONYMS_H

#include "base/str.h"

/* The most forms of one thing. */
enum { NQ_SYNONYMS_MAX = 16 };

/* The other forms of `word`, however it is printed (width, case, Traditional); returns their
 * number, 0 where it has none.  They live as long as the program. */
size_t nq_synonyms(struct nq_str word, struct nq_str out[NQ_SYNONYMS_MAX]);

#endif
