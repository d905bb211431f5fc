/* Feeds bytes to what makes lines of pdftotext's output. */
#include "fuzz.h"

#include "ingest/pdf_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nq_arena *arena = nq_arena_create();
    if (!arena)
        abort();
    struct nq_lines lines = {0};
    struct nq_front front = {0};
    struct nq_pdf_lines found = {0};
    struct nq_line_builder b = {.arena = arena, .scratch = arena, .out = &lines};
    xmlTextReader *xml = xmlReaderForMemory((const char *)data, (int)size, NULL, NULL,
                                            NQ_XML_OPTIONS | XML_PARSE_RECOVER);
    if (xml && nq_pdf_text(xml, &b, &front, &found))
        fuzz_check(nq_pdf_pages(&found, &b));
    for (size_t i = 0; i < lines.n; i++)
        fuzz_check(lines.items[i].text.len > 0 && lines.items[i].width > 0);
    xmlFreeTextReader(xml);
    nq_arena_destroy(arena);
    return 0;
}
