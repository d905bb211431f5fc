/* Expressions of compile.h over an FTS5 index. */
#ifndef NQ_ENGINE_FTS5_QUERY_H
#define NQ_ENGINE_FTS5_QUERY_H

#include "store/db.h"

/* How often a phrase stands in a passage. */
struct nq_posting {
    int64_t passage;
    size_t phrase; /* its number in the query, from 0 */
    uint32_t in_body, in_heading;
};

/* What is to follow a posting. */
enum nq_next {
    NQ_NEXT_POSTING, /* the next one */
    NQ_NEXT_PHRASE,  /* the first of the next phrase, or of the next passage */
    NQ_NEXT_NONE,
};

typedef enum nq_next nq_posting_fn(void *user, const struct nq_posting *posting);

/* Walks the postings of each phrase of `match` in turn, phrases joined by OR.  `words`: in the
 * words index (which knows no counts: in_body is 1), else in the text index. */
enum nq_status nq_fts5_phrases(struct nq_db *db, bool words, struct nq_str match,
                               nq_posting_fn *posting, void *user, struct nq_error *err);

/* Walks the passages that match any expression, in the order of their ids, giving for each the
 * postings of the phrases that it holds, one after another. */
enum nq_status nq_fts5_passages(struct nq_db *db, struct nq_str match, nq_posting_fn *posting,
                                void *user, struct nq_error *err);

#endif
