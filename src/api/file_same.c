/* A file's content under another path: files that were moved, copies, and who keeps the reports
 * when one of them goes. */
#include <stdio.h>

#include "api/update.h"

static bool same_bytes(const char *a, const char *b)
{
    char left[16384], right[sizeof left];
    FILE *f = fopen(a, "rb"), *g = fopen(b, "rb");
    size_t n = 0, m = 0;
    bool same = f && g;
    while (same) {
        n = fread(left, 1, sizeof left, f);
        m = fread(right, 1, sizeof right, g);
        same = n == m && memcmp(left, right, n) == 0;
        if (n < sizeof left)
            break;
    }
    same = same && !ferror(f) && !ferror(g);
    if (f)
        fclose(f);
    if (g)
        fclose(g);
    return same;
}

enum nq_status nq_update_promote_copy(struct nq_update *u, struct nq_file_row *row, bool *promoted)
{
    struct nq_file_row *copies;
    size_t n;
    enum nq_status status =
        nq_store_file_copies(u->index->db, row->id, u->file_arena, &copies, &n, u->err);
    *promoted = status == NQ_OK && n > 0;
    if (!*promoted)
        return status;
    status = nq_store_file_delete(u->index->db, copies[0].id, u->err);
    row->size = copies[0].size;
    row->hash = copies[0].hash;
    row->modified_ns = copies[0].modified_ns;
    if (status == NQ_OK)
        status = nq_store_file_rename(u->index->db, row, copies[0].path, copies[0].key, u->err);
    return status;
}

enum nq_status nq_update_forget(struct nq_update *u, int64_t file)
{
    struct nq_db *db = u->index->db;
    struct nq_file_row row;
    int64_t id = 0;
    size_t n = 1;
    bool promoted = false;
    nq_arena_reset(u->file_arena);
    enum nq_status status = nq_store_file_get(db, file, u->file_arena, &row, u->err);
    if (status == NQ_OK && row.id)
        status = nq_update_promote_copy(u, &row, &promoted);
    if (status != NQ_OK || promoted || !row.id)
        return status;
    while (status == NQ_OK && n > 0) {
        status = nq_store_reports_of(db, file, id, 1, &id, &n, u->err);
        if (status == NQ_OK && n > 0)
            status = nq_update_discard(u, id);
    }
    if (status == NQ_OK)
        status = nq_store_revisions_of_file(db, file, true, u->err);
    return status == NQ_OK ? nq_store_file_delete(db, file, u->err) : status;
}

/* The content of `moved` takes the place of what `row` held, if anything: the text that stood there
 * becomes a revision, where both are a single report. */
static enum nq_status move_over(struct nq_update *u, struct nq_file_row *row,
                                const struct nq_file_row *moved)
{
    struct nq_db *db = u->index->db;
    struct nq_report_row old;
    int64_t ids[2], heirs[2];
    size_t n, n_heirs;
    bool promoted = false;
    if (!row->id)
        return NQ_OK;
    enum nq_status status = nq_store_file_get(db, row->id, u->file_arena, row, u->err);
    if (status == NQ_OK)
        status = nq_update_promote_copy(u, row, &promoted);
    if (status != NQ_OK || promoted)
        return status;
    status = nq_store_reports_of(db, row->id, 0, NQ_COUNT(ids), ids, &n, u->err);
    if (status == NQ_OK)
        status = nq_store_reports_of(db, moved->copy_of ? moved->copy_of : moved->id, 0,
                                     NQ_COUNT(heirs), heirs, &n_heirs, u->err);
    if (status == NQ_OK && n == 1 && n_heirs == 1) {
        status = nq_store_report_get(db, ids[0], u->file_arena, &old, u->err);
        if (status == NQ_OK)
            status = nq_update_supersede(u, &old, heirs[0], 0, row->modified_ns);
    }
    return status == NQ_OK ? nq_update_forget(u, row->id) : status;
}

/* Takes `file` for `found` under another name, or for a copy of it. */
static enum nq_status take_over(struct nq_update *u, const struct nq_walk_file *file, int64_t hash,
                                const struct nq_file_row *found, struct nq_file_row *row,
                                enum nq_sameness how)
{
    struct nq_db *db = u->index->db;
    enum nq_status status = nq_update_begin(u);
    if (status == NQ_OK)
        status = move_over(u, row, found);
    if (status != NQ_OK)
        return status;
    if (how == NQ_FILE_MOVED)
        *row = *found;
    else
        *row = (struct nq_file_row){.path = file->path,
                                    .key = file->key,
                                    .size = file->size,
                                    .hash = hash,
                                    .copy_of = found->copy_of ? found->copy_of : found->id};
    row->modified_ns = file->modified_ns;
    return how == NQ_FILE_MOVED ? nq_store_file_rename(db, row, file->path, file->key, u->err)
                                : nq_store_file_put(db, row, u->err);
}

enum nq_status nq_update_recognise(struct nq_update *u, const struct nq_walk_file *file,
                                   int64_t hash, struct nq_file_row *row, struct nq_str *was,
                                   enum nq_sameness *how)
{
    struct nq_file_row *like, found = {0};
    size_t n;
    enum nq_status status =
        nq_store_files_like(u->index->db, hash, file->size, u->file_arena, &like, &n, u->err);
    *how = NQ_FILE_OTHER;
    for (size_t i = 0; i < n && status == NQ_OK && *how != NQ_FILE_MOVED; i++) {
        if (like[i].id == row->id)
            continue;
        bool gone = nq_walk_gone(like[i].path.ptr);
        if (!gone && (*how == NQ_FILE_COPIED || !same_bytes(file->path.ptr, like[i].path.ptr)))
            continue;
        *how = gone ? NQ_FILE_MOVED : NQ_FILE_COPIED;
        found = like[i];
    }
    if (status != NQ_OK || *how == NQ_FILE_OTHER)
        return status;
    *was = found.path;
    return take_over(u, file, hash, &found, row, *how);
}
