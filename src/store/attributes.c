/* Passage attributes in chunks. */
#include "store/attributes.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "store/sql.h"

static_assert(sizeof(struct nq_attribute) == 8, "the layout on disk");
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "chunks are stored as they are");

enum {
    EACH_BYTES = NQ_ATTRIBUTE_CHUNK * sizeof(struct nq_attribute), /* stored one by one */
    KIND_SHIFT = 12,
    PLACE_MASK = (1 << KIND_SHIFT) - 1,
};

static_assert(NQ_ATTRIBUTE_CHUNK == PLACE_MASK + 1, "a place takes the bits below the kind");

struct run {
    int32_t day;
    uint16_t source;
    uint16_t first_kind;
};

struct nq_attribute_chunk {
    uint8_t lengths[NQ_ATTRIBUTE_CHUNK];
    struct run *runs;          /* in order of their places, the first at 0 */
    size_t n_runs, at;         /* the run that was looked up last */
    struct nq_attribute *each; /* else one by one: as stored, or since the first set */
    bool changed;
};

uint8_t nq_length_code(size_t n_atoms)
{
    double code = floor(8 * log2((double)n_atoms + 1) + 0.5);
    return code > 255 ? 255 : (uint8_t)code;
}

double nq_length_decode(uint8_t code)
{
    return exp2(code / 8.0) - 1;
}

static void free_chunk(struct nq_attribute_chunk *c)
{
    if (!c)
        return;
    free(c->runs);
    free(c->each);
    free(c);
}

void nq_attributes_finish(struct nq_attributes *a)
{
    for (size_t i = 0; i < a->n_chunks; i++)
        free_chunk(a->chunks[i]);
    free(a->chunks);
    a->chunks = NULL;
    a->n_chunks = a->n_loaded = 0;
}

void nq_attributes_refresh(struct nq_attributes *a, int64_t generation)
{
    if (a->generation != generation)
        nq_attributes_finish(a);
    a->generation = generation;
}

static bool grow(struct nq_attributes *a, size_t n_chunks)
{
    struct nq_attribute_chunk **chunks = realloc(a->chunks, n_chunks * sizeof *chunks);
    if (!chunks)
        return false;
    memset(chunks + a->n_chunks, 0, (n_chunks - a->n_chunks) * sizeof *chunks);
    a->chunks = chunks;
    a->n_chunks = n_chunks;
    return true;
}

/* ---- the layout on disk */

static size_t place(const struct run *r)
{
    return r->first_kind & PLACE_MASK;
}

/* Parts `each` into lengths and runs; returns the number of these, of which there may be as many as
 * passages. */
static size_t part(const struct nq_attribute *each, uint8_t *lengths, struct run *runs)
{
    size_t n = 0;
    for (size_t i = 0; i < NQ_ATTRIBUTE_CHUNK; i++) {
        const struct nq_attribute *a = &each[i], *before = &each[i > 0 ? i - 1 : 0];
        lengths[i] = a->length_code;
        if (i == 0 || a->day != before->day || a->source != before->source ||
            a->kind != before->kind)
            runs[n++] = (struct run){a->day, a->source, (uint16_t)(a->kind << KIND_SHIFT | i)};
    }
    return n;
}

static bool runs_fit(const struct run *runs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (i == 0 ? place(&runs[i]) != 0 : place(&runs[i]) <= place(&runs[i - 1]))
            return false;
    return true;
}

/* Takes a chunk as it is stored; false: it is damaged, or there is no memory (*nomem). */
static bool take(struct nq_attribute_chunk *c, struct nq_str data, bool *nomem)
{
    size_t runs_bytes = data.len - sizeof c->lengths;
    if (data.len == EACH_BYTES) {
        *nomem = !(c->each = malloc(EACH_BYTES));
        for (size_t i = 0; i < NQ_ATTRIBUTE_CHUNK && !*nomem; i++) {
            memcpy(&c->each[i], data.ptr + i * sizeof *c->each, sizeof *c->each);
            c->lengths[i] = c->each[i].length_code;
        }
        return !*nomem;
    }
    if (data.len <= sizeof c->lengths || runs_bytes % sizeof *c->runs != 0)
        return false;
    *nomem = !(c->runs = malloc(runs_bytes));
    if (*nomem)
        return false;
    memcpy(c->lengths, data.ptr, sizeof c->lengths);
    memcpy(c->runs, data.ptr + sizeof c->lengths, runs_bytes);
    c->n_runs = runs_bytes / sizeof *c->runs;
    return runs_fit(c->runs, c->n_runs);
}

static enum nq_status read_chunk(struct nq_db *db, size_t chunk, struct nq_attribute_chunk *out,
                                 struct nq_error *err)
{
    static const char sql[] = "SELECT data FROM attribute WHERE chunk = ?1";
    bool nomem = false;
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_int((int64_t)chunk)), err);
    if (nq_rows_next(&r)) {
        if (!take(out, nq_rows_blob(&r, 0), &nomem))
            r.status = nomem ? nq_fail_nomem(err) : nq_db_fail(db, SQLITE_CORRUPT, err);
    } else if (r.status == NQ_OK && !(out->each = calloc(NQ_ATTRIBUTE_CHUNK, sizeof *out->each))) {
        r.status = nq_fail_nomem(err);
    }
    return nq_rows_end(&r);
}

static enum nq_status write_chunk(struct nq_db *db, size_t chunk, const struct nq_attribute *each,
                                  struct nq_error *err)
{
    static const char sql[] = "INSERT INTO attribute (chunk, data) VALUES (?1, ?2)"
                              " ON CONFLICT (chunk) DO UPDATE SET data = excluded.data";
    uint8_t *data = malloc(NQ_ATTRIBUTE_CHUNK * (1 + sizeof(struct run)));
    if (!data)
        return nq_fail_nomem(err);
    size_t n = part(each, data, (struct run *)(data + NQ_ATTRIBUTE_CHUNK));
    struct nq_str stored = {(const char *)data, NQ_ATTRIBUTE_CHUNK + n * sizeof(struct run)};
    if (stored.len >= EACH_BYTES)
        stored = (struct nq_str){(const char *)each, EACH_BYTES};
    enum nq_status status =
        nq_sql_run(db, sql, NQ_WITH(nq_int((int64_t)chunk), nq_blob(stored)), err);
    free(data);
    return status;
}

/* ---- one passage's */

static enum nq_status find_chunk(struct nq_attributes *a, struct nq_db *db, int64_t id,
                                 struct nq_attribute_chunk **out, struct nq_error *err)
{
    if (id < 0)
        return nq_db_fail(db, SQLITE_CORRUPT, err);
    size_t chunk = (size_t)id / NQ_ATTRIBUTE_CHUNK;
    bool known = chunk < a->n_chunks && a->chunks[chunk];
    if (!known && a->most > 0 && a->n_loaded >= a->most)
        nq_attributes_finish(a);
    if (chunk >= a->n_chunks && !grow(a, chunk + 1))
        return nq_fail_nomem(err);
    if (!a->chunks[chunk]) {
        struct nq_attribute_chunk *read = calloc(1, sizeof *read);
        enum nq_status status = read ? read_chunk(db, chunk, read, err) : nq_fail_nomem(err);
        if (status != NQ_OK) {
            free_chunk(read);
            return status;
        }
        a->chunks[chunk] = read;
        a->n_loaded++;
    }
    *out = a->chunks[chunk];
    return NQ_OK;
}

/* The run that holds the passage at `at`.  Mostly one asks upwards: looked for from the last one
 * on, in steps that double, then by halves. */
static const struct run *find_run(struct nq_attribute_chunk *c, size_t at)
{
    size_t low = place(&c->runs[c->at]) <= at ? c->at : 0, step = 1;
    while (low + step < c->n_runs && place(&c->runs[low + step]) <= at) {
        low += step;
        step *= 2;
    }
    while (step > 0) {
        if (low + step < c->n_runs && place(&c->runs[low + step]) <= at)
            low += step;
        step /= 2;
    }
    c->at = low;
    return &c->runs[low];
}

static struct nq_attribute attribute_at(struct nq_attribute_chunk *c, size_t at)
{
    if (c->each)
        return c->each[at];
    const struct run *r = find_run(c, at);
    return (struct nq_attribute){r->day, r->source, c->lengths[at],
                                 (uint8_t)(r->first_kind >> KIND_SHIFT)};
}

enum nq_status nq_attributes_get(struct nq_attributes *a, struct nq_db *db, int64_t id,
                                 struct nq_attribute *out, struct nq_error *err)
{
    struct nq_attribute_chunk *c = NULL;
    enum nq_status status = find_chunk(a, db, id, &c, err);
    if (status == NQ_OK)
        *out = attribute_at(c, (size_t)id % NQ_ATTRIBUTE_CHUNK);
    return status;
}

enum nq_status nq_attributes_lengths(struct nq_attributes *a, struct nq_db *db, int64_t id,
                                     const uint8_t **out, struct nq_error *err)
{
    struct nq_attribute_chunk *c = NULL;
    enum nq_status status = find_chunk(a, db, id, &c, err);
    if (status == NQ_OK)
        *out = c->lengths;
    return status;
}

enum nq_status nq_attributes_set(struct nq_attributes *a, struct nq_db *db, int64_t id,
                                 struct nq_attribute value, struct nq_error *err)
{
    struct nq_attribute_chunk *c = NULL;
    enum nq_status status = find_chunk(a, db, id, &c, err);
    if (status != NQ_OK)
        return status;
    if (!c->each) {
        struct nq_attribute *each = malloc(EACH_BYTES);
        if (!each)
            return nq_fail_nomem(err);
        for (size_t i = 0; i < NQ_ATTRIBUTE_CHUNK; i++)
            each[i] = attribute_at(c, i);
        c->each = each;
    }
    c->each[id % NQ_ATTRIBUTE_CHUNK] = value;
    c->lengths[id % NQ_ATTRIBUTE_CHUNK] = value.length_code;
    c->changed = true;
    return NQ_OK;
}

enum nq_status nq_attributes_write(struct nq_attributes *a, struct nq_db *db, struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < a->n_chunks && status == NQ_OK; i++) {
        struct nq_attribute_chunk *c = a->chunks[i];
        if (!c || !c->changed)
            continue;
        status = write_chunk(db, i, c->each, err);
        c->changed = false;
    }
    return status;
}
