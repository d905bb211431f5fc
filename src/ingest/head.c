/* The title page: title, publisher, date.
 *
 *     新质动态（第 12 期）        the first line that is no number of an issue
 *     某某研究院                  the first organisation below it; further ones are co-publishers
 *     2026 年 6 月 17 日
 *
 * It ends where the abstract, a heading or running text begins. */
#include "ingest/head_reader.h"
#include "ingest/names.h"
#include "ingest/scan.h"
#include "ingest/title_line.h"

enum {
    MOST_BLOCKS = 14,
    LONG_LINE = 56,     /* columns: a line of running text, if a sentence ends with it */
    WIDEST_TITLE = 140, /* columns */
    LONG_HEADING = 100,
};

bool nq_block_is_numbered_heading(const struct nq_block *block)
{
    return block->number.style != NQ_NUMBERING_NONE && !block->bullet &&
           block->number.len < block->text.len && block->width <= LONG_HEADING && !block->ended &&
           !nq_scan_has_stop_inside(block->text);
}

bool nq_block_is_bracketed(const struct nq_block *block)
{
    return !block->bullet && !block->alone && block->width <= LONG_LINE &&
           nq_str_starts(block->text, NQ_STR("【")) &&
           nq_str_find(block->text, NQ_STR("】"), 0) == block->text.len - strlen("】");
}

/* Whether a row is of a title page: an issue or an organisation, beside which only names stand. */
static bool is_title_row(struct nq_str text)
{
    enum { WIDEST_NAME = 8 };
    struct nq_str cell;
    bool issue = false, body = false, other = false;
    while (nq_title_cell(&text, &cell)) {
        issue |= nq_is_issue(cell);
        body |= nq_is_organisation(cell);
        other |= !nq_is_organisation(cell) &&
                 (nq_scan_width(cell) > WIDEST_NAME || !nq_scan_is_wide(nq_scan_first(cell)));
    }
    return issue || (body && !other);
}

/* 时间：… 地点：…: the head of minutes, which is text and dates nothing. */
static bool is_meeting(const struct nq_blocks *blocks, size_t i)
{
    static const struct nq_str places[] = {NQ_STR_INIT("地点："), NQ_STR_INIT("会议地点：")};
    struct nq_str text = blocks->items[i].text;
    if (i + 1 >= blocks->n ||
        !(nq_str_starts(text, NQ_STR("时间：")) || nq_str_starts(text, NQ_STR("会议时间："))))
        return false;
    struct nq_str next = blocks->items[i + 1].text;
    return nq_str_starts(next, places[0]) || nq_str_starts(next, places[1]);
}

static bool level_recurs(const struct nq_blocks *blocks, size_t i)
{
    for (size_t k = i + 1; k < blocks->n; k++)
        if (blocks->items[k].level == blocks->items[i].level)
            return true;
    return false;
}

/* Whether a block names an organisation (`*body`) or a day (`*dated`) and is no heading of a text.
 */
static bool names_publisher(const struct nq_block *block, bool *body, bool *dated)
{
    struct nq_printed_date date;
    size_t start;
    bool day = nq_title_date(block->text, &start, &date) > 0;
    bool name = !day && nq_is_organisation(nq_title_name(block->text));
    *body |= name;
    *dated |= day;
    return (day || name) && !block->bullet && !nq_block_is_numbered_heading(block);
}

/* Whether heading i, of the level that the sections have, stands on the title page: title or
 * subtitle above publisher and date, or one of these above more of the page. */
static bool is_title_heading(const struct nq_head_reader *r, size_t i)
{
    const struct nq_blocks *blocks = r->blocks;
    bool body = false, dated = false;
    if (nq_block_is_numbered_heading(&blocks->items[i]))
        return false;
    bool known = names_publisher(&blocks->items[i], &body, &dated);
    if (!r->out->title.ptr && known)
        return false;
    body |= known && r->out->publisher.ptr;
    dated |= known && r->dated;
    for (size_t k = i + 1; k < blocks->n && k < MOST_BLOCKS; k++) {
        const struct nq_block *block = &blocks->items[k];
        if (nq_role_of(block->text) != NQ_ROLE_NONE)
            return body || dated;
        if (!names_publisher(block, &body, &dated) && (block->level || block->ended))
            return body && dated && (known || (!r->out->title.ptr && !block->ended));
    }
    return false;
}

/* Whether the title page ends before block i. */
static bool ends_before(const struct nq_head_reader *r, size_t i)
{
    const struct nq_block *block = &r->blocks->items[i];
    if (nq_role_of(block->text) != NQ_ROLE_NONE || nq_role_abstract_prefix(block->text) > 0 ||
        block->bullet || block->listed || block->width > WIDEST_TITLE ||
        (r->out->title.ptr && nq_block_is_bracketed(block)) || is_meeting(r->blocks, i))
        return true;
    if (block->level == 1 && !r->titled)
        return (r->out->title.ptr || nq_block_is_numbered_heading(block)) &&
               level_recurs(r->blocks, i);
    if (block->level > 0)
        return (i > 0 || r->out->title.ptr || level_recurs(r->blocks, i)) &&
               !is_title_heading(r, i);
    struct nq_printed_date date;
    size_t start;
    bool dated = nq_printed_date_find(block->text, &start, &date) > 0;
    if (block->alone)
        return r->out->title.ptr && !dated && !is_title_row(block->text);
    if (nq_block_is_numbered_heading(block) && !dated)
        return true;
    return block->ended && (block->width >= LONG_LINE || r->out->title.ptr) && !dated;
}

void nq_head_read(const struct nq_blocks *blocks, struct nq_head *out)
{
    *out = (struct nq_head){.day = NQ_NO_DAY};
    struct nq_head_reader r = {.blocks = blocks, .out = out};
    size_t i = 0;
    /* A heading of the first level within the first lines is the title, whatever stands before. */
    for (; i < blocks->n && i < MOST_BLOCKS && !ends_before(&r, i); i++)
        nq_head_take(&r, &blocks->items[i], i);
    out->next = i;
    if (!out->title.ptr)
        out->title = r.letterhead;
    /* Short lines to the end, or many of them, are a text of short lines. */
    if (r.unused > 1 && (i == blocks->n || i == MOST_BLOCKS)) {
        out->next = r.behind_title;
        return;
    }
    if (!r.other.ptr)
        return;
    /* A short last line may be the first heading instead: then running text follows. */
    bool last = r.plain_at + 1 == i && i < blocks->n && !blocks->items[r.plain_at].alone &&
                nq_role_abstract_prefix(blocks->items[i].text) == 0 && !blocks->items[i].level &&
                blocks->items[i].ended && blocks->items[i].width >= LONG_LINE;
    if (last)
        out->next = r.plain_at;
    if (last && r.plain_at == r.other_at)
        return;
    if (!out->publisher.ptr && !r.titled && r.other_at == r.behind_title &&
        nq_is_organisation(out->title)) {
        out->publisher = out->title; /* it stands above the title */
        out->title = r.other;
    } else if (!out->publisher.ptr && r.dated)
        out->publisher = r.other;
}
