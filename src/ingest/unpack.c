/* Compressed text and archives by libarchive: see unpack.h. */
#include "ingest/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>

enum { PIECE = 1 << 16, MOST_ENTRIES = 1 << 20 };

struct nq_archive {
    struct archive *archive;
    struct nq_source below;
    struct nq_error error; /* of the source below, met within libarchive */
    struct nq_buf path;
    uint64_t out; /* bytes that came out */
    size_t entries;
    char piece[PIECE]; /* what libarchive has of the source */
    char name[];
};

static la_ssize_t read_below(struct archive *a, void *user, const void **piece)
{
    struct nq_archive *archive = user;
    size_t n = 0;
    *piece = archive->piece;
    if (nq_source_take(&archive->below, archive->piece, PIECE, &n, &archive->error) == NQ_OK)
        return (la_ssize_t)n;
    archive_set_error(a, EIO, "%s", archive->error.message);
    return ARCHIVE_FATAL;
}

/* What libarchive found, in the words of a message. */
static enum nq_status fail(struct nq_archive *archive, struct nq_error *err)
{
    if (archive->error.status != NQ_OK)
        return nq_fail(err, archive->error.status, "%s", archive->error.message);
    if (archive_errno(archive->archive) == ENOMEM)
        return nq_fail_nomem(err);
    const char *why = archive_error_string(archive->archive);
    return nq_fail(err, NQ_ERR_INPUT, _("%s: cannot be unpacked: %s"), archive->name,
                   why ? why : _("damaged"));
}

static struct nq_archive *create(struct nq_source *source, const char *name)
{
    size_t size = strlen(name) + 1;
    struct nq_archive *archive = calloc(1, sizeof *archive + size);
    if (!archive)
        return NULL;
    memcpy(archive->name, name, size);
    archive->error.column = -1;
    archive->archive = archive_read_new();
    if (!archive->archive) {
        free(archive);
        return NULL;
    }
    archive->below = *source;
    *source = (struct nq_source){0};
    return archive;
}

void nq_archive_close(struct nq_archive *archive)
{
    if (!archive)
        return;
    if (archive->archive)
        archive_read_free(archive->archive);
    nq_source_close(&archive->below);
    nq_buf_finish(&archive->path);
    free(archive);
}

static enum nq_status read_unpacked(void *state, char *to, size_t size, size_t *n,
                                    struct nq_error *err)
{
    struct nq_archive *archive = state;
    la_ssize_t got;
    do
        got = archive_read_data(archive->archive, to, size);
    while (got == ARCHIVE_RETRY);
    if (got < 0)
        return fail(archive, err);
    archive->out += (uint64_t)got;
    uint64_t in = (uint64_t)archive_filter_bytes(archive->archive, -1);
    if (archive->out > NQ_UNPACK_FREE && archive->out / NQ_UNPACK_RATIO > in)
        return nq_fail(err, NQ_ERR_INPUT, _("%s: unpacks to over %d times its size: a bomb?"),
                       archive->name, NQ_UNPACK_RATIO);
    *n = (size_t)got;
    return NQ_OK;
}

static void close_unpacked(void *state)
{
    nq_archive_close(state);
}

static const struct nq_source_ops unpacked_ops = {read_unpacked, close_unpacked};

static void support_filters(struct archive *a)
{
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_xz(a);
}

enum nq_status nq_unpack_layer(struct nq_source *source, const char *name, struct nq_error *err)
{
    struct archive_entry *entry;
    struct nq_archive *archive = create(source, name);
    if (!archive)
        return nq_fail_nomem(err);
    support_filters(archive->archive);
    archive_read_support_format_raw(archive->archive);
    archive_read_support_format_empty(archive->archive);
    if (archive_read_open(archive->archive, archive, NULL, read_below, NULL) != ARCHIVE_OK ||
        archive_read_next_header(archive->archive, &entry) < ARCHIVE_WARN) {
        enum nq_status status = fail(archive, err);
        nq_archive_close(archive);
        return status;
    }
    nq_source_open(source, &unpacked_ops, archive);
    return NQ_OK;
}

/* A zip's directory stands at its end: libarchive must be able to seek. */
static int open_archive(struct nq_archive *archive)
{
    struct archive *a = archive->archive;
    int fd = nq_source_fd(&archive->below);
    archive_read_support_format_zip(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_empty(a);
    if (fd >= 0)
        return archive_read_open_fd(a, fd, PIECE);
    if (nq_source_fill(&archive->below, 4, &archive->error) != NQ_OK)
        return ARCHIVE_FATAL;
    if (!nq_str_starts(nq_source_waiting(&archive->below), NQ_STR("PK")))
        return archive_read_open(a, archive, NULL, read_below, NULL);
    if (nq_source_fill(&archive->below, NQ_UNPACK_MEMORY + 1, &archive->error) != NQ_OK)
        return ARCHIVE_FATAL;
    struct nq_str all = nq_source_waiting(&archive->below);
    if (all.len > NQ_UNPACK_MEMORY) {
        nq_fail(&archive->error, NQ_ERR_INPUT, _("%s: larger than %zu MB"), archive->name,
                NQ_UNPACK_MEMORY >> 20);
        return ARCHIVE_FATAL;
    }
    return archive_read_open_memory(a, all.ptr, all.len);
}

enum nq_status nq_archive_open(struct nq_source *source, const char *name, struct nq_archive **out,
                               struct nq_error *err)
{
    struct nq_archive *archive = create(source, name);
    if (!archive)
        return nq_fail_nomem(err);
    if (open_archive(archive) != ARCHIVE_OK) {
        enum nq_status status = fail(archive, err);
        nq_archive_close(archive);
        return status;
    }
    *out = archive;
    return NQ_OK;
}

enum nq_status nq_archive_rewind(struct nq_archive *archive, struct nq_error *err)
{
    archive_read_free(archive->archive);
    archive->out = archive->entries = 0;
    archive->archive = archive_read_new();
    if (!archive->archive)
        return nq_fail_nomem(err);
    return open_archive(archive) == ARCHIVE_OK ? NQ_OK : fail(archive, err);
}

/* The name of an entry, as it stands there or in UTF-8. */
static enum nq_status take_path(struct nq_archive *archive, struct archive_entry *entry,
                                struct nq_error *err)
{
    const char *utf8 = archive_entry_pathname_utf8(entry);
    const char *raw = utf8 ? utf8 : archive_entry_pathname(entry);
    return nq_archive_path_decode(nq_str_from(raw ? raw : ""), &archive->path, err);
}

enum nq_status nq_archive_next(struct nq_archive *archive, struct nq_str *path,
                               struct nq_error *err)
{
    struct archive_entry *entry;
    *path = (struct nq_str){0};
    for (;;) {
        int result = archive_read_next_header(archive->archive, &entry);
        if (result == ARCHIVE_EOF)
            return NQ_OK;
        if (result == ARCHIVE_RETRY)
            continue;
        if (result < ARCHIVE_WARN)
            return fail(archive, err);
        if (++archive->entries > MOST_ENTRIES)
            return nq_fail(err, NQ_ERR_INPUT, _("%s: holds over %d files"), archive->name,
                           MOST_ENTRIES);
        bool link = archive_entry_hardlink(entry) || archive_entry_symlink(entry);
        if (link || archive_entry_filetype(entry) != AE_IFREG)
            continue;
        enum nq_status status = take_path(archive, entry, err);
        if (status == NQ_OK)
            *path = nq_buf_str(&archive->path);
        return status;
    }
}

static void leave_member(void *state)
{
    (void)state; /* the archive stays */
}

static const struct nq_source_ops member_ops = {read_unpacked, leave_member};

void nq_archive_member(struct nq_archive *archive, struct nq_source *out)
{
    nq_source_open(out, &member_ops, archive);
}
