/* A segment of an FTS5 table, written without FTS5; fts5_segment.h reads them.
 *
 * The format is that of SQLite's ext/fts5/fts5_index.c ("a segment b-tree"), the same since FTS5
 * was released, and every version reads it:
 *
 *     TABLE_data  a row for each leaf, id segment << 37 | number of the leaf (from 1):
 *                 u16 BE   where on the leaf the first id stands, if its term is on a leaf before;
 *                          else 0
 *                 u16 BE   where the leaf's terms and doclists end
 *                 terms, each as varint (bytes shared with the one before, not for the leaf's
 *                 first), varint (bytes that follow) and these; and behind it its doclist: ids as
 *                 varints, differences from the one before but for the first of the doclist or
 *                 leaf; behind each id, unless the table has detail = none, varint (2 x bytes) and
 *                 the positions
 *                 varints: where on the leaf its terms begin, differences from the one before
 *     TABLE_idx   a row for each leaf on which a term begins: segment, the shortest beginning of
 *                 its first term that is behind the leaf before it, 2 x number of the leaf
 *     TABLE_data  id 1: the totals of passages and tokens by column; id 10: fts5_structure.h
 *
 * Varints are SQLite's: seven bits a byte, the highest first.  A term is "0" and a token.  Indexes
 * into long doclists are left out, as FTS5 may; nothing of ours asks for them. */
#ifndef NQ_ENGINE_LEAVES_H
#define NQ_ENGINE_LEAVES_H

#include "engine/fts5_structure.h"

enum { NQ_LEAVES_SEGMENTS = 1000 }; /* of a table, half of what FTS5 takes */

/* A table's statements. */
struct nq_leaves_table {
    size_t columns;
    bool positions;
    const char *get, *put, *index; /* a row of TABLE_data by id, the same written; one of _idx */
    const char *drop, *drop_index; /* rows of TABLE_data, from id to id; a segment's of _idx */
};

extern const struct nq_leaves_table nq_leaves_text, nq_leaves_words;

/* A segment being written; zero it, then begin. */
struct nq_leaves {
    struct nq_db *db;
    const struct nq_leaves_table *table;
    struct nq_buf record; /* the table's structure as it was */
    struct nq_fts5_structure structure;
    int64_t segment, leaf; /* the number of the segment, and of the leaf at hand */
    uint8_t *page;
    size_t n;             /* bytes of the leaf at hand */
    struct nq_buf starts; /* of its terms, as stored behind them */
    size_t last_start;    /* 0: no term on this leaf yet */
    bool blank, fresh;    /* nothing is on the leaf; no id of the term was written yet */
    int64_t id;           /* written last */
    struct nq_buf term;   /* written last */
};

/* Begins a segment within the caller's transaction; *room is false where there should be no other
 * after it. */
enum nq_status nq_leaves_begin(struct nq_leaves *w, struct nq_db *db,
                               const struct nq_leaves_table *table, bool *room,
                               struct nq_error *err);

/* Goes on to a term's postings; terms must come in the order of their bytes. */
enum nq_status nq_leaves_term(struct nq_leaves *w, struct nq_str token, struct nq_error *err);

/* Adds a posting of the term.  Ids must rise; `positions` is at most NQ_LEAVES_POSITIONS bytes. */
enum { NQ_LEAVES_POSITIONS = 24 << 10 };
enum nq_status nq_leaves_posting(struct nq_leaves *w, int64_t id, struct nq_str positions,
                                 struct nq_error *err);

/* Writes what is left and makes the segment part of the table, and `passages` more passages with so
 * many tokens in each column part of its totals. */
enum nq_status nq_leaves_end(struct nq_leaves *w, int64_t passages, const int64_t *tokens,
                             struct nq_error *err);

/* Writes what is left and makes the segment the only one of the table. */
enum nq_status nq_leaves_replace(struct nq_leaves *w, struct nq_error *err);

/* Takes back what was written of the segment. */
enum nq_status nq_leaves_undo(struct nq_leaves *w, struct nq_error *err);

void nq_leaves_finish(struct nq_leaves *w);

/* Makes SQLite read its schema again, and with it FTS5 the structure of its tables: after segments
 * were written. */
enum nq_status nq_leaves_reload(struct nq_db *db, struct nq_error *err);

#endif
