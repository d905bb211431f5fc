/* Opening, closing and looking after an index. */
#include "api/index.h"

#include <stdlib.h>
#include <unistd.h>

#include "api/kind.h"
#include "api/names.h"
#include "api/walk.h"
#include "base/hash.h"
#include "store/sql.h"

const char *nq_version(void)
{
    return NQ_VERSION;
}

enum nq_status nq_index_open(const char *path, enum nq_open_mode mode, const char *user_dictionary,
                             struct nq_index **out, struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    struct nq_index *index = calloc(1, sizeof *index);
    if (!index)
        return nq_fail_nomem(err);
    enum nq_status status = nq_db_open(path, mode, &index->db, err);
    if (status == NQ_OK)
        status = nq_front_open(mode, &index->db, err);
    if (status == NQ_OK)
        status = nq_segmenter_create(user_dictionary, &index->segmenter, err);
    if (status == NQ_OK)
        status = nq_engine_create(index->db, index->segmenter, &index->engine, err);
    if (status == NQ_OK && index->db->fresh)
        status = nq_db_create(index->db, err);
    else if (status == NQ_OK && mode == NQ_OPEN_WRITE && index->db->version < nq_db_newest())
        status = nq_db_migrate(index->db, err);
    if (status == NQ_OK)
        status = nq_engine_choose(index->engine, err);
    if (status == NQ_OK && mode == NQ_OPEN_WRITE)
        status = nq_engine_check_text(index->engine, err);
    if (status == NQ_OK && mode == NQ_OPEN_WRITE)
        status = nq_index_put_right(index, err);
    if (status == NQ_OK)
        *out = index;
    else
        nq_index_close(index);
    return status;
}

void nq_index_close(struct nq_index *index)
{
    if (!index)
        return;
    nq_names_destroy(index->names);
    nq_db_close(index->db);
    nq_engine_destroy(index->engine);
    nq_segmenter_destroy(index->segmenter);
    free(index);
}

/* The hash of each number of `meta`: the generation, and totals and hashes that tell a
 * rebuilt index of the same generation from the one before. */
enum nq_status nq_index_identity(struct nq_index *index, uint64_t *out, struct nq_error *err)
{
    static const char sql[] = "SELECT key || '=' || value FROM meta WHERE typeof(value) = 'integer'"
                              " ORDER BY key";
    uint64_t h = NQ_FNV_START;
    if (err)
        *err = (struct nq_error){.column = -1};
    struct nq_rows r = nq_rows(index->db, sql, NULL, err);
    while (nq_rows_next(&r))
        h = nq_fnv(h, nq_rows_str(&r, 0));
    if (r.status == NQ_OK)
        *out = h;
    return nq_rows_end(&r);
}

bool nq_index_stale(struct nq_index *index)
{
    return nq_db_stale(index->db);
}

void nq_index_set_stop(struct nq_index *index, bool (*stop)(void *user), void *user)
{
    bool reader = nq_index_is_front(index) || sqlite3_db_readonly(index->db->sql, "main") == 1;
    if (reader)
        nq_db_set_stop(index->db, stop, user);
}

enum nq_status nq_index_optimize(struct nq_index *index, struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    enum nq_status status = nq_db_begin(index->db, err);
    if (status != NQ_OK)
        return status;
    status = nq_db_end(index->db, nq_engine_optimize(index->engine, err), err);
    return status == NQ_OK ? nq_db_exec(index->db, "PRAGMA incremental_vacuum", err) : status;
}

void nq_index_asked(struct nq_index *index)
{
    if (index->asked)
        nq_db_map(index->db);
    index->asked = true;
}

void nq_index_remove_files(const char *path)
{
    unlink(path);
    nq_index_remove_log(path);
}

void nq_index_remove_log(const char *path)
{
    static const char *const endings[] = {"-wal", "-shm", "-journal"};
    for (size_t i = 0; i < NQ_COUNT(endings); i++) {
        char *name = sqlite3_mprintf("%s%s", path, endings[i]);
        if (name)
            unlink(name);
        sqlite3_free(name);
    }
}
