/* Reading files into the index: walk, read, put.
 *
 * Small files share a transaction, because each commit costs a segment of the text indexes; a file
 * is never parted by one, so that after a kill it is in the index whole or as it was.  A file of
 * records has a transaction of its own, which a failing read takes back. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/events.h"
#include "api/index.h"
#include "api/walk.h"
#include "ingest/ingest.h"
#include "store/reports.h"

enum {
    GROUP_BYTES = 16 << 20, /* of text in one transaction */
    WORDS_BATCH = 2000,     /* passages whose words are renewed in one transaction */
    MERGE_SHARE = 5,        /* a run that adds a fifth of the index ends with a merge */
};

struct update {
    struct nq_index *index;
    const struct nq_update_options *options;
    struct nq_summary *summary;
    struct nq_arena *arena; /* of the report at hand */
    struct nq_error *err;
    struct nq_buf heading;
    struct nq_event_writer events;
    bool in_transaction;
    uint64_t group_bytes;
    int64_t next_id;
    uint64_t passages_added;
    bool removed_any;
};

/* ---- transactions
 * ----------------------------------------------------------------------------------- */

static enum nq_status begin(struct update *u)
{
    if (u->in_transaction)
        return NQ_OK;
    enum nq_status status = nq_db_exec(u->index->db, "BEGIN IMMEDIATE", u->err);
    if (status != NQ_OK)
        return status;
    u->in_transaction = true;
    u->group_bytes = 0;
    status = nq_engine_refresh(u->index->engine, u->err);
    if (status == NQ_OK)
        status = nq_db_meta_get(u->index->db, "next_id", &u->next_id, u->err);
    return status;
}

static enum nq_status commit(struct update *u)
{
    if (!u->in_transaction)
        return NQ_OK;
    enum nq_status status = nq_db_meta_set(u->index->db, "next_id", u->next_id, u->err);
    if (status == NQ_OK && u->removed_any)
        status = nq_store_documents_prune(u->index->db, u->err);
    if (status == NQ_OK)
        status = nq_engine_flush(u->index->engine, u->err);
    if (status == NQ_OK)
        status = nq_db_exec(u->index->db, "COMMIT", u->err);
    if (status == NQ_OK)
        u->in_transaction = false;
    return status;
}

static void rollback(struct update *u)
{
    if (!u->in_transaction)
        return;
    nq_db_exec(u->index->db, "ROLLBACK", NULL);
    u->in_transaction = false;
    nq_engine_reset(u->index->engine, NULL);
}

/* ---- one file
 * ------------------------------------------------------------------------------------------ */

static bool remove_passage(void *user, const struct nq_stored_passage *p)
{
    struct update *u = user;
    u->heading.len = 0;
    nq_passage_heading(&u->heading, p->kind, p->first, p->title, p->section_heading);
    if (u->heading.failed)
        return nq_fail_nomem(u->err), false;
    return nq_engine_remove(u->index->engine, p->id, nq_buf_str(&u->heading), p->text, u->err) ==
           NQ_OK;
}

/* Takes a file's reports out of the index. */
static enum nq_status remove_reports(struct update *u, int64_t file)
{
    enum nq_status status = nq_store_each_passage(u->index->db, file, 0, remove_passage, u, u->err);
    if (status == NQ_OK && u->err->status != NQ_OK)
        status = u->err->status;
    if (status == NQ_OK)
        status = nq_store_reports_delete(u->index->db, file, u->err);
    u->removed_any = true;
    return status;
}

static enum nq_status put_passage(struct update *u, const struct nq_report *report,
                                  const struct nq_passage *p, int64_t id, bool first,
                                  int64_t source)
{
    struct nq_document d = {
        .id = id, .kind = p->kind, .day = report->day, .source = source, .text = p->text};
    if (p->reference) {
        if (p->reference->day != NQ_NO_DAY)
            d.day = p->reference->day;
        enum nq_status status =
            nq_store_source(u->index->db, p->reference->source, &d.source, u->err);
        if (status != NQ_OK)
            return status;
    }
    u->heading.len = 0;
    nq_passage_heading(&u->heading, p->kind, first, report->title, p->section_heading);
    if (u->heading.failed)
        return nq_fail_nomem(u->err);
    d.heading = nq_buf_str(&u->heading);
    u->group_bytes += d.text.len + d.heading.len;
    return nq_engine_put(u->index->engine, &d, u->err);
}

static enum nq_status put_report(struct update *u, int64_t file, struct nq_str key,
                                 const struct nq_report *report)
{
    struct nq_passage *passages;
    size_t n;
    int64_t source, id = u->next_id;
    struct nq_str name = report->source.len > 0 ? report->source : report->publisher;
    if (!nq_passages_of(report, u->arena, &passages, &n))
        return nq_fail_nomem(u->err);
    enum nq_status status = nq_store_source(u->index->db, name, &source, u->err);
    if (status == NQ_OK)
        status = nq_store_report_put(u->index->db, id, file, source, report,
                                     report->key.len > 0 ? report->key : key, passages, n, u->err);
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        struct nq_passage *p = &passages[i];
        if (p->reference || p->kind == NQ_KIND_REFERENCE)
            p->kind = NQ_KIND_REFERENCE;
        else
            p->kind = report->kind ? report->kind : NQ_KIND_REPORT;
        status = put_passage(u, report, p, id + (int64_t)i, i == 0, source);
    }
    if (status == NQ_OK)
        status = nq_event_writer_put(&u->events, passages, n, id, report->day, u->err);
    u->next_id = id + (int64_t)(n > 0 ? n : 1);
    u->summary->reports++;
    u->summary->passages += n;
    u->passages_added += n;
    return status;
}

/* FNV-1a over a file's bytes; *ok is false where it cannot be read. */
static int64_t hash_file(const char *path, bool *ok)
{
    unsigned char block[65536];
    uint64_t h = 0xCBF29CE484222325u;
    ssize_t n = -1;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    while (fd >= 0 && (n = read(fd, block, sizeof block)) > 0)
        for (ssize_t i = 0; i < n; i++)
            h = (h ^ block[i]) * 0x100000001B3u;
    *ok = fd >= 0 && n == 0;
    if (fd >= 0)
        close(fd);
    return (int64_t)h;
}

/* Reads an open file into the index in place of what it held. */
static enum nq_status replace_file(struct update *u, const struct nq_walk_file *file,
                                   struct nq_file_row *row, int64_t hash, struct nq_ingest *in)
{
    bool known = false, more = true;
    struct nq_report report;
    struct nq_file_row now = {0};
    nq_arena_reset(u->arena);
    enum nq_status status = nq_ingest_next(in, u->arena, &report, &more, u->err);
    if (status == NQ_OK)
        status = begin(u);
    /* Another writer may have been here before this transaction began. */
    if (status == NQ_OK)
        status = nq_store_file_find(u->index->db, file->path, &now, u->err);
    row->id = now.id;
    known = now.id != 0;
    if (status == NQ_OK && known)
        status = remove_reports(u, row->id);
    row->hash = hash;
    row->size = file->size;
    row->modified_ns = file->modified_ns;
    if (status == NQ_OK)
        status = nq_store_file_put(u->index->db, file->path, row, u->err);
    while (status == NQ_OK && more) {
        status = put_report(u, row->id, file->key, &report);
        nq_arena_reset(u->arena);
        if (status == NQ_OK)
            status = nq_ingest_next(in, u->arena, &report, &more, u->err);
    }
    u->summary->records_failed += nq_ingest_failed(in);
    u->summary->bytes += (uint64_t)file->size;
    if (status == NQ_OK)
        ++*(known ? &u->summary->files_replaced : &u->summary->files_read);
    return status;
}

/* Whether a status is about the file at hand and not about the index. */
static bool concerns_file(const struct nq_ingest *in, enum nq_status status)
{
    return status == NQ_ERR_INPUT || (status == NQ_ERR_IO && !in);
}

static enum nq_status read_file(struct update *u, const struct nq_walk_file *file)
{
    struct nq_file_row row;
    struct nq_ingest *in = NULL;
    bool readable, same_time, same;
    enum nq_status status = nq_store_file_find(u->index->db, file->path, &row, u->err);
    if (status != NQ_OK)
        return status;
    same_time = row.id && row.size == file->size && row.modified_ns == file->modified_ns;
    if (same_time && !u->options->reread) {
        u->summary->files_unchanged++;
        return NQ_OK;
    }
    int64_t hash = hash_file(file->path.ptr, &readable);
    same = readable && row.id && row.hash == hash && row.size == file->size;
    if (same && !u->options->reread) {
        row.modified_ns = file->modified_ns;
        u->summary->files_unchanged++;
        status = begin(u);
        return status == NQ_OK ? nq_store_file_put(u->index->db, file->path, &row, u->err) : status;
    }
    status =
        nq_ingest_open_file(file->path.ptr, u->options->warning, u->options->user, &in, u->err);
    bool records = status == NQ_OK && nq_ingest_is_records(in);
    if (records)
        status = commit(u);
    if (status == NQ_OK)
        status = replace_file(u, file, &row, hash, in);
    if (status == NQ_OK && records)
        status = commit(u);
    if (concerns_file(in, status)) {
        if (records)
            rollback(u);
        u->summary->files_failed++;
        if (u->options->warning)
            u->options->warning(u->options->user, true, u->err->message);
        *u->err = (struct nq_error){.column = -1};
        status = NQ_OK;
    }
    nq_ingest_close(in);
    return status;
}

/* ---- all files
 * --------------------------------------------------------------------------------------------- */

/* False where the caller wants to stop. */
static bool report_progress(struct update *u, const struct nq_walk *walk, size_t done,
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

static enum nq_status read_files(struct update *u, const struct nq_walk *walk)
{
    enum nq_status status = NQ_OK;
    uint64_t bytes = 0;
    for (size_t i = 0; i < walk->n && status == NQ_OK; i++) {
        if (!report_progress(u, walk, i, bytes)) {
            status = commit(u);
            return status == NQ_OK ? nq_fail(u->err, NQ_ERR_STOPPED, "%s", _("stopped")) : status;
        }
        status = read_file(u, &walk->files[i]);
        bytes += (uint64_t)walk->files[i].size;
        if (status == NQ_OK && u->group_bytes >= GROUP_BYTES)
            status = commit(u);
    }
    if (status == NQ_OK)
        report_progress(u, walk, walk->n, bytes);
    return status;
}

/* Files of the index that are gone from the disk. */
struct gone {
    struct nq_arena *arena;
    int64_t *ids;
    size_t n;
};

static enum nq_status find_gone(void *user, int64_t id, struct nq_str path, struct nq_error *err)
{
    struct gone *gone = user;
    struct stat st;
    if (stat(path.ptr, &st) == 0)
        return NQ_OK;
    int64_t *grown = nq_arena_grow(gone->arena, gone->ids, gone->n, sizeof *grown);
    if (!grown)
        return nq_fail_nomem(err);
    gone->ids = grown;
    gone->ids[gone->n++] = id;
    return NQ_OK;
}

static enum nq_status prune(struct update *u, struct nq_arena *arena, struct nq_str root)
{
    struct gone gone = {.arena = arena};
    enum nq_status status = nq_store_files_below(u->index->db, root, find_gone, &gone, u->err);
    if (status == NQ_OK && gone.n > 0)
        status = begin(u);
    for (size_t i = 0; i < gone.n && status == NQ_OK; i++) {
        status = remove_reports(u, gone.ids[i]);
        if (status == NQ_OK)
            status = nq_store_file_delete(u->index->db, gone.ids[i], u->err);
        u->summary->files_removed++;
    }
    return status;
}

/* Brings the words index up to date with the dictionary before anything else changes it. */
static enum nq_status renew_words(struct update *u)
{
    bool done = false;
    enum nq_status status = NQ_OK;
    while (status == NQ_OK && !done)
        status = nq_words_renew(u->index->engine, WORDS_BATCH, &done, u->err);
    return status;
}

/* A run that changed much leaves many segments and free pages behind. */
static enum nq_status tidy(struct update *u)
{
    int64_t passages = u->index->engine->n_passages;
    if (u->passages_added * MERGE_SHARE < (uint64_t)passages || u->passages_added == 0)
        return NQ_OK;
    return nq_index_optimize(u->index, u->err);
}

enum nq_status nq_index_update(struct nq_index *index, const char *const *paths, size_t n_paths,
                               const struct nq_update_options *options, struct nq_summary *summary,
                               struct nq_error *err)
{
    static const struct nq_update_options defaults;
    struct nq_summary own;
    struct nq_error own_err;
    struct update u = {.index = index,
                       .options = options ? options : &defaults,
                       .summary = summary ? summary : &own,
                       .err = err ? err : &own_err,
                       .events = {.db = index->db}};
    struct nq_walk walk;
    *u.summary = (struct nq_summary){0};
    *u.err = (struct nq_error){.column = -1};
    struct nq_arena *arena = nq_arena_create();
    u.arena = nq_arena_create();
    enum nq_status status = arena && u.arena ? NQ_OK : nq_fail_nomem(u.err);
    if (status == NQ_OK)
        status = nq_walk_paths(arena, paths, n_paths, index->db->path, u.options->warning,
                               u.options->user, &walk, &u.summary->files_failed, u.err);
    if (status == NQ_OK)
        status = renew_words(&u);
    if (status == NQ_OK)
        status = nq_event_writer_renew(&u.events, u.err);
    if (status == NQ_OK)
        status = read_files(&u, &walk);
    for (size_t i = 0; status == NQ_OK && u.options->prune && i < walk.n_roots; i++)
        status = prune(&u, arena, walk.roots[i]);
    if (status == NQ_OK)
        status = commit(&u);
    else
        rollback(&u);
    if (status == NQ_OK)
        status = tidy(&u);
    nq_event_writer_finish(&u.events);
    nq_buf_finish(&u.heading);
    nq_arena_destroy(u.arena);
    nq_arena_destroy(arena);
    return status;
}

enum nq_status nq_index_rebuild(const char *path, const char *user_dictionary,
                                const char *const *paths, size_t n_paths,
                                const struct nq_update_options *options, struct nq_summary *summary,
                                struct nq_error *err)
{
    char *unfinished = sqlite3_mprintf("%s" NQ_UNFINISHED, path);
    struct nq_index *index = NULL;
    if (!unfinished)
        return nq_fail_nomem(err);
    nq_index_remove_files(unfinished);
    enum nq_status status = nq_index_open(unfinished, NQ_OPEN_WRITE, user_dictionary, &index, err);
    if (status == NQ_OK)
        status = nq_index_update(index, paths, n_paths, options, summary, err);
    nq_index_close(index);
    if (status == NQ_OK) {
        /* Readers of the old file keep it; its log and shared memory would not fit the new one. */
        nq_index_remove_log(path);
        if (rename(unfinished, path) != 0)
            status = nq_fail_errno(err, path);
    }
    if (status != NQ_OK)
        nq_index_remove_files(unfinished);
    sqlite3_free(unfinished);
    return status;
}
