/* Copying an index: as it is, or for another engine. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/kind.h"
#include "engine/xapian_sets.h"
#include "engine/xapian_state.h"

/* Copies the pages of `db` into the file `path`. */
static int copy_pages(sqlite3 *db, const char *path)
{
    enum { PAGES_A_STEP = 1000, WAIT_MS = 10 };
    sqlite3 *to = NULL;
    int rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    sqlite3_backup *backup = rc == SQLITE_OK ? sqlite3_backup_init(to, "main", db, "main") : NULL;
    if (backup) {
        do {
            rc = sqlite3_backup_step(backup, PAGES_A_STEP);
            if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
                sqlite3_sleep(WAIT_MS);
        } while (rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED);
        sqlite3_backup_finish(backup);
        rc = rc == SQLITE_DONE ? SQLITE_OK : rc;
    } else if (rc == SQLITE_OK) {
        rc = sqlite3_errcode(to);
    }
    sqlite3_close(to);
    return rc;
}

/* Whether both paths are those of one file. */
static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Copies the database to `unfinished`. */
static enum nq_status copy_database(struct nq_index *index, const char *path,
                                    const char *unfinished, struct nq_error *err)
{
    nq_index_remove_files(unfinished);
    int rc = copy_pages(index->db->sql, unfinished);
    if (rc == SQLITE_FULL)
        return nq_fail(err, NQ_ERR_FULL, _("%s: no space left on the disk"), path);
    if (rc != SQLITE_OK)
        return nq_fail(err, NQ_ERR_IO, _("%s: cannot write the copy: %s"), path,
                       sqlite3_errstr(rc));
    return NQ_OK;
}

/* Copies the shards to a new set of `path`, and says so in the copy of the database. */
static enum nq_status copy_shards(struct nq_index *index, const char *path, const char *unfinished,
                                  int64_t *set, struct nq_error *err)
{
    const struct nq_xapian_state *x = index->engine->xapian;
    struct nq_db *db = NULL;
    char *base = nq_xapian_base(path);
    enum nq_status status = base ? nq_xapian_new_set(path, set, err) : nq_fail_nomem(err);
    for (size_t i = 0; i < x->n_shards && status == NQ_OK; i++) {
        char *to = sqlite3_mprintf("%s/%lld/%lld", base, (long long)*set, (long long)i);
        status = to ? x->api->copy(x->places[i], to, err) : nq_fail_nomem(err);
        sqlite3_free(to);
    }
    if (status == NQ_OK)
        status = nq_db_open(unfinished, NQ_OPEN_WRITE, &db, err);
    if (status == NQ_OK)
        status = nq_db_meta_set(db, "xapian_set", *set, err);
    nq_db_close(db);
    sqlite3_free(base);
    return status;
}

/* Makes the copy an index for another engine.  Shards that are not in step are filled when they are
 * opened for writing. */
static enum nq_status convert(const char *path, const char *unfinished,
                              const struct nq_index_kind *kind, int64_t *set, struct nq_error *err)
{
    struct nq_db *db = NULL;
    struct nq_engine *engine = NULL;
    enum nq_status status = nq_db_open(unfinished, NQ_OPEN_WRITE, &db, err);
    if (status == NQ_OK)
        status = nq_engine_create(db, NULL, &engine, err);
    if (status == NQ_OK)
        status = nq_db_exec(db, "BEGIN IMMEDIATE", err);
    if (status == NQ_OK) {
        status = nq_kind_set(db, path, kind, set, err);
        if (status == NQ_OK)
            status = nq_db_exec(db, "COMMIT; PRAGMA incremental_vacuum", err);
    }
    nq_db_close(db);
    nq_engine_destroy(engine);
    return status;
}

/* Opens the copy, so that what is not in step is put right, and fills the tables of FTS5. */
static enum nq_status complete(const char *unfinished, bool fill, struct nq_error *err)
{
    struct nq_index *copy = NULL;
    enum nq_status status = nq_index_open(unfinished, NQ_OPEN_WRITE, NULL, &copy, err);
    if (status == NQ_OK && fill && !copy->engine->xapian) {
        status = nq_engine_fill(copy->engine, err);
        if (status == NQ_OK)
            status = nq_index_optimize(copy, err);
    }
    nq_index_close(copy);
    return status;
}

static enum nq_status copy_index(struct nq_index *index, const char *path,
                                 const struct nq_index_kind *kind, struct nq_error *err)
{
    int64_t set = 0;
    if (err)
        *err = (struct nq_error){.column = -1};
    if (nq_index_is_front(index))
        return nq_fail(err, NQ_ERR_USAGE, _("%s: names shards; copy the file and the shards"),
                       index->db->path);
    if (same_file(index->db->path, path))
        return nq_fail(err, NQ_ERR_USAGE, _("%s: the copy would be the index itself"), path);
    enum nq_status status = nq_db_may_replace(path, err);
    if (status != NQ_OK)
        return status;
    char *unfinished = sqlite3_mprintf("%s" NQ_UNFINISHED, path);
    if (!unfinished)
        return nq_fail_nomem(err);
    status = copy_database(index, path, unfinished, err);
    if (status == NQ_OK && kind)
        status = convert(path, unfinished, kind, &set, err);
    else if (status == NQ_OK && index->engine->xapian)
        status = copy_shards(index, path, unfinished, &set, err);
    if (status == NQ_OK && (kind || index->engine->xapian))
        status = complete(unfinished, kind, err);
    if (status == NQ_OK)
        nq_index_remove_log(path); /* of an older copy that somebody wrote to */
    if (status == NQ_OK && rename(unfinished, path) != 0)
        status = nq_fail_errno(err, path);
    if (status != NQ_OK) {
        nq_index_remove_files(unfinished);
        if (set)
            nq_xapian_remove_set(path, set);
    } else {
        nq_xapian_remove_sets(path, set); /* of an older copy */
    }
    sqlite3_free(unfinished);
    return status;
}

enum nq_status nq_index_backup(struct nq_index *index, const char *path, struct nq_error *err)
{
    return copy_index(index, path, NULL, err);
}

enum nq_status nq_index_copy(struct nq_index *index, const char *path,
                             const struct nq_index_kind *kind, struct nq_error *err)
{
    enum nq_status status = nq_kind_check(kind, err);
    if (status == NQ_OK && kind->n_places > 0)
        status = nq_fail(err, NQ_ERR_USAGE, "%s", _("a copy names no shards"));
    return status == NQ_OK ? copy_index(index, path, kind, err) : status;
}
