/* Joining what a page or a line broke: see layout.h.
 *
 * One pass with one open block.  A line either goes on with it or closes it; all that the decision
 * needs of the block (its width, whether a sentence ended, open brackets) is kept as it grows, so
 * that a block of a million lines costs no more than a million short ones. */
#include "ingest/layout.h"

#include "ingest/names.h"
#include "ingest/scan.h"
#include "ingest/seam.h"
#include "time/printed.h"

enum {
    LONG_LINE = 56,      /* columns: a line that only running text fills */
    LONG_HEADING = 100,  /* columns that a heading has at most */
    BROKEN_HEADING = 40, /* columns that its first line has at least */
    INDENT = 2,
};

/* The block that is being put together. */
struct open_block {
    bool any;
    struct nq_block block;
    struct nq_buf joined; /* its text, once it has more than one line */
    struct nq_str last;   /* its last line */
    size_t lines, last_columns;
    int depth;       /* brackets that are open */
    bool label;      /* one of them begins a label behind a stop */
    bool cites;      /* it holds a date or a purpose, as a whole reference does */
    bool is_heading; /* it began as one */
    bool indented;   /* its first line is */
};

struct joiner {
    struct nq_arena *arena;
    struct nq_wrap wrap;
    struct nq_line_set headings;
    struct nq_blocks *out;
    struct open_block open;
    unsigned last_number[NQ_NUMBERING_STYLES];
    bool body;       /* running text has begun: what stands before is a title page */
    bool references; /* below the heading of the references */
    bool numbered;   /* headings have numbers */
};

/* Whether the block's last line visibly does not end where it ends. */
static bool is_torn(const struct open_block *open, struct nq_str next)
{
    return !open->block.ended && (open->depth > 0 || nq_seam_is_torn(open->last, next));
}

/* Whether the block's last line went to the end of the column. */
static bool is_full(const struct joiner *j, const struct nq_line *next)
{
    /* Two characters may be missing: signs that must not begin the next line take one with them.  A
     * line that ends with a stop has no such excuse, where nothing but its width tells. */
    enum { SLACK = 5, SLACK_ENDED = 2, SLACK_BLANK = 8 };
    bool strict = j->open.block.ended && !j->wrap.indented && !j->wrap.blank;
    size_t slack = strict ? SLACK_ENDED : j->wrap.blank && !next->blank ? SLACK_BLANK : SLACK;
    size_t columns = j->open.last_columns + nq_seam_first_unit(next->text);
    return j->wrap.columns > 0 && columns + slack > j->wrap.columns;
}

static bool is_indented(const struct joiner *j, const struct nq_line *line)
{
    return j->wrap.indented && line->indent >= j->wrap.margin + INDENT;
}

static bool in_sequence(const struct joiner *j, const struct nq_number *number)
{
    unsigned last = j->last_number[number->style];
    return number->value == last + 1 || number->value == 1;
}

/* Whether a numbered line is a heading by its looks: short, no sentence. */
static bool looks_like_heading(const struct nq_number *number, const struct nq_line *line)
{
    return number->style != NQ_NUMBERING_NONE && line->width <= LONG_HEADING && !line->bullet &&
           !nq_scan_ended(line->text) && !nq_scan_has_stop_inside(line->text);
}

/* Whether the contents page has the open block and `line` as one heading. */
static bool joins_to_entry(const struct joiner *j, const struct nq_line *line)
{
    char both[700];
    size_t a = j->open.block.text.len, b = line->text.len;
    if (j->headings.n == 0 || j->open.lines > 2 || a + b > sizeof both || j->open.joined.len > 0 ||
        line->cut)
        return false;
    memcpy(both, j->open.block.text.ptr, a);
    memcpy(both + a, line->text.ptr, b);
    return nq_page_is_entry(&j->headings, (struct nq_str){both, a + b});
}

/* Whether `line` is the English name of the Chinese heading right above it. */
static bool is_translation(const struct joiner *j, const struct nq_line *line)
{
    const struct open_block *open = &j->open;
    struct nq_str name = nq_str_sub(open->block.text, open->block.number.len, open->block.text.len);
    uint32_t first = nq_scan_first(line->text);
    bool latin = (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
    for (size_t i = 0; i < line->text.len && latin; i++)
        latin = (unsigned char)line->text.ptr[i] < 0xE3; /* ’ and – are of English, too */
    return latin && open->lines == 1 && !line->blank && !line->page && !line->bullet &&
           line->width <= LONG_HEADING && nq_scan_is_wide(nq_scan_first(name));
}

/* Whether a heading goes on in `line`. */
static bool heading_goes_on(const struct joiner *j, const struct nq_line *line)
{
    const struct open_block *open = &j->open;
    bool gap = line->blank || line->page, full = is_full(j, line) && !gap;
    if (open->block.level || open->block.listed || line->bullet || is_indented(j, line))
        return false;
    if (is_translation(j, line))
        return true;
    if (full && nq_scan_ended(line->text)) /* an item of a list: it was no heading */
        return true;
    if (line->width > LONG_HEADING || nq_scan_ended(line->text))
        return false;
    if (full)
        return true;
    if (is_torn(open, line->text))
        return true;
    return j->wrap.blank && !gap && open->lines == 1 && open->last_columns >= BROKEN_HEADING &&
           line->width < open->last_columns;
}

/* Whether a bullet was put before the second half of an item by a page break. */
static bool is_stray_bullet(const struct joiner *j, const struct nq_line *line)
{
    const struct open_block *open = &j->open;
    if (open->block.ended || !(line->blank || line->page) || !open->block.bullet)
        return false;
    if (nq_seam_begins_lower(line->text) || nq_seam_begins_inside(line->text) ||
        nq_seam_breaks_date(open->last, line->text) || nq_str_ends(open->last, NQ_STR("-")))
        return true;
    if (j->references)
        return is_torn(open, line->text) || (!open->cites && j->wrap.list_stops);
    return is_torn(open, line->text) || (j->wrap.list_stops && open->last_columns >= LONG_LINE);
}

/* Whether the open block is no more of a reference than its source: 新华社：⏎, or 新华社. at the
 * foot of a page. */
static bool parts_source(const struct joiner *j, const struct nq_line *line)
{
    const struct open_block *open = &j->open;
    bool colon = nq_str_ends(open->last, NQ_STR("：")) || nq_str_ends(open->last, NQ_STR(":"));
    bool foot = line->page && open->lines == 1 && open->last_columns < LONG_LINE / 2;
    return j->references && !open->cites && (colon || foot);
}

/* Whether a list item goes on in an unmarked `line`. */
static bool item_goes_on(const struct joiner *j, const struct nq_line *line)
{
    const struct open_block *open = &j->open;
    bool gap = line->blank || line->page;
    if ((!gap && is_full(j, line)) || parts_source(j, line))
        return true;
    if (open->block.flagged && open->last_columns < LONG_LINE && !is_torn(open, line->text))
        return false; /* ■ 标题 */
    if (open->block.ended || nq_is_closing(line->text, line->width))
        return !gap && !open->block.ended && j->wrap.columns == 0 && open->lines == 1 &&
               open->last_columns >= LONG_LINE && line->indent > 0;
    return is_torn(open, line->text) || j->wrap.list_stops || !gap ||
           (j->references && !open->cites);
}

/* Whether the open block is the short beginning of a paragraph that `line` ends: it holds a whole
 * sentence already, or headings are known by their marks or from the contents and it is none. */
static bool begins_sentence(const struct joiner *j, const struct nq_line *line)
{
    enum { SHORT_HEADING = 16 };
    bool known = j->out->marked || j->headings.n > 1;
    if (nq_scan_has_stop_inside(j->open.last))
        return true;
    known |= j->numbered && line->page && j->open.last_columns > SHORT_HEADING;
    return known && !j->references && (j->open.last_columns > SHORT_HEADING || line->page) &&
           line->width >= LONG_LINE / 2 &&
           (nq_scan_ended(line->text) || (j->wrap.columns && line->width >= LONG_LINE)) &&
           (nq_str_find(j->open.last, NQ_STR("："), 0) == SIZE_MAX ||
            (line->page && j->open.last_columns >= BROKEN_HEADING));
}

/* 某某局关于做好…期间⏎…工作的通知: an official title of two lines. */
static bool goes_on_as_title(struct nq_str last, struct nq_str next)
{
    static const char *const kinds[] = {"通知", "意见", "办法", "方案", "报告", "决定", "公告",
                                        "批复", "条例", "规定", "说明", "通报", "细则", "函"};
    bool ends = false;
    for (size_t i = 0; i < NQ_COUNT(kinds); i++) {
        struct nq_str kind = nq_str_from(kinds[i]);
        if (nq_str_ends(last, kind))
            return false;
        ends |= nq_str_ends(next, kind);
    }
    return ends && nq_str_find(last, NQ_STR("关于"), 0) != SIZE_MAX;
}

/* Whether running text goes on in `line`. */
static bool text_goes_on(const struct joiner *j, const struct nq_line *line)
{
    const struct open_block *open = &j->open;
    bool gap = line->blank || line->page, full = is_full(j, line);
    if (!j->body)
        return !line->blank && !nq_scan_ended(open->last) &&
               (is_torn(open, line->text) || goes_on_as_title(open->last, line->text));
    if (is_indented(j, line) && !is_torn(open, line->text))
        return false;
    if (!gap && nq_seam_is_label(line->text))
        return true;
    if (j->wrap.columns && j->wrap.indented && line->page && open->indented && full)
        return true; /* no indent: the paragraph began on the page before */
    bool wide = open->last_columns * 4 >= j->wrap.columns * 3; /* no heading is */
    if (j->wrap.columns && !gap)
        return full || is_torn(open, line->text) || (wide && !open->block.ended) ||
               (!open->block.ended && (open->lines > 1 || begins_sentence(j, line)));
    if (open->block.ended) /* a list of clauses would be numbered */
        return parts_source(j, line) ||
               (line->page &&
                (nq_str_ends(open->last, NQ_STR("；")) ||
                 (nq_str_ends(open->last, NQ_STR("：")) && line->width >= LONG_LINE)));
    if (j->wrap.columns && (full || (line->page && open->lines > 1)))
        return true;
    /* A bracket adds to a line and a wide space parts names: neither goes on with a sentence. */
    enum { FIRST_BYTES = 30 };
    struct nq_str begin =
        line->text.len < FIRST_BYTES ? line->text : nq_str_sub(line->text, 0, FIRST_BYTES);
    if (nq_str_starts(begin, NQ_STR("（")) || nq_str_find(begin, NQ_STR("　"), 0) != SIZE_MAX)
        return is_torn(open, line->text);
    return open->last_columns >= LONG_LINE || open->lines > 1 || is_torn(open, line->text) ||
           (j->references && gap && !open->cites) || begins_sentence(j, line);
}

/* Whether a heading that the author's marks made one, printed on a page, goes on in `line`. */
static bool marked_goes_on(const struct joiner *j, const struct nq_line *line)
{
    const struct open_block *open = &j->open;
    return open->block.page_number > 0 && is_full(j, line) && !line->blank && !line->bullet &&
           line->width * 2 < j->wrap.columns && !nq_scan_ended(line->text) &&
           !nq_scan_ended(open->last) && nq_role_of(line->text) == NQ_ROLE_NONE;
}

/* 摘要：…, 【声明】…: whether a line opens a part by a name that it begins with. */
static bool opens_part(struct nq_str text)
{
    enum nq_role role;
    nq_role_prefix(text, &role);
    return role == NQ_ROLE_ABSTRACT || role == NQ_ROLE_POINTS || role == NQ_ROLE_CLOSING;
}

/* Whether `line` goes on with the open block. */
static bool goes_on(const struct joiner *j, const struct nq_line *line,
                    const struct nq_number *number)
{
    const struct open_block *open = &j->open;
    if (!open->any || line->cut || line->level || line->text.len == 0 || line->alone ||
        open->block.alone)
        return false;
    if (joins_to_entry(j, line))
        return true;
    /* A number whose text stands in the next line. */
    if (open->lines == 1 && open->block.number.style != NQ_NUMBERING_NONE &&
        open->block.number.len == open->block.text.len && number->style == NQ_NUMBERING_NONE)
        return !line->bullet;
    if (open->block.level && marked_goes_on(j, line))
        return true;
    if (open->block.level || open->block.listed || nq_role_of(line->text) != NQ_ROLE_NONE ||
        nq_page_is_entry(&j->headings, line->text) || opens_part(line->text))
        return false;
    if (open->lines == 1 && nq_role_of(open->block.text) != NQ_ROLE_NONE)
        return false;
    if (open->block.strong || line->strong)
        return false;
    if (line->bullet)
        return is_stray_bullet(j, line);
    if ((open->block.ended || ((line->blank || line->page) && !is_full(j, line))) &&
        nq_is_closing(line->text, line->width))
        return false;
    if (j->references && nq_str_starts(line->text, NQ_STR("|")) &&
        !nq_str_ends(line->text, NQ_STR("|")))
        return true; /* a field of the reference; a table's row would end with one, too */
    if (nq_seam_begins_inside(line->text))
        return !open->is_heading || open->depth > 0;
    if (number->style != NQ_NUMBERING_NONE)
        return !open->block.ended && !open->is_heading && open->last_columns >= LONG_LINE &&
               !in_sequence(j, number);
    if (open->is_heading)
        return heading_goes_on(j, line);
    bool item =
        open->block.bullet || (open->block.number.style >= NQ_NUMBERING_DECIMAL && j->references);
    return item ? item_goes_on(j, line) : text_goes_on(j, line);
}

static bool cites(struct nq_str text)
{
    struct nq_printed_date date;
    size_t start;
    return nq_str_find(text, NQ_STR("用于"), 0) != SIZE_MAX ||
           nq_printed_date_find(text, &start, &date) > 0;
}

static void add_last(struct joiner *j, const struct nq_line *line)
{
    struct open_block *open = &j->open;
    bool in_label = open->label;
    open->last = line->text;
    open->last_columns = line->width + line->indent;
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

static bool close_block(struct joiner *j)
{
    struct open_block *open = &j->open;
    if (!open->any)
        return true;
    if (open->joined.len > 0) {
        open->block.text = nq_arena_str(j->arena, nq_buf_str(&open->joined));
        open->joined.len = 0;
    }
    struct nq_block *block = &open->block;
    block->listed = nq_page_is_entry(&j->headings, block->text);
    nq_number_parse(block->text, &block->number);
    j->out->items[j->out->n++] = *block;
    open->any = false;
    return block->text.ptr && !open->joined.failed;
}

/* Whether a line begins a paragraph and goes to the end of a narrow column. */
static bool fills_column(const struct joiner *j, const struct nq_line *line)
{
    enum { SLACK = 5, DEEPEST = 10 };
    return j->out->n > 0 && j->wrap.columns > 0 && line->indent <= DEEPEST &&
           line->width + line->indent + SLACK > j->wrap.columns;
}

static void open_block(struct joiner *j, const struct nq_line *line, const struct nq_number *number)
{
    struct open_block *open = &j->open;
    struct nq_buf reuse = open->joined;
    *open = (struct open_block){.any = true, .joined = reuse};
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
    open->indented = is_indented(j, line);
    j->numbered |= open->is_heading && number->style != NQ_NUMBERING_NONE &&
                   number->style <= NQ_NUMBERING_HAN_PAREN;
    enum nq_role role = nq_role_of(line->text);
    if (role == NQ_ROLE_REFERENCES)
        j->references = true;
    else if (role != NQ_ROLE_NONE || line->level || open->block.listed ||
             number->style == NQ_NUMBERING_HAN)
        j->references = false;
    if (role != NQ_ROLE_NONE || open->is_heading || (line->width >= LONG_LINE && j->out->n > 0) ||
        fills_column(j, line) || (line->width >= LONG_LINE && nq_scan_ended(line->text)))
        j->body = true;
    if (number->style != NQ_NUMBERING_NONE)
        j->last_number[number->style] = number->value;
    add_last(j, line);
}

static void append_line(struct joiner *j, const struct nq_line *line)
{
    struct open_block *open = &j->open;
    if (open->joined.len == 0)
        nq_buf_add(&open->joined, open->block.text);
    if (open->is_heading && is_translation(j, line))
        nq_buf_add_byte(&open->joined, ' ');
    nq_seam_append(&open->joined, line->text);
    add_last(j, line);
}

bool nq_layout_repair(struct nq_arena *arena, struct nq_arena *scratch, struct nq_lines *lines,
                      struct nq_blocks *out)
{
    struct joiner j = {.arena = arena, .out = out};
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
        if (goes_on(&j, line, &number)) {
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
