/* One document as a report: lines by the reader of its format, repaired layout, parts. */
#include "ingest/docx.h"
#include "ingest/html.h"
#include "ingest/pdf.h"
#include "ingest/reading.h"
#include "ingest/report.h"
#include "text/utf8.h"

/* `raw` clean and in `arena`, page breaks kept as NQ_PAGE_MARK. */
static struct nq_str clean_text(struct nq_ingest *in, struct nq_arena *arena, struct nq_str raw)
{
    struct nq_buf marked = {0};
    struct nq_str text = raw, piece;
    size_t repaired = 0;
    if (memchr(raw.ptr, '\f', raw.len)) {
        struct nq_str rest = raw;
        while (nq_str_split(&rest, '\f', &piece)) {
            nq_buf_add(&marked, piece);
            if (rest.ptr)
                nq_buf_add(&marked, NQ_STR("\n\xE2\x80\xA9\n"));
        }
        text = marked.failed ? (struct nq_str){0} : nq_buf_str(&marked);
    }
    struct nq_str clean = {0};
    if (text.ptr)
        clean = nq_utf8_clean(arena, text, &repaired);
    if (clean.ptr == text.ptr)
        clean = nq_arena_str(arena, clean);
    in->repaired += repaired;
    nq_buf_finish(&marked);
    return clean;
}

/* All of a text, which may not be larger than is held in memory. */
static enum nq_status take_text(struct nq_ingest *in, struct nq_str *text, struct nq_error *err)
{
    enum nq_status status = nq_source_fill(&in->source, NQ_INGEST_MAX_BYTES + 1, err);
    *text = nq_source_waiting(&in->source);
    if (status == NQ_OK && text->len > NQ_INGEST_MAX_BYTES)
        return nq_fail(err, NQ_ERR_INPUT, _("%s: larger than %zu MB"), in->name,
                       NQ_INGEST_MAX_BYTES >> 20);
    return status;
}

static enum nq_status read_text(struct nq_ingest *in, struct nq_line_builder *b,
                                struct nq_front *front, struct nq_error *err)
{
    struct nq_str raw;
    enum nq_status status = take_text(in, &raw, err);
    if (status != NQ_OK)
        return status;
    struct nq_str text = clean_text(in, b->arena, raw);
    bool ok = text.ptr && nq_lines_of_text(b->scratch, (char *)text.ptr, text.len,
                                           in->format == NQ_FORMAT_MARKDOWN, b->out, front);
    return ok ? NQ_OK : nq_fail_nomem(err);
}

static enum nq_status read_html(struct nq_ingest *in, struct nq_line_builder *b,
                                struct nq_front *front, struct nq_error *err)
{
    struct nq_str raw;
    size_t repaired = 0;
    enum nq_status status = take_text(in, &raw, err);
    if (status != NQ_OK)
        return status;
    struct nq_str text = nq_utf8_clean(b->scratch, raw, &repaired);
    in->repaired += repaired;
    return text.ptr ? nq_html_read(text, in->name, b, front, err) : nq_fail_nomem(err);
}

static enum nq_status read_lines(struct nq_ingest *in, struct nq_line_builder *b,
                                 struct nq_front *front, struct nq_error *err)
{
    switch (in->format) {
    case NQ_FORMAT_HTML:
        return read_html(in, b, front, err);
    case NQ_FORMAT_DOCX:
        return nq_docx_read(in->archive, in->name, b, front, err);
    case NQ_FORMAT_PDF:
        return nq_pdf_read(&in->source, in->name, b, front, err);
    default:
        return read_text(in, b, front, err);
    }
}

/* The name of a file without its folders and its ending. */
static struct nq_str bare_name(struct nq_str name)
{
    for (size_t i = name.len; i-- > 0;)
        if (name.ptr[i] == '/') {
            name = nq_str_sub(name, i + 1, name.len);
            break;
        }
    for (size_t i = name.len; i-- > 1;)
        if (name.ptr[i] == '.')
            return nq_str_sub(name, 0, i);
    return name;
}

enum nq_status nq_ingest_next_document(struct nq_ingest *in, struct nq_arena *arena,
                                       struct nq_report *report, struct nq_error *err)
{
    struct nq_lines lines = {0};
    struct nq_blocks blocks;
    struct nq_front front = {0};
    struct nq_report read;
    nq_arena_reset(in->scratch);
    struct nq_line_builder builder = {.arena = arena, .scratch = in->scratch, .out = &lines};
    enum nq_status status = read_lines(in, &builder, &front, err);
    if (status != NQ_OK)
        return status;
    if (front.missing && !front.title.ptr)
        front.title = nq_arena_str(arena, bare_name(nq_str_from(in->name)));
    nq_lines_take_marks(&lines);
    if (nq_arena_failed(arena) || nq_arena_failed(in->scratch) ||
        !nq_layout_repair(arena, in->scratch, &lines, &blocks) ||
        !nq_report_of_blocks(arena, &blocks, &front, nq_str_from(in->name), &read))
        return nq_fail_nomem(err);
    in->repaired += builder.repaired;
    nq_ingest_warn_repaired(in);
    if (front.missing)
        nq_ingest_warn(in, false, _("%s: %s"), in->name, front.missing);
    if (read.day == NQ_NO_DAY)
        nq_ingest_warn(in, false, _("%s: no date"), in->name);
    *report = read;
    return NQ_OK;
}
