/* Other names that a text itself gives: 《…办法》（以下简称《办法》）,
 * 国家发展改革委（简称“发改委”）. */
#ifndef NQ_LINK_ALIAS_H
#define NQ_LINK_ALIAS_H

#include "base/str.h"

/* A name and the short form that a text introduces for it, slices of the text.  `full` is the title
 * or the quotation before the bracket where there is one, else all that stands before it in its
 * clause, with what leads up to the name.  `sentence` is where it says so. */
struct nq_alias {
    struct nq_str full, brief, sentence;
    bool whole; /* `full` is the name and nothing else */
};

/* Finds the next introduction at or behind byte `*at` and moves on; false where there is none. */
bool nq_alias_next(struct nq_str text, size_t *at, struct nq_alias *out);

/* The sentence that byte `at` stands in. */
struct nq_str nq_alias_sentence(struct nq_str text, size_t at);

#endif
