/* Joining what a page or a line broke: see layout.h.
 *
 * One pass with one open block.  A line either goes on with it or closes it; all that the decision
 * needs of the block (its width, whether a sentence ended, open brackets) is kept as it grows, so
 * that a block of a million lines costs no more than a million short ones. */
#include "ingest/joint.h"
#include "ingest/names.h"
#include "ingest/scan.h"
#include "ingest/seam.h"
#include "ingest/title_line.h"

enum {
    LONG_LINE = 56,     /* columns: a line that only running text fills */
    LONG_HEADING = 100, /* columns that a heading has at most */
};

/* Whether a numbered line is a heading by its looks: short, no sentence. */
static bool looks_like_heading(const struct nq_number *number, const struct nq_line *line)
{
    return number->style != NQ_NUMBERING_NONE && line->width <= LONG_HEADING && !line->bullet &&
           !nq_scan_ended(line->text) && !nq_scan_has_stop_inside(line->text);
}

static bool cites(struct nq_str text)
{
    struct nq_printed_date date;
    size_t start;
    return nq_str_find(text, NQ_STR("用于"), 0) != SIZE_MAX ||
           nq_printed_date_find(text, &start, &date) > 0;
}

static void add_last(struct nq_joiner *j, const struct nq_line *line)
{
    struct nq_open_block *open = &j->open;
    bool in_label = open->label;
    open->last = line->text;
    open->last_columns = line->width + line->indent;
    open->last_indent = line->indent;
    open->depth += nq_scan_depth(line->text);
    if (open->depth < 0)
        open->depth = 0;
    open->cites |= j->references && cites(line->text);
    open->label = open->depth > 0 && nq_seam_opens_label(line->text);
    open->block.ended =
        nq_scan_ended(line->text) || (open->block.ended && nq_seam_is_label(line->text)) ||
        (in_label && open->depth == 0 &&
         (nq_str_ends(line->text, NQ_STR(")")) || nq_str_ends(line->text, NQ_STR("）"))));
    open->block.width += line->width;
    open->lines++;
}

/* What a block begins with; "1 标题" of a heading that is marked or listed only where it counts on.
 */
static void number_block(struct nq_joiner *j, struct nq_block *block)
{
    unsigned *last = &j->last_number[NQ_NUMBERING_DECIMAL];
    struct nq_number spaced;
    if (nq_number_parse(block->text, &block->number) || !(block->level || block->listed) ||
        !nq_number_parse_heading(block->text, &spaced) ||
        (spaced.value != 1 && spaced.value != *last + 1))
        return;
    block->number = spaced;
    *last = spaced.value;
}

static bool close_block(struct nq_joiner *j)
{
    struct nq_open_block *open = &j->open;
    if (!open->any)
        return true;
    if (open->joined.len > 0) {
        open->block.text = nq_arena_str(j->arena, nq_buf_str(&open->joined));
        open->joined.len = 0;
    }
    struct nq_block *block = &open->block;
    block->listed = nq_page_is_entry(&j->headings, block->text);
    number_block(j, block);
    j->out->items[j->out->n++] = *block;
    open->any = false;
    return block->text.ptr && !open->joined.failed;
}

/* Whether a line begins a paragraph and goes to the end of a narrow column. */
static bool fills_column(const struct nq_joiner *j, const struct nq_line *line)
{
    enum { SLACK = 5, DEEPEST = 10 };
    return j->out->n > 0 && j->wrap.columns > 0 && line->indent <= DEEPEST &&
           line->width + line->indent + SLACK > j->wrap.columns;
}

/* Whether a line is running text by its width; what pads a line of the title page is no text. */
static bool begins_body(const struct nq_joiner *j, const struct nq_line *line)
{
    bool wide = line->width >= LONG_LINE && (j->out->n > 0 || nq_scan_ended(line->text));
    return !j->body && (wide || fills_column(j, line)) && !nq_title_is_parted(line->text);
}

static void open_block(struct nq_joiner *j, const struct nq_line *line,
                       const struct nq_number *number)
{
    struct nq_open_block *open = &j->open;
    struct nq_buf reuse = open->joined;
    *open = (struct nq_open_block){.any = true, .joined = reuse};
    open->block = (struct nq_block){.text = line->text,
                                    .number = *number,
                                    .level = line->level,
                                    .page_number = line->page_number,
                                    .bullet = line->bullet,
                                    .flagged = line->flagged,
                                    .strong = line->strong,
                                    .alone = line->alone};
    open->block.listed = nq_page_is_entry(&j->headings, line->text);
    open->is_heading =
        line->level || open->block.listed || (!j->references && looks_like_heading(number, line));
    open->indented = nq_joint_is_indented(j, line);
    open->indent = line->indent;
    j->numbered |= open->is_heading && number->style != NQ_NUMBERING_NONE &&
                   number->style <= NQ_NUMBERING_HAN_PAREN;
    enum nq_role role = nq_role_of(line->text);
    if (role == NQ_ROLE_REFERENCES)
        j->references = true;
    else if (role != NQ_ROLE_NONE || line->level || open->block.listed ||
             number->style == NQ_NUMBERING_HAN)
        j->references = false;
    if (role != NQ_ROLE_NONE || open->is_heading || begins_body(j, line))
        j->body = true;
    if (number->style != NQ_NUMBERING_NONE)
        j->last_number[number->style] = number->value;
    add_last(j, line);
}

static void append_line(struct nq_joiner *j, const struct nq_line *line)
{
    struct nq_open_block *open = &j->open;
    if (open->joined.len == 0)
        nq_buf_add(&open->joined, open->block.text);
    if (open->is_heading && nq_joint_is_translation(j, line))
        nq_buf_add_byte(&open->joined, ' ');
    nq_seam_append(&open->joined, line->text);
    add_last(j, line);
}

bool nq_layout_repair(struct nq_arena *arena, struct nq_arena *scratch, struct nq_lines *lines,
                      struct nq_blocks *out)
{
    struct nq_joiner j = {.arena = arena, .out = out};
    *out = (struct nq_blocks){.marked = lines->marked};
    if (!nq_page_drop_furniture(scratch, lines) || !nq_page_move_notes(arena, scratch, lines) ||
        !nq_page_drop_contents(scratch, lines, &j.headings) ||
        !(out->items = nq_arena_array(scratch, lines->n + 1, sizeof *out->items)))
        return false;
    j.wrap = nq_wrap_measure(lines);
    bool ok = true;
    for (size_t i = 0; i < lines->n && ok; i++) {
        const struct nq_line *line = &lines->items[i];
        struct nq_number number;
        if (line->dropped)
            continue;
        nq_number_parse(line->text, &number);
        if (nq_joint_goes_on(&j, line, &number)) {
            append_line(&j, line);
        } else {
            ok = close_block(&j);
            open_block(&j, line, &number);
        }
    }
    ok = ok && close_block(&j);
    nq_buf_finish(&j.open.joined);
    return ok;
}
