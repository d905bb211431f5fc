/* Merging all segments of an FTS5 table into one: a heap of cursors, the least term first. */
#include "engine/merge.h"

#include <stdlib.h>

#include "engine/fts5_segment.h"
#include "engine/leaves.h"

enum { TERM_MOST = 1 + 32768 }; /* bytes; FTS5 cuts longer tokens */

struct merge {
    struct nq_fts5_table table;
    struct nq_fts5_cursor *cursors; /* of the segments, newest first */
    struct nq_fts5_cursor **heap;
    size_t n;
    struct nq_fts5_cursor **group; /* those that stand on the term at hand, newest first */
    size_t n_group;
    struct nq_leaves leaves;
    bool told;       /* the term at hand was written */
    int64_t passage; /* its posting that was written last */
    bool too_long;
    enum nq_status status;
    struct nq_error *err;
};

/* ---- the heap
 * ------------------------------------------------------------------------------------- */

static bool before(const struct nq_fts5_cursor *a, const struct nq_fts5_cursor *b)
{
    int order = nq_str_cmp(nq_buf_str(&a->term), nq_buf_str(&b->term));
    return order < 0 || (order == 0 && a < b);
}

static void push(struct merge *m, struct nq_fts5_cursor *c)
{
    size_t i = m->n++;
    for (; i > 0 && before(c, m->heap[(i - 1) / 2]); i = (i - 1) / 2)
        m->heap[i] = m->heap[(i - 1) / 2];
    m->heap[i] = c;
}

static struct nq_fts5_cursor *pop(struct merge *m)
{
    struct nq_fts5_cursor *least = m->heap[0], *last = m->heap[--m->n];
    size_t i = 0, child;
    while ((child = 2 * i + 1) < m->n) {
        child += child + 1 < m->n && before(m->heap[child + 1], m->heap[child]);
        if (before(last, m->heap[child]))
            break;
        m->heap[i] = m->heap[child];
        i = child;
    }
    m->heap[i] = last;
    return least;
}

/* Takes the cursors that stand on the least term. */
static void take_group(struct merge *m)
{
    m->n_group = 0;
    do
        m->group[m->n_group++] = pop(m);
    while (m->n > 0 && nq_str_eq(nq_buf_str(&m->heap[0]->term), nq_buf_str(&m->group[0]->term)));
}

/* ---- a term
 * --------------------------------------------------------------------------------------- */

static bool write_posting(struct merge *m, const struct nq_fts5_cursor *c)
{
    if (c->removed)
        return true;
    m->too_long = c->places.len > NQ_LEAVES_POSITIONS;
    if (m->too_long)
        return false;
    struct nq_str term = nq_buf_str(&m->group[0]->term);
    if (term.len > TERM_MOST || (m->told && c->passage <= m->passage)) {
        m->status = nq_db_fail(m->table.db, SQLITE_CORRUPT_VTAB, m->err);
        return false;
    }
    m->passage = c->passage;
    if (!m->told)
        m->status = nq_leaves_term(&m->leaves, nq_str_sub(term, 1, term.len), m->err);
    m->told = true;
    if (m->status == NQ_OK)
        m->status = nq_leaves_posting(&m->leaves, c->passage, c->places, m->err);
    return m->status == NQ_OK;
}

/* The place among `n` cursors of the one whose posting comes next, of one passage the newest's;
 * *limit is where another's does. */
static size_t find_next(struct nq_fts5_cursor *const *live, size_t n, int64_t *limit)
{
    size_t next = 0;
    *limit = INT64_MAX;
    for (size_t i = 1; i < n; i++) {
        bool sooner = live[i]->passage < live[next]->passage;
        int64_t other = live[sooner ? next : i]->passage;
        *limit = other < *limit ? other : *limit;
        next = sooner ? i : next;
    }
    return next;
}

/* Passes over a posting; the cursor leaves `live`, whose order stays, where that was its last. */
static void advance(struct nq_fts5_cursor **live, size_t *n, size_t i)
{
    if (nq_fts5_next_posting(live[i], live[i]->passage + 1))
        return;
    --*n;
    for (; i < *n; i++)
        live[i] = live[i + 1];
}

/* Writes the postings of the group's term.  Segments mostly hold passages of their own: one goes on
 * until another has something to say. */
static bool write_term(struct merge *m, struct nq_fts5_cursor **live)
{
    size_t n = 0;
    m->told = false;
    for (size_t i = 0; i < m->n_group; i++)
        if (nq_fts5_next_posting(m->group[i], 1))
            live[n++] = m->group[i];
    while (n > 0 && m->table.status == NQ_OK) {
        int64_t limit, passage;
        size_t i = find_next(live, n, &limit), before_it = n;
        do {
            passage = live[i]->passage;
            if (!write_posting(m, live[i]))
                return false;
            advance(live, &n, i);
        } while (n == before_it && live[i]->passage < limit);
        for (size_t k = n; k-- > 0;)
            if (live[k]->passage == passage) /* what older segments say of it */
                advance(live, &n, k);
    }
    return m->table.status == NQ_OK;
}

/* ---- all of them
 * ---------------------------------------------------------------------------------- */

static bool open_cursors(struct merge *m)
{
    size_t n = m->table.n;
    m->cursors = calloc(n, sizeof *m->cursors);
    m->heap = calloc(n, sizeof *m->heap);
    m->group = calloc(2 * n, sizeof *m->group); /* and as many of it that have more postings */
    if (!m->cursors || !m->heap || !m->group) {
        m->status = nq_fail_nomem(m->err);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        struct nq_fts5_cursor *c = &m->cursors[i];
        c->table = &m->table;
        c->segment = &m->table.segments[i];
        if (nq_fts5_seek(c, NQ_STR("")))
            push(m, c);
    }
    return m->table.status == NQ_OK;
}

static void write_terms(struct merge *m)
{
    bool more = open_cursors(m);
    while (more && m->n > 0) {
        take_group(m);
        more = write_term(m, m->group + m->table.n);
        for (size_t i = 0; i < m->n_group && more; i++)
            if (nq_fts5_next_term(m->group[i]))
                push(m, m->group[i]);
        more = more && m->table.status == NQ_OK;
    }
    if (m->status == NQ_OK)
        m->status = m->table.status;
}

enum nq_status nq_merge_table(struct nq_db *db, bool words, bool *done, struct nq_error *err)
{
    bool room;
    struct merge m = {.err = err};
    *done = true;
    m.status = nq_fts5_table_open(db, words, &m.table, err);
    if (m.status != NQ_OK || m.table.n < 2)
        goto out;
    m.status =
        nq_leaves_begin(&m.leaves, db, words ? &nq_leaves_words : &nq_leaves_text, &room, err);
    if (m.status == NQ_OK)
        write_terms(&m);
    *done = !m.too_long;
    if (m.status == NQ_OK)
        m.status = m.too_long ? nq_leaves_undo(&m.leaves, err) : nq_leaves_replace(&m.leaves, err);
out:
    nq_leaves_finish(&m.leaves);
    for (size_t i = 0; m.cursors && i < m.table.n; i++)
        nq_fts5_cursor_finish(&m.cursors[i]);
    free(m.cursors);
    free(m.heap);
    free(m.group);
    nq_fts5_table_close(&m.table);
    return m.status;
}
