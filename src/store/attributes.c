/* Passage attributes in chunks. */
#include "store/attributes.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "store/sql.h"

static_assert(sizeof(struct nq_attribute) == 8, "the layout on disk");
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "chunks are mapped as they are");

enum { CHUNK_BYTES = NQ_ATTRIBUTE_CHUNK * sizeof(struct nq_attribute) };

uint8_t nq_length_code(size_t n_atoms)
{
    double code = floor(8 * log2((double)n_atoms + 1) + 0.5);
    return code > 255 ? 255 : (uint8_t)code;
}

double nq_length_decode(uint8_t code)
{
    return exp2(code / 8.0) - 1;
}

static void free_chunks(struct nq_attributes *a)
{
    for (size_t i = 0; i < a->n_chunks; i++)
        free(a->chunks[i]);
    free(a->chunks);
    free(a->changed);
    a->chunks = NULL;
    a->changed = NULL;
    a->n_chunks = a->n_loaded = 0;
}

void nq_attributes_refresh(struct nq_attributes *a, int64_t generation)
{
    if (a->generation != generation)
        free_chunks(a);
    a->generation = generation;
}

static bool grow(struct nq_attributes *a, size_t n_chunks)
{
    struct nq_attribute **chunks = realloc(a->chunks, n_chunks * sizeof *chunks);
    if (!chunks)
        return false;
    a->chunks = chunks;
    bool *changed = realloc(a->changed, n_chunks * sizeof *changed);
    if (!changed)
        return false;
    a->changed = changed;
    memset(chunks + a->n_chunks, 0, (n_chunks - a->n_chunks) * sizeof *chunks);
    memset(changed + a->n_chunks, 0, (n_chunks - a->n_chunks) * sizeof *changed);
    a->n_chunks = n_chunks;
    return true;
}

static enum nq_status read_chunk(struct nq_db *db, size_t chunk, struct nq_attribute *out,
                                 struct nq_error *err)
{
    static const char sql[] = "SELECT data FROM attribute WHERE chunk = ?1";
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_int((int64_t)chunk)), err);
    if (nq_rows_next(&r)) {
        struct nq_str data = nq_rows_blob(&r, 0);
        if (data.len == CHUNK_BYTES)
            memcpy(out, data.ptr, CHUNK_BYTES);
        else
            r.status = nq_db_fail(db, SQLITE_CORRUPT, err);
    }
    return nq_rows_end(&r);
}

enum nq_status nq_attributes_chunk(struct nq_attributes *a, struct nq_db *db, int64_t id,
                                   struct nq_attribute **out, struct nq_error *err)
{
    assert(id >= 0);
    size_t chunk = (size_t)id / NQ_ATTRIBUTE_CHUNK;
    if (chunk >= a->n_chunks && !grow(a, chunk + 1))
        return nq_fail_nomem(err);
    if (!a->chunks[chunk]) {
        struct nq_attribute *read = calloc(NQ_ATTRIBUTE_CHUNK, sizeof *read);
        if (!read)
            return nq_fail_nomem(err);
        enum nq_status status = read_chunk(db, chunk, read, err);
        if (status != NQ_OK) {
            free(read);
            return status;
        }
        a->chunks[chunk] = read;
        a->n_loaded++;
    }
    *out = a->chunks[chunk];
    return NQ_OK;
}

enum nq_status nq_attributes_set(struct nq_attributes *a, struct nq_db *db, int64_t id,
                                 struct nq_attribute value, struct nq_error *err)
{
    struct nq_attribute *chunk;
    enum nq_status status = nq_attributes_chunk(a, db, id, &chunk, err);
    if (status != NQ_OK)
        return status;
    chunk[id % NQ_ATTRIBUTE_CHUNK] = value;
    a->changed[id / NQ_ATTRIBUTE_CHUNK] = true;
    return NQ_OK;
}

enum nq_status nq_attributes_write(struct nq_attributes *a, struct nq_db *db, struct nq_error *err)
{
    static const char sql[] = "INSERT INTO attribute (chunk, data) VALUES (?1, ?2)"
                              " ON CONFLICT (chunk) DO UPDATE SET data = excluded.data";
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < a->n_chunks && status == NQ_OK; i++) {
        struct nq_str data = {(const char *)a->chunks[i], CHUNK_BYTES};
        if (!a->changed[i])
            continue;
        status = nq_sql_run(db, sql, NQ_WITH(nq_int((int64_t)i), nq_blob(data)), err);
        a->changed[i] = false;
    }
    return status;
}

void nq_attributes_finish(struct nq_attributes *a)
{
    free_chunks(a);
}
