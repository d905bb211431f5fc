/* Titles of documents and cited works: whether two printings mean one. */
#ifndef NQ_CHECK_TITLE_H
#define NQ_CHECK_TITLE_H

#include "base/arena.h"

/* What printings of a title have in common: folded letters, digits and Han in a row, brackets,
 * punctuation, 关于 and 的 left out.  Empty where nothing is left; absent without memory. */
struct nq_str nq_title_normal(struct nq_arena *arena, struct nq_str title);

/* Whether two such keys mean one work: equal, one with a short word more (方案, 实施方案), or one
 * within the other (with who issued it before it, or what else the page holds behind it).  Another
 * year, number or place is another work. */
bool nq_titles_same(struct nq_str a, struct nq_str b);

#endif
