/* Blocks become a report: see report.h.  A walk over the blocks with one state: in the abstract, in
 * a section, among the references, behind the end. */
#include "ingest/report_builder.h"

#include "ingest/names.h"
#include "ingest/reference.h"
#include "ingest/scan.h"
#include "ingest/title_line.h"

enum { SIGNED = 24 }; /* columns of a date or a name beside a closing line */

static void add_section(struct nq_report_builder *b, struct nq_str number, struct nq_str heading)
{
    struct nq_section *grown =
        nq_arena_grow(b->arena, b->out->sections, b->out->n_sections, sizeof *b->out->sections);
    if (!grown) {
        b->failed = true;
        return;
    }
    b->out->sections = grown;
    grown[b->out->n_sections++] =
        (struct nq_section){.number = number,
                            .heading = heading,
                            .paragraphs = b->paragraphs + b->n_paragraphs,
                            .pages = b->pages ? b->pages + b->n_paragraphs : NULL};
    b->in_section = true;
}

static void add_paragraph(struct nq_report_builder *b, const struct nq_block *block)
{
    if (!b->in_section)
        add_section(b, (struct nq_str){0}, (struct nq_str){0});
    if (b->failed)
        return;
    if (b->pages)
        b->pages[b->n_paragraphs] = block->page_number;
    b->paragraphs[b->n_paragraphs++] = block->text;
    b->out->sections[b->out->n_sections - 1].n_paragraphs++;
}

static void add_abstract(struct nq_report_builder *b, struct nq_str text)
{
    if (b->abstract.len > 0)
        nq_buf_add_byte(&b->abstract, '\n');
    nq_buf_add(&b->abstract, text);
}

static void open_heading(struct nq_report_builder *b, const struct nq_block *block,
                         enum nq_role role)
{
    bool first_abstract =
        b->abstract.len == 0 &&
        (role == NQ_ROLE_ABSTRACT ||
         (role == NQ_ROLE_POINTS && b->out->n_sections == 0 && block->number.len == 0));
    b->marked_items = false;
    switch (role) {
    case NQ_ROLE_CONTENTS:
        return;
    case NQ_ROLE_REFERENCES:
        b->part = NQ_PART_REFERENCES;
        return;
    case NQ_ROLE_CLOSING:
        b->part = NQ_PART_CLOSED;
        return;
    case NQ_ROLE_BODY:
        b->part = NQ_PART_BODY;
        b->in_section = false;
        return;
    default:
        break;
    }
    b->part = first_abstract ? NQ_PART_ABSTRACT : NQ_PART_BODY;
    if (first_abstract)
        return;
    bool numbered = block->number.len > 0 && block->number.len < block->text.len;
    struct nq_str heading =
        nq_str_sub(block->text, numbered ? block->number.len : 0, block->text.len);
    add_section(b, numbered ? block->number.text : (struct nq_str){0}, heading);
}

/* Behind the end the closing lines may have headings too: only one that the text's own outline
 * knows opens it again. */
static bool stays_closed(const struct nq_report_builder *b, const struct nq_block *block)
{
    return b->part == NQ_PART_CLOSED && !block->listed && block->number.len == 0 &&
           nq_role_of(block->text) == NQ_ROLE_NONE;
}

/* 关键词：…: what stands between the abstract of a paper and its text. */
static bool is_behind_abstract(struct nq_str text)
{
    static const struct nq_str words[] = {NQ_STR_INIT("关键词"), NQ_STR_INIT("关键字"),
                                          NQ_STR_INIT("主题词"), NQ_STR_INIT("keywords"),
                                          NQ_STR_INIT("中图分类号")};
    enum { LONGEST = 24 };
    char bare[LONGEST * 2];
    struct nq_str start = nq_str_sub(text, 0, text.len < LONGEST ? text.len : LONGEST);
    struct nq_str name = {bare, nq_scan_bare(start, bare, sizeof bare)};
    for (size_t i = 0; i < NQ_COUNT(words); i++)
        if (nq_str_starts(name, words[i]))
            return true;
    return false;
}

static void take_text(struct nq_report_builder *b, size_t i)
{
    const struct nq_block *block = &b->outline.blocks->items[i];
    size_t prefix =
        b->abstract.len == 0 && b->out->n_sections == 0 ? nq_role_abstract_prefix(block->text) : 0;
    if (prefix > 0) { /* one paragraph: what follows is the text */
        b->part = NQ_PART_BODY;
        b->in_section = false;
        add_abstract(b, nq_str_trim(nq_str_sub(block->text, prefix, block->text.len)));
        return;
    }
    if (nq_report_take_inline(b, block))
        return;
    enum nq_role role;
    if (nq_role_prefix(block->text, &role) > 0 && role == NQ_ROLE_CLOSING &&
        (b->part == NQ_PART_REFERENCES || i + 1 == b->outline.blocks->n)) {
        b->part = NQ_PART_CLOSED;
        return;
    }
    if (b->part == NQ_PART_ABSTRACT && is_behind_abstract(block->text)) {
        b->part = NQ_PART_BODY;
        b->in_section = false;
    }
    switch (b->part) {
    case NQ_PART_ABSTRACT:
        add_abstract(b, block->text);
        break;
    case NQ_PART_BODY:
        add_paragraph(b, block);
        break;
    case NQ_PART_REFERENCES:
        nq_report_take_reference(b, i);
        break;
    case NQ_PART_CLOSED:
        break;
    }
}

/* Whether a paragraph at the very end may be a closing line: no sentence, or one of the law's. */
static bool closes(struct nq_str text)
{
    struct nq_str rest = text, cell;
    while (nq_title_cell(&rest, &cell) && rest.len > 0) /* 2026年6月17日　　责任编辑：… */
        if (nq_scan_width(cell) > SIGNED)
            break;
    if (rest.len == 0 && cell.len > 0 && cell.ptr != text.ptr &&
        nq_is_closing(cell, nq_scan_width(cell)))
        return true;
    static const struct nq_str legal[] = {NQ_STR_INIT("声明"),     NQ_STR_INIT("版权"),
                                          NQ_STR_INIT("仅供"),     NQ_STR_INIT("不构成"),
                                          NQ_STR_INIT("更新时间"), NQ_STR_INIT("转载请"),
                                          NQ_STR_INIT("未经"),     NQ_STR_INIT("联系我们"),
                                          NQ_STR_INIT("©"),        NQ_STR_INIT("copyright")};
    return nq_is_closing(text, nq_scan_width(text)) &&
           (!nq_scan_ended(text) || nq_str_ends(text, NQ_STR("：")) || nq_is_distribution(text) ||
            nq_scan_has_any(text, legal, NQ_COUNT(legal)));
}

/* Without references in front of them the closing lines stand in the last section: drops them, and
 * the short lines among them. */
static void drop_closing_lines(struct nq_report_builder *b)
{
    enum { MOST = 16, SHORT = 60 };
    if (b->out->n_sections == 0 || b->part != NQ_PART_BODY)
        return;
    struct nq_section *last = &b->out->sections[b->out->n_sections - 1];
    size_t keep = last->n_paragraphs;
    for (size_t i = last->n_paragraphs, n = 0; i-- > 0 && n < MOST; n++) {
        struct nq_str text = last->paragraphs[i];
        if (closes(text))
            keep = i;
        else if (nq_scan_ended(text) || nq_scan_width(text) > SHORT)
            break;
    }
    last->n_paragraphs = keep;
}

/* The part that heading i opens; 二、数据来源 above running text is a section like others. */
static enum nq_role role_of(const struct nq_blocks *blocks, size_t i)
{
    enum nq_role role = nq_role_of(blocks->items[i].text);
    const struct nq_block *next = i + 1 < blocks->n ? &blocks->items[i + 1] : NULL;
    bool text = next && !nq_block_is_item(next) && !nq_reference_looks(next->text) &&
                !next->level && next->ended && blocks->items[i].number.len > 0;
    return role == NQ_ROLE_REFERENCES && text ? NQ_ROLE_SECTION : role;
}

bool nq_report_of_blocks(struct nq_arena *arena, const struct nq_blocks *blocks,
                         const struct nq_front *front, struct nq_str name, struct nq_report *out)
{
    struct nq_head head;
    struct nq_report_builder b = {.arena = arena, .out = out};
    *out = (struct nq_report){.kind = NQ_KIND_REPORT};
    nq_head_read(blocks, &head);
    nq_report_fill_head(arena, blocks, &head, front, name, out);
    b.paragraphs = nq_arena_array(arena, blocks->n + 1, sizeof *b.paragraphs);
    if (blocks->n > 0 && blocks->items[0].page_number > 0)
        b.pages = nq_arena_array(arena, blocks->n + 1, sizeof *b.pages);
    if (!b.paragraphs || nq_arena_failed(arena))
        return false;
    nq_outline_init(&b.outline, blocks, head.next);
    if (head.number)
        add_paragraph(&b, head.number);
    for (size_t i = head.next; i < blocks->n && !b.failed; i++) {
        const struct nq_block *block = &blocks->items[i];
        bool by_looks = b.part != NQ_PART_REFERENCES && b.part != NQ_PART_CLOSED;
        if (nq_outline_is_heading(&b.outline, i, by_looks) && !stays_closed(&b, block))
            open_heading(&b, block, role_of(blocks, i));
        else
            take_text(&b, i);
    }
    drop_closing_lines(&b);
    if (b.abstract.len > 0)
        out->abstract = nq_arena_str(arena, nq_buf_str(&b.abstract));
    bool ok = !b.failed && !b.abstract.failed && !nq_arena_failed(arena);
    nq_buf_finish(&b.abstract);
    return ok;
}
