/* Our side of FTS5's extension interface (https://sqlite.org/fts5.html, section 7): a tokenizer
 * that takes ready-made tokens, and a function that hands us the postings of a query.
 *
 * Tokens.  The tokenizer "nq" finds nothing itself.  For a document it emits what stands in
 * `documents`, where the inserted text is the digit of a column: so a text is folded and cut once
 * for both indexes, whatever SQLite's encoding.  In a query it takes a list that the compiler made,
 * TOKEN (MARK TOKEN)*, where MARK says whether the next token follows or may stand in place of the
 * one before.  What a user typed never reaches FTS5's own syntax.
 *
 * Postings.  FTS5's bm25() visits every row through SQLite's virtual machine and counts every
 * phrase's rows beforehand.  xQueryPhrase walks one phrase's postings without either; that is what
 * makes ranking cheap. */
#ifndef NQ_ENGINE_FTS5_H
#define NQ_ENGINE_FTS5_H

#include "store/db.h"
#include "text/tokens.h"

#define NQ_LIST_NEXT    '\x1F'
#define NQ_LIST_SYNONYM '\x1E'

enum { NQ_FTS5_COLUMNS = 2 };

/* One connection's FTS5: the tokens that the next INSERT or 'delete' is about. */
struct nq_fts5 {
    struct {
        const struct nq_token *tokens;
        size_t n;
    } documents[NQ_FTS5_COLUMNS];
};

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

/* Makes tokenizer and function known to `db`; `fts5` must outlive it. */
enum nq_status nq_fts5_register(struct nq_db *db, struct nq_fts5 *fts5, struct nq_error *err);

/* Walks the postings of each phrase of `match` in turn, an FTS5 expression of phrases joined by OR.
 * `words`: in the words index (which knows no counts: in_body is 1), else in the text index. */
enum nq_status nq_fts5_phrases(struct nq_db *db, bool words, struct nq_str match,
                               nq_posting_fn *posting, void *user, struct nq_error *err);

/* Walks the passages that match any expression, in the order of their ids, giving for each the
 * postings of the phrases that it holds, one after another. */
enum nq_status nq_fts5_passages(struct nq_db *db, struct nq_str match, nq_posting_fn *posting,
                                void *user, struct nq_error *err);

#endif
