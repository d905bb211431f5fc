/* Writing a segment of an FTS5 table. */
#include "engine/leaves.h"

#include <stdlib.h>

#include "engine/fts5_structure.h"
#include "store/sql.h"

enum {
    LEAF_BYTES = 4072, /* as `pgsz` in index/fts.sql; a leaf may be longer, for one posting */
    MOST_BYTES = 1 << 16,
    TOTALS_ID = 1,
    MOST_NUMBER = 2000, /* FTS5's */
};

#define STATEMENTS(table)                                                                          \
    .get = "SELECT block FROM " table "_data WHERE id = ?1",                                       \
    .put = "REPLACE INTO " table "_data (id, block) VALUES (?1, ?2)",                              \
    .index = "INSERT INTO " table "_idx (segid, term, pgno) VALUES (?1, ?2, ?3)",                  \
    .drop = "DELETE FROM " table "_data WHERE id BETWEEN ?1 AND ?2",                               \
    .drop_index = "DELETE FROM " table "_idx WHERE segid = ?1"

const struct nq_leaves_table nq_leaves_text = {2, true, STATEMENTS("text")};
const struct nq_leaves_table nq_leaves_words = {1, false, STATEMENTS("words")};

static enum nq_status get(struct nq_leaves *w, int64_t id, struct nq_buf *out, struct nq_error *err)
{
    return nq_sql_blob(w->db, w->table->get, NQ_WITH(nq_int(id)), out, err);
}

static enum nq_status put(struct nq_leaves *w, int64_t id, struct nq_str bytes,
                          struct nq_error *err)
{
    return nq_sql_run(w->db, w->table->put, NQ_WITH(nq_int(id), nq_blob(bytes)), err);
}

/* ---- what the table says of itself
 * --------------------------------------------------------------------- */

static enum nq_status write_structure(struct nq_leaves *w, struct nq_error *err)
{
    struct nq_buf new = {0};
    struct nq_str old = nq_buf_str(&w->record);
    nq_fts5_structure_add(old, &w->structure, w->segment, w->leaf, &new);
    enum nq_status status =
        new.failed ? nq_fail_nomem(err) : put(w, NQ_FTS5_STRUCTURE, nq_buf_str(&new), err);
    nq_buf_finish(&new);
    return status;
}

static enum nq_status add_totals(struct nq_leaves *w, int64_t passages, const int64_t *tokens,
                                 struct nq_error *err)
{
    struct nq_buf old = {0}, new = {0};
    enum nq_status status = get(w, TOTALS_ID, &old, err);
    size_t at = 0;
    for (size_t i = 0; i <= w->table->columns; i++) {
        uint64_t total = 0;
        if (old.len > 0 && !nq_fts5_number(nq_buf_str(&old), &at, &total) && status == NQ_OK)
            status = nq_db_fail(w->db, SQLITE_CORRUPT, err);
        nq_fts5_add_number(&new, total + (uint64_t)(i == 0 ? passages : tokens[i - 1]));
    }
    if (status == NQ_OK && new.failed)
        status = nq_fail_nomem(err);
    if (status == NQ_OK)
        status = put(w, TOTALS_ID, nq_buf_str(&new), err);
    nq_buf_finish(&old);
    nq_buf_finish(&new);
    return status;
}

/* ---- leaves
 * -------------------------------------------------------------------------------------------- */

static void put_u16(uint8_t *at, size_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void start_leaf(struct nq_leaves *w)
{
    memset(w->page, 0, NQ_FTS5_HEADER);
    w->n = NQ_FTS5_HEADER;
    w->leaf++;
    w->starts.len = 0;
    w->last_start = 0;
    w->blank = true;
}

static enum nq_status write_leaf(struct nq_leaves *w, struct nq_error *err)
{
    put_u16(w->page + 2, w->n);
    if (w->starts.len > 0)
        memcpy(w->page + w->n, w->starts.ptr, w->starts.len);
    struct nq_str bytes = {(const char *)w->page, w->n + w->starts.len};
    return put(w, w->segment << NQ_FTS5_SEGMENT_SHIFT | w->leaf, bytes, err);
}

static bool leaf_is_full(const struct nq_leaves *w, size_t more)
{
    return w->n > NQ_FTS5_HEADER && w->n + w->starts.len + more > LEAF_BYTES;
}

/* The lowest number that no segment has. */
static int64_t free_number(const struct nq_fts5_structure *s)
{
    bool used[MOST_NUMBER + 1] = {false};
    int64_t number = 1;
    for (size_t i = 0; i < s->n; i++)
        if (s->segments[i].id <= MOST_NUMBER)
            used[s->segments[i].id] = true;
    while (number < MOST_NUMBER && used[number])
        number++;
    return number;
}

enum nq_status nq_leaves_begin(struct nq_leaves *w, struct nq_db *db,
                               const struct nq_leaves_table *table, bool *room,
                               struct nq_error *err)
{
    w->db = db;
    w->table = table;
    enum nq_status status = get(w, NQ_FTS5_STRUCTURE, &w->record, err);
    if (status == NQ_OK)
        status = nq_fts5_structure_read(db, nq_buf_str(&w->record), &w->structure, err);
    if (status != NQ_OK)
        return status;
    w->segment = free_number(&w->structure);
    *room = w->structure.n + 1 < NQ_LEAVES_SEGMENTS;
    if (!(w->page = malloc(2 * MOST_BYTES)))
        return nq_fail_nomem(err);
    start_leaf(w);
    return NQ_OK;
}

/* The row of TABLE_idx for the leaf at hand, on which the term at hand is the first; it has
 * `shared` bytes in common with the one before. */
static enum nq_status index_leaf(struct nq_leaves *w, size_t shared, struct nq_error *err)
{
    struct nq_str beginning = nq_str_sub(nq_buf_str(&w->term), 0, w->leaf == 1 ? 0 : shared + 1);
    return nq_sql_run(w->db, w->table->index,
                      NQ_WITH(nq_int(w->segment), nq_blob(beginning), nq_int(w->leaf * 2)), err);
}

/* Makes the token's term that at hand; returns how many bytes it has in common with the one before.
 */
static size_t take_term(struct nq_leaves *w, struct nq_str token)
{
    size_t shared = 0;
    if (w->term.len > 0)
        for (shared = 1; shared < w->term.len && shared <= token.len; shared++)
            if (w->term.ptr[shared] != token.ptr[shared - 1])
                break;
    w->term.len = 0;
    nq_buf_add_byte(&w->term, '0');
    nq_buf_add(&w->term, token);
    return shared;
}

enum nq_status nq_leaves_term(struct nq_leaves *w, struct nq_str token, struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    size_t shared = take_term(w, token);
    if (w->term.failed)
        return nq_fail_nomem(err);
    if (leaf_is_full(w, w->term.len + 2)) {
        status = write_leaf(w, err);
        start_leaf(w);
    }
    if (status == NQ_OK && w->last_start == 0)
        status = index_leaf(w, shared, err);
    nq_fts5_add_number(&w->starts, w->n - w->last_start);
    bool first = w->last_start == 0;
    w->last_start = w->n;
    if (first)
        shared = 0;
    else
        w->n += nq_fts5_put_number(w->page + w->n, shared);
    w->n += nq_fts5_put_number(w->page + w->n, w->term.len - shared);
    memcpy(w->page + w->n, w->term.ptr + shared, w->term.len - shared);
    w->n += w->term.len - shared;
    w->fresh = true;
    w->blank = false;
    return status == NQ_OK && w->starts.failed ? nq_fail_nomem(err) : status;
}

enum nq_status nq_leaves_posting(struct nq_leaves *w, int64_t id, struct nq_str positions,
                                 struct nq_error *err)
{
    enum { HEAD = 9 + 5 }; /* of a posting: id and number of bytes */
    enum nq_status status = NQ_OK;
    if (leaf_is_full(w, HEAD + positions.len)) {
        status = write_leaf(w, err);
        start_leaf(w);
    }
    if (w->blank)
        put_u16(w->page, w->n);
    bool difference = !w->blank && !w->fresh;
    w->n += nq_fts5_put_number(w->page + w->n, (uint64_t)(difference ? id - w->id : id));
    if (w->table->positions) {
        w->n += nq_fts5_put_number(w->page + w->n, positions.len * 2);
        memcpy(w->page + w->n, positions.ptr, positions.len);
        w->n += positions.len;
    }
    w->id = id;
    w->blank = w->fresh = false;
    return status;
}

enum nq_status nq_leaves_end(struct nq_leaves *w, int64_t passages, const int64_t *tokens,
                             struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    if (w->n > NQ_FTS5_HEADER) {
        status = write_leaf(w, err);
        if (status == NQ_OK)
            status = write_structure(w, err);
    }
    return status == NQ_OK ? add_totals(w, passages, tokens, err) : status;
}

static enum nq_status drop_segment(struct nq_leaves *w, int64_t number, struct nq_error *err)
{
    int64_t first = number << NQ_FTS5_SEGMENT_SHIFT,
            last = first + ((int64_t)1 << NQ_FTS5_SEGMENT_SHIFT) - 1;
    enum nq_status status =
        nq_sql_run(w->db, w->table->drop, NQ_WITH(nq_int(first), nq_int(last)), err);
    return status == NQ_OK ? nq_sql_run(w->db, w->table->drop_index, NQ_WITH(nq_int(number)), err)
                           : status;
}

enum nq_status nq_leaves_replace(struct nq_leaves *w, struct nq_error *err)
{
    struct nq_buf record = {0};
    bool any = w->n > NQ_FTS5_HEADER;
    enum nq_status status = any ? write_leaf(w, err) : NQ_OK;
    for (size_t i = 0; i < w->structure.n && status == NQ_OK; i++)
        status = drop_segment(w, w->structure.segments[i].id, err);
    nq_fts5_structure_one(nq_buf_str(&w->record), &w->structure, w->segment, any ? w->leaf : 0,
                          &record);
    if (status == NQ_OK)
        status = record.failed ? nq_fail_nomem(err)
                               : put(w, NQ_FTS5_STRUCTURE, nq_buf_str(&record), err);
    nq_buf_finish(&record);
    return status;
}

enum nq_status nq_leaves_undo(struct nq_leaves *w, struct nq_error *err)
{
    return drop_segment(w, w->segment, err);
}

enum nq_status nq_leaves_reload(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db, "PRAGMA writable_schema = RESET", err);
}

void nq_leaves_finish(struct nq_leaves *w)
{
    nq_buf_finish(&w->record);
    free(w->structure.segments);
    nq_buf_finish(&w->starts);
    nq_buf_finish(&w->term);
    free(w->page);
    *w = (struct nq_leaves){0};
}
