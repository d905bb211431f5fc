/* Whether a line goes on: see joint.h. */
#include "ingest/joint.h"

#include "ingest/names.h"
#include "ingest/scan.h"
#include "ingest/seam.h"
#include "time/day.h"
#include "time/printed.h"

enum {
    LONG_LINE = 56,      /* columns: a line that only running text fills */
    LONG_HEADING = 100,  /* columns that a heading has at most */
    LONG_TITLE = 26,     /* columns of the first line of a title of two lines */
    BROKEN_HEADING = 40, /* columns that its first line has at least */
    INDENT = 2,
};

/* Whether the block's last line visibly does not end where it ends. */
static bool is_torn(const struct nq_open_block *open, struct nq_str next)
{
    return !open->block.ended && (open->depth > 0 || nq_seam_is_torn(open->last, next));
}

/* Whether the block's last line went to the end of the column. */
static bool is_full(const struct nq_joiner *j, const struct nq_line *next)
{
    /* Two characters may be missing: signs that must not begin the next line take one with them.  A
     * line that ends with a stop has no such excuse, where nothing but its width tells. */
    enum { SLACK = 5, SLACK_ENDED = 2, SLACK_BLANK = 8 };
    bool strict = j->open.block.ended && !j->wrap.indented && !j->wrap.blank;
    size_t slack = strict ? SLACK_ENDED : j->wrap.blank && !next->blank ? SLACK_BLANK : SLACK;
    size_t columns = j->open.last_columns + nq_seam_first_unit(next->text);
    return j->wrap.columns > 0 && columns + slack > j->wrap.columns;
}

bool nq_joint_is_indented(const struct nq_joiner *j, const struct nq_line *line)
{
    return j->wrap.indented && line->indent >= j->wrap.margin + INDENT;
}

static bool in_sequence(const struct nq_joiner *j, const struct nq_number *number)
{
    unsigned last = j->last_number[number->style];
    return number->value == last + 1 || number->value == 1;
}

/* Whether the contents page has the open block and `line` as one heading. */
static bool joins_to_entry(const struct nq_joiner *j, const struct nq_line *line)
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

/* Whether `line` hangs below the text of an indented item, whose last line went to the end of the
 * column or ended within a sentence. */
static bool hangs(const struct nq_joiner *j, const struct nq_line *line)
{
    const struct nq_open_block *open = &j->open;
    return open->block.number.style != NQ_NUMBERING_NONE && open->indent >= INDENT &&
           line->indent > open->indent && open->last_columns >= LONG_LINE &&
           (is_full(j, line) || !open->block.ended);
}

/* Whether `line` stands below a full line of its own indent, as in a list whose marks are no text.
 */
static bool stays_indented(const struct nq_joiner *j, const struct nq_line *line)
{
    const struct nq_open_block *open = &j->open;
    return open->last_indent == line->indent && !open->block.ended && is_full(j, line);
}

bool nq_joint_is_translation(const struct nq_joiner *j, const struct nq_line *line)
{
    const struct nq_open_block *open = &j->open;
    struct nq_str name = nq_str_sub(open->block.text, open->block.number.len, open->block.text.len);
    uint32_t first = nq_scan_first(line->text);
    bool latin = (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
    for (size_t i = 0; i < line->text.len && latin; i++)
        latin = (unsigned char)line->text.ptr[i] < 0xE3; /* ’ and – are of English, too */
    return latin && open->lines == 1 && !line->blank && !line->page && !line->bullet &&
           line->width <= LONG_HEADING && nq_scan_is_wide(nq_scan_first(name));
}

/* Whether a heading goes on in `line`. */
static bool heading_goes_on(const struct nq_joiner *j, const struct nq_line *line)
{
    const struct nq_open_block *open = &j->open;
    bool gap = line->blank || line->page, full = is_full(j, line) && !gap;
    if (open->block.level || open->block.listed || line->bullet ||
        (nq_joint_is_indented(j, line) && !hangs(j, line)))
        return false;
    if (nq_joint_is_translation(j, line) || (!gap && hangs(j, line)))
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
static bool is_stray_bullet(const struct nq_joiner *j, const struct nq_line *line)
{
    const struct nq_open_block *open = &j->open;
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
static bool parts_source(const struct nq_joiner *j, const struct nq_line *line)
{
    const struct nq_open_block *open = &j->open;
    bool colon = nq_str_ends(open->last, NQ_STR("：")) || nq_str_ends(open->last, NQ_STR(":"));
    bool foot = line->page && open->lines == 1 && open->last_columns < LONG_LINE / 2;
    return j->references && !open->cites && (colon || foot);
}

/* Whether a list item goes on in an unmarked `line`. */
static bool item_goes_on(const struct nq_joiner *j, const struct nq_line *line)
{
    const struct nq_open_block *open = &j->open;
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
static bool begins_sentence(const struct nq_joiner *j, const struct nq_line *line)
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

/* 某某产业⏎装备每日动态: the name of a series, of which the first line is a part. */
static bool goes_on_as_series(struct nq_str last, struct nq_str next)
{
    static const char *const series[] = {"动态", "日报", "周报", "月报", "简报", "快报", "要报",
                                         "专报", "要闻", "快讯", "参考", "观察", "内参"};
    bool ends = false;
    for (size_t i = 0; i < NQ_COUNT(series); i++) {
        if (nq_str_ends(last, nq_str_from(series[i])))
            return false;
        ends |= nq_str_ends(next, nq_str_from(series[i]));
    }
    return ends && !nq_is_organisation(last) && !nq_is_issue(last) &&
           nq_scan_is_wide(nq_scan_first(last));
}

/* 某某局关于做好…期间⏎…工作的通知: a title of two lines. */
static bool goes_on_as_title(struct nq_str last, struct nq_str next)
{
    static const char *const kinds[] = {"通知", "意见", "办法", "方案",   "报告",  "决定", "公告",
                                        "批复", "条例", "规定", "说明",   "通报",  "细则", "函",
                                        "研究", "分析", "评估", "白皮书", "蓝皮书"};
    bool ends = false;
    for (size_t i = 0; i < NQ_COUNT(kinds); i++) {
        struct nq_str kind = nq_str_from(kinds[i]);
        if (nq_str_ends(last, kind))
            return false;
        ends |= nq_str_ends(next, kind);
    }
    return ends &&
           (nq_str_find(last, NQ_STR("关于"), 0) != SIZE_MAX ||
            (nq_scan_width(last) >= LONG_TITLE && nq_scan_width(next) < nq_scan_width(last)));
}

static bool ends_with_date(struct nq_str text)
{
    enum { LONGEST = 24 };
    struct nq_printed_date date;
    for (size_t at = text.len > LONGEST ? text.len - LONGEST : 0; at < text.len; at++)
        if (nq_printed_date(nq_str_sub(text, at, text.len), NQ_NO_DAY, false, &date) ==
            text.len - at)
            return true;
    return false;
}

/* Whether running text goes on in `line`. */
static bool text_goes_on(const struct nq_joiner *j, const struct nq_line *line)
{
    const struct nq_open_block *open = &j->open;
    bool gap = line->blank || line->page, full = is_full(j, line);
    if (!j->body)
        return !line->blank && !nq_scan_ended(open->last) &&
               (is_torn(open, line->text) || goes_on_as_title(open->last, line->text) ||
                (j->out->n == 0 && open->lines == 1 && goes_on_as_series(open->last, line->text)));
    if (nq_joint_is_indented(j, line) && !is_torn(open, line->text))
        return !gap && (hangs(j, line) || stays_indented(j, line));
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
                ((nq_str_ends(open->last, NQ_STR("；")) &&
                  (full || j->wrap.columns == 0 || open->lines > 1)) ||
                 (nq_str_ends(open->last, NQ_STR("：")) && line->width >= LONG_LINE)));
    if (j->wrap.columns && (full || (line->page && open->lines > 1)))
        return true;
    /* A bracket adds to a line and a wide space parts names: neither goes on with a sentence. */
    enum { FIRST_BYTES = 30 };
    struct nq_str begin =
        line->text.len < FIRST_BYTES ? line->text : nq_str_sub(line->text, 0, FIRST_BYTES);
    if (nq_str_starts(begin, NQ_STR("（")) || nq_str_find(begin, NQ_STR("　"), 0) != SIZE_MAX)
        return is_torn(open, line->text);
    if (j->references && gap && ends_with_date(open->last) &&
        !nq_str_starts(line->text, NQ_STR("用于")))
        return is_torn(open, line->text);
    return open->last_columns >= LONG_LINE || open->lines > 1 || is_torn(open, line->text) ||
           (j->references && gap && !open->cites) || begins_sentence(j, line);
}

/* Whether a heading that the author's marks made one, printed on a page, goes on in `line`. */
static bool marked_goes_on(const struct nq_joiner *j, const struct nq_line *line)
{
    const struct nq_open_block *open = &j->open;
    return open->block.page_number > 0 && is_full(j, line) && !line->blank && !line->bullet &&
           line->width * 2 < j->wrap.columns && !nq_scan_ended(line->text) &&
           !nq_scan_ended(open->last) && nq_role_of(line->text) == NQ_ROLE_NONE;
}

/* 摘要：…, 【声明】…: whether a line opens a part by a name that it begins with. */
static bool opens_part(struct nq_str text)
{
    enum nq_role role;
    nq_role_prefix(text, &role);
    return role == NQ_ROLE_CLOSING || nq_role_abstract_prefix(text) > 0;
}

bool nq_joint_goes_on(const struct nq_joiner *j, const struct nq_line *line,
                      const struct nq_number *number)
{
    const struct nq_open_block *open = &j->open;
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
    if (number->style != NQ_NUMBERING_NONE && nq_seam_breaks_date(open->last, line->text))
        return true;
    if (number->style != NQ_NUMBERING_NONE)
        return !open->block.ended && !open->is_heading && open->last_columns >= LONG_LINE &&
               !in_sequence(j, number);
    if (open->is_heading)
        return heading_goes_on(j, line);
    bool item =
        open->block.bullet || (open->block.number.style >= NQ_NUMBERING_DECIMAL && j->references);
    return item ? item_goes_on(j, line) : text_goes_on(j, line);
}
