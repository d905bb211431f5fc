/* The engine for archives that outgrow one file: Xapian's shards beside the database. */
#include "engine/xapian_state.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "engine/xapian_sets.h"

/* ---- attaching
 * -------------------------------------------------------------------------------------- */

/* The places that a front names; else the folders of the set. */
static enum nq_status load_places(struct nq_engine *engine, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    x->places = nq_arena_array(x->arena, x->n_shards + 1, sizeof *x->places);
    enum nq_status status = x->places ? NQ_OK : nq_fail_nomem(err);
    for (size_t i = 0; i < x->n_shards && status == NQ_OK; i++) {
        char key[40];
        struct nq_str place = {0};
        snprintf(key, sizeof key, "shard.%zu", i);
        if (x->front) {
            status = nq_db_meta_text(engine->db, key, x->arena, &place, err);
        } else {
            char *folder = sqlite3_mprintf("%s/%lld", x->folder, (long long)i);
            place = nq_arena_str(x->arena, nq_str_from(folder));
            sqlite3_free(folder);
        }
        x->places[i] = place.ptr;
        if (status == NQ_OK && !place.ptr)
            status = nq_fail_nomem(err);
    }
    return status;
}

/* Numbers of the index, by the keys of meta. */
static enum nq_status load_numbers(struct nq_engine *engine, int64_t *set, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    int64_t shards = 0, carries = 0, front = 0;
    enum nq_status status = nq_db_meta_get(engine->db, "xapian_set", set, err);
    if (status == NQ_OK)
        status = nq_db_meta_get(engine->db, "xapian_shards", &shards, err);
    if (status == NQ_OK)
        status = nq_db_meta_get(engine->db, "xapian_carries", &carries, err);
    if (status == NQ_OK)
        status = nq_db_meta_get(engine->db, "front", &front, err);
    x->n_shards = shards > 0 ? (size_t)shards : 1;
    x->carries = carries;
    x->front = front;
    return status;
}

enum nq_status nq_xapian_attach(struct nq_engine *engine, struct nq_error *err)
{
    int64_t set = 0;
    struct nq_xapian_state *x = calloc(1, sizeof *x);
    char *base = nq_xapian_base(engine->db->path);
    engine->xapian = x;
    engine->backend = &nq_xapian_backend;
    enum nq_status status =
        x && base && (x->arena = nq_arena_create()) ? NQ_OK : nq_fail_nomem(err);
    if (status == NQ_OK)
        status = nq_xapian_load(&x->api, err);
    if (status == NQ_OK)
        status = load_numbers(engine, &set, err);
    if (status == NQ_OK && !(x->folder = sqlite3_mprintf("%s/%lld", base, (long long)set)))
        status = nq_fail_nomem(err);
    if (status == NQ_OK)
        status = load_places(engine, err);
    sqlite3_free(base);
    return status;
}

void nq_xapian_finish(struct nq_engine *engine)
{
    struct nq_xapian_state *x = engine->xapian;
    engine->xapian = NULL;
    if (!x)
        return;
    if (x->api) {
        x->api->reader_close(x->reader);
        x->api->writer_close(x->writer);
    }
    free(x->removed);
    sqlite3_free(x->folder);
    nq_arena_destroy(x->arena);
    nq_buf_finish(&x->data);
    nq_buf_finish(&x->sequence);
    nq_buf_finish(&x->typed);
    free(x);
}

bool nq_engine_missing(const struct nq_engine *engine, size_t i, const char **place,
                       const char **why)
{
    const struct nq_xapian_state *x = engine->xapian;
    return x && x->reader && x->api->missing(x->reader, i, place, why);
}

enum nq_status nq_engine_choose(struct nq_engine *engine, struct nq_error *err)
{
    struct nq_arena *arena = nq_arena_create();
    struct nq_str name = {0};
    enum nq_status status = arena ? NQ_OK : nq_fail_nomem(err);
    if (status == NQ_OK)
        status = nq_db_meta_text(engine->db, "engine", arena, &name, err);
    if (status == NQ_OK && nq_str_eq(name, NQ_STR("xapian")))
        status = nq_xapian_attach(engine, err);
    else if (status == NQ_OK && name.len > 0 && !nq_str_eq(name, NQ_STR("fts5")))
        status = nq_fail(err, NQ_ERR_VERSION, _("%s: made with an engine that is not known: %s"),
                         engine->db->path, name.ptr);
    nq_arena_destroy(arena);
    return status;
}

/* Writes compact copies of the shards as a new set, within a transaction.  The old one stays for
 * its readers until somebody opens the index for writing. */
static enum nq_status optimize(struct nq_engine *engine, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    int64_t set = 0;
    char *base = nq_xapian_base(engine->db->path);
    enum nq_status status = base ? NQ_OK : nq_fail_nomem(err);
    if (status == NQ_OK)
        status = nq_xapian_new_set(engine->db->path, &set, err);
    for (size_t i = 0; i < x->n_shards && status == NQ_OK; i++) {
        char *to = sqlite3_mprintf("%s/%lld/%lld", base, (long long)set, (long long)i);
        status = to ? x->api->copy(x->places[i], to, err) : nq_fail_nomem(err);
        sqlite3_free(to);
    }
    if (status == NQ_OK)
        status = nq_db_meta_set(engine->db, "xapian_set", set, err);
    sqlite3_free(base);
    if (status == NQ_OK) {
        nq_xapian_finish(engine);
        status = nq_xapian_attach(engine, err);
    } else if (set) {
        nq_xapian_remove_set(engine->db->path, set);
    }
    return status;
}

/* ---- what needs no file of its own
 * ------------------------------------------------------------------ */

static enum nq_status nothing(struct nq_engine *engine, struct nq_error *err)
{
    (void)engine, (void)err;
    return NQ_OK;
}

/* A front asks its shards for what other indexes have in their database. */
static enum nq_status refresh(struct nq_engine *engine, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    if (!x->front)
        return NQ_OK;
    enum nq_status status = nq_xapian_read(engine, err);
    if (status == NQ_OK)
        status = x->api->totals(x->reader, &engine->n_passages, &engine->n_atoms, err);
    return status;
}

static enum nq_status atom(struct nq_engine *engine, struct nq_str text, int64_t *passages,
                           struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    uint64_t n = 0;
    if (!x->front)
        return nq_engine_atom(engine, text, passages, err);
    enum nq_status status = x->api->frequency(x->reader, NQ_XAPIAN_ATOM, text, &n, err);
    *passages = (int64_t)n;
    return status;
}

struct hashes {
    struct nq_engine *engine;
    uint64_t text, words;
    enum nq_status status;
    struct nq_error *err;
};

/* Whether the database knows the passage: searches leave out what it does not. */
static bool is_known(struct hashes *h, int64_t passage)
{
    struct nq_attribute a;
    if (!h->engine->xapian->out_of_step)
        return true;
    h->status = nq_attributes_get(&h->engine->attributes, h->engine->db, passage, &a, h->err);
    return h->status == NQ_OK && a.kind;
}

static bool add_hash(void *user, struct nq_str term, int64_t passage, uint32_t count)
{
    struct hashes *h = user;
    bool word = term.ptr[0] == NQ_XAPIAN_WORD, other = term.ptr[0] >= 'A' && term.ptr[0] <= 'Z';
    if (other && !word)
        return true;
    if (!is_known(h, passage))
        return h->status == NQ_OK;
    if (word)
        h->words ^= nq_hash_posting(nq_str_sub(term, 1, term.len), passage, 0, 0);
    else
        h->text += count * nq_hash_posting(term, passage, 0, 0);
    return true;
}

static bool add_sequence(void *user, int64_t passage, struct nq_str sequence)
{
    struct hashes *h = user;
    if (is_known(h, passage))
        h->text += nq_hash_sequence(sequence, passage);
    return h->status == NQ_OK;
}

static enum nq_status hash(struct nq_engine *engine, uint64_t *text, uint64_t *words,
                           struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    struct hashes h = {.engine = engine, .err = err};
    enum nq_status status = nq_xapian_read(engine, err);
    for (size_t i = 0; i < x->n_shards && status == NQ_OK; i++) {
        size_t problems = 0;
        status = x->api->check(x->places[i], &problems, err);
        if (status == NQ_OK && problems > 0)
            status =
                nq_fail(err, NQ_ERR_CORRUPT,
                        _("%s: the Xapian database is damaged; nqindex --rebuild makes it anew"),
                        x->places[i]);
    }
    if (status == NQ_OK)
        status = x->api->postings(x->reader, add_hash, &h, err);
    if (status == NQ_OK)
        status = x->api->sequences(x->reader, add_sequence, &h, err);
    *text = h.text;
    *words = h.words;
    return status == NQ_OK ? h.status : status;
}

const struct nq_backend nq_xapian_backend = {
    .name = "xapian",
    .sequences = true,
    .begin = nq_xapian_write,
    .put = nq_xapian_put,
    .remove = nq_xapian_remove,
    .flush = nq_xapian_flush,
    .committed = nq_xapian_committed,
    .rolled_back = nq_xapian_rolled_back,
    .optimize = optimize,
    .words_start = nothing,
    .words_put = nq_xapian_words_put,
    .words_finish = nothing,
    .refresh = refresh,
    .find = nq_xapian_find,
    .find_partial = nq_xapian_find_partial,
    .likely = nq_xapian_likely,
    .count = nq_xapian_count,
    .lists = nq_xapian_lists,
    .words = nq_xapian_words,
    .atom = atom,
    .hash = hash,
};
