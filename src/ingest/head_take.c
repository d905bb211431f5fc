/* What each line of the title page says: date, issue, publisher, title, or none of these. */
#include "ingest/head_reader.h"
#include "ingest/names.h"
#include "ingest/scan.h"
#include "ingest/title_line.h"

/* What a line holds beside its date: 国家数据局 2026 年 6 月 17 日 星期三. */
static void take_beside_date(struct nq_head_reader *r, struct nq_str text, size_t start, size_t len)
{
    struct nq_str sides[] = {nq_str_sub(text, 0, start), nq_str_sub(text, start + len, text.len)};
    for (size_t i = 0; i < 2; i++) {
        struct nq_str side = nq_scan_trim_marks(sides[i]);
        struct nq_str name = nq_scan_trim_marks(nq_title_name(side));
        bool paper = nq_str_starts(name, NQ_STR("《")) &&
                     (nq_str_ends(name, NQ_STR("报》")) || nq_str_ends(name, NQ_STR("刊》")));
        if (!r->out->publisher.ptr && (nq_is_organisation(name) || paper || name.ptr != side.ptr))
            r->out->publisher = paper ? nq_str_sub(name, 3, name.len - 3) : name;
    }
}

/* 2026年6月（总第210期）: the month of an issue, where nothing more precise is printed. */
static void take_month(struct nq_head_reader *r, struct nq_str text)
{
    struct nq_printed_date date;
    if (r->out->day == NQ_NO_DAY && nq_printed_date(text, NQ_NO_DAY, false, &date) > 0 &&
        strlen(date.iso) > strlen("2026"))
        r->out->day = date.first;
}

/* A line that is neither title nor publisher may hold its name or the month: （某某研究院，北岸），
 * the columns above the title of a paper. */
static void take_aside(struct nq_head_reader *r, const struct nq_block *block)
{
    struct nq_str text = block->text;
    size_t comma = nq_str_find(text, NQ_STR("，"), 0);
    if (nq_is_document_number(text))
        r->out->number = block;
    take_month(r, text);
    if (!nq_str_starts(text, NQ_STR("（")) || r->out->publisher.ptr)
        return;
    struct nq_str name = nq_str_trim(nq_str_sub(text, 3, comma == SIZE_MAX ? text.len - 3 : comma));
    if (nq_is_organisation(name))
        r->out->publisher = name;
}

/* 某某省能源局文件, above the number of an official document. */
static bool is_letterhead(const struct nq_head_reader *r, struct nq_str text, size_t i)
{
    const struct nq_blocks *blocks = r->blocks;
    size_t end = text.len < strlen("文件") ? 0 : text.len - strlen("文件");
    return !r->out->title.ptr && nq_str_ends(text, NQ_STR("文件")) && i + 1 < blocks->n &&
           nq_is_issue(blocks->items[i + 1].text) && nq_is_organisation(nq_str_sub(text, 0, end));
}

/* A line, or a cell of one, that has a date and little else.  The days that an issue covers are
 * its date where no line says on which it came out. */
static void take_date(struct nq_head_reader *r, struct nq_str text, size_t start, size_t len,
                      const struct nq_printed_date *date)
{
    bool range = date->last != date->first && strlen(date->iso) == strlen("2026-06-18");
    if (!r->dated || (r->ranged && !range)) {
        r->out->day = date->first;
        r->ranged = range;
    }
    r->dated = true;
    take_beside_date(r, text, start, len);
}

/* 证券研究报告, 行业周报, 宏观点评, 工作论文: the kind of a report and not its title. */
static bool is_kind(struct nq_str title)
{
    static const char *const of[] = {"证券", "行业", "公司", "宏观", "策略", "固收", "债券",
                                     "金融", "专题", "深度", "事件", "智库", "工作", ""};
    static const char *const what[] = {"研究报告", "研究", "报告", "点评", "周报",
                                       "月报",     "专题", "深度", "论文", "讨论稿"};
    for (size_t i = 0; i < NQ_COUNT(of); i++)
        for (size_t k = 0; k < NQ_COUNT(what) && nq_str_starts(title, nq_str_from(of[i])); k++)
            if (nq_str_eq(nq_str_sub(title, strlen(of[i]), title.len), nq_str_from(what[k])))
                return true;
    return false;
}

/* Whether the title so far only says of what kind a report is, or is a part of `text`. */
static bool outranks(const struct nq_head_reader *r, struct nq_str text)
{
    struct nq_str title = r->out->title;
    size_t at = title.ptr ? nq_str_find(text, title, 0) : SIZE_MAX;
    bool longer = at != SIZE_MAX && text.len > title.len &&
                  !nq_is_issue(nq_str_trim(nq_str_sub(text, at + title.len, text.len)));
    return title.ptr && !r->titled && !r->out->publisher.ptr && !r->dated && !nq_is_issue(text) &&
           (is_kind(title) || longer);
}

/* Takes what says by its looks what it is. */
static bool take_known(struct nq_head_reader *r, struct nq_str text)
{
    struct nq_printed_date date;
    size_t start, len = nq_title_date(text, &start, &date);
    struct nq_str name = nq_title_name(text);
    bool labelled = name.ptr != text.ptr && !nq_str_starts(text, NQ_STR("作者"));
    if (len > 0 && (start == 0 || r->out->title.ptr))
        take_date(r, text, start, len, &date);
    else if (nq_is_issue(text))
        take_month(r, text);
    else if (r->out->title.ptr && nq_is_closing(text, nq_scan_width(text)))
        return true;
    else if (!r->out->publisher.ptr && r->out->title.ptr && (nq_is_organisation(name) || labelled))
        r->out->publisher = name;
    else
        return false;
    return true;
}

static void take_plain(struct nq_head_reader *r, struct nq_str text, const struct nq_block *block,
                       size_t i)
{
    struct nq_printed_date date;
    size_t start;
    if ((block->level == 1 && !r->titled) || !r->out->title.ptr || outranks(r, text)) {
        r->out->title = text;
        r->titled |= block->level == 1;
        r->behind_title = i + 1;
        if (!r->dated && nq_printed_date_find(text, &start, &date) > 0)
            r->out->day = date.first;
        return;
    }
    r->unused++;
    r->plain_at = i;
    if (!r->other.ptr && !nq_str_starts(text, NQ_STR("—"))) {
        r->other = nq_title_name(text);
        r->other_at = i;
    }
}

/* Whether a cell says by its looks what it is. */
static bool is_known_cell(struct nq_str cell)
{
    struct nq_printed_date date;
    size_t start;
    return nq_title_date(cell, &start, &date) > 0 || nq_is_issue(cell) ||
           nq_is_organisation(nq_title_name(cell)) || nq_is_closing(cell, nq_scan_width(cell));
}

static bool has_known_cells(struct nq_str text)
{
    struct nq_str cell;
    size_t cells = 0, known = 0;
    while (nq_title_cell(&text, &cell)) {
        cells++;
        known += is_known_cell(cell);
    }
    return cells > 1 && known > 0;
}

/* A line with something at both its ends: 某某研究院　　2026 年 6 月 17 日.  Cells that say nothing
 * by themselves are one where they stand together. */
static void take_cells(struct nq_head_reader *r, const struct nq_block *block, size_t i)
{
    struct nq_str rest = block->text, cell, plain = {0};
    while (nq_title_cell(&rest, &cell)) {
        bool known = is_known_cell(cell);
        if (known && plain.ptr) {
            take_plain(r, plain, block, i);
            plain = (struct nq_str){0};
        }
        if (known && take_known(r, cell))
            continue;
        if (plain.ptr)
            plain.len = (size_t)(cell.ptr + cell.len - plain.ptr);
        else
            plain = cell;
    }
    if (plain.ptr)
        take_plain(r, plain, block, i);
}

void nq_head_take(struct nq_head_reader *r, const struct nq_block *block, size_t i)
{
    struct nq_printed_date date;
    struct nq_str text = block->text;
    size_t start, len = nq_printed_date_find(text, &start, &date);
    /* A format may mark all lines of the title page as headings. */
    bool heading = block->level > 0 && !(r->out->title.ptr && (block->level > 1 || r->titled));
    if (len > 0 && nq_title_labels_date(text) && (start == 0 || r->out->title.ptr) && !heading) {
        if (!r->dated)
            r->out->day = date.first;
        r->dated = true;
        if (!r->out->publisher.ptr)
            r->out->publisher = nq_title_source(text);
    } else if (block->alone && r->out->title.ptr && has_known_cells(text)) {
        take_cells(r, block, i);
    } else if (nq_is_closing(text, block->width) || block->alone) {
        take_aside(r, block);
    } else if (!heading && has_known_cells(text)) {
        take_cells(r, block, i);
    } else if (!r->out->title.ptr && !heading && nq_title_is_parted(text) && i + 1 < r->blocks->n) {
        r->letterhead = text;
    } else if (is_letterhead(r, text, i)) {
        r->out->publisher = nq_str_sub(text, 0, text.len - strlen("文件"));
    } else if (outranks(r, text) && !nq_is_organisation(nq_title_name(text)) &&
               !(nq_title_date(text, &start, &date) > 0 && start == 0)) {
        take_plain(r, text, block, i);
    } else if (!heading && nq_title_date(text, &start, &date) > 0 && take_known(r, text)) {
        return;
    } else if (nq_is_issue(text)) {
        take_aside(r, block);
    } else if (heading || !take_known(r, text)) {
        take_plain(r, text, block, i);
    }
}
