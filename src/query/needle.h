/* Needles: the terms of a query as they are looked for by reading a text, down to the punctuation
 * of quoted ones, which the text index does not hold. */
#ifndef NQ_QUERY_NEEDLE_H
#define NQ_QUERY_NEEDLE_H

#include "base/arena.h"
#include "query/query.h"
#include "text/tokens.h"

/* A text being read; zeroed is empty, memory is used again by the next text. */
struct nq_reading {
    struct nq_folded folded;
    struct nq_atoms atoms;
    /* The folded characters [gaps[2 i], gaps[2 i + 1]) stand before atom i, or behind the last. */
    uint32_t *gaps;
    size_t cap;
};

/* False without memory. */
bool nq_reading_build(struct nq_reading *reading, struct nq_str text);
void nq_reading_finish(struct nq_reading *reading);

/* One term.  `atoms` are its folded texts, of which there is at least one; those with `ends` end a
 * clause and so a part that is found by itself, unless the term is exact. */
struct nq_needle {
    const struct nq_clause *clause;
    const struct nq_term *term;
    struct nq_str *atoms;
    bool *ends;
    size_t n;
    struct nq_str stem; /* of a loose word alone, else absent */
    struct nq_str
        *gaps; /* of an exact term: n + 1 runs of punctuation, before each atom and last */
};

/* Everything lives in the arena, the clauses in the query. */
struct nq_needles {
    struct nq_needle *items;
    size_t n;
    struct sb_stemmer *stemmer;
    struct nq_buf stem; /* of the word at hand */
};

/* Where a needle was found: atoms [first, last) of a reading. */
typedef void nq_needle_fn(void *user, const struct nq_needle *needle, size_t first, size_t last);

/* The needles of all terms but those of source:, of at most `most` of them.  `checked`: only those
 * of clauses with a punctuated term.  False without memory. */
bool nq_needles_init(struct nq_needles *needles, struct nq_arena *arena,
                     const struct nq_query *query, struct sb_stemmer *stemmer, bool checked,
                     size_t most);
void nq_needles_finish(struct nq_needles *needles);

/* Calls `found` (NULL: nothing) wherever the needle, or a part of it, stands.  True where all of it
 * was found.  A stem for which there is no memory is found nowhere. */
bool nq_needle_find(struct nq_needles *needles, const struct nq_needle *needle,
                    const struct nq_reading *reading, nq_needle_fn *found, void *user);

/* Whether a passage holds a term of every wanted clause among the needles' and none of an excluded
 * one. */
bool nq_needles_hold(struct nq_needles *needles, const struct nq_reading *heading,
                     const struct nq_reading *text);

#endif
