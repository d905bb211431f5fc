/* What the passages of a section were about so far: for the event finder. */
#ifndef NQ_TIME_RECALL_H
#define NQ_TIME_RECALL_H

#include "base/arena.h"
#include "base/buf.h"
#include "time/marks.h"

/* Zeroed is empty. */
struct nq_recall {
    struct nq_buf document, actor; /* the last that was issued, the last that acted */
    struct nq_buf aliases;         /* pairs of lines: what a document is called, its title */
    struct nq_buf issuers;         /* pairs of lines: a document's title, who issued it */
};

/* Forgets all, but keeps memory; frees it. */
void nq_recall_clear(struct nq_recall *recall);
void nq_recall_finish(struct nq_recall *recall);

/* Notes the documents that `bytes`, folded as `text` with `marks`, gives a short name:
 * 《关于…的实施方案》（以下简称《方案》）.  False without memory. */
bool nq_recall_read(struct nq_recall *recall, struct nq_str bytes, const struct nq_folded *text,
                    const struct marks *marks);

/* The title that `title` is short for, in `arena`: one that was given it, or the last document
 * where that holds it; `title` itself where there is none. */
struct nq_str nq_recall_title(const struct nq_recall *recall, struct nq_arena *arena,
                              struct nq_str title);

/* Notes that `actor` issued `document`, where it is anybody; false without memory. */
bool nq_recall_issued(struct nq_recall *recall, struct nq_str document, struct nq_str actor);

/* Who issued `document`, in `arena`; {0} where it was not said. */
struct nq_str nq_recall_issuer(const struct nq_recall *recall, struct nq_arena *arena,
                               struct nq_str document);

/* Puts `s` into `buf`, one of a recall's; false without memory. */
bool nq_recall_keep(struct nq_buf *buf, struct nq_str s);

#endif
