/* Notes of a Word document: see docx_notes.h. */
#include "ingest/docx_notes.h"

#include "base/buf.h"
#include "ingest/xml.h"

void nq_docx_notes_read(struct nq_docx_notes *notes, struct nq_str part, int sign,
                        struct nq_arena *arena, struct nq_line_builder *b)
{
    xmlTextReader *reader =
        part.len ? xmlReaderForMemory(part.ptr, (int)part.len, NULL, NULL, NQ_XML_OPTIONS) : NULL;
    struct nq_buf text = {0};
    bool in_text = false;
    int id = 0;
    while (reader && xmlTextReaderRead(reader) == 1) {
        int type = xmlTextReaderNodeType(reader);
        struct nq_str name = nq_xml_name(reader);
        bool note = nq_str_eq(name, NQ_STR("footnote")) || nq_str_eq(name, NQ_STR("endnote"));
        if (type == XML_READER_TYPE_DOCUMENT_TYPE)
            break;
        if (type == XML_READER_TYPE_ELEMENT && note) {
            id = nq_xml_number(reader, "id", 0);
            text.len = 0;
        } else if (type == XML_READER_TYPE_END_ELEMENT && note && text.len > 0) {
            struct nq_docx_note *grown =
                nq_arena_grow(arena, notes->items, notes->n, sizeof *grown);
            if (!grown)
                break;
            notes->items = grown;
            grown[notes->n++] =
                (struct nq_docx_note){sign * id, nq_arena_str(arena, nq_buf_str(&text))};
        } else if (nq_str_eq(name, NQ_STR("t"))) {
            in_text = type == XML_READER_TYPE_ELEMENT && !xmlTextReaderIsEmptyElement(reader);
        } else if (in_text && xmlTextReaderConstValue(reader)) {
            nq_buf_add(&text, nq_str_from((const char *)xmlTextReaderConstValue(reader)));
        }
    }
    b->failed |= text.failed;
    nq_buf_finish(&text);
    xmlFreeTextReader(reader);
}

void nq_docx_notes_add(struct nq_docx_notes *notes, const int *ids, size_t n,
                       struct nq_line_builder *b)
{
    struct nq_buf text = {0};
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < notes->n; k++) {
            if (notes->items[k].id != ids[i])
                continue;
            text.len = 0;
            nq_buf_addf(&text, "[%zu] ", ++notes->printed);
            nq_buf_add(&text, notes->items[k].text);
            nq_line_add(b, nq_buf_str(&text), (struct nq_line){.alone = true});
            break;
        }
    b->failed |= text.failed;
    nq_buf_finish(&text);
}
