/* Titles of documents: what printings of one have in common. */
#ifndef NQ_TEXT_TITLE_H
#define NQ_TEXT_TITLE_H

#include "base/arena.h"
#include "base/buf.h"
#include "text/fold.h"

/* What a title says of the document's age. */
enum nq_title_stage {
    NQ_TITLE_FINAL,
    NQ_TITLE_DRAFT,    /* （征求意见稿）, （草案） */
    NQ_TITLE_REVISION, /* （修订）, （2026年修订版） */
};

/* Replaces what `key` held by the identity of the document titled `title` (with or without 《》):
 * folded, without punctuation, 关于, 的 and an issuer before 关于, the name of the law's country,
 * what stands in brackets at its end but years and （第二批）, and what is wrapped around it
 * (关于印发《…》的通知).  Empty where nothing is left.  `*stage` is set by what was cut off.
 * `scratch` is memory to fold in.  False without memory. */
bool nq_title_key(struct nq_str title, struct nq_folded *scratch, struct nq_buf *key,
                  enum nq_title_stage *stage);

/* Whether a printing of a title breaks off: 《关于推进行业高质量…》. */
bool nq_title_cut(struct nq_str title);

/* The same key in `arena`; absent without memory. */
struct nq_str nq_title_key_in(struct nq_arena *arena, struct nq_str title);

/* Whether two such keys mean one document: equal, one with a short word more (方案, 实施方案), or
 * one within the other (with who issued it before it, or what else the page holds behind it).
 * Another year, number or place is another document. */
bool nq_titles_same(struct nq_str a, struct nq_str b);

#endif
