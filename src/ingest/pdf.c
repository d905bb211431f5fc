/* PDF by poppler's pdftotext: see pdf.h.  A file that crashes it, or keeps it busy, costs one
 * report and not the run. */
#include "ingest/pdf.h"

#if defined(NQ_PDFTOTEXT) && defined(NQ_HAVE_XML)
#include "ingest/child.h"
#include "ingest/ingest.h"
#include "ingest/pdf_text.h"
#include "ingest/unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A report of a thousand pages takes two seconds and 50 MB. */
static const struct nq_child_limits limits = {
    .cpu_seconds = 60, .wall_seconds = 180, .memory_bytes = (size_t)1 << 30};

/* A descriptor of all that `source` holds: its own file, or a copy that has no name. */
static enum nq_status open_input(struct nq_source *source, const char *name, FILE **copy, int *fd,
                                 struct nq_error *err)
{
    *copy = NULL;
    *fd = nq_source_fd(source);
    if (*fd >= 0)
        return NQ_OK;
    enum nq_status status = nq_source_fill(source, NQ_UNPACK_MEMORY + 1, err);
    struct nq_str all = nq_source_waiting(source);
    if (status != NQ_OK)
        return status;
    if (all.len > NQ_UNPACK_MEMORY)
        return nq_fail(err, NQ_ERR_INPUT, _("%s: larger than %zu MB"), name,
                       NQ_UNPACK_MEMORY >> 20);
    *copy = tmpfile();
    if (!*copy || fwrite(all.ptr, 1, all.len, *copy) != all.len || fflush(*copy) != 0)
        return nq_fail(err, NQ_ERR_INPUT, _("%s: %s"), name, strerror(errno));
    rewind(*copy);
    *fd = fileno(*copy);
    return NQ_OK;
}

/* Whether the file at `fd` is encrypted: its trailer says so in plain text. */
static bool is_encrypted(int fd)
{
    enum { PIECE = 1 << 16, WORD = 8 };
    char piece[PIECE + WORD];
    size_t kept = 0;
    ssize_t n;
    off_t at = 0;
    while ((n = pread(fd, piece + kept, PIECE, at)) > 0) {
        struct nq_str seen = {piece, kept + (size_t)n};
        if (nq_str_find(seen, NQ_STR("/Encrypt"), 0) != SIZE_MAX)
            return true;
        at += n;
        kept = seen.len < WORD ? seen.len : WORD;
        memmove(piece, piece + seen.len - kept, kept);
    }
    return false;
}

/* What the way the child ended means for the file. */
static enum nq_status judge(enum nq_child_end end, bool read, bool any, struct nq_front *front,
                            int fd, const char *name, struct nq_error *err)
{
    if (!read)
        return nq_fail(err, NQ_ERR_INPUT, _("%s: larger than %zu MB"), name,
                       NQ_INGEST_MAX_BYTES >> 20);
    switch (end) {
    case NQ_CHILD_DONE:
        if (!any)
            front->missing = _("a PDF file without text, perhaps of scanned pages: only its "
                               "title and date are kept");
        return NQ_OK;
    case NQ_CHILD_FAILED:
        if (!is_encrypted(fd))
            return nq_fail(err, NQ_ERR_INPUT, _("%s: a damaged PDF file"), name);
        front->missing = _("an encrypted PDF file: only its title and date are kept");
        return NQ_OK;
    case NQ_CHILD_MISSING:
        return nq_fail(err, NQ_ERR_INPUT, _("%s: PDF files need %s, which is not installed"), name,
                       NQ_PDFTOTEXT);
    case NQ_CHILD_LIMITED:
        return nq_fail(err, NQ_ERR_INPUT, _("%s: the PDF file takes over %u s to read"), name,
                       limits.cpu_seconds);
    default:
        return nq_fail(err, NQ_ERR_INPUT, _("%s: pdftotext crashed on the PDF file"), name);
    }
}

enum nq_status nq_pdf_read(struct nq_source *source, const char *name, struct nq_line_builder *b,
                           struct nq_front *front, struct nq_error *err)
{
    static const char *const argv[] = {NQ_PDFTOTEXT, "-q", "-bbox-layout", "-", "-", NULL};
    struct nq_pdf_lines lines = {0};
    struct nq_child child;
    FILE *copy = NULL;
    int fd = -1;
    enum nq_status status = open_input(source, name, &copy, &fd, err);
    if (status == NQ_OK)
        status = nq_child_start(&child, argv, fd, limits, err);
    if (status == NQ_OK) {
        xmlTextReader *xml = xmlReaderForFd(child.output, NULL, "UTF-8",
                                            NQ_XML_OPTIONS | XML_PARSE_RECOVER | XML_PARSE_HUGE);
        bool read = xml && nq_pdf_text(xml, b, front, &lines);
        enum nq_child_end end = read ? nq_child_finish(&child) : nq_child_kill(&child);
        xmlFreeTextReader(xml);
        if (!xml || nq_arena_failed(b->scratch) || nq_arena_failed(b->arena))
            status = nq_fail_nomem(err);
        else
            status = judge(end, read, lines.n > 0, front, fd, name, err);
    }
    if (status == NQ_OK && !nq_pdf_pages(&lines, b))
        status = nq_fail_nomem(err);
    if (copy)
        fclose(copy);
    return status;
}

#else

enum nq_status nq_pdf_read(struct nq_source *source, const char *name, struct nq_line_builder *b,
                           struct nq_front *front, struct nq_error *err)
{
    (void)source, (void)b, (void)front;
    return nq_fail(err, NQ_ERR_INPUT, _("%s: nqsearch was built without poppler or libxml2"), name);
}
#endif
