/* The segments of an FTS5 index, read where FTS5 stores them: terms in order, each with its
 * doclist.
 *
 * xQueryPhrase, the only way to postings through FTS5's interface, takes some 1,600 instructions
 * for each; here it is a few dozen.  The format is that of the comments at the head of
 * https://sqlite.org/src/file/ext/fts5/fts5_index.c, version 4, which every FTS5 since SQLite 3.9
 * writes for tables such as ours.  Only what is committed is seen: FTS5 keeps what a writer adds in
 * memory until then. */
#ifndef NQ_ENGINE_FTS5_SEGMENT_H
#define NQ_ENGINE_FTS5_SEGMENT_H

#include "engine/fts5_structure.h"

/* One of the two FTS5 tables, as of the caller's transaction. */
struct nq_fts5_table {
    struct nq_db *db;
    bool words;                       /* the words index, which knows passages and no places */
    struct nq_fts5_segment *segments; /* newest first */
    size_t n;
    struct nq_error *err;
    enum nq_status status; /* the first failure of anything that reads the table */
};

/* Reads which segments there are.  Nothing else is to be called where this fails. */
enum nq_status nq_fts5_table_open(struct nq_db *db, bool words, struct nq_fts5_table *out,
                                  struct nq_error *err);

void nq_fts5_table_close(struct nq_fts5_table *table);

/* A place in a segment: a term, and one of its postings.  All functions give false at the end and
 * where the table's status says why. */
struct nq_fts5_cursor {
    struct nq_fts5_table *table;
    const struct nq_fts5_segment *segment;
    struct nq_buf term;   /* the term that it stands on */
    int64_t passage;      /* of the posting that it stands on; 0 before the first */
    bool removed;         /* the posting says that older segments' do not count */
    struct nq_str places; /* the posting's position list; borrowed until the next call */

    int64_t page;
    struct nq_buf leaf;   /* the page */
    struct nq_buf joined; /* a position list that goes over pages */
    size_t at;            /* the next posting */
    size_t size;          /* the page without its list of terms */
    size_t first_passage; /* where the page's first passage stands that goes on with a doclist; 0 */
    size_t next_term;     /* where the next term stands; 0 where there is none on this page */
    size_t next_entry;    /* of the list of terms */
    bool first_term;      /* the next term is the page's first */
};

/* Goes to the first term that is `term` or behind it.  `c` must be zeroed but for table and
 * segment, or have been used before. */
bool nq_fts5_seek(struct nq_fts5_cursor *c, struct nq_str term);

/* Goes to the next term, wherever it stands in the doclist. */
bool nq_fts5_next_term(struct nq_fts5_cursor *c);

/* Goes to the next posting of the term, of the passages from `least` on. */
bool nq_fts5_next_posting(struct nq_fts5_cursor *c, int64_t least);

void nq_fts5_cursor_finish(struct nq_fts5_cursor *c);

#endif
