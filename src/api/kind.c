/* Which engine an index is made for, and where its shards are. */
#define _GNU_SOURCE /* realpath */
#include "api/kind.h"

#include <stdio.h>
#include <stdlib.h>

#include "engine/xapian_sets.h"
#include "engine/xapian_state.h"
#include "store/sql.h"

/* ---- in the database
 * -------------------------------------------------------------------------------- */

enum nq_status nq_kind_get(struct nq_db *db, struct nq_index_kind *kind, struct nq_error *err)
{
    int64_t xapian = 0, shards = 0, carries = 0;
    *kind = (struct nq_index_kind){0};
    enum nq_status status =
        nq_sql_int(db, "SELECT count(*) FROM meta WHERE key = 'engine' AND value = 'xapian'", NULL,
                   &xapian, err);
    if (status == NQ_OK)
        status = nq_db_meta_get(db, "xapian_shards", &shards, err);
    if (status == NQ_OK)
        status = nq_db_meta_get(db, "xapian_carries", &carries, err);
    kind->engine = xapian ? "xapian" : "fts5";
    kind->shards = carries ? (unsigned)shards : 0;
    return status;
}

/* Makes the empty shards of a set. */
static enum nq_status make_shards(const char *path, int64_t set, size_t n, struct nq_error *err)
{
    const struct nq_xapian_api *api;
    struct nq_xapian_writer *writer = NULL;
    char *base = nq_xapian_base(path);
    char *folder = base ? sqlite3_mprintf("%s/%lld", base, (long long)set) : NULL;
    enum nq_status status = folder ? nq_xapian_load(&api, err) : nq_fail_nomem(err);
    if (status == NQ_OK)
        status = api->writer_open(folder, n, &writer, err);
    if (status == NQ_OK) {
        status = api->commit(writer, err);
        api->writer_close(writer);
    }
    sqlite3_free(folder);
    sqlite3_free(base);
    return status;
}

static enum nq_status set_places(struct nq_db *db, const struct nq_index_kind *kind,
                                 struct nq_error *err)
{
    enum nq_status status = nq_db_meta_set(db, "front", 1, err);
    for (size_t i = 0; i < kind->n_places && status == NQ_OK; i++) {
        char key[40];
        /* A folder is found from wherever the index is asked. */
        char *folder = realpath(kind->places[i], NULL);
        snprintf(key, sizeof key, "shard.%zu", i);
        status = nq_db_meta_set_text(db, key, nq_str_from(folder ? folder : kind->places[i]), err);
        free(folder);
    }
    return status;
}

static enum nq_status set_xapian(struct nq_db *db, const char *path,
                                 const struct nq_index_kind *kind, int64_t *set,
                                 struct nq_error *err)
{
    size_t n = kind->n_places ? kind->n_places : kind->shards ? kind->shards : 1;
    enum nq_status status = nq_db_drop_fts(db, err);
    if (status == NQ_OK && kind->n_places == 0)
        status = nq_xapian_new_set(path, set, err);
    if (status == NQ_OK && *set)
        status = make_shards(path, *set, n, err);
    if (status == NQ_OK)
        status = nq_db_meta_set_text(db, "engine", NQ_STR("xapian"), err);
    if (status == NQ_OK)
        status = nq_db_meta_set(db, "xapian_set", *set, err);
    if (status == NQ_OK)
        status = nq_db_meta_set(db, "xapian_shards", (int64_t)n, err);
    if (status == NQ_OK)
        status = nq_db_meta_set(db, "xapian_carries", kind->shards > 0, err);
    return status == NQ_OK && kind->n_places ? set_places(db, kind, err) : status;
}

enum nq_status nq_kind_set(struct nq_db *db, const char *path, const struct nq_index_kind *kind,
                           int64_t *set, struct nq_error *err)
{
    *set = 0;
    enum nq_status status = nq_db_exec(
        db, "DELETE FROM meta WHERE key IN ('engine', 'front') OR key GLOB 'xapian_*'", err);
    if (status != NQ_OK)
        return status;
    if (strcmp(kind->engine, "xapian") == 0)
        return set_xapian(db, path, kind, set, err);
    status = nq_db_drop_fts(db, err);
    return status == NQ_OK ? nq_db_make_fts(db, err) : status;
}

/* ---- making one
 * ------------------------------------------------------------------------------------- */

enum nq_status nq_kind_check(const struct nq_index_kind *kind, struct nq_error *err)
{
    enum { MOST_SHARDS = 1000 };
    bool xapian = strcmp(kind->engine, "xapian") == 0;
    if (!xapian && strcmp(kind->engine, "fts5") != 0)
        return nq_fail(err, NQ_ERR_USAGE, _("%s: no such engine; there are fts5 and xapian"),
                       kind->engine);
    if (!xapian && (kind->shards > 0 || kind->n_places > 0))
        return nq_fail(err, NQ_ERR_USAGE, "%s", _("only the engine xapian has shards"));
    if (kind->shards > MOST_SHARDS || kind->n_places > MOST_SHARDS)
        return nq_fail(err, NQ_ERR_USAGE, _("at most %d shards"), MOST_SHARDS);
    return NQ_OK;
}

/* An index that nothing was ever put into takes any kind; another must be of it already. */
static enum nq_status choose(struct nq_db *db, const struct nq_index_kind *kind,
                             struct nq_error *err)
{
    struct nq_index_kind now;
    int64_t next = 0, front = 0, set;
    enum nq_status status = nq_db_meta_get(db, "next_id", &next, err);
    if (status == NQ_OK)
        status = nq_db_meta_get(db, "front", &front, err);
    if (status == NQ_OK)
        status = nq_kind_get(db, &now, err);
    if (status != NQ_OK)
        return status;
    bool same = strcmp(now.engine, kind->engine) == 0 && !front == !kind->n_places &&
                (kind->shards == 0 || kind->shards == now.shards);
    if (same && !front)
        return NQ_OK;
    if (next > 1)
        return nq_fail(err, NQ_ERR_USAGE,
                       _("%s: made for %s with %u shards; --copy-to or --rebuild makes another"),
                       db->path, now.engine, now.shards);
    return nq_kind_set(db, db->path, kind, &set, err);
}

enum nq_status nq_index_create(const char *path, const struct nq_index_kind *kind,
                               struct nq_error *err)
{
    struct nq_db *db = NULL;
    struct nq_engine *engine = NULL; /* it registers the tokenizer that tables name */
    if (err)
        *err = (struct nq_error){.column = -1};
    enum nq_status status = nq_kind_check(kind, err);
    if (status == NQ_OK)
        status = nq_db_open(path, NQ_OPEN_WRITE, &db, err);
    if (status == NQ_OK)
        status = nq_engine_create(db, NULL, &engine, err);
    if (status == NQ_OK && db->fresh)
        status = nq_db_create(db, err);
    if (status == NQ_OK)
        status = nq_db_begin(db, err);
    if (status == NQ_OK)
        status = nq_db_end(db, choose(db, kind, err), err);
    nq_db_close(db);
    nq_engine_destroy(engine);
    return status;
}

/* ---- opening one
 * ------------------------------------------------------------------------------------ */

/* Copies what meta says of the shards. */
static enum nq_status tell(struct nq_db *from, struct nq_db *to, struct nq_error *err)
{
    static const char sql[] = "SELECT key, value FROM meta WHERE key = 'engine' OR key = 'front'"
                              " OR key GLOB 'xapian_*' OR key GLOB 'shard.*'";
    char key[80];
    struct nq_rows r = nq_rows(from, sql, NULL, err);
    while (nq_rows_next(&r)) {
        struct nq_str name = nq_rows_str(&r, 0), text = {0};
        snprintf(key, sizeof key, "%.*s", NQ_STR_ARG(name));
        if (sqlite3_column_type(r.stmt, 1) == SQLITE_INTEGER)
            r.status = nq_db_meta_set(to, key, nq_rows_int(&r, 1), err);
        else if (text = nq_rows_str(&r, 1), r.status == NQ_OK)
            r.status = nq_db_meta_set_text(to, key, text, err);
    }
    return nq_rows_end(&r);
}

enum nq_status nq_front_open(enum nq_open_mode mode, struct nq_db **db, struct nq_error *err)
{
    int64_t front = 0;
    struct nq_db *memory = NULL;
    struct nq_engine *engine = NULL;
    if ((*db)->fresh)
        return NQ_OK;
    enum nq_status status = nq_db_meta_get(*db, "front", &front, err);
    if (status != NQ_OK || !front)
        return status;
    if (mode == NQ_OPEN_WRITE)
        return nq_fail(err, NQ_ERR_USAGE,
                       _("%s: names shards of an index made elsewhere; that one is written to"),
                       (*db)->path);
    status = nq_db_open_memory((*db)->path, &memory, err);
    if (status == NQ_OK)
        status = nq_engine_create(memory, NULL, &engine, err);
    if (status == NQ_OK)
        status = nq_db_create(memory, err);
    if (status == NQ_OK)
        status = tell(*db, memory, err);
    nq_engine_destroy(engine);
    if (status == NQ_OK) {
        nq_db_close(*db);
        *db = memory;
    } else {
        nq_db_close(memory);
    }
    return status;
}

bool nq_index_is_front(const struct nq_index *index)
{
    return index->engine->xapian && index->engine->xapian->front;
}

enum nq_status nq_index_begin_whole(struct nq_index *index, struct nq_error *err)
{
    if (nq_index_is_front(index))
        return nq_fail(err, NQ_ERR_USAGE,
                       _("%s: only names shards, which answer searches and nothing else"),
                       index->db->path);
    nq_db_map(index->db);
    return nq_db_exec(index->db, "BEGIN", err);
}

/* Brings shards and database in step. */
static enum nq_status bring_in_step(struct nq_index *index, struct nq_error *err)
{
    struct nq_engine *engine = index->engine;
    enum nq_status status = nq_db_begin(index->db, err);
    if (status != NQ_OK)
        return status;
    status = nq_engine_begin(engine, err);
    if (status == NQ_OK)
        status = engine->backend->flush(engine, engine->generation, err);
    status = nq_db_end(index->db, status, err);
    if (status == NQ_OK)
        return nq_engine_committed(engine, err);
    nq_engine_reset(engine, NULL);
    return status;
}

/* Sets that no index names: a killed run's, or of an index that another took the place of.  Locked,
 * since a rebuild that is going on holds the lock. */
static void remove_old_sets(struct nq_index *index)
{
    int64_t set = 0;
    if (nq_db_begin(index->db, NULL) != NQ_OK)
        return;
    if (nq_db_meta_get(index->db, "xapian_set", &set, NULL) == NQ_OK && set > 0)
        nq_xapian_remove_sets(index->db->path, set);
    nq_db_exec(index->db, "ROLLBACK", NULL);
}

static bool is_unfinished(const char *path)
{
    size_t len = strlen(path), ending = sizeof NQ_UNFINISHED - 1;
    return len > ending && strcmp(path + len - ending, NQ_UNFINISHED) == 0;
}

enum nq_status nq_index_put_right(struct nq_index *index, struct nq_error *err)
{
    struct nq_engine *engine = index->engine;
    struct nq_error why = {0};
    if (!engine->xapian)
        return NQ_OK;
    enum nq_status status = nq_engine_refresh(engine, err);
    if (status == NQ_OK && (nq_xapian_read(engine, &why) != NQ_OK || engine->xapian->out_of_step))
        status = bring_in_step(index, err);
    if (status == NQ_OK && !is_unfinished(index->db->path))
        remove_old_sets(index);
    return status;
}
