/* The segments of an FTS5 index, read where FTS5 stores them. */
#include "engine/fts5_segment.h"

#include <stdlib.h>

#include "store/sql.h"

static bool damaged(struct nq_fts5_table *t)
{
    if (t->status == NQ_OK)
        t->status = nq_db_fail(t->db, SQLITE_CORRUPT_VTAB, t->err);
    return false;
}

static bool no_memory(struct nq_fts5_table *t)
{
    if (t->status == NQ_OK)
        t->status = nq_fail_nomem(t->err);
    return false;
}

static enum nq_status read_row(struct nq_fts5_table *t, int64_t id, struct nq_buf *out)
{
    static const char text_sql[] = "SELECT block FROM text_data WHERE id = ?1";
    static const char words_sql[] = "SELECT block FROM words_data WHERE id = ?1";
    if (t->status == NQ_OK)
        t->status =
            nq_sql_blob(t->db, t->words ? words_sql : text_sql, NQ_WITH(nq_int(id)), out, t->err);
    return t->status;
}

enum nq_status nq_fts5_table_open(struct nq_db *db, bool words, struct nq_fts5_table *out,
                                  struct nq_error *err)
{
    struct nq_buf record = {0};
    struct nq_fts5_structure s = {0};
    *out = (struct nq_fts5_table){.db = db, .words = words, .err = err};
    if (read_row(out, NQ_FTS5_STRUCTURE, &record) == NQ_OK)
        out->status = nq_fts5_structure_read(db, nq_buf_str(&record), &s, err);
    nq_buf_finish(&record);
    out->segments = s.segments;
    for (size_t i = 0; i < s.n; i++)
        if (s.segments[i].first > 0)
            out->segments[out->n++] = s.segments[i];
    if (out->status != NQ_OK)
        nq_fts5_table_close(out);
    return out->status;
}

void nq_fts5_table_close(struct nq_fts5_table *table)
{
    free(table->segments);
    table->segments = NULL;
    table->n = 0;
}

/* ---- pages ---- */

/* Goes to the next entry of the page's list of terms: where each stands, from the one before. */
static bool next_entry(struct nq_fts5_cursor *c)
{
    uint64_t distance;
    if (c->next_entry >= c->leaf.len) {
        c->next_term = 0;
        return true;
    }
    if (!nq_fts5_number(nq_buf_str(&c->leaf), &c->next_entry, &distance) || distance == 0 ||
        distance >= c->size - c->next_term)
        return damaged(c->table);
    c->next_term += (size_t)distance;
    return true;
}

static size_t two_bytes(const struct nq_buf *page, size_t at)
{
    return (size_t)(unsigned char)page->ptr[at] << 8 | (unsigned char)page->ptr[at + 1];
}

/* Reads a page of the segment: where its first passage stands, how long it is without its list of
 * terms (two bytes each), content, list. */
static bool load(struct nq_fts5_cursor *c, int64_t page)
{
    if (page > c->segment->last)
        return false;
    c->page = page;
    if (read_row(c->table, (c->segment->id << NQ_FTS5_SEGMENT_SHIFT) + page, &c->leaf) != NQ_OK)
        return false;
    if (c->leaf.len < NQ_FTS5_HEADER)
        return damaged(c->table);
    c->first_passage = two_bytes(&c->leaf, 0);
    c->size = two_bytes(&c->leaf, 2);
    if (c->size < NQ_FTS5_HEADER || c->size > c->leaf.len || c->first_passage > c->size)
        return damaged(c->table);
    c->at = NQ_FTS5_HEADER;
    c->next_entry = c->size;
    c->next_term = 0;
    c->first_term = true;
    return next_entry(c);
}

static struct nq_str content(const struct nq_fts5_cursor *c)
{
    return (struct nq_str){c->leaf.ptr, c->size};
}

/* ---- terms ---- */

/* The term at c->next_term: how much of the one before it keeps, a page's first nothing, and what
 * it adds. */
static bool read_term(struct nq_fts5_cursor *c, size_t *kept, struct nq_str *added)
{
    uint64_t n_kept = 0, n_added;
    size_t at = c->next_term;
    if ((!c->first_term && !nq_fts5_number(content(c), &at, &n_kept)) ||
        !nq_fts5_number(content(c), &at, &n_added) || n_added > c->size - at)
        return damaged(c->table);
    *kept = (size_t)n_kept;
    *added = nq_str_sub(content(c), at, at + (size_t)n_added);
    c->at = at + (size_t)n_added;
    c->first_term = false;
    c->passage = 0;
    return next_entry(c);
}

static bool set_term(struct nq_fts5_cursor *c, size_t kept, struct nq_str added)
{
    if (c->term.failed)
        return no_memory(c->table);
    if (kept > c->term.len)
        return damaged(c->table);
    c->term.len = kept;
    nq_buf_add(&c->term, added);
    return c->term.failed ? no_memory(c->table) : true;
}

bool nq_fts5_next_term(struct nq_fts5_cursor *c)
{
    size_t kept;
    struct nq_str added;
    while (c->table->status == NQ_OK && c->next_term == 0)
        if (!load(c, c->page + 1))
            return false;
    return c->table->status == NQ_OK && read_term(c, &kept, &added) && set_term(c, kept, added);
}

/* The last page that may hold `term` or what comes before it. */
static bool page_of(struct nq_fts5_cursor *c, struct nq_str term, int64_t *page)
{
    static const char text_sql[] = "SELECT pgno FROM text_idx WHERE segid = ?1 AND term <= ?2"
                                   " ORDER BY term DESC LIMIT 1";
    static const char words_sql[] = "SELECT pgno FROM words_idx WHERE segid = ?1 AND term <= ?2"
                                    " ORDER BY term DESC LIMIT 1";
    struct nq_fts5_table *t = c->table;
    int64_t entry; /* of which the lowest bit says whether the doclist has an index */
    if (t->status == NQ_OK)
        t->status = nq_sql_int(t->db, t->words ? words_sql : text_sql,
                               NQ_WITH(nq_int(c->segment->id), nq_blob(term)), &entry, t->err);
    if (t->status != NQ_OK)
        return false;
    *page = entry >> 1 > c->segment->first ? entry >> 1 : c->segment->first;
    return true;
}

/* Of the terms of a page before `term`, only what each adds to the one before is looked at. */
bool nq_fts5_seek(struct nq_fts5_cursor *c, struct nq_str term)
{
    int64_t page;
    size_t kept, same = 0; /* bytes that the term passed last and `term` begin with */
    struct nq_str added;
    if (!page_of(c, term, &page) || !load(c, page))
        return false;
    while (c->next_term != 0) {
        if (!read_term(c, &kept, &added))
            return false;
        if (kept > same)
            continue; /* before `term`, as the one passed last */
        size_t most = kept + added.len < term.len ? kept + added.len : term.len;
        for (same = kept; same < most && added.ptr[same - kept] == term.ptr[same];)
            same++;
        if (same == term.len || (same < kept + added.len && (unsigned char)added.ptr[same - kept] >
                                                                (unsigned char)term.ptr[same])) {
            c->term.len = 0;
            nq_buf_add(&c->term, nq_str_sub(term, 0, kept));
            return set_term(c, kept, added);
        }
    }
    c->term.len = 0;
    return nq_fts5_next_term(c);
}

/* ---- postings ---- */

/* Takes a position list of `n` bytes, joined where it goes over pages. */
static bool read_places(struct nq_fts5_cursor *c, size_t n)
{
    size_t here = c->size - c->at;
    if (n <= here) {
        c->places = (struct nq_str){c->leaf.ptr + c->at, n};
        c->at += n;
        return true;
    }
    c->joined.len = 0;
    while (n > 0) {
        if (c->at >= c->size && !load(c, c->page + 1))
            return damaged(c->table);
        here = c->size - c->at < n ? c->size - c->at : n;
        nq_buf_add(&c->joined, (struct nq_str){c->leaf.ptr + c->at, here});
        if (c->joined.failed)
            return no_memory(c->table);
        c->at += here;
        n -= here;
    }
    c->places = nq_buf_str(&c->joined);
    return true;
}

/* Behind a passage in the words index: nothing, or a 0 where it was removed, another where it was
 * put back. */
static void read_marks(struct nq_fts5_cursor *c, size_t end)
{
    c->removed = c->at < end && c->leaf.ptr[c->at] == 0;
    c->at += c->removed;
    if (c->removed && c->at < end && c->leaf.ptr[c->at] == 0) {
        c->removed = false;
        c->at++;
    }
}

/* Goes to where the doclist goes on; false where it ends. */
static bool goes_on(struct nq_fts5_cursor *c)
{
    if (c->next_term != 0 && c->at >= c->next_term)
        return false;
    while (c->at >= c->size) {
        if (!load(c, c->page + 1) || (!c->first_passage && c->next_term))
            return false;
        c->at = c->first_passage ? c->first_passage : c->size;
    }
    return true;
}

/* Passes over postings before `least`, as long as they stand on the page with room behind them. */
static void pass(struct nq_fts5_cursor *c, int64_t least)
{
    enum { ROOM = 32 }; /* more than two numbers and two marks take */
    size_t end = c->next_term ? c->next_term : c->size;
    struct nq_str bytes = {c->leaf.ptr, end};
    uint64_t distance, length = 0;
    while (end - c->at > ROOM && c->at != c->first_passage) {
        size_t at = c->at;
        nq_fts5_number(bytes, &at, &distance);
        if (!c->table->words)
            nq_fts5_number(bytes, &at, &length);
        if (distance >= (uint64_t)(least - c->passage) || length / 2 >= end - at)
            return;
        c->passage += (int64_t)distance;
        c->at = at + (size_t)(length / 2);
        while (c->table->words && c->at < end && c->leaf.ptr[c->at] == 0)
            c->at++;
    }
}

/* Reads the posting that stands next. */
static bool read_posting(struct nq_fts5_cursor *c)
{
    uint64_t distance, length;
    if (c->at == c->first_passage)
        c->passage = 0; /* a page's first is told whole */
    if (!nq_fts5_number(content(c), &c->at, &distance) || distance == 0 ||
        distance > (uint64_t)(INT64_MAX - c->passage))
        return damaged(c->table);
    c->passage += (int64_t)distance;
    if (c->table->words) {
        read_marks(c, c->next_term ? c->next_term : c->size);
        return true;
    }
    if (!nq_fts5_number(content(c), &c->at, &length) || length >> 32)
        return damaged(c->table);
    c->removed = length == 1; /* twice the length, and 1 where older ones were removed */
    return read_places(c, (size_t)(length / 2));
}

bool nq_fts5_next_posting(struct nq_fts5_cursor *c, int64_t least)
{
    do {
        if (c->table->status != NQ_OK || !goes_on(c))
            return false;
        if (least - c->passage > 1)
            pass(c, least);
        if (!goes_on(c) || !read_posting(c))
            return false;
    } while (c->passage < least);
    return true;
}

void nq_fts5_cursor_finish(struct nq_fts5_cursor *c)
{
    nq_buf_finish(&c->term);
    nq_buf_finish(&c->leaf);
    nq_buf_finish(&c->joined);
}
