/* Writing a segment of an FTS5 table. */
#include "engine/leaves.h"

#include <stdlib.h>

#include "engine/fts5_segment.h"
#include "store/sql.h"

enum {
    LEAF_BYTES = 4072, /* as `pgsz` in index/fts.sql; a leaf may be longer, for one posting */
    HEAD_BYTES = 4,
    MOST_BYTES = 1 << 16,
    SEGMENT_SHIFT = 37,
    TOTALS_ID = 1,
    STRUCTURE_ID = 10,
    MOST_NUMBER = 2000, /* FTS5's */
    COOKIE_BYTES = 4,
};

#define STATEMENTS(table)                                                                          \
    .get = "SELECT block FROM " table "_data WHERE id = ?1",                                       \
    .put = "REPLACE INTO " table "_data (id, block) VALUES (?1, ?2)",                              \
    .index = "INSERT INTO " table "_idx (segid, term, pgno) VALUES (?1, ?2, ?3)"

const struct nq_leaves_table nq_leaves_text = {2, true, STATEMENTS("text")};
const struct nq_leaves_table nq_leaves_words = {1, false, STATEMENTS("words")};

size_t nq_leaves_varint(uint8_t *out, uint64_t value)
{
    size_t n = 1;
    for (uint64_t rest = value >> 7; rest; rest >>= 7)
        n++;
    for (size_t i = n; i-- > 0; value >>= 7)
        out[i] = (uint8_t)(value & 0x7F) | (i + 1 < n ? 0x80 : 0);
    return n;
}

static void add_varint(struct nq_buf *out, uint64_t value)
{
    uint8_t bytes[9];
    nq_buf_add(out, (struct nq_str){(const char *)bytes, nq_leaves_varint(bytes, value)});
}

static enum nq_status get(struct nq_leaves *w, int64_t id, struct nq_buf *out, struct nq_error *err)
{
    return nq_sql_blob(w->db, w->table->get, NQ_WITH(nq_int(id)), out, err);
}

static enum nq_status put(struct nq_leaves *w, int64_t id, struct nq_str bytes,
                          struct nq_error *err)
{
    return nq_sql_run(w->db, w->table->put, NQ_WITH(nq_int(id), nq_blob(bytes)), err);
}

/* ---- the structure
 * ------------------------------------------------------------------------------------- */

/* What the structure says: cookie, then varints: levels, segments, leaves written so far, and for
 * each level: segments that are being merged, segments, and number, first and last leaf of each. */
struct structure {
    uint64_t levels, segments, written;
    uint64_t merging, first_level; /* of the first level, whose segments stand at [from, to) */
    size_t from, to;
    bool used[MOST_NUMBER + 1];
};

static bool read_level(struct nq_str bytes, size_t *at, struct structure *s, bool first)
{
    uint64_t merging, n, number, leaf;
    if (!nq_fts5_number(bytes, at, &merging) || !nq_fts5_number(bytes, at, &n))
        return false;
    if (first) {
        s->merging = merging;
        s->first_level = n;
        s->from = *at;
    }
    for (uint64_t i = 0; i < n; i++) {
        if (!nq_fts5_number(bytes, at, &number) || !nq_fts5_number(bytes, at, &leaf) ||
            !nq_fts5_number(bytes, at, &leaf))
            return false;
        if (number <= MOST_NUMBER)
            s->used[number] = true;
    }
    if (first)
        s->to = *at;
    return true;
}

static bool read_structure(struct nq_str bytes, struct structure *s)
{
    size_t at = COOKIE_BYTES;
    *s = (struct structure){0};
    if (bytes.len < COOKIE_BYTES || !nq_fts5_number(bytes, &at, &s->levels) ||
        !nq_fts5_number(bytes, &at, &s->segments) || !nq_fts5_number(bytes, &at, &s->written))
        return false;
    s->from = s->to = at;
    for (uint64_t i = 0; i < s->levels; i++)
        if (!read_level(bytes, &at, s, i == 0))
            return false;
    return true;
}

/* The structure with the segment at hand as the newest of the first level. */
static void add_segment(const struct nq_leaves *w, struct nq_str old, const struct structure *s,
                        struct nq_buf *out)
{
    nq_buf_add(out, nq_str_sub(old, 0, COOKIE_BYTES));
    add_varint(out, s->levels ? s->levels : 1);
    add_varint(out, s->segments + 1);
    add_varint(out, s->written + (uint64_t)w->leaf);
    add_varint(out, s->merging);
    add_varint(out, s->first_level + 1);
    nq_buf_add(out, nq_str_sub(old, s->from, s->to));
    add_varint(out, (uint64_t)w->segment);
    add_varint(out, 1);
    add_varint(out, (uint64_t)w->leaf);
    nq_buf_add(out, nq_str_sub(old, s->to, old.len));
}

static enum nq_status write_structure(struct nq_leaves *w, struct nq_error *err)
{
    struct structure s;
    struct nq_buf new = {0};
    if (!read_structure(nq_buf_str(&w->structure), &s))
        return nq_db_fail(w->db, SQLITE_CORRUPT, err);
    add_segment(w, nq_buf_str(&w->structure), &s, &new);
    enum nq_status status =
        new.failed ? nq_fail_nomem(err) : put(w, STRUCTURE_ID, nq_buf_str(&new), err);
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
        add_varint(&new, total + (uint64_t)(i == 0 ? passages : tokens[i - 1]));
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
    memset(w->page, 0, HEAD_BYTES);
    w->n = HEAD_BYTES;
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
    return put(w, w->segment << SEGMENT_SHIFT | w->leaf, bytes, err);
}

static bool leaf_is_full(const struct nq_leaves *w, size_t more)
{
    return w->n > HEAD_BYTES && w->n + w->starts.len + more > LEAF_BYTES;
}

enum nq_status nq_leaves_begin(struct nq_leaves *w, struct nq_db *db,
                               const struct nq_leaves_table *table, bool *room,
                               struct nq_error *err)
{
    struct structure s;
    w->db = db;
    w->table = table;
    enum nq_status status = get(w, STRUCTURE_ID, &w->structure, err);
    if (status != NQ_OK)
        return status;
    if (!read_structure(nq_buf_str(&w->structure), &s))
        return nq_db_fail(db, SQLITE_CORRUPT, err);
    for (w->segment = 1; w->segment < MOST_NUMBER && s.used[w->segment];)
        w->segment++;
    *room = s.segments + 1 < NQ_LEAVES_SEGMENTS;
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
    add_varint(&w->starts, w->n - w->last_start);
    bool first = w->last_start == 0;
    w->last_start = w->n;
    if (first)
        shared = 0;
    else
        w->n += nq_leaves_varint(w->page + w->n, shared);
    w->n += nq_leaves_varint(w->page + w->n, w->term.len - shared);
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
    w->n += nq_leaves_varint(w->page + w->n, (uint64_t)(difference ? id - w->id : id));
    if (w->table->positions) {
        w->n += nq_leaves_varint(w->page + w->n, positions.len * 2);
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
    if (w->n > HEAD_BYTES) {
        status = write_leaf(w, err);
        if (status == NQ_OK)
            status = write_structure(w, err);
    }
    return status == NQ_OK ? add_totals(w, passages, tokens, err) : status;
}

void nq_leaves_finish(struct nq_leaves *w)
{
    nq_buf_finish(&w->structure);
    nq_buf_finish(&w->starts);
    nq_buf_finish(&w->term);
    free(w->page);
    *w = (struct nq_leaves){0};
}
