/* Reading one file into the index, where it has changed. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/update.h"
#include "base/hash.h"
#include "store/sql.h"

enum { ATTEMPTS = 3 }; /* at a file that changes while it is being read */

/* What became of a file. */
enum outcome { FILE_DONE, FILE_TORN, FILE_VANISHED };

/* The hash of a file's bytes; *ok is false where it cannot be read. */
static int64_t hash_file(const char *path, bool *ok)
{
    char block[65536];
    uint64_t h = NQ_FNV_START;
    ssize_t n = -1;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    while (fd >= 0 && (n = read(fd, block, sizeof block)) > 0)
        h = nq_fnv(h, (struct nq_str){block, (size_t)n});
    *ok = fd >= 0 && n == 0;
    if (fd >= 0)
        close(fd);
    return (int64_t)h;
}

/* Whether the file is now what `file` says of it. */
static bool unchanged(const struct nq_walk_file *file)
{
    struct stat st;
    return stat(file->path.ptr, &st) == 0 && st.st_size == file->size &&
           nq_walk_modified(&st) == file->modified_ns;
}

/* Readies the row of a file that is to be read: its reports will be those of this content. */
static enum nq_status take_row(struct nq_put *put, const struct nq_walk_file *file, int64_t hash)
{
    struct nq_update *u = put->u;
    struct nq_db *db = u->index->db;
    struct nq_file_row *row = put->row;
    int64_t others = 0;
    bool promoted = false;
    /* Another writer may have been here before this transaction began. */
    enum nq_status status = nq_store_file_find(db, file->path, row, u->err);
    put->was_modified_ns = row->modified_ns;
    put->known = row->id != 0;
    if (status == NQ_OK && row->id && row->hash != hash && !row->copy_of) {
        status = nq_store_file_get(db, row->id, u->file_arena, row, u->err);
        if (status == NQ_OK)
            status = nq_update_promote_copy(u, row, &promoted);
        row->id = promoted ? 0 : row->id;
    }
    row->path = file->path;
    row->key = file->key;
    row->hash = hash;
    row->size = file->size;
    row->modified_ns = file->modified_ns;
    row->copy_of = 0;
    if (status == NQ_OK)
        status = nq_store_file_put(db, row, u->err);
    if (status == NQ_OK && put->known)
        status = nq_store_revisions_of_file(db, row->id, false, u->err);
    if (status == NQ_OK)
        status = nq_sql_int(db, "SELECT count(*) FROM (SELECT 1 FROM file LIMIT 2)", NULL, &others,
                            u->err);
    put->elsewhere = others > 1;
    put->first_id = u->next_id;
    return status;
}

/* Reads an open file into the index in place of what it held.  A file that changed meanwhile is
 * torn: nothing of it is put, or the caller takes it back. */
static enum nq_status put_reports(struct nq_put *put, const struct nq_walk_file *file, int64_t hash,
                                  struct nq_ingest *in, enum outcome *outcome)
{
    struct nq_update *u = put->u;
    struct nq_report report;
    bool more = true;
    nq_arena_reset(u->arena);
    enum nq_status status = nq_ingest_next(in, u->arena, &report, &more, u->err);
    if (status == NQ_OK && !put->many && !unchanged(file)) {
        *outcome = FILE_TORN;
        return NQ_OK;
    }
    if (status == NQ_OK)
        status = nq_update_begin(u);
    if (status == NQ_OK)
        status = take_row(put, file, hash);
    while (status == NQ_OK && more) {
        status = nq_put_report(put, &report);
        nq_arena_reset(u->arena);
        if (status == NQ_OK)
            status = nq_ingest_next(in, u->arena, &report, &more, u->err);
    }
    if (status == NQ_OK && put->many && !unchanged(file))
        *outcome = FILE_TORN;
    return nq_put_finish(put, status);
}

/* Whether a status is about the file at hand and not about the index. */
static bool concerns_file(const struct nq_ingest *in, enum nq_status status)
{
    return status == NQ_ERR_INPUT || (status == NQ_ERR_IO && !in);
}

static void fail_file(struct nq_update *u, const char *message)
{
    u->summary->files_failed++;
    if (u->options->warning)
        u->options->warning(u->options->user, true, message);
    *u->err = (struct nq_error){.column = -1};
}

/* Reads a file; `counter` counts it where that is done. */
static enum nq_status read_file(struct nq_update *u, const struct nq_walk_file *file, int64_t hash,
                                struct nq_file_row *row, uint64_t *counter, enum outcome *outcome)
{
    struct nq_put put = {.u = u, .row = row};
    struct nq_ingest *in = NULL;
    enum nq_status status =
        nq_ingest_open_file(file->path.ptr, u->options->warning, u->options->user, &in, u->err);
    put.in = in;
    put.many = status == NQ_OK && nq_ingest_holds_many(in);
    /* Many reports are a transaction of their own, which can be taken back. */
    if (put.many)
        status = nq_update_commit(u);
    if (status == NQ_OK)
        status = put_reports(&put, file, hash, in, outcome);
    if (put.many && (*outcome == FILE_TORN || concerns_file(in, status)))
        nq_update_rollback(u);
    if (put.many && status == NQ_OK)
        status = nq_update_commit(u);
    if (status == NQ_OK && *outcome == FILE_DONE) {
        u->summary->records_failed += nq_ingest_failed(in);
        u->summary->bytes += (uint64_t)file->size;
        ++*(counter ? counter : put.known ? &u->summary->files_replaced : &u->summary->files_read);
    }
    if (concerns_file(in, status) && nq_walk_gone(file->path.ptr)) {
        *u->err = (struct nq_error){.column = -1};
        *outcome = FILE_VANISHED;
        status = NQ_OK;
    } else if (concerns_file(in, status)) {
        u->summary->records_failed += in ? nq_ingest_failed(in) : 0;
        fail_file(u, u->err->message);
        status = NQ_OK;
    }
    nq_ingest_close(in);
    return status;
}

/* The part of a path behind its last '/', from which a report without a date may take one. */
static struct nq_str own_name(struct nq_str path)
{
    size_t at = path.len;
    while (at > 0 && path.ptr[at - 1] != '/')
        at--;
    return nq_str_sub(path, at, path.len);
}

/* Notes that a file is what it was but for its time. */
static enum nq_status touch(struct nq_update *u, int64_t row, int64_t modified_ns)
{
    u->summary->files_unchanged++;
    enum nq_status status = nq_update_begin(u);
    return status == NQ_OK ? nq_store_file_touch(u->index->db, row, modified_ns, u->err) : status;
}

/* One attempt at a file that is not as it was when it was read last. */
static enum nq_status try_file(struct nq_update *u, struct nq_walk_file *file,
                               enum outcome *outcome)
{
    struct nq_summary *summary = u->summary;
    struct nq_file_row row;
    struct nq_str was = {0};
    struct stat st;
    enum nq_sameness how = NQ_FILE_OTHER;
    bool readable;
    *outcome = FILE_DONE;
    nq_arena_reset(u->file_arena);
    if (stat(file->path.ptr, &st) == 0) {
        file->size = st.st_size;
        file->modified_ns = nq_walk_modified(&st);
    }
    int64_t hash = hash_file(file->path.ptr, &readable);
    enum nq_status status = nq_store_file_find(u->index->db, file->path, &row, u->err);
    bool same = readable && row.id && row.hash == hash && row.size == file->size;
    if (status == NQ_OK && same && (!u->options->reread || row.copy_of))
        return touch(u, row.id, file->modified_ns);
    if (status == NQ_OK && readable && !same)
        status = nq_update_recognise(u, file, hash, &row, &was, &how);
    if (status != NQ_OK)
        return status;
    bool moved = how == NQ_FILE_MOVED;
    /* A name may be where a report has its date from: another one has to be looked at. */
    if (how == NQ_FILE_COPIED ||
        (moved && (row.copy_of || nq_str_eq(own_name(was), own_name(file->path))))) {
        ++*(moved ? &summary->files_moved : &summary->files_copied);
        return NQ_OK;
    }
    return read_file(u, file, hash, &row, moved ? &summary->files_moved : NULL, outcome);
}

enum nq_status nq_update_file(struct nq_update *u, const struct nq_walk_file *named)
{
    struct nq_file_row row;
    struct nq_walk_file file = *named;
    enum outcome outcome = FILE_TORN;
    char message[600];
    enum nq_status status = nq_store_file_find(u->index->db, file.path, &row, u->err);
    bool same_time = row.id && row.size == file.size && row.modified_ns == file.modified_ns;
    if (status == NQ_OK && same_time && !u->options->reread) {
        u->summary->files_unchanged++;
        return NQ_OK;
    }
    for (int i = 0; i < ATTEMPTS && status == NQ_OK && outcome == FILE_TORN; i++)
        status = try_file(u, &file, &outcome);
    if (status != NQ_OK || outcome == FILE_DONE)
        return status;
    snprintf(message, sizeof message,
             outcome == FILE_TORN ? _("%s: changes while it is being read")
                                  : _("%s: gone before it was read"),
             file.path.ptr);
    if (outcome == FILE_TORN)
        fail_file(u, message);
    else if (u->options->warning)
        u->options->warning(u->options->user, false, message);
    return NQ_OK;
}
