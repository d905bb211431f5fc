/* The paragraphs of a Word document: see docx_text.h.
 *
 *     <w:p><w:pPr><w:pStyle w:val="…"/><w:numPr>…</w:numPr></w:pPr><w:r><w:t>text</w:t></w:r></w:p>
 *     <w:tbl><w:tr><w:tc> paragraphs </w:tc>…</w:tr>…</w:tbl>
 *
 * A paragraph may stand within another, in a text box: it comes before that one. */
#include "ingest/docx_text.h"

#include "ingest/docx_notes.h"
#include "ingest/xml.h"

#include <stdlib.h>

enum { MOST_OPEN = 16, MOST_NOTES = 8 };

/* A paragraph that is open. */
struct paragraph {
    struct nq_buf text;
    char style[NQ_DOCX_ID];
    int outline, numbering, number_level; /* -1: as the style */
    bool in_run, in_text, bold;
    bool any_bold, any_thin, page;
    int notes[MOST_NOTES]; /* ids; endnotes are negative */
    size_t n_notes;
};

struct walker {
    xmlTextReader *reader;
    struct nq_docx_styles *styles;
    struct nq_line_builder *b;
    struct nq_docx_notes notes;
    struct paragraph open[MOST_OPEN];
    size_t n_open;
    bool contents; /* within the table of contents */
    int contents_depth;
    size_t tables; /* open ones: rows of inner ones are text of the outer */
    struct nq_buf row;
};

static bool is(struct nq_str name, const char *other)
{
    return nq_str_eq(name, nq_str_from(other));
}

/* Whether a property such as <w:b w:val="0"/> is on. */
static bool is_on(xmlTextReader *reader)
{
    char value[8];
    return !nq_xml_attribute(reader, "val", value, sizeof value) ||
           (strcmp(value, "0") != 0 && strcmp(value, "false") != 0 && strcmp(value, "off") != 0 &&
            strcmp(value, "none") != 0);
}

/* ---- paragraphs ---------------------------------------------------------------------------- */

static struct paragraph *open_paragraph(struct walker *w)
{
    return w->n_open > 0 ? &w->open[w->n_open - 1] : NULL;
}

static void begin_paragraph(struct walker *w)
{
    if (w->n_open == MOST_OPEN)
        return;
    struct paragraph *p = &w->open[w->n_open++];
    struct nq_buf reuse = p->text;
    *p = (struct paragraph){.text = reuse, .outline = -1, .numbering = -1, .number_level = -1};
    p->text.len = 0;
}

/* Adds a paragraph that stands in no table. */
static void add_paragraph(struct walker *w, struct paragraph *p)
{
    struct nq_docx_style style = nq_docx_style_find(w->styles, p->style);
    int outline = p->outline >= 0 ? p->outline : style.outline;
    int numbering = p->numbering >= 0 ? p->numbering : style.numbering;
    int level = p->number_level >= 0 ? p->number_level : style.number_level;
    struct nq_str text = nq_str_trim(nq_buf_str(&p->text));
    struct nq_line line = {.strong = p->any_bold && !p->any_thin};
    struct nq_buf whole = {0};
    w->b->page |= p->page;
    if (style.contents || w->contents) {
        w->b->cut = true;
        return;
    }
    if (outline >= 0 && outline < NQ_DOCX_LEVELS)
        line.level = (uint8_t)(outline < 6 ? outline + 1 : 6);
    if (style.title)
        line.level = 1;
    if (text.len > 0)
        nq_docx_number(w->styles, numbering, level, &whole, &line.bullet);
    if (whole.len > 0 && nq_str_starts(text, nq_buf_str(&whole)))
        whole.len = 0; /* typed besides */
    nq_buf_add(&whole, text);
    nq_line_add(w->b, nq_buf_str(&whole), line);
    w->b->failed |= whole.failed;
    nq_docx_notes_add(&w->notes, p->notes, p->n_notes, w->b);
    nq_buf_finish(&whole);
}

static void end_paragraph(struct walker *w)
{
    struct paragraph *p = open_paragraph(w);
    if (!p)
        return;
    if (w->tables == 0) {
        add_paragraph(w, p);
    } else {
        nq_buf_add(&w->row, nq_str_trim(nq_buf_str(&p->text)));
        nq_buf_add_byte(&w->row, '\n');
    }
    w->n_open--;
}

/* ---- tables -------------------------------------------------------------------------------- */

/* The row as one line, its cells parted by " | "; the paragraphs of a single cell are lines. */
static void end_row(struct walker *w)
{
    struct nq_buf line = {0};
    struct nq_str rest = nq_buf_str(&w->row), cell;
    bool single = rest.len > 0 && !memchr(rest.ptr, '\f', rest.len - 1);
    bool first = true;
    if (single && rest.len > 0) {
        nq_line_add(w->b, nq_str_sub(rest, 0, rest.len - 1), (struct nq_line){0});
        w->row.len = 0;
        return;
    }
    rest.len -= rest.len > 0; /* the mark behind the last cell */
    while (rest.ptr && nq_str_split(&rest, '\f', &cell)) {
        if (!first)
            nq_buf_add(&line, NQ_STR(" | "));
        first = false;
        cell = nq_str_trim(cell);
        for (size_t i = 0; i < cell.len; i++)
            nq_buf_add_byte(&line, cell.ptr[i] == '\n' ? ' ' : cell.ptr[i]);
    }
    nq_line_add(w->b, nq_buf_str(&line), (struct nq_line){.alone = true});
    w->b->failed |= line.failed;
    nq_buf_finish(&line);
    w->row.len = 0;
}

/* ---- the walk ------------------------------------------------------------------------------ */

static void take_property(struct walker *w, struct paragraph *p, struct nq_str name)
{
    if (is(name, "pStyle"))
        nq_xml_attribute(w->reader, "val", p->style, sizeof p->style);
    else if (is(name, "outlineLvl"))
        p->outline = nq_xml_number(w->reader, "val", -1);
    else if (is(name, "numId"))
        p->numbering = nq_xml_number(w->reader, "val", -1);
    else if (is(name, "ilvl"))
        p->number_level = nq_xml_number(w->reader, "val", -1);
    else if (is(name, "pageBreakBefore"))
        p->page = is_on(w->reader);
}

static void take_sign(struct walker *w, struct paragraph *p, struct nq_str name)
{
    char type[16];
    bool note = is(name, "footnoteReference") || is(name, "endnoteReference");
    if (is(name, "b"))
        p->bold = is_on(w->reader);
    else if (is(name, "tab"))
        nq_buf_add_byte(&p->text, '\t');
    else if (is(name, "noBreakHyphen"))
        nq_buf_add_byte(&p->text, '-');
    else if (is(name, "br") || is(name, "cr"))
        nq_buf_add_byte(&p->text, '\n');
    if (is(name, "br") && nq_xml_attribute(w->reader, "type", type, sizeof type) &&
        strcmp(type, "page") == 0 && nq_str_trim(nq_buf_str(&p->text)).len == 0)
        p->page = true;
    if (note && p->n_notes < MOST_NOTES) {
        int id = nq_xml_number(w->reader, "id", 0);
        p->notes[p->n_notes++] = name.ptr[0] == 'e' ? -id : id;
    }
}

/* Returns whether what is in the element is passed over. */
static bool begin_element(struct walker *w, struct nq_str name, bool empty)
{
    struct paragraph *p = open_paragraph(w);
    char value[64];
    if (is(name, "Fallback") || is(name, "del") || is(name, "moveFrom") || is(name, "instrText") ||
        is(name, "rPrChange") || is(name, "pPrChange"))
        return true;
    if (is(name, "p")) {
        begin_paragraph(w);
        if (empty)
            end_paragraph(w);
    } else if (is(name, "tbl") && !empty) {
        w->tables++;
    } else if (is(name, "docPartGallery") &&
               nq_xml_attribute(w->reader, "val", value, sizeof value) &&
               strcmp(value, "Table of Contents") == 0 && !w->contents) {
        w->contents = true;
        w->contents_depth = xmlTextReaderDepth(w->reader) - 3; /* sdt/sdtPr/docPartObj/this */
    } else if (p && is(name, "r")) {
        p->in_run = !empty;
        p->bold = false;
    } else if (p && p->in_run) {
        p->in_text = is(name, "t") && !empty;
        take_sign(w, p, name);
    } else if (p) {
        take_property(w, p, name);
    }
    return false;
}

static void end_element(struct walker *w, struct nq_str name)
{
    struct paragraph *p = open_paragraph(w);
    if (is(name, "p")) {
        end_paragraph(w);
    } else if (is(name, "tc") && w->tables == 1) {
        nq_buf_add_byte(&w->row, '\f');
    } else if (is(name, "tr") && w->tables == 1) {
        end_row(w);
    } else if (is(name, "tbl")) {
        w->tables -= w->tables > 0;
    } else if (is(name, "sdt") && w->contents &&
               xmlTextReaderDepth(w->reader) <= w->contents_depth) {
        w->contents = false;
    } else if (p && is(name, "r")) {
        p->in_run = false;
    } else if (p && is(name, "t")) {
        p->in_text = false;
    }
}

static void take_text(struct walker *w)
{
    struct paragraph *p = open_paragraph(w);
    const char *value = (const char *)xmlTextReaderConstValue(w->reader);
    if (!p || !p->in_text || !value)
        return;
    nq_buf_add(&p->text, nq_str_from(value));
    *(p->bold ? &p->any_bold : &p->any_thin) |= nq_str_trim(nq_str_from(value)).len > 0;
}

bool nq_docx_text(struct nq_str text, const struct nq_str notes[2], struct nq_docx_styles *styles,
                  struct nq_line_builder *b)
{
    struct walker w = {.styles = styles, .b = b};
    int more = -1;
    nq_docx_notes_read(&w.notes, notes[0], 1, styles->arena, b);
    nq_docx_notes_read(&w.notes, notes[1], -1, styles->arena, b);
    w.reader = xmlReaderForMemory(text.ptr, (int)text.len, NULL, NULL, NQ_XML_OPTIONS);
    if (w.reader)
        more = xmlTextReaderRead(w.reader);
    while (more == 1) {
        int type = xmlTextReaderNodeType(w.reader);
        bool skip = false;
        if (type == XML_READER_TYPE_DOCUMENT_TYPE)
            break; /* Word writes none: it could only declare entities */
        if (type == XML_READER_TYPE_ELEMENT)
            skip = begin_element(&w, nq_xml_name(w.reader), xmlTextReaderIsEmptyElement(w.reader));
        else if (type == XML_READER_TYPE_END_ELEMENT)
            end_element(&w, nq_xml_name(w.reader));
        else if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
                 type == XML_READER_TYPE_CDATA)
            take_text(&w);
        more = skip ? xmlTextReaderNext(w.reader) : xmlTextReaderRead(w.reader);
    }
    xmlFreeTextReader(w.reader);
    for (size_t i = 0; i < MOST_OPEN; i++) {
        b->failed |= w.open[i].text.failed;
        nq_buf_finish(&w.open[i].text);
    }
    b->failed |= w.row.failed;
    nq_buf_finish(&w.row);
    return more == 0;
}
