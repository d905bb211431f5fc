/* Reading files into the index: walk, read, forget what is gone.
 *
 * Small files share a transaction, because each commit costs a segment of the text indexes; a file
 * is never parted by one, so that after a kill it is in the index whole or as it was.  A file of
 * records has a transaction of its own, which a failing read takes back. */
#include "api/update.h"
#include "api/cited.h"
#include "api/names.h"

enum {
    GROUP_BYTES = 16 << 20, /* of text in one transaction */
    RENEWAL_BATCH = 2000,   /* passages whose words or topics are renewed in one transaction */
    MERGE_SHARE = 5,        /* a run that adds a fifth of the index ends with a merge */
};

/* ---- transactions
 * ----------------------------------------------------------------------------------- */

enum nq_status nq_update_begin(struct nq_update *u)
{
    if (u->in_transaction)
        return NQ_OK;
    enum nq_status status = nq_db_exec(u->index->db, "BEGIN IMMEDIATE", u->err);
    if (status != NQ_OK)
        return status;
    u->in_transaction = true;
    u->group_bytes = 0;
    if (nq_db_moved(u->index->db))
        return nq_fail(u->err, NQ_ERR_BUSY, _("%s: another index was put in its place meanwhile"),
                       u->index->db->path);
    status = nq_engine_begin(u->index->engine, u->err);
    if (status == NQ_OK)
        status = nq_db_meta_get(u->index->db, "next_id", &u->next_id, u->err);
    return status;
}

enum nq_status nq_update_commit(struct nq_update *u)
{
    if (!u->in_transaction)
        return NQ_OK;
    enum nq_status status = nq_db_meta_set(u->index->db, "next_id", u->next_id, u->err);
    if (status == NQ_OK && u->removed_any)
        status = nq_store_documents_prune(u->index->db, u->err);
    if (status == NQ_OK)
        status = nq_topic_writer_flush(&u->topics, u->removed_any, u->err);
    if (status == NQ_OK)
        status = nq_engine_flush(u->index->engine, u->err);
    if (status == NQ_OK)
        status = nq_db_exec(u->index->db, "COMMIT", u->err);
    if (status != NQ_OK)
        return status;
    u->in_transaction = false;
    return nq_engine_committed(u->index->engine, u->err);
}

void nq_update_rollback(struct nq_update *u)
{
    if (!u->in_transaction)
        return;
    nq_db_exec(u->index->db, "ROLLBACK", NULL);
    u->in_transaction = false;
    nq_engine_reset(u->index->engine, NULL);
    nq_topic_writer_finish(&u->topics);
}

/* ---- all files
 * --------------------------------------------------------------------------------------------- */

/* False where the caller wants to stop. */
static bool report_progress(struct nq_update *u, const struct nq_walk *walk, size_t done,
                            uint64_t bytes_done)
{
    if (!u->options->progress)
        return true;
    struct nq_progress at = {
        .path = done < walk->n ? walk->files[done].path.ptr : "",
        .files_done = done,
        .files_total = walk->n,
        .bytes_done = bytes_done,
        .bytes_total = walk->bytes,
    };
    return u->options->progress(u->options->user, &at);
}

static enum nq_status read_files(struct nq_update *u, const struct nq_walk *walk)
{
    enum nq_status status = NQ_OK;
    uint64_t bytes = 0;
    for (size_t i = 0; i < walk->n && status == NQ_OK; i++) {
        if (!report_progress(u, walk, i, bytes)) {
            status = nq_update_commit(u);
            return status == NQ_OK ? nq_fail(u->err, NQ_ERR_STOPPED, "%s", _("stopped")) : status;
        }
        status = nq_update_file(u, &walk->files[i]);
        bytes += (uint64_t)walk->files[i].size;
        if (status == NQ_OK && u->group_bytes >= GROUP_BYTES)
            status = nq_update_commit(u);
    }
    if (status == NQ_OK)
        report_progress(u, walk, walk->n, bytes);
    return status;
}

/* Files of the index that are gone from the disk. */
struct gone {
    struct nq_arena *arena;
    struct nq_str place; /* at or below which they are */
    int64_t *ids;
    size_t n;
};

static enum nq_status find_gone(void *user, int64_t id, struct nq_str path, struct nq_error *err)
{
    struct gone *gone = user;
    /* Below the folder, not beside it: a.md.old is not below a.md. */
    if (path.len > gone->place.len && path.ptr[gone->place.len] != '/' &&
        gone->place.ptr[gone->place.len - 1] != '/')
        return NQ_OK;
    if (!nq_walk_gone(path.ptr))
        return NQ_OK;
    int64_t *grown = nq_arena_grow(gone->arena, gone->ids, gone->n, sizeof *grown);
    if (!grown)
        return nq_fail_nomem(err);
    gone->ids = grown;
    gone->ids[gone->n++] = id;
    return NQ_OK;
}

/* A named path that is gone has had files in the index: else it is mistyped. */
static enum nq_status check_places(struct nq_update *u, struct nq_arena *arena,
                                   const struct nq_walk *walk)
{
    for (size_t i = 0; i < walk->n_places; i++) {
        struct gone gone = {.arena = arena, .place = walk->places[i]};
        if (!nq_walk_gone(gone.place.ptr))
            continue;
        enum nq_status status =
            nq_store_files_below(u->index->db, gone.place, find_gone, &gone, u->err);
        if (status != NQ_OK || gone.n == 0)
            return status != NQ_OK
                       ? status
                       : nq_fail(u->err, NQ_ERR_IO, _("%s: neither there nor in the index"),
                                 gone.place.ptr);
    }
    return NQ_OK;
}

static enum nq_status prune(struct nq_update *u, struct nq_arena *arena, struct nq_str place)
{
    struct gone gone = {.arena = arena, .place = place};
    enum nq_status status = nq_store_files_below(u->index->db, place, find_gone, &gone, u->err);
    if (status == NQ_OK && gone.n > 0)
        status = nq_update_begin(u);
    for (size_t i = 0; i < gone.n && status == NQ_OK; i++) {
        status = nq_update_forget(u, gone.ids[i]);
        u->summary->files_removed++;
    }
    return status;
}

/* Reads the files whose text stood behind another's that is gone now. */
static enum nq_status read_marked(struct nq_update *u, struct nq_arena *arena)
{
    struct nq_file_row *rows;
    size_t n;
    enum nq_status status = nq_store_files_marked(u->index->db, arena, &rows, &n, u->err);
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        struct nq_walk_file file = {.path = rows[i].path, .key = rows[i].key};
        if (!nq_walk_gone(file.path.ptr))
            status = nq_update_file(u, &file);
    }
    return status;
}

/* Brings words and topics up to date with the dictionary before anything else changes them. */
static enum nq_status renew(struct nq_update *u)
{
    bool done = false;
    enum nq_status status = NQ_OK;
    while (status == NQ_OK && !done)
        status = nq_words_renew(u->index->engine, RENEWAL_BATCH, &done, u->err);
    for (done = false; status == NQ_OK && !done;)
        status = nq_topics_renew(&u->topics, RENEWAL_BATCH, &done, u->err);
    return status;
}

/* A run that changed much leaves many segments and free pages behind. */
static enum nq_status tidy(struct nq_update *u)
{
    int64_t passages = u->index->engine->n_passages;
    if (u->index->engine->xapian) /* to copy all shards is for who asks for it */
        return NQ_OK;
    if (u->passages_added * MERGE_SHARE < (uint64_t)passages || u->passages_added == 0)
        return NQ_OK;
    return nq_index_optimize(u->index, u->err);
}

static enum nq_status run(struct nq_update *u, const char *const *paths, size_t n_paths,
                          struct nq_arena *arena)
{
    const struct nq_update_options *o = u->options;
    struct nq_walk walk;
    struct nq_walk_options how = {.index = u->index->db->path,
                                  .only = o->only,
                                  .n_only = o->n_only,
                                  .gone_too = o->prune,
                                  .warning = o->warning,
                                  .user = o->user};
    enum nq_status status =
        nq_walk_paths(arena, paths, n_paths, &how, &walk, &u->summary->files_failed, u->err);
    if (status == NQ_OK && !o->only)
        status = check_places(u, arena, &walk);
    if (status == NQ_OK)
        status = renew(u);
    if (status == NQ_OK)
        status = nq_event_writer_renew(&u->events, u->err);
    if (status == NQ_OK)
        status = read_files(u, &walk);
    for (size_t i = 0; status == NQ_OK && o->prune && i < walk.n_places; i++)
        status = prune(u, arena, walk.places[i]);
    if (status == NQ_OK && u->reread)
        status = read_marked(u, arena);
    return status;
}

enum nq_status nq_index_update(struct nq_index *index, const char *const *paths, size_t n_paths,
                               const struct nq_update_options *options, struct nq_summary *summary,
                               struct nq_error *err)
{
    static const struct nq_update_options defaults;
    struct nq_summary own;
    struct nq_error own_err;
    struct nq_update u = {.index = index,
                          .options = options ? options : &defaults,
                          .summary = summary ? summary : &own,
                          .err = err ? err : &own_err,
                          .events = {.db = index->db},
                          .topics = {.index = index}};
    *u.summary = (struct nq_summary){0};
    *u.err = (struct nq_error){.column = -1};
    struct nq_arena *arena = nq_arena_create();
    u.arena = nq_arena_create();
    u.file_arena = nq_arena_create();
    enum nq_status status = arena && u.arena && u.file_arena ? NQ_OK : nq_fail_nomem(u.err);
    if (status == NQ_OK)
        status = run(&u, paths, n_paths, arena);
    if (status == NQ_OK)
        status = nq_update_commit(&u);
    else
        nq_update_rollback(&u);
    if (status == NQ_OK)
        status = tidy(&u);
    if (status == NQ_OK)
        status = nq_works_renew(index, u.err);
    if (status == NQ_OK)
        status = nq_names_renew(index, u.err);
    nq_event_writer_finish(&u.events);
    nq_topic_writer_finish(&u.topics);
    nq_buf_finish(&u.heading);
    nq_buf_finish(&u.text);
    nq_buf_finish(&u.old_text);
    nq_arena_destroy(u.file_arena);
    nq_arena_destroy(u.arena);
    nq_arena_destroy(arena);
    return status;
}
