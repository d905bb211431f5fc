/* The postings of a token of an FTS5 index, of all segments together. */
#include "engine/fts5_list.h"

#include <stdlib.h>

#include "base/grow.h"

#define ENDED INT64_MAX

enum {
    MAIN_INDEX = '0', /* before each term: the index that is none of prefixes */
    COLUMN = 1,       /* in a position list: the column follows */
    LEAST = 2,        /* what else is told is a distance, and this more */
};

/* A place of one of the tokens that begin alike. */
struct nq_fts5_posting {
    int64_t passage;
    nq_fts5_place place;
};

static bool fail(struct nq_fts5_table *t, int rc)
{
    if (t->status == NQ_OK)
        t->status = nq_db_fail(t->db, rc, t->err);
    return false;
}

/* ---- one term ---- */

/* Goes on to `least` or behind it in all segments: the newest one's word counts. */
static bool next_of_term(struct nq_fts5_list *l, int64_t least)
{
    do {
        struct nq_fts5_cursor *newest = NULL;
        for (size_t i = 0; i < l->n; i++) {
            struct nq_fts5_cursor *c = &l->cursors[i];
            if (c->passage < least && !nq_fts5_next_posting(c, least))
                c->passage = ENDED;
            if (c->passage != ENDED && (!newest || c->passage < newest->passage))
                newest = c;
        }
        if (!newest || l->table->status != NQ_OK)
            return false;
        l->posting = newest;
        l->passage = newest->passage;
        least = l->passage + 1;
    } while (l->posting->removed);
    return true;
}

static bool reserve(struct nq_fts5_table *t, struct nq_fts5_places *places, size_t more)
{
    nq_fts5_place *items = nq_reserve(places->items, places->n, more, &places->cap, sizeof *items);
    places->items = items ? items : places->items;
    return items ? true : fail(t, SQLITE_NOMEM);
}

/* Appends the places of a position list. */
static bool decode(struct nq_fts5_table *t, struct nq_str bytes, struct nq_fts5_places *out)
{
    uint64_t value, column = 0, position = 0;
    if (!reserve(t, out, bytes.len))
        return false;
    for (size_t at = 0; at < bytes.len;) {
        if (!nq_fts5_number(bytes, &at, &value))
            return fail(t, SQLITE_CORRUPT_VTAB);
        if (value == COLUMN) {
            if (!nq_fts5_number(bytes, &at, &column) || column > 1)
                return fail(t, SQLITE_CORRUPT_VTAB);
            position = 0;
            continue;
        }
        position += value - LEAST;
        if (value < LEAST || position >> NQ_FTS5_COLUMN_SHIFT)
            return fail(t, SQLITE_CORRUPT_VTAB);
        out->items[out->n++] = (nq_fts5_place)(column << NQ_FTS5_COLUMN_SHIFT | position);
    }
    return true;
}

/* The same, only counted: each number but those of columns is a place. */
static bool count(struct nq_fts5_table *t, struct nq_str bytes, uint32_t counts[2])
{
    size_t column = 0;
    for (size_t at = 0; at < bytes.len; at++) {
        if (bytes.ptr[at] == COLUMN) {
            if (++at == bytes.len || (unsigned char)bytes.ptr[at] > 1)
                return fail(t, SQLITE_CORRUPT_VTAB);
            column = (unsigned char)bytes.ptr[at];
            continue;
        }
        while (at < bytes.len && (unsigned char)bytes.ptr[at] >= 0x80)
            at++;
        counts[column]++;
    }
    return true;
}

/* ---- all terms with one beginning ---- */

/* Sets the list to the first of the terms that its cursors stand on; false behind the last. */
static bool next_term(struct nq_fts5_list *l, struct nq_str beginning)
{
    const struct nq_buf *first = NULL;
    for (size_t i = 0; i < l->n; i++) {
        const struct nq_buf *term = &l->cursors[i].term;
        if (nq_str_starts(nq_buf_str(term), beginning) &&
            (!first || nq_str_cmp(nq_buf_str(term), nq_buf_str(first)) < 0))
            first = term;
    }
    for (size_t i = 0; i < l->n && first; i++) {
        struct nq_fts5_cursor *c = &l->cursors[i];
        c->passage = nq_str_eq(nq_buf_str(&c->term), nq_buf_str(first)) ? 0 : ENDED;
    }
    l->passage = 0;
    return first != NULL;
}

/* Moves the cursors on that stood on the list's term; `at_term` says which. */
static void leave_term(struct nq_fts5_list *l, const bool *at_term)
{
    for (size_t i = 0; i < l->n; i++)
        if (at_term[i] && !nq_fts5_next_term(&l->cursors[i]))
            l->cursors[i].term.len = 0;
}

static bool append(struct nq_fts5_list *l, size_t *cap, struct nq_fts5_places *places)
{
    places->n = 0;
    if (!decode(l->table, l->posting->places, places))
        return false;
    for (size_t i = 0; i < places->n; i++) {
        struct nq_fts5_posting *grown = nq_grow(l->all, l->n_all, cap, sizeof *grown);
        if (!grown)
            return fail(l->table, SQLITE_NOMEM);
        l->all = grown;
        l->all[l->n_all++] = (struct nq_fts5_posting){l->passage, places->items[i]};
    }
    return true;
}

static bool before(const struct nq_fts5_posting *a, const struct nq_fts5_posting *b)
{
    return a->passage != b->passage ? a->passage < b->passage : a->place < b->place;
}

/* Merges two neighbouring runs of `from` into `to`. */
static void merge(const struct nq_fts5_posting *from, size_t first, size_t middle, size_t last,
                  struct nq_fts5_posting *to)
{
    size_t a = first, b = middle;
    for (size_t i = first; i < last; i++)
        to[i] = b == last || (a < middle && !before(&from[b], &from[a])) ? from[a++] : from[b++];
}

/* Where the run ends that begins at `first`. */
static size_t run_end(const struct nq_fts5_posting *items, size_t n, size_t first)
{
    size_t end = first;
    while (++end < n && !before(&items[end], &items[end - 1])) {
    }
    return end < n ? end : n;
}

/* Sorts by merging the runs that are there, one of each term. */
static bool sort(struct nq_fts5_list *l)
{
    struct nq_fts5_posting *other = malloc((l->n_all + 1) * sizeof *other);
    if (!other)
        return fail(l->table, SQLITE_NOMEM);
    while (run_end(l->all, l->n_all, 0) < l->n_all) {
        for (size_t first = 0, middle, last; first < l->n_all; first = last) {
            middle = run_end(l->all, l->n_all, first);
            last = middle < l->n_all ? run_end(l->all, l->n_all, middle) : middle;
            merge(l->all, first, middle, last, other);
        }
        struct nq_fts5_posting *merged = other;
        other = l->all;
        l->all = merged;
    }
    free(other);
    return true;
}

/* Reads all postings of the terms with one beginning, in order, each place once: tokens may stand
 * in the place of one another. */
static bool read_all(struct nq_fts5_list *l, struct nq_str beginning)
{
    struct nq_fts5_places places = {0};
    size_t cap = 0;
    bool *at_term = calloc(l->n + 1, sizeof *at_term), ok = at_term != NULL;
    if (!ok)
        fail(l->table, SQLITE_NOMEM);
    while (ok && next_term(l, beginning)) {
        for (size_t i = 0; i < l->n; i++)
            at_term[i] = l->cursors[i].passage == 0;
        while (ok && next_of_term(l, l->passage + 1))
            ok = append(l, &cap, &places);
        leave_term(l, at_term);
        ok = ok && l->table->status == NQ_OK;
    }
    free(at_term);
    free(places.items);
    l->passage = 0;
    return ok && sort(l);
}

/* ---- the list ---- */

/* Sets the cursors on the term that is `token`, or on the first that begins so; *term is what
 * begins. */
static void seek(struct nq_fts5_list *l, struct nq_fts5_table *table, struct nq_str token,
                 bool prefix, struct nq_buf *term)
{
    *l = (struct nq_fts5_list){.table = table, .prefix = prefix};
    nq_buf_add_byte(term, MAIN_INDEX);
    nq_buf_add(term, token);
    l->cursors = calloc(table->n + 1, sizeof *l->cursors);
    if (term->failed || !l->cursors)
        fail(table, SQLITE_NOMEM);
    for (size_t i = 0; i < table->n && table->status == NQ_OK; i++) {
        struct nq_fts5_cursor *c = &l->cursors[l->n];
        c->table = table;
        c->segment = &table->segments[i];
        if (nq_fts5_seek(c, nq_buf_str(term)) &&
            (prefix || nq_str_eq(nq_buf_str(&c->term), nq_buf_str(term))))
            l->n++;
        else
            nq_fts5_cursor_finish(c);
    }
}

bool nq_fts5_list_open(struct nq_fts5_list *l, struct nq_fts5_table *table, struct nq_str token,
                       bool prefix)
{
    struct nq_buf term = {0};
    seek(l, table, token, prefix, &term);
    bool ok = table->status == NQ_OK && (!prefix || read_all(l, nq_buf_str(&term)));
    nq_buf_finish(&term);
    return ok;
}

bool nq_fts5_list_next(struct nq_fts5_list *l, int64_t least)
{
    if (!l->prefix)
        return next_of_term(l, least);
    while (l->at < l->n_all && l->all[l->at].passage < least)
        l->at++;
    if (l->at == l->n_all)
        return false;
    l->passage = l->all[l->at].passage;
    return true;
}

bool nq_fts5_list_places(struct nq_fts5_list *l, struct nq_fts5_places *out)
{
    if (!l->prefix)
        return decode(l->table, l->posting->places, out);
    size_t end = l->at;
    while (end < l->n_all && l->all[end].passage == l->passage)
        end++;
    if (!reserve(l->table, out, end - l->at))
        return false;
    for (size_t i = l->at; i < end; i++)
        if (i == l->at || l->all[i].place != l->all[i - 1].place)
            out->items[out->n++] = l->all[i].place;
    return true;
}

bool nq_fts5_list_count(struct nq_fts5_list *l, uint32_t counts[2])
{
    counts[0] = counts[1] = 0;
    if (!l->prefix)
        return count(l->table, l->posting->places, counts);
    for (size_t i = l->at; i < l->n_all && l->all[i].passage == l->passage; i++)
        if (i == l->at || l->all[i].place != l->all[i - 1].place)
            counts[l->all[i].place >> NQ_FTS5_COLUMN_SHIFT]++;
    return true;
}

void nq_fts5_list_finish(struct nq_fts5_list *l)
{
    for (size_t i = 0; i < l->n; i++)
        nq_fts5_cursor_finish(&l->cursors[i]);
    free(l->cursors);
    free(l->all);
}

/* ---- all tokens ---- */

void nq_fts5_each_token(struct nq_fts5_table *table, struct nq_str beginning,
                        bool (*fn)(void *user, struct nq_str token, uint64_t passages,
                                   int64_t last),
                        void *user)
{
    struct nq_fts5_list l;
    struct nq_buf from = {0}, term = {0};
    bool more = true;
    seek(&l, table, beginning, true, &from);
    bool *at_term = calloc(l.n + 1, sizeof *at_term);
    if (!at_term)
        fail(table, SQLITE_NOMEM);
    while (more && table->status == NQ_OK && next_term(&l, nq_buf_str(&from))) {
        uint64_t passages = 0;
        int64_t last = 0;
        term.len = 0;
        for (size_t i = 0; i < l.n; i++) {
            at_term[i] = l.cursors[i].passage == 0;
            if (at_term[i] && term.len == 0)
                nq_buf_add(&term, nq_buf_str(&l.cursors[i].term));
        }
        if (term.failed)
            fail(table, SQLITE_NOMEM);
        for (; table->status == NQ_OK && next_of_term(&l, l.passage + 1); passages++)
            last = l.passage;
        if (table->status == NQ_OK && passages > 0)
            more = fn(user, nq_str_sub(nq_buf_str(&term), 1, term.len), passages, last);
        leave_term(&l, at_term);
    }
    free(at_term);
    nq_buf_finish(&term);
    nq_buf_finish(&from);
    nq_fts5_list_finish(&l);
}
