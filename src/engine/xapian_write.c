/* Writing to the second engine's shards, in step with the database. */
#include "engine/xapian_state.h"

#include <stdlib.h>

#include "base/grow.h"
#include "engine/index.h"
#include "engine/xapian_sequence.h"
#include "store/packed.h"
#include "store/passages.h"
#include "store/reports.h"
#include "store/sql.h"

enum { UNFINISHED = -1 }; /* the generation of shards that are being written */

static const char generation_key[] = "generation";

/* The shard of passage `id`. */
static enum nq_status shard_of(struct nq_engine *engine, int64_t id, size_t *shard,
                               struct nq_error *err)
{
    int64_t report = id;
    size_t n = engine->xapian->n_shards;
    *shard = 0;
    enum nq_status status = n > 1 ? nq_store_report_of(engine->db, id, &report, err) : NQ_OK;
    if (n > 1)
        *shard = (size_t)(((uint64_t)report * 0x9E3779B97F4A7C15u) >> 32) % n;
    return status;
}

static enum nq_status set_generation(struct nq_xapian_state *x, int64_t generation,
                                     struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < x->n_shards && status == NQ_OK; i++)
        status = x->api->set_number(x->writer, i, generation_key, generation, err);
    return status == NQ_OK ? x->api->commit(x->writer, err) : status;
}

/* The atoms that passages have, about: soon known in an archive that begins. */
static double average(const struct nq_engine *engine)
{
    static const double first = 100, weight = 1000;
    return ((double)engine->n_atoms + first * weight) / ((double)engine->n_passages + weight);
}

/* Writes the passage whose tokens are prepared. */
enum nq_status nq_xapian_put(struct nq_engine *engine, const struct nq_document *d,
                             struct nq_error *err)
{
    static const char source_sql[] = "SELECT name FROM source WHERE id = ?1";
    struct nq_xapian_state *x = engine->xapian;
    struct nq_xapian_document document = {.id = d->id,
                                          .kind = d->kind,
                                          .day = d->day,
                                          .average = average(engine),
                                          .positions = x->carries,
                                          .body = &engine->body,
                                          .heading = &engine->heading,
                                          .words = engine->word_tokens,
                                          .n_words = engine->n_word_tokens};
    size_t shard;
    enum nq_status status = shard_of(engine, d->id, &shard, err);
    x->data.len = 0;
    if (status == NQ_OK && x->carries)
        status = nq_store_pack(engine->db, d->id, &x->data, err);
    document.data = nq_buf_str(&x->data);
    x->sequence.len = 0;
    nq_sequence_add(&x->sequence, &engine->body, &engine->heading);
    document.sequence = nq_buf_str(&x->sequence);
    if (status == NQ_OK && x->sequence.failed)
        status = nq_fail_nomem(err);
    if (status != NQ_OK)
        return status;
    struct nq_rows source = nq_rows(engine->db, source_sql, NQ_WITH(nq_int(d->source)), err);
    if (nq_rows_next(&source))
        document.source = nq_rows_str(&source, 0);
    if (source.status == NQ_OK)
        source.status = x->api->put(x->writer, shard, &document, err);
    return nq_rows_end(&source);
}

/* ---- what is not in step
 * ---------------------------------------------------------------------------- */

/* Passages of the database that a shard lacks are in `wanted`, a bit each. */
struct repair {
    struct nq_engine *engine;
    bool anew; /* whatever the shards hold, they are filled from nothing */
    uint8_t *wanted;
    int64_t last;
    size_t shard;
    int64_t *surplus;
    size_t n_surplus, cap;
    struct nq_buf heading;
    struct nq_error *err;
    enum nq_status status;
};

static bool is_wanted(const struct repair *r, int64_t id)
{
    return id >= 0 && id <= r->last && r->wanted[id / 8] >> id % 8 & 1;
}

/* A passage that a shard has: there is nothing to do, or it is not to be there. */
static bool on_id(void *user, int64_t id)
{
    struct repair *r = user;
    size_t shard = 0;
    bool wanted = !r->anew && is_wanted(r, id);
    if (wanted)
        r->status = shard_of(r->engine, id, &shard, r->err);
    if (r->status == NQ_OK && wanted && shard == r->shard) {
        r->wanted[id / 8] &= (uint8_t) ~(1u << id % 8);
        return true;
    }
    if (r->status != NQ_OK)
        return false;
    int64_t *surplus = nq_grow(r->surplus, r->n_surplus, &r->cap, sizeof *surplus);
    if (!surplus)
        return r->status = nq_fail_nomem(r->err), false;
    r->surplus = surplus;
    r->surplus[r->n_surplus++] = id;
    return true;
}

static enum nq_status load_ids(struct repair *r)
{
    static const char sql[] = "SELECT id FROM passage";
    struct nq_db *db = r->engine->db;
    enum nq_status status = nq_sql_int(db, "SELECT max(id) FROM passage", NULL, &r->last, r->err);
    if (status == NQ_OK && !(r->wanted = calloc((size_t)r->last / 8 + 1, 1)))
        status = nq_fail_nomem(r->err);
    if (status != NQ_OK)
        return status;
    struct nq_rows row = nq_rows(db, sql, NULL, r->err);
    while (nq_rows_next(&row)) {
        int64_t id = nq_rows_int(&row, 0);
        if (id >= 0 && id <= r->last)
            r->wanted[id / 8] |= (uint8_t)(1u << id % 8);
        else /* not in the order that its pages say */
            row.status = nq_db_fail(db, SQLITE_CORRUPT, r->err);
    }
    return nq_rows_end(&row);
}

static bool put_wanted(void *user, const struct nq_stored_passage *p)
{
    struct repair *r = user;
    struct nq_attribute a;
    if (!is_wanted(r, p->id))
        return true;
    r->heading.len = 0;
    nq_passage_heading(&r->heading, p->kind, p->first, p->title, p->section_heading);
    struct nq_str heading = nq_buf_str(&r->heading);
    if (r->heading.failed || !nq_engine_prepare(r->engine, heading, p->text))
        r->status = nq_fail_nomem(r->err);
    else
        r->status = nq_attributes_get(&r->engine->attributes, r->engine->db, p->id, &a, r->err);
    if (r->status != NQ_OK)
        return false;
    struct nq_document d = {p->id, p->kind, a.day, a.source, heading, p->text};
    r->status = nq_xapian_put(r->engine, &d, r->err);
    return r->status == NQ_OK;
}

/* Makes the shards hold just what the database does. */
static enum nq_status repair(struct nq_engine *engine, bool anew, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    struct repair r = {.engine = engine, .anew = anew, .err = err};
    enum nq_status status = load_ids(&r);
    for (r.shard = 0; r.shard < x->n_shards && status == NQ_OK; r.shard++) {
        r.n_surplus = 0;
        status = x->api->ids(x->writer, r.shard, on_id, &r, err);
        if (status == NQ_OK)
            status = r.status;
        for (size_t i = 0; i < r.n_surplus && status == NQ_OK; i++)
            status = x->api->remove(x->writer, r.shard, r.surplus[i], err);
    }
    if (status == NQ_OK)
        status = nq_store_each_passage(engine->db, 0, 0, put_wanted, &r, err);
    if (status == NQ_OK)
        status = r.status;
    free(r.wanted);
    free(r.surplus);
    nq_buf_finish(&r.heading);
    return status;
}

enum nq_status nq_xapian_write(struct nq_engine *engine, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    bool in_step = true, current = true;
    if (x->writer)
        return NQ_OK;
    if (x->front)
        return nq_fail(err, NQ_ERR_USAGE,
                       _("%s: names shards of an index made elsewhere; that one is written to"),
                       engine->db->path);
    enum nq_status status = x->api->writer_open(x->folder, x->n_shards, &x->writer, err);
    for (size_t i = 0; i < x->n_shards && status == NQ_OK; i++) {
        int64_t generation, form = 0;
        status = x->api->number(x->writer, i, generation_key, &generation, err);
        in_step = in_step && generation == engine->generation;
        if (status == NQ_OK)
            status = x->api->number(x->writer, i, NQ_XAPIAN_FORM_KEY, &form, err);
        current = current && form == NQ_XAPIAN_FORM;
    }
    /* Committed together with the first passages. */
    for (size_t i = 0; i < x->n_shards && status == NQ_OK; i++)
        status = x->api->set_number(x->writer, i, generation_key, UNFINISHED, err);
    if (status == NQ_OK && (!in_step || !current))
        status = repair(engine, !current, err);
    for (size_t i = 0; i < x->n_shards && status == NQ_OK && !current; i++)
        status = x->api->set_number(x->writer, i, NQ_XAPIAN_FORM_KEY, NQ_XAPIAN_FORM, err);
    return status;
}

/* ---- a transaction
 * ---------------------------------------------------------------------------------- */

enum nq_status nq_xapian_remove(struct nq_engine *engine, int64_t id, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    int64_t *removed = nq_grow(x->removed, x->n_removed, &x->removed_cap, sizeof *removed);
    if (!removed)
        return nq_fail_nomem(err);
    x->removed = removed;
    x->removed[x->n_removed++] = id;
    return NQ_OK;
}

enum nq_status nq_xapian_words_put(struct nq_engine *engine, int64_t id, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    size_t shard;
    enum nq_status status = shard_of(engine, id, &shard, err);
    return status == NQ_OK ? x->api->put_words(x->writer, shard, id, engine->word_tokens,
                                               engine->n_word_tokens, err)
                           : status;
}

enum nq_status nq_xapian_flush(struct nq_engine *engine, int64_t generation, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    enum nq_status status = nq_xapian_write(engine, err);
    x->next_generation = generation;
    return status == NQ_OK ? set_generation(x, x->n_removed ? UNFINISHED : generation, err)
                           : status;
}

enum nq_status nq_xapian_committed(struct nq_engine *engine, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < x->n_removed && status == NQ_OK; i++)
        for (size_t shard = 0; shard < x->n_shards && status == NQ_OK; shard++)
            status = x->api->remove(x->writer, shard, x->removed[i], err);
    if (status == NQ_OK && x->n_removed)
        status = set_generation(x, x->next_generation, err);
    nq_xapian_rolled_back(engine);
    return status;
}

void nq_xapian_rolled_back(struct nq_engine *engine)
{
    struct nq_xapian_state *x = engine->xapian;
    x->n_removed = 0;
    x->api->writer_close(x->writer);
    x->writer = NULL;
}
