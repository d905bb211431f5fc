/* The record of an FTS5 table that lists its segments. */
#include "engine/fts5_structure.h"

#include <stdlib.h>

#include "base/grow.h"

enum { COOKIE = 4 };

bool nq_fts5_long_number(struct nq_str bytes, size_t *at, uint64_t *value)
{
    uint64_t v = 0;
    for (int i = 0; i < 9 && *at < bytes.len; i++) {
        unsigned char byte = (unsigned char)bytes.ptr[(*at)++];
        if (i == 8) {
            *value = v << 8 | byte;
            return true;
        }
        v = v << 7 | (byte & 0x7F);
        if (byte < 0x80) {
            *value = v;
            return true;
        }
    }
    return false;
}

size_t nq_fts5_put_number(uint8_t *out, uint64_t value)
{
    enum { MOST = 9 }; /* bytes, of which the last is whole */
    size_t n = 1, last = value >> 56 ? 1 : 0;
    if (last) {
        out[MOST - 1] = (uint8_t)value;
        value >>= 8;
        n = MOST - 1;
    }
    for (uint64_t rest = value >> 7; rest && !last; rest >>= 7)
        n++;
    for (size_t i = n; i-- > 0; value >>= 7)
        out[i] = (uint8_t)(value & 0x7F) | (i + 1 < n + last ? 0x80 : 0);
    return n + last;
}

void nq_fts5_add_number(struct nq_buf *out, uint64_t value)
{
    uint8_t bytes[9];
    nq_buf_add(out, (struct nq_str){(const char *)bytes, nq_fts5_put_number(bytes, value)});
}

static void turn(struct nq_fts5_segment *segments, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        struct nq_fts5_segment swapped = segments[i];
        segments[i] = segments[--n];
        segments[n] = swapped;
    }
}

static enum nq_status read_segments(struct nq_db *db, struct nq_str record, size_t *at, uint64_t n,
                                    struct nq_fts5_structure *s, size_t *cap, struct nq_error *err)
{
    uint64_t id, first, last;
    size_t begin = s->n;
    for (uint64_t i = 0; i < n; i++) {
        if (!nq_fts5_number(record, at, &id) || !nq_fts5_number(record, at, &first) ||
            !nq_fts5_number(record, at, &last) || id >> 16 || first >> 31 || last >> 31)
            return nq_db_fail(db, SQLITE_CORRUPT_VTAB, err);
        struct nq_fts5_segment *grown = nq_grow(s->segments, s->n, cap, sizeof *grown);
        if (!grown)
            return nq_fail_nomem(err);
        s->segments = grown;
        s->segments[s->n++] = (struct nq_fts5_segment){(int64_t)id, (int64_t)first, (int64_t)last};
    }
    turn(s->segments + begin, s->n - begin);
    return NQ_OK;
}

enum nq_status nq_fts5_structure_read(struct nq_db *db, struct nq_str record,
                                      struct nq_fts5_structure *out, struct nq_error *err)
{
    size_t at = COOKIE, cap = 0;
    uint64_t total, merging, n;
    *out = (struct nq_fts5_structure){0};
    if (!nq_fts5_number(record, &at, &out->levels) || !nq_fts5_number(record, &at, &total) ||
        !nq_fts5_number(record, &at, &out->written))
        return nq_db_fail(db, SQLITE_CORRUPT_VTAB, err);
    out->from = out->to = at;
    for (uint64_t i = 0; i < out->levels; i++) {
        if (!nq_fts5_number(record, &at, &merging) || !nq_fts5_number(record, &at, &n))
            return nq_db_fail(db, SQLITE_CORRUPT_VTAB, err);
        if (i == 0) {
            out->merging = merging;
            out->n_first = n;
            out->from = at;
        }
        enum nq_status status = read_segments(db, record, &at, n, out, &cap, err);
        if (status != NQ_OK)
            return status;
        if (i == 0)
            out->to = at;
    }
    return NQ_OK;
}

void nq_fts5_structure_add(struct nq_str record, const struct nq_fts5_structure *s, int64_t number,
                           int64_t leaves, struct nq_buf *out)
{
    nq_buf_add(out, nq_str_sub(record, 0, COOKIE));
    nq_fts5_add_number(out, s->levels ? s->levels : 1);
    nq_fts5_add_number(out, s->n + 1);
    nq_fts5_add_number(out, s->written + (uint64_t)leaves);
    nq_fts5_add_number(out, s->merging);
    nq_fts5_add_number(out, s->n_first + 1);
    nq_buf_add(out, nq_str_sub(record, s->from, s->to));
    nq_fts5_add_number(out, (uint64_t)number);
    nq_fts5_add_number(out, 1);
    nq_fts5_add_number(out, (uint64_t)leaves);
    nq_buf_add(out, nq_str_sub(record, s->to, record.len));
}

void nq_fts5_structure_one(struct nq_str record, const struct nq_fts5_structure *s, int64_t number,
                           int64_t leaves, struct nq_buf *out)
{
    /* Not among the newest: FTS5 merges those with what comes next. */
    uint64_t last = leaves == 0 ? 0 : s->levels > 1 ? s->levels - 1 : 1;
    nq_buf_add(out, nq_str_sub(record, 0, COOKIE));
    nq_fts5_add_number(out, leaves ? last + 1 : 0);
    nq_fts5_add_number(out, leaves ? 1 : 0);
    nq_fts5_add_number(out, s->written + (uint64_t)leaves);
    for (uint64_t i = 0; i < 2 * last; i++)
        nq_fts5_add_number(out, 0); /* none is being merged, none is there */
    const uint64_t numbers[] = {0, 1, (uint64_t)number, 1, (uint64_t)leaves};
    for (size_t i = 0; leaves && i < NQ_COUNT(numbers); i++)
        nq_fts5_add_number(out, numbers[i]);
}
