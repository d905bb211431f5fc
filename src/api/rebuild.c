/* Making an index anew beside the old one, which readers keep until the new one is whole. */
#include <stdio.h>
#include <unistd.h>

#include "api/kind.h"
#include "api/update.h"
#include "engine/xapian_sets.h"
#include "store/passages.h"
#include "store/sql.h"

/* The old index: locked, so that nobody writes what would be lost, and asked for earlier texts. */
struct old_index {
    struct nq_db *db;
    bool locked;
};

/* Opens and locks the old index.  One that is damaged or none at all is no reason not to make a new
 * one; one that somebody writes to is. */
static enum nq_status lock_old(const char *path, struct old_index *old, struct nq_error *err)
{
    struct nq_error why = {0};
    if (access(path, F_OK) != 0)
        return NQ_OK;
    enum nq_status status = nq_db_open(path, NQ_OPEN_WRITE, &old->db, &why);
    if (status == NQ_OK)
        status = nq_db_exec(old->db, "BEGIN IMMEDIATE", &why);
    old->locked = status == NQ_OK;
    if (status == NQ_ERR_BUSY || status == NQ_ERR_NOMEM || status == NQ_ERR_FULL)
        return nq_fail(err, status, "%s", why.message);
    return NQ_OK;
}

static void close_old(struct old_index *old)
{
    if (old->locked)
        nq_db_exec(old->db, "ROLLBACK", NULL);
    nq_db_close(old->db);
}

/* The engine and shards of the old index; what only names shards has no reports to read again. */
static enum nq_status get_kind(struct nq_db *db, const char *path, struct nq_index_kind *kind,
                               struct nq_error *err)
{
    int64_t front = 0;
    enum nq_status status = nq_db_meta_get(db, "front", &front, err);
    if (status == NQ_OK && front)
        return nq_fail(err, NQ_ERR_USAGE,
                       _("%s: names shards of an index made elsewhere; that one is written to"),
                       path);
    return status == NQ_OK ? nq_kind_get(db, kind, err) : status;
}

/* A report of the old index, and the one of the new that continues it. */
struct pair {
    struct nq_report_row old;
    struct nq_file_row file;
    int64_t heir;
};

/* Finds the report of the new index that was read from the same path, and in it has the same name.
 */
static enum nq_status find_heir(struct nq_db *db, struct pair *pair, struct nq_error *err)
{
    struct nq_file_row now;
    int64_t ids[2], file;
    size_t n;
    enum nq_status status = nq_store_file_find(db, pair->file.path, &now, err);
    if (status != NQ_OK || !now.id)
        return status;
    file = now.copy_of ? now.copy_of : now.id;
    if (!nq_str_eq(pair->old.key, pair->file.key))
        return nq_store_report_named(
            db, &(struct nq_report_name){pair->old.key, pair->old.day, file, false}, &pair->heir,
            err);
    status = nq_store_reports_of(db, file, 0, NQ_COUNT(ids), ids, &n, err);
    pair->heir = status == NQ_OK && n == 1 ? ids[0] : 0;
    return status;
}

/* Puts an earlier text behind the heir, under an id that nobody has. */
static enum nq_status put_revision(struct nq_db *db, struct nq_revision_row row, int64_t heir,
                                   struct nq_error *err)
{
    int64_t id = 0;
    enum nq_status status = nq_db_meta_get(db, "next_id", &id, err);
    row.id = id;
    row.report = heir;
    row.file = 0;
    if (status == NQ_OK)
        status = nq_store_revision_put(db, &row, err);
    return status == NQ_OK ? nq_db_meta_set(db, "next_id", id + 1, err) : status;
}

/* Carries what the old index knows of one report: its revisions, and its text where that has
 * changed since. */
static enum nq_status carry_report(struct nq_db *from, struct nq_db *to, int64_t id,
                                   struct nq_arena *arena, struct nq_error *err)
{
    struct pair pair = {0};
    struct nq_revision_row *rows;
    struct nq_buf was = {0}, is = {0};
    size_t n = 0;
    enum nq_status status = nq_store_report_get(from, id, arena, &pair.old, err);
    if (status == NQ_OK)
        status = nq_store_file_get(from, pair.old.file, arena, &pair.file, err);
    if (status == NQ_OK)
        status = find_heir(to, &pair, err);
    if (status != NQ_OK || !pair.heir)
        return status;
    status = nq_store_revisions_of(from, id, arena, &rows, &n, err);
    for (size_t i = n; i-- > 0 && status == NQ_OK;)
        if (!rows[i].file) /* else its file has been read again */
            status = put_revision(to, rows[i], pair.heir, err);
    if (status == NQ_OK)
        status = nq_store_report_text(from, id, &was, err);
    if (status == NQ_OK)
        status = nq_store_report_text(to, pair.heir, &is, err);
    if (status == NQ_OK && !nq_str_eq(nq_buf_str(&was), nq_buf_str(&is)))
        status = put_revision(to,
                              (struct nq_revision_row){.modified_ns = pair.file.modified_ns,
                                                       .day = pair.old.day,
                                                       .key = pair.old.key,
                                                       .title = pair.old.title,
                                                       .text = nq_buf_str(&was)},
                              pair.heir, err);
    nq_buf_finish(&was);
    nq_buf_finish(&is);
    return status;
}

static enum nq_status carry_all(struct nq_db *from, struct nq_db *to, struct nq_error *err)
{
    static const char next[] = "SELECT id FROM report WHERE id > ?1 ORDER BY id LIMIT 1";
    struct nq_arena *arena = nq_arena_create();
    enum nq_status status = arena ? NQ_OK : nq_fail_nomem(err);
    for (int64_t id = 0; status == NQ_OK;) {
        nq_arena_reset(arena);
        status = nq_sql_int(from, next, NQ_WITH(nq_int(id)), &id, err);
        if (status != NQ_OK || id == 0)
            break;
        status = carry_report(from, to, id, arena, err);
    }
    nq_arena_destroy(arena);
    return status;
}

/* Carries earlier texts over.  What is wrong with the old index must not stand in the new one's
 * way: it is said, and the new one does without. */
static enum nq_status carry(const struct old_index *old, struct nq_db *to,
                            const struct nq_update_options *options, struct nq_error *err)
{
    struct nq_error why = {.column = -1};
    if (!old->locked || old->db->version < 2)
        return NQ_OK;
    enum nq_status status = nq_db_begin(to, err);
    if (status != NQ_OK)
        return status;
    status = nq_db_end(to, carry_all(old->db, to, &why), &why);
    if (status == NQ_OK)
        return NQ_OK;
    if (status != NQ_ERR_CORRUPT)
        return nq_fail(err, status, "%s", why.message);
    char message[600];
    snprintf(message, sizeof message, _("earlier texts were not kept: %s"), why.message);
    if (options && options->warning)
        options->warning(options->user, false, message);
    return NQ_OK;
}

/* Writes the log back into the file, as far as readers let us: whoever opens the old file between
 * the end of its log and its own should find all in it. */
static void write_back(const char *path)
{
    sqlite3 *db = NULL;
    if (access(path, F_OK) == 0 &&
        sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
        sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    sqlite3_close(db);
}

enum nq_status nq_index_rebuild(const char *path, const char *user_dictionary,
                                const char *const *paths, size_t n_paths,
                                const struct nq_update_options *options, struct nq_summary *summary,
                                struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    char *unfinished = sqlite3_mprintf("%s" NQ_UNFINISHED, path);
    struct nq_index *index = NULL;
    struct old_index old = {0};
    struct nq_index_kind kind = {.engine = "fts5"};
    int64_t set = 0;
    if (!unfinished)
        return nq_fail_nomem(err);
    enum nq_status status = nq_db_may_replace(path, err);
    if (status == NQ_OK)
        status = lock_old(path, &old, err);
    if (status != NQ_OK)
        goto out;
    if (options && options->kind)
        kind = *options->kind;
    else if (old.locked)
        status = get_kind(old.db, path, &kind, err);
    if (status != NQ_OK)
        goto out;
    nq_index_remove_files(unfinished);
    status = nq_index_create(unfinished, &kind, err);
    if (status == NQ_OK)
        status = nq_index_open(unfinished, NQ_OPEN_WRITE, user_dictionary, &index, err);
    if (status == NQ_OK)
        status = nq_index_update(index, paths, n_paths, options, summary, err);
    if (status == NQ_OK)
        status = carry(&old, index->db, options, err);
    if (index && index->engine->xapian)
        nq_db_meta_get(index->db, "xapian_set", &set, NULL);
    nq_index_close(index);
    if (status == NQ_OK) {
        /* Readers of the old file keep it; its log and shared memory would not fit the new one. */
        write_back(path);
        nq_index_remove_log(path);
        if (rename(unfinished, path) != 0)
            status = nq_fail_errno(err, path);
    }
    if (status != NQ_OK) {
        nq_index_remove_files(unfinished);
        if (set)
            nq_xapian_remove_set(path, set);
    }
out:
    close_old(&old);
    sqlite3_free(unfinished);
    return status;
}
