/* The title page: title, publisher, date.
 *
 *     新质动态（第 12 期）        the first line that is no number of an issue
 *     某某研究院                  the first organisation below it; further ones are co-publishers
 *     2026 年 6 月 17 日
 *
 * It ends where the abstract, a heading or running text begins. */
#include "ingest/names.h"
#include "ingest/report.h"
#include "ingest/scan.h"
#include "time/printed.h"

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

/* A head in the making. */
struct reader {
    const struct nq_blocks *blocks;
    struct nq_head *out;
    struct nq_str other; /* the first line below the title that is no organisation */
    size_t other_at;
    bool dated;                  /* by a line of its own, not by the title */
    bool titled;                 /* by a heading, not by the first line */
    size_t behind_title, unused; /* a block; lines that told nothing */
};

/* 某某研究院 编: an organisation without what it did behind it; `text` where none stands there. */
static struct nq_str without_part(struct nq_str text)
{
    static const char *const parts[] = {"编",   "编印", "编制", "编写", "编辑", "主编", "编发",
                                        "主办", "承办", "出品", "发布", "印发", "整理", "撰写"};
    for (size_t i = 0; i < NQ_COUNT(parts); i++) {
        size_t len = strlen(parts[i]);
        if (!nq_str_ends(text, nq_str_from(parts[i])) || text.len == len)
            continue;
        struct nq_str name = nq_str_trim(nq_str_sub(text, 0, text.len - len));
        if (nq_is_organisation(name))
            return name;
    }
    return text;
}

/* `text` without a label such as 发布单位： in front or 编 behind. */
static struct nq_str without_label(struct nq_str text)
{
    static const char *const labels[] = {"发布单位", "发布机构", "主办单位", "主办", "编制单位",
                                         "编制",     "编写单位", "编写",     "出品", "来源",
                                         "作者",     "单位",     "发布"};
    for (size_t i = 0; i < NQ_COUNT(labels); i++) {
        struct nq_str label = nq_str_from(labels[i]);
        if (!nq_str_starts(text, label))
            continue;
        struct nq_str rest = nq_str_trim(nq_str_sub(text, label.len, text.len));
        if (nq_str_starts(rest, NQ_STR("：")) || nq_str_starts(rest, NQ_STR(":")))
            return nq_scan_trim_marks(rest);
    }
    return without_part(text);
}

/* 发布时间：2026-05-06 10:20　来源：某某日报　打印: whether a line says when by a label. */
static bool labels_date(struct nq_str text)
{
    static const char *const labels[] = {"发布时间", "发布日期", "时间", "日期", "来源", "发布于"};
    enum { WIDEST = 120 };
    for (size_t i = 0; i < NQ_COUNT(labels); i++)
        if (nq_str_starts(text, nq_str_from(labels[i])))
            return nq_scan_width(text) <= WIDEST;
    return nq_scan_width(text) <= WIDEST && (nq_str_find(text, NQ_STR("来源："), 0) != SIZE_MAX ||
                                             nq_str_find(text, NQ_STR("来源:"), 0) != SIZE_MAX);
}

/* The name behind 来源： within such a line, up to white space. */
static struct nq_str named_source(struct nq_str text)
{
    size_t at = nq_str_find(text, NQ_STR("来源"), 0), end;
    if (at == SIZE_MAX)
        return (struct nq_str){0};
    struct nq_str name = nq_scan_trim_marks(nq_str_sub(text, at + strlen("来源"), text.len));
    for (end = 0; end < name.len && name.ptr[end] != ' '; end++)
        if (nq_str_starts(nq_str_sub(name, end, name.len), NQ_STR("　")))
            break;
    name.len = end;
    return name.len ? name : (struct nq_str){0};
}

/* What a line holds beside its date: 国家数据局 2026 年 6 月 17 日 星期三. */
static void take_beside_date(struct reader *r, struct nq_str text, size_t start, size_t len)
{
    struct nq_str sides[] = {nq_str_sub(text, 0, start), nq_str_sub(text, start + len, text.len)};
    for (size_t i = 0; i < 2; i++) {
        struct nq_str side = nq_scan_trim_marks(sides[i]);
        struct nq_str name = nq_scan_trim_marks(without_label(side));
        if (!r->out->publisher.ptr && (nq_is_organisation(name) || name.ptr != side.ptr))
            r->out->publisher = name;
    }
}

/* A line that is neither title nor publisher may hold its name or the month: （某某研究院，北岸），
 * the columns above the title of a paper. */
static void take_aside(struct reader *r, const struct nq_block *block)
{
    struct nq_printed_date date;
    struct nq_str text = block->text;
    size_t comma = nq_str_find(text, NQ_STR("，"), 0);
    if (nq_is_document_number(text))
        r->out->number = block;
    if (block->alone && r->out->day == NQ_NO_DAY &&
        nq_printed_date(text, NQ_NO_DAY, false, &date) > 0)
        r->out->day = date.first;
    if (!nq_str_starts(text, NQ_STR("（")) || r->out->publisher.ptr)
        return;
    struct nq_str name = nq_str_trim(nq_str_sub(text, 3, comma == SIZE_MAX ? text.len - 3 : comma));
    if (nq_is_organisation(name))
        r->out->publisher = name;
}

/* 某某省能源局文件, above the number of an official document. */
static bool is_letterhead(const struct reader *r, struct nq_str text, size_t i)
{
    const struct nq_blocks *blocks = r->blocks;
    size_t end = text.len < strlen("文件") ? 0 : text.len - strlen("文件");
    return !r->out->title.ptr && nq_str_ends(text, NQ_STR("文件")) && i + 1 < blocks->n &&
           nq_is_issue(blocks->items[i + 1].text) && nq_is_organisation(nq_str_sub(text, 0, end));
}

static void take_line(struct reader *r, const struct nq_block *block, size_t i)
{
    struct nq_printed_date date;
    size_t start = 0, len = nq_printed_date_find(block->text, &start, &date);
    if (len == 0 && (len = nq_printed_date(block->text, NQ_NO_DAY, false, &date)) < block->text.len)
        len = 0; /* a month is a date where it is all of the line */
    struct nq_str text = block->text, name = without_label(text);
    enum { BESIDE_DATE = 40 };
    bool labelled = len > 0 && labels_date(text);
    bool date_line =
        labelled ||
        (len > 0 && block->width <= nq_scan_width(nq_str_sub(text, 0, len)) + BESIDE_DATE);
    bool leads = date_line && (start == 0 || r->out->title.ptr);
    if (leads && !block->level) {
        if (!r->dated)
            r->out->day = date.first;
        r->dated = true;
        if (labelled && !r->out->publisher.ptr)
            r->out->publisher = named_source(text);
        if (!labelled)
            take_beside_date(r, text, start, len);
    } else if (nq_is_issue(text) || nq_is_closing(text, block->width) || block->alone) {
        take_aside(r, block);
    } else if (is_letterhead(r, text, i)) {
        r->out->publisher = nq_str_sub(text, 0, text.len - strlen("文件"));
    } else if (block->level == 1 || !r->out->title.ptr) {
        r->out->title = text;
        r->titled |= block->level == 1;
        r->behind_title = i + 1;
        if (len > 0 && !r->dated)
            r->out->day = date.first;
    } else if (!r->out->publisher.ptr && nq_is_organisation(name)) {
        r->out->publisher = name;
    } else {
        r->unused++;
        if (!r->other.ptr && !nq_str_starts(text, NQ_STR("—"))) {
            r->other = name;
            r->other_at = i;
        }
    }
}

static bool level_recurs(const struct nq_blocks *blocks, size_t i)
{
    for (size_t k = i + 1; k < blocks->n; k++)
        if (blocks->items[k].level == blocks->items[i].level)
            return true;
    return false;
}

/* Whether the title page ends before block i. */
static bool ends_before(const struct reader *r, size_t i)
{
    const struct nq_block *block = &r->blocks->items[i];
    if (nq_role_of(block->text) != NQ_ROLE_NONE || nq_role_abstract_prefix(block->text) > 0 ||
        block->bullet || block->listed || block->width > WIDEST_TITLE)
        return true;
    if (block->level == 1 && !r->titled)
        return (r->out->title.ptr || nq_block_is_numbered_heading(block)) &&
               level_recurs(r->blocks, i);
    if (block->level > 0)
        return i > 0 || r->out->title.ptr || level_recurs(r->blocks, i);
    struct nq_printed_date date;
    size_t start;
    bool dated = nq_printed_date_find(block->text, &start, &date) > 0;
    if (block->alone)
        return r->out->title.ptr && !dated;
    if (nq_block_is_numbered_heading(block) && !dated)
        return true;
    return block->ended && (block->width >= LONG_LINE || r->out->title.ptr) && !dated;
}

void nq_head_read(const struct nq_blocks *blocks, struct nq_head *out)
{
    *out = (struct nq_head){.day = NQ_NO_DAY};
    struct reader r = {.blocks = blocks, .out = out};
    size_t i = 0;
    /* A heading of the first level within the first lines is the title, whatever stands before. */
    for (; i < blocks->n && i < MOST_BLOCKS && !ends_before(&r, i); i++)
        take_line(&r, &blocks->items[i], i);
    out->next = i;
    /* Short lines to the end, or many of them, are a text of short lines. */
    if (r.unused > 1 && (i == blocks->n || i == MOST_BLOCKS)) {
        out->next = r.behind_title;
        return;
    }
    if (!r.other.ptr)
        return;
    /* A short last line may be the first heading instead: then running text follows. */
    bool last = r.other_at + 1 == i && i < blocks->n && !blocks->items[i].level &&
                blocks->items[i].ended && blocks->items[i].width >= LONG_LINE;
    if (last)
        out->next = r.other_at;
    else if (!out->publisher.ptr && !r.titled && r.other_at == r.behind_title &&
             nq_is_organisation(out->title)) {
        out->publisher = out->title; /* it stands above the title */
        out->title = r.other;
    } else if (!out->publisher.ptr && r.dated)
        out->publisher = r.other;
}
