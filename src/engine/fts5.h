/* Our side of FTS5's extension interface (https://sqlite.org/fts5.html, section 7): a tokenizer
 * that takes ready-made tokens.
 *
 * The tokenizer "nq" finds nothing itself.  For a document it emits what stands in `documents`,
 * where the inserted text is the digit of a column: so a text is folded and cut once for both
 * indexes, whatever SQLite's encoding.  Queries never come here: postings are read by fts5_query.h.
 */
#ifndef NQ_ENGINE_FTS5_H
#define NQ_ENGINE_FTS5_H

#include "store/db.h"
#include "text/tokens.h"

enum { NQ_FTS5_COLUMNS = 2 };

/* One connection's FTS5: the tokens that the next INSERT or 'delete' is about. */
struct nq_fts5 {
    struct {
        const struct nq_token *tokens;
        size_t n;
    } documents[NQ_FTS5_COLUMNS];
};

/* Makes the tokenizer known to `db`; `fts5` must outlive it. */
enum nq_status nq_fts5_register(struct nq_db *db, struct nq_fts5 *fts5, struct nq_error *err);

#endif
