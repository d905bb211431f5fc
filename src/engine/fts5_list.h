/* The postings of a token of an FTS5 index, of all segments together. */
#ifndef NQ_ENGINE_FTS5_LIST_H
#define NQ_ENGINE_FTS5_LIST_H

#include "engine/fts5_segment.h"

/* Where a token stands in a passage: the column in the highest bit, the position in it below. */
typedef uint32_t nq_fts5_place;
enum { NQ_FTS5_COLUMN_SHIFT = 31 };

/* Places in order. */
struct nq_fts5_places {
    nq_fts5_place *items;
    size_t n, cap;
};

/* A list of postings.  Zeroed is empty. */
struct nq_fts5_list {
    struct nq_fts5_table *table;
    struct nq_fts5_cursor *cursors; /* of the segments, newest first */
    size_t n;
    const struct nq_fts5_cursor *posting; /* where the list stands */
    int64_t passage;                      /* of the posting; 0 before the first */

    bool prefix; /* tokens are asked for by their beginning: then all of their postings */
    struct nq_fts5_posting *all;
    size_t n_all, at;
};

/* A list of the postings of `token`; with `prefix`, of all that begin with it.  Errors are the
 * table's. */
bool nq_fts5_list_open(struct nq_fts5_list *list, struct nq_fts5_table *table, struct nq_str token,
                       bool prefix);

/* Goes to the next posting, of the passages from `least` on, which is behind the one at hand; false
 * at the end and where the table's status says why. */
bool nq_fts5_list_next(struct nq_fts5_list *list, int64_t least);

/* Appends the places of the posting, which are in order. */
bool nq_fts5_list_places(struct nq_fts5_list *list, struct nq_fts5_places *out);

/* Counts the places of the posting by column. */
bool nq_fts5_list_count(struct nq_fts5_list *list, uint32_t counts[2]);

void nq_fts5_list_finish(struct nq_fts5_list *list);

/* Calls `fn` with each token that begins so, in order, in how many passages it stands, and the last
 * of these; false from it stops.  Errors are the table's. */
void nq_fts5_each_token(struct nq_fts5_table *table, struct nq_str beginning,
                        bool (*fn)(void *user, struct nq_str token, uint64_t passages,
                                   int64_t last),
                        void *user);

#endif
