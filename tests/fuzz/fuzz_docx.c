/* Feeds bytes to the reader of Word documents: document.xml, styles.xml, numbering.xml and
 * footnotes.xml, parted by lines of "====". */
#include "fuzz.h"

#include "ingest/docx_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nq_str parts[4] = {{0}}, rest = {(const char *)data, size};
    for (size_t i = 0; i < 4; i++) {
        size_t end = nq_str_find(rest, NQ_STR("\n====\n"), 0);
        parts[i] = end == SIZE_MAX ? rest : nq_str_sub(rest, 0, end);
        rest = end == SIZE_MAX ? NQ_STR("") : nq_str_sub(rest, end + 6, rest.len);
    }
    struct nq_arena *arena = nq_arena_create();
    if (!arena)
        abort();
    struct nq_lines lines = {0};
    struct nq_line_builder b = {.arena = arena, .scratch = arena, .out = &lines};
    struct nq_docx_styles styles = {.arena = arena};
    struct nq_str notes[2] = {parts[3], {0}};
    if (nq_docx_styles_read(&styles, parts[1], parts[2]))
        nq_docx_text(parts[0], notes, &styles, &b);
    for (size_t i = 0; i < lines.n; i++)
        fuzz_check(lines.items[i].text.len > 0);
    nq_arena_destroy(arena);
    return 0;
}
