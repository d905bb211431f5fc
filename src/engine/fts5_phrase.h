/* A phrase of an FTS5 index: the passages that hold it, and how often. */
#ifndef NQ_ENGINE_FTS5_PHRASE_H
#define NQ_ENGINE_FTS5_PHRASE_H

#include "engine/fts5_list.h"

/* What may stand at one place of a phrase. */
struct nq_fts5_slot {
    struct nq_fts5_list *lists;
    size_t n;
    int64_t passage; /* of the lists' postings the first */
    struct nq_fts5_places places;
};

/* A phrase, standing on a passage.  Zeroed is no phrase; it holds nowhere. */
struct nq_fts5_phrase {
    struct nq_fts5_table *table;
    bool heading;               /* it is to stand in the heading */
    struct nq_fts5_list *lists; /* of all slots */
    size_t n_lists;
    struct nq_fts5_slot *slots; /* one after another */
    size_t n;
    int64_t passage; /* 0 before the first, INT64_MAX behind the last */
    /* How often it stands there.  The words index does not know: 1. */
    uint32_t in_body, in_heading;
};

/* The phrase of a list of tokens, TOKEN (MARK TOKEN)* (compile.h); with `prefix` the last token may
 * go on.  Errors are the table's. */
bool nq_fts5_phrase_open(struct nq_fts5_phrase *phrase, struct nq_fts5_table *table,
                         struct nq_str list, bool prefix, bool heading);

/* Goes on to the first passage from `least` on, unless it stands on one; gives it. */
int64_t nq_fts5_phrase_reach(struct nq_fts5_phrase *phrase, int64_t least);

void nq_fts5_phrase_close(struct nq_fts5_phrase *phrase);

#endif
