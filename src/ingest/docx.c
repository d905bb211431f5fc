/* The parts of a DOCX file: see docx.h.  It is a zip archive of XML files. */
#include "ingest/docx.h"

#ifdef NQ_HAVE_XML
#include "ingest/docx_text.h"
#include "ingest/xml.h"

/* The parts that are read. */
enum part {
    PART_TEXT,
    PART_STYLES,
    PART_NUMBERING,
    PART_FOOTNOTES,
    PART_ENDNOTES,
    PART_PROPERTIES,
    PARTS
};
#endif

static bool is_text_part(struct nq_str path)
{
    return nq_str_starts(path, NQ_STR("word/document")) && nq_str_ends(path, NQ_STR(".xml"));
}

enum nq_status nq_docx_recognise(struct nq_archive *archive, enum nq_format *format, bool *foreign,
                                 struct nq_error *err)
{
    struct nq_str path;
    bool office = false, docx = false;
    enum nq_status status;
    while ((status = nq_archive_next(archive, &path, err)) == NQ_OK && path.ptr && !docx) {
        office |= nq_str_eq(path, NQ_STR("[Content_Types].xml")) ||
                  nq_str_eq(path, NQ_STR("META-INF/container.xml")) ||
                  nq_str_eq(path, NQ_STR("content.xml"));
        docx = is_text_part(path);
    }
    if (status != NQ_OK)
        return status;
    *foreign = office && !docx;
    if (docx)
        *format = NQ_FORMAT_DOCX;
    return nq_archive_rewind(archive, err);
}

#ifdef NQ_HAVE_XML
static int part_of(struct nq_str path)
{
    static const char *const names[] = {NULL,
                                        "word/styles.xml",
                                        "word/numbering.xml",
                                        "word/footnotes.xml",
                                        "word/endnotes.xml",
                                        "docProps/core.xml"};
    if (is_text_part(path))
        return PART_TEXT;
    for (int i = PART_STYLES; i < PARTS; i++)
        if (nq_str_eq(path, nq_str_from(names[i])))
            return i;
    return -1;
}

/* Reads the parts into `parts`, together no more than is held in memory. */
static enum nq_status read_parts(struct nq_archive *archive, const char *name,
                                 struct nq_arena *arena, struct nq_str parts[PARTS],
                                 struct nq_error *err)
{
    size_t left = NQ_UNPACK_MEMORY;
    for (;;) {
        struct nq_str path;
        struct nq_source source;
        enum nq_status status = nq_archive_next(archive, &path, err);
        if (status != NQ_OK || !path.ptr)
            return status;
        int part = part_of(path);
        if (part < 0 || parts[part].ptr)
            continue;
        nq_archive_member(archive, &source);
        status = nq_source_fill(&source, left + 1, err);
        struct nq_str text = nq_source_waiting(&source);
        if (status == NQ_OK && text.len > left)
            status = nq_fail(err, NQ_ERR_INPUT, _("%s: larger than %zu MB"), name,
                             NQ_UNPACK_MEMORY >> 20);
        if (status == NQ_OK && !(parts[part] = nq_arena_str(arena, text)).ptr)
            status = nq_fail_nomem(err);
        left -= text.len <= left ? text.len : left;
        nq_source_close(&source);
        if (status != NQ_OK)
            return status;
    }
}

/* Title and time of writing, of docProps/core.xml. */
static void read_properties(struct nq_str part, struct nq_arena *arena, struct nq_front *front)
{
    xmlTextReader *reader =
        part.len ? xmlReaderForMemory(part.ptr, (int)part.len, NULL, NULL, NQ_XML_OPTIONS) : NULL;
    struct nq_str *field = NULL;
    while (reader && xmlTextReaderRead(reader) == 1) {
        int type = xmlTextReaderNodeType(reader);
        struct nq_str name = nq_xml_name(reader);
        if (type == XML_READER_TYPE_DOCUMENT_TYPE)
            break;
        if (type == XML_READER_TYPE_TEXT && field) {
            *field = nq_arena_str(
                arena, nq_str_trim(nq_str_from((const char *)xmlTextReaderConstValue(reader))));
            field = NULL;
        } else if (type == XML_READER_TYPE_ELEMENT) {
            field = nq_str_eq(name, NQ_STR("title"))     ? &front->title
                    : nq_str_eq(name, NQ_STR("created")) ? &front->written
                                                         : NULL;
        }
    }
    xmlFreeTextReader(reader);
}

enum nq_status nq_docx_read(struct nq_archive *archive, const char *name, struct nq_line_builder *b,
                            struct nq_front *front, struct nq_error *err)
{
    struct nq_str parts[PARTS] = {{0}};
    struct nq_docx_styles styles = {.arena = b->scratch};
    enum nq_status status = read_parts(archive, name, b->scratch, parts, err);
    if (status != NQ_OK)
        return status;
    read_properties(parts[PART_PROPERTIES], b->arena, front);
    struct nq_str notes[] = {parts[PART_FOOTNOTES], parts[PART_ENDNOTES]};
    bool ok = parts[PART_TEXT].len > 0 &&
              nq_docx_styles_read(&styles, parts[PART_STYLES], parts[PART_NUMBERING]) &&
              nq_docx_text(parts[PART_TEXT], notes, &styles, b);
    if (b->failed || nq_arena_failed(b->arena) || nq_arena_failed(b->scratch))
        return nq_fail_nomem(err);
    if (!ok)
        return nq_fail(err, NQ_ERR_INPUT, _("%s: a damaged DOCX file"), name);
    return b->out->n > 0 ? NQ_OK
                         : nq_fail(err, NQ_ERR_INPUT, _("%s: a document without text"), name);
}

#else

enum nq_status nq_docx_read(struct nq_archive *archive, const char *name, struct nq_line_builder *b,
                            struct nq_front *front, struct nq_error *err)
{
    (void)archive, (void)b, (void)front;
    return nq_fail(err, NQ_ERR_INPUT, _("%s: nqsearch was built without libxml2"), name);
}
#endif
