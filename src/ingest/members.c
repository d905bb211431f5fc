/* An archive, walked as a folder: each file in it is read as a file of its own. */
#include "ingest/reading.h"

#include "ingest/scan.h"

/* Whether a file of the archive is left out as a walk of folders leaves it out: hidden ones, and
 * what macOS and Windows add. */
static bool is_hidden(struct nq_str path)
{
    static const char *const added[] = {"__MACOSX/", "Thumbs.db", "desktop.ini"};
    for (size_t i = 0; i < NQ_COUNT(added); i++)
        if (nq_str_starts(path, nq_str_from(added[i])))
            return true;
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] == '.' && (i == 0 || path.ptr[i - 1] == '/') &&
            !(i + 1 < path.len && (path.ptr[i + 1] == '/' || path.ptr[i + 1] == '.')))
            return true;
    return false;
}

static void skip_member(struct nq_ingest *in, struct nq_error *err)
{
    in->failed++;
    nq_ingest_warn(in, true, "%s", err->message);
    *err = (struct nq_error){.column = -1};
}

/* Opens the file at `path` of the archive. */
static enum nq_status open_member(struct nq_ingest *in, struct nq_str path, struct nq_error *err)
{
    struct nq_source source = {0};
    struct nq_buf name = {0};
    while (nq_str_starts(path, NQ_STR("./")))
        path = nq_str_sub(path, 2, path.len);
    in->member_path.len = 0;
    nq_buf_add(&in->member_path, path);
    nq_buf_addf(&name, "%s/%.*s", in->name, NQ_STR_ARG(path));
    enum nq_status status = NQ_OK;
    if (name.failed || in->member_path.failed)
        status = nq_fail_nomem(err);
    else if (!nq_archive_path_is_safe(path))
        status = nq_fail(err, NQ_ERR_INPUT, _("%s: the name leads out of the archive"), name.ptr);
    if (status == NQ_OK) {
        nq_archive_member(in->archive, &source);
        status = nq_ingest_open(name.ptr, &source, in->depth + 1, in->warning, in->user,
                                &in->member, err);
    }
    nq_buf_finish(&name);
    return status;
}

/* The report's place in the archive: the file's own, and within that the report's. */
static enum nq_status place(struct nq_ingest *in, struct nq_arena *arena, struct nq_report *report,
                            struct nq_error *err)
{
    struct nq_buf path = {0};
    nq_buf_add(&path, nq_buf_str(&in->member_path));
    if (report->member.len > 0) {
        nq_buf_add_byte(&path, '/');
        nq_buf_add(&path, report->member);
    }
    report->member = nq_arena_str(arena, nq_buf_str(&path));
    nq_buf_finish(&path);
    return report->member.ptr ? NQ_OK : nq_fail_nomem(err);
}

static void close_member(struct nq_ingest *in)
{
    if (in->member)
        in->failed += in->member->failed;
    nq_ingest_close(in->member);
    in->member = NULL;
}

enum nq_status nq_ingest_next_member(struct nq_ingest *in, struct nq_arena *arena,
                                     struct nq_report *report, bool *more, struct nq_error *err)
{
    struct nq_error own = {.column = -1};
    for (;;) {
        enum nq_status status = NQ_OK;
        bool any = false;
        if (!in->member) {
            struct nq_str path;
            status = nq_archive_next(in->archive, &path, &own);
            if (status == NQ_ERR_INPUT && in->read_any) {
                skip_member(in, &own); /* what stands before the damage was read */
                return NQ_OK;
            }
            if (status != NQ_OK)
                return nq_fail(err, status, "%s", own.message);
            if (!path.ptr && !in->read_any)
                return nq_fail(err, NQ_ERR_INPUT, _("%s: no report in it could be read"), in->name);
            if (!path.ptr)
                return NQ_OK;
            if (is_hidden(path))
                continue;
            status = open_member(in, path, &own);
        }
        if (status == NQ_OK)
            status = nq_ingest_next(in->member, arena, report, &any, &own);
        if (status == NQ_OK && any) {
            *more = in->read_any = true;
            return place(in, arena, report, err);
        }
        close_member(in);
        if (status == NQ_ERR_INPUT)
            skip_member(in, &own);
        else if (status != NQ_OK)
            return nq_fail(err, status, "%s", own.message);
    }
}
