/* PDF by poppler's pdftotext: see pdf.h.
 *
 * `pdftotext -bbox-layout` writes pages, blocks in reading order, lines and words with their places
 * as XML, and the document's properties as <meta>. */
#include "ingest/pdf.h"

#if defined(NQ_PDFTOTEXT) && defined(NQ_HAVE_XML)
#include "ingest/child.h"
#include "ingest/ingest.h"
#include "ingest/pdf_page.h"
#include "ingest/scan.h"
#include "ingest/unpack.h"
#include "ingest/xml.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A report of a thousand pages takes two seconds and 50 MB. */
static const struct nq_child_limits limits = {
    .cpu_seconds = 60, .wall_seconds = 180, .memory_bytes = (size_t)1 << 30};

struct reader {
    xmlTextReader *xml;
    struct nq_arena *arena; /* of the lines */
    struct nq_front *front;
    struct nq_arena *front_arena;
    struct nq_pdf_lines lines;
    struct nq_buf text;                            /* of the line at hand */
    struct nq_pdf_line at;                         /* its place */
    double word_left, word_right, last_right, han; /* of words; columns of Han in them */
    double han_width;
    unsigned page, block;
    size_t bytes; /* of text */
    bool in_word, in_title;
};

static double number(struct reader *r, const char *name)
{
    char value[32];
    double x = nq_xml_attribute(r->xml, name, value, sizeof value) ? strtod(value, NULL) : 0;
    return x > -1e5 && x < 1e5 ? x : 0;
}

/* Whether a space stands between two words: between Latin ones always, beside Han where the gap is
 * wider than what typesetting adds. */
static bool parts(const struct reader *r, struct nq_str word)
{
    size_t at;
    uint32_t last = nq_scan_last(nq_buf_str(&r->text), &at), first = nq_scan_first(word);
    bool wide_last = nq_scan_is_wide(last), wide_first = nq_scan_is_wide(first);
    double em = (r->at.bottom - r->at.top) * 0.8, gap = r->word_left - r->last_right;
    if (!wide_last && !wide_first)
        return true;
    return gap > em * (wide_last && wide_first ? 0.7 : 0.3);
}

static void add_word(struct reader *r, struct nq_str word)
{
    size_t width = nq_scan_width(word), characters = 0;
    for (size_t i = 0; i < word.len; i++)
        characters += ((unsigned char)word.ptr[i] & 0xC0) != 0x80;
    if (r->text.len > 0 && parts(r, word))
        nq_buf_add_byte(&r->text, ' ');
    nq_buf_add(&r->text, word);
    if (width == characters * 2 && characters > 0) {
        r->han += (double)characters;
        r->han_width += r->word_right - r->word_left;
    }
    r->last_right = r->word_right;
    r->bytes += word.len;
}

static void end_line(struct reader *r)
{
    struct nq_pdf_lines *lines = &r->lines;
    if (nq_str_trim(nq_buf_str(&r->text)).len > 0) {
        struct nq_pdf_line *grown =
            nq_arena_grow(r->arena, lines->items, lines->n, sizeof *lines->items);
        if (!grown)
            return;
        r->at.text = nq_arena_str(r->arena, nq_buf_str(&r->text));
        r->at.em = r->han > 0 ? r->han_width / r->han : 0;
        r->at.page = r->page;
        r->at.block = r->block;
        lines->items = grown;
        lines->items[lines->n++] = r->at;
    }
    r->text.len = 0;
    r->han = r->han_width = 0;
}

static void take_meta(struct reader *r)
{
    char name[32], content[300];
    nq_xml_attribute(r->xml, "name", name, sizeof name);
    nq_xml_attribute(r->xml, "content", content, sizeof content);
    if (strcmp(name, "CreationDate") == 0 && content[0])
        r->front->written = nq_arena_str(r->front_arena, nq_str_from(content));
}

static void begin_element(struct reader *r, struct nq_str name)
{
    if (nq_str_eq(name, NQ_STR("page"))) {
        r->page++;
        r->lines.page_width = number(r, "width");
    } else if (nq_str_eq(name, NQ_STR("block"))) {
        r->block++;
    } else if (nq_str_eq(name, NQ_STR("line"))) {
        r->at = (struct nq_pdf_line){.left = number(r, "xMin"),
                                     .right = number(r, "xMax"),
                                     .top = number(r, "yMin"),
                                     .bottom = number(r, "yMax")};
    } else if (nq_str_eq(name, NQ_STR("word"))) {
        r->word_left = number(r, "xMin");
        r->word_right = number(r, "xMax");
        r->in_word = true;
    } else if (nq_str_eq(name, NQ_STR("meta"))) {
        take_meta(r);
    } else if (nq_str_eq(name, NQ_STR("title"))) {
        r->in_title = !xmlTextReaderIsEmptyElement(r->xml);
    }
}

/* Reads what the child writes; false where memory failed or it is too much. */
static bool read_output(struct reader *r)
{
    while (xmlTextReaderRead(r->xml) == 1) {
        int type = xmlTextReaderNodeType(r->xml);
        struct nq_str name = nq_xml_name(r->xml);
        if (type == XML_READER_TYPE_ELEMENT)
            begin_element(r, name);
        else if (type == XML_READER_TYPE_END_ELEMENT && nq_str_eq(name, NQ_STR("line")))
            end_line(r);
        else if (type == XML_READER_TYPE_END_ELEMENT)
            r->in_word = r->in_title = false;
        else if (type == XML_READER_TYPE_TEXT) {
            struct nq_str text = nq_str_from((const char *)xmlTextReaderConstValue(r->xml));
            if (r->in_word)
                add_word(r, text);
            else if (r->in_title && nq_str_trim(text).len > 0)
                r->front->title = nq_arena_str(r->front_arena, nq_str_trim(text));
        }
        if (nq_arena_failed(r->arena) || r->text.failed || r->bytes > NQ_INGEST_MAX_BYTES)
            return false;
    }
    return true;
}

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
    if (!*copy || fwrite(all.ptr, 1, all.len, *copy) != all.len || fflush(*copy) != 0) {
        nq_fail_errno(err, name);
        return NQ_ERR_INPUT;
    }
    *fd = fileno(*copy);
    return lseek(*fd, 0, SEEK_SET) == 0 ? NQ_OK : nq_fail_errno(err, name);
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
static enum nq_status judge(struct nq_child *child, const struct reader *r, bool read, int fd,
                            const char *name, struct nq_error *err)
{
    enum nq_child_end end = nq_child_finish(child);
    if (nq_arena_failed(r->arena) || r->text.failed)
        return nq_fail_nomem(err);
    if (!read)
        return nq_fail(err, NQ_ERR_INPUT, _("%s: larger than %zu MB"), name,
                       NQ_INGEST_MAX_BYTES >> 20);
    switch (end) {
    case NQ_CHILD_DONE:
        if (r->lines.n == 0)
            r->front->missing = _("a PDF file without text, perhaps of scanned pages: only its "
                                  "title and date are kept");
        return NQ_OK;
    case NQ_CHILD_FAILED:
        if (!is_encrypted(fd))
            return nq_fail(err, NQ_ERR_INPUT, _("%s: a damaged PDF file"), name);
        r->front->missing = _("an encrypted PDF file: only its title and date are kept");
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
    struct reader r = {.arena = b->scratch, .front = front, .front_arena = b->arena};
    struct nq_child child;
    FILE *copy = NULL;
    int fd = -1;
    enum nq_status status = open_input(source, name, &copy, &fd, err);
    if (status == NQ_OK)
        status = nq_child_start(&child, argv, fd, limits, err);
    if (status == NQ_OK) {
        r.xml = xmlReaderForFd(child.output, NULL, "UTF-8",
                               NQ_XML_OPTIONS | XML_PARSE_RECOVER | XML_PARSE_HUGE);
        bool read = r.xml && read_output(&r);
        xmlFreeTextReader(r.xml);
        status = judge(&child, &r, read, fd, name, err);
    }
    if (status == NQ_OK && !nq_pdf_pages(&r.lines, b))
        status = nq_fail_nomem(err);
    nq_buf_finish(&r.text);
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
