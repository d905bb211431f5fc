/* Blocks become a report: see report.h.  A walk over the blocks with one state: in the abstract, in
 * a section, among the references, behind the end. */
#include "ingest/report.h"

#include "base/buf.h"
#include "ingest/names.h"
#include "ingest/outline.h"
#include "ingest/reference.h"
#include "ingest/scan.h"
#include "ingest/title_line.h"

enum { SIGNED = 24 }; /* columns of a date or a name beside a closing line */

enum state { STATE_BODY, STATE_ABSTRACT, STATE_REFERENCES, STATE_CLOSED };

struct builder {
    struct nq_arena *arena;
    struct nq_outline outline;
    struct nq_report *out;
    enum state state;
    struct nq_str *paragraphs; /* of all sections, in order */
    uint32_t *pages;           /* of these; NULL where none is known */
    size_t n_paragraphs;
    bool in_section; /* paragraphs have a section to go to */
    struct nq_buf abstract;
    bool marked_items; /* the references have bullets or numbers */
    bool failed;
};

static void add_section(struct builder *b, struct nq_str number, struct nq_str heading)
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

static void add_paragraph(struct builder *b, const struct nq_block *block)
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

static void add_abstract(struct builder *b, struct nq_str text)
{
    if (b->abstract.len > 0)
        nq_buf_add_byte(&b->abstract, '\n');
    nq_buf_add(&b->abstract, text);
}

static void add_item(struct builder *b, const struct nq_block *block, struct nq_str raw)
{
    struct nq_reference *grown = nq_arena_grow(b->arena, b->out->references, b->out->n_references,
                                               sizeof *b->out->references);
    if (raw.len == 0)
        return;
    if (!grown || !nq_reference_parse(b->arena, raw, b->out->day, &grown[b->out->n_references])) {
        b->failed = true;
        return;
    }
    b->out->references = grown;
    grown[b->out->n_references++].page = block->page_number;
}

/* The byte at which the item with the number behind `number` begins, right behind a stop:
 * （1）…；（2）…, its number in `*next`; or the length of `text`. */
static size_t next_item(struct nq_str text, const struct nq_number *number, struct nq_number *next)
{
    static const char *const stops[] = {"；", "。"};
    for (size_t at = 0; at < text.len; at++)
        for (size_t i = 0; i < NQ_COUNT(stops); i++) {
            struct nq_str rest = nq_str_sub(text, at, text.len);
            if (!nq_str_starts(rest, nq_str_from(stops[i])))
                continue;
            rest = nq_str_trim(nq_str_sub(rest, strlen(stops[i]), rest.len));
            if (nq_number_parse(rest, next) && next->style == number->style &&
                next->value == number->value + 1)
                return (size_t)(rest.ptr - text.ptr);
        }
    return text.len;
}

static void add_reference(struct builder *b, const struct nq_block *block)
{
    struct nq_number number = block->number, next = {0};
    struct nq_str rest = nq_str_sub(block->text, number.len, block->text.len);
    while (rest.len > 0 && !b->failed) {
        size_t end = number.style == NQ_NUMBERING_NONE ? rest.len : next_item(rest, &number, &next);
        add_item(b, block, nq_str_trim(nq_str_sub(rest, 0, end)));
        rest = nq_str_sub(rest, end, rest.len);
        rest = nq_str_sub(rest, rest.len ? next.len : 0, rest.len);
        number = next;
    }
}

static void open_heading(struct builder *b, const struct nq_block *block, enum nq_role role)
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
        b->state = STATE_REFERENCES;
        return;
    case NQ_ROLE_CLOSING:
        b->state = STATE_CLOSED;
        return;
    case NQ_ROLE_BODY:
        b->state = STATE_BODY;
        b->in_section = false;
        return;
    default:
        break;
    }
    b->state = first_abstract ? STATE_ABSTRACT : STATE_BODY;
    if (first_abstract)
        return;
    bool numbered = block->number.len > 0 && block->number.len < block->text.len;
    struct nq_str heading =
        nq_str_sub(block->text, numbered ? block->number.len : 0, block->text.len);
    add_section(b, numbered ? block->number.text : (struct nq_str){0}, heading);
}

static bool is_item(const struct nq_block *block)
{
    return block->bullet || block->number.style >= NQ_NUMBERING_DECIMAL;
}

/* Whether the list goes on behind block i, which is no item: something of a page stands there. */
static bool list_resumes(const struct nq_blocks *blocks, size_t i)
{
    enum { FAR = 3 };
    const struct nq_number *last = i > 0 ? &blocks->items[i - 1].number : NULL;
    for (size_t k = i + 1; k < blocks->n && k <= i + FAR; k++) {
        const struct nq_number *number = &blocks->items[k].number;
        bool counts = last && number->style != NQ_NUMBERING_NONE && number->style == last->style &&
                      number->value == last->value + 1;
        if (is_item(&blocks->items[k]) && (counts || nq_reference_looks(blocks->items[k].text)))
            return true;
    }
    return false;
}

/* A block below the heading of the references: one of them, or the end of them. */
static void take_reference(struct builder *b, size_t i)
{
    const struct nq_block *block = &b->outline.blocks->items[i];
    bool item = is_item(block);
    bool looks = nq_reference_looks(block->text);
    if (nq_reference_is_head(block->text))
        return;
    bool closing = nq_is_closing(block->text, block->width);
    if (item ? closing && !looks : b->marked_items || !looks || closing) {
        if (item || !list_resumes(b->outline.blocks, i))
            b->state = STATE_CLOSED;
        return;
    }
    b->marked_items |= item;
    add_reference(b, block);
}

/* Behind the end the closing lines may have headings too: only one that the text's own outline
 * knows opens it again. */
static bool stays_closed(const struct builder *b, const struct nq_block *block)
{
    return b->state == STATE_CLOSED && !block->listed && block->number.len == 0 &&
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

/* 参考资料：[1]…；[2]…: all of them behind their name. */
static bool take_inline_references(struct builder *b, const struct nq_block *block)
{
    enum nq_role role;
    struct nq_block list = *block;
    size_t prefix = nq_role_prefix(block->text, &role);
    if (b->state != STATE_BODY || role != NQ_ROLE_REFERENCES)
        return false;
    list.text = nq_str_trim(nq_str_sub(block->text, prefix, block->text.len));
    if (!nq_number_parse(list.text, &list.number) || list.number.value != 1 || !is_item(&list))
        return false;
    b->state = STATE_REFERENCES;
    b->marked_items = true;
    add_reference(b, &list);
    return true;
}

static void take_text(struct builder *b, size_t i)
{
    const struct nq_block *block = &b->outline.blocks->items[i];
    size_t prefix =
        b->abstract.len == 0 && b->out->n_sections == 0 ? nq_role_abstract_prefix(block->text) : 0;
    if (prefix > 0) { /* one paragraph: what follows is the text */
        b->state = STATE_BODY;
        b->in_section = false;
        add_abstract(b, nq_str_trim(nq_str_sub(block->text, prefix, block->text.len)));
        return;
    }
    if (take_inline_references(b, block))
        return;
    enum nq_role role;
    if (nq_role_prefix(block->text, &role) > 0 && role == NQ_ROLE_CLOSING &&
        (b->state == STATE_REFERENCES || i + 1 == b->outline.blocks->n)) {
        b->state = STATE_CLOSED;
        return;
    }
    if (b->state == STATE_ABSTRACT && is_behind_abstract(block->text)) {
        b->state = STATE_BODY;
        b->in_section = false;
    }
    switch (b->state) {
    case STATE_ABSTRACT:
        add_abstract(b, block->text);
        break;
    case STATE_BODY:
        add_paragraph(b, block);
        break;
    case STATE_REFERENCES:
        take_reference(b, i);
        break;
    case STATE_CLOSED:
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
static void drop_closing_lines(struct builder *b)
{
    enum { MOST = 16, SHORT = 60 };
    if (b->out->n_sections == 0 || b->state != STATE_BODY)
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
    bool text = next && !is_item(next) && !nq_reference_looks(next->text) && !next->level &&
                next->ended && blocks->items[i].number.len > 0;
    return role == NQ_ROLE_REFERENCES && text ? NQ_ROLE_SECTION : role;
}

bool nq_report_of_blocks(struct nq_arena *arena, const struct nq_blocks *blocks,
                         const struct nq_front *front, struct nq_str name, struct nq_report *out)
{
    struct nq_head head;
    struct builder b = {.arena = arena, .out = out};
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
        bool by_looks = b.state != STATE_REFERENCES && b.state != STATE_CLOSED;
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
