/* Lines from paragraphs: what HTML, DOCX and PDF readers share.  See lines.h. */
#include "ingest/lines.h"

#include "ingest/scan.h"
#include "text/utf8.h"

static void add_one(struct nq_line_builder *b, struct nq_str text, struct nq_line line)
{
    text = nq_str_trim(text);
    if (text.len == 0) {
        b->blank = true;
        return;
    }
    if (nq_line_is_rule(text)) {
        b->blank = b->cut = true;
        return;
    }
    if (nq_line_is_bullet(text)) {
        b->bullet = true;
        return;
    }
    bool strong, link;
    size_t bullet = line.level ? nq_line_flag(text) : nq_line_bullet(text);
    line.flagged = bullet > 0 && !line.level && nq_line_flag(text) > 0;
    text = nq_str_sub(text, bullet, text.len);
    line.text = nq_str_trim(nq_markup_strip((char *)text.ptr, text.len, false, &strong, &link));
    line.strong |= strong;
    if (line.text.len == 0)
        return;
    struct nq_line *grown =
        nq_arena_grow(b->scratch, b->out->items, b->out->n, sizeof *b->out->items);
    if (!grown)
        return;
    line.bullet |= (bullet > 0 && !line.level) || b->bullet;
    line.alone |= nq_line_is_row(line.text);
    b->bullet = false;
    if (line.width == 0)
        line.width = (uint32_t)nq_scan_width(line.text);
    line.blank = b->blank;
    line.page = b->page;
    line.cut = b->cut;
    b->blank = b->page = b->cut = false;
    b->out->items = grown;
    b->out->items[b->out->n++] = line;
    b->out->marked |= line.level > 0;
}

void nq_line_add(struct nq_line_builder *b, struct nq_str text, struct nq_line line)
{
    size_t repaired = 0;
    struct nq_str copy = nq_utf8_clean(b->arena, text, &repaired), piece;
    if (copy.ptr == text.ptr)
        copy = nq_arena_str(b->arena, copy);
    b->repaired += repaired;
    while (copy.ptr && nq_str_split(&copy, '\n', &piece))
        add_one(b, piece, line);
}

void nq_lines_take_marks(struct nq_lines *lines)
{
    struct nq_str text;
    for (size_t i = 0; i < lines->n && !lines->marked; i++)
        lines->marked = nq_line_heading(lines->items[i].text, &text) > 0;
    for (size_t i = 0; i < lines->n && lines->marked; i++) {
        struct nq_line *line = &lines->items[i];
        uint8_t level = line->level ? 0 : nq_line_heading(line->text, &text);
        if (level == 0)
            continue;
        line->width -= (uint32_t)nq_scan_width(line->text) - (uint32_t)nq_scan_width(text);
        line->text = text;
        line->level = level;
    }
}
