/* Page numbers and running heads.
 *
 * A running head is a short line that comes back with only its digits changed.  So do the small
 * headings of a template (政策要点 in every section), so coming back is not enough: some of its
 * occurrences must stand where only a page's edge can be: beside a page number or a form feed, or
 * in the middle of a sentence. */
#include "ingest/page.h"

#include "ingest/contents_entry.h"
#include "ingest/names.h"
#include "ingest/number.h"
#include "ingest/scan.h"
#include "ingest/seam.h"
#include "ingest/title_line.h"

enum {
    WIDEST_HEAD = 90, /* columns of a running head */
    NARROW_HEAD = 44, /* and of one that is seen only once */
    PAGE_APART = 300, /* columns of text between two heads at least */
    PAGE_LEAST = 100, /* and between two numbers that count up */
    LONG_LINE = 56,   /* columns: a line of running text, not a heading */
    NARROWEST_HEAD = 8,
};

/* What is known of lines that are alike. */
struct likeness {
    size_t count, apart;
    size_t edges, marked; /* at a page's edge; at one that shows */
    size_t first;         /* the line */
    size_t columns;       /* of text up to the last one */
};

struct tally {
    struct nq_line_set set;
    struct likeness *items; /* beside the slots of `set` */
};

/* Whether `text` ends with a comma or a bar, as no head does. */
static bool ends_open(struct nq_str text)
{
    static const char *const signs[] = {"，", "、", ",", "|", "｜"};
    for (size_t i = 0; i < NQ_COUNT(signs); i++)
        if (nq_str_ends(text, nq_str_from(signs[i])))
            return true;
    return false;
}

static bool can_be_head(const struct nq_line *line)
{
    struct nq_number number;
    return (!nq_number_parse(line->text, &number) || number.apart) && !line->level &&
           !line->bullet && !line->strong && line->width <= WIDEST_HEAD &&
           !nq_str_ends(line->text, NQ_STR("。")) && !ends_open(line->text);
}

/* Whether line i stands beside a form feed or a page number, or ends the text. */
static bool at_mark(const struct nq_lines *lines, size_t i)
{
    const struct nq_line *line = &lines->items[i];
    return line->page || (i > 0 && line[-1].dropped) || i + 1 == lines->n || line[1].page ||
           line[1].dropped;
}

/* Whether line i stands where only a page's edge can be; where pages are marked these are all. */
static bool at_edge(const struct nq_lines *lines, bool paged, size_t i)
{
    const struct nq_line *line = &lines->items[i];
    const struct nq_line *before = i > 0 ? line - 1 : NULL;
    const struct nq_line *after = i + 1 < lines->n ? line + 1 : NULL;
    if (at_mark(lines, i))
        return true;
    return !paged && before && !before->level && before->width >= LONG_LINE &&
           !nq_scan_ended(before->text) && after && after->width >= LONG_LINE / 2;
}

static void drop_numbers(struct nq_lines *lines)
{
    for (size_t i = 0; i < lines->n; i++) {
        struct nq_line *line = &lines->items[i];
        bool after_gap = line->blank || line->page || i == 0;
        bool before_gap = i + 1 == lines->n || line[1].blank || line[1].page;
        if (!line->level && !line->bullet &&
            nq_is_page_number(line->text, (after_gap && before_gap) || line->page ||
                                              (i + 1 < lines->n && line[1].page)))
            line->dropped = true;
    }
}

/* The value of a line of at most three digits, or 0. */
static unsigned bare_number(const struct nq_line *line)
{
    unsigned value = 0;
    if (line->dropped || line->level || line->bullet || line->text.len > 3)
        return 0;
    for (size_t i = 0; i < line->text.len; i++) {
        if (line->text.ptr[i] < '0' || line->text.ptr[i] > '9')
            return 0;
        value = value * 10 + (unsigned)(line->text.ptr[i] - '0');
    }
    return value;
}

/* Bare numbers that no gap shows as those of pages, but that count up from page to page. */
static void drop_counts(struct nq_lines *lines)
{
    struct nq_line *last = NULL;
    size_t columns = 0;
    unsigned value = 0;
    for (size_t i = 0; i < lines->n; i++) {
        struct nq_line *line = &lines->items[i];
        unsigned now = bare_number(line);
        columns += line->width;
        if (now == 0)
            continue;
        if (last && now == value + 1 && columns >= PAGE_LEAST)
            last->dropped = line->dropped = true;
        last = line;
        value = now;
        columns = 0;
    }
}

static bool count_heads(struct nq_arena *arena, const struct nq_lines *lines, struct tally *tally)
{
    if (!nq_line_set_init(arena, &tally->set, lines->n))
        return false;
    tally->items = nq_arena_array(arena, tally->set.mask + 1, sizeof *tally->items);
    if (!tally->items)
        return false;
    bool paged = false;
    for (size_t i = 0; i < lines->n; i++)
        paged |= lines->items[i].page;
    uint32_t columns = 0; /* a text has fewer bytes than this counts */
    for (size_t i = 0; i < lines->n; i++) {
        const struct nq_line *line = &lines->items[i];
        columns += line->width;
        if (line->dropped || !can_be_head(line))
            continue;
        uint64_t hash = nq_scan_hash(line->text, true);
        nq_line_set_add(&tally->set, hash);
        struct likeness *like = &tally->items[nq_line_set_slot(&tally->set, hash)];
        like->apart += like->count > 0 && columns - like->columns >= PAGE_APART;
        like->edges += at_edge(lines, paged, i);
        like->marked += at_mark(lines, i);
        if (like->count++ == 0)
            like->first = (uint32_t)i;
        like->columns = columns;
    }
    return true;
}

/* A head that stands on one page only shows in that it parts a sentence beside a page's mark. */
static bool parts_sentence(const struct nq_lines *lines, size_t i)
{
    const struct nq_line *line = &lines->items[i];
    struct nq_number number;
    size_t before = i;
    while (before > 0 && lines->items[before - 1].dropped)
        before--;
    if (before == 0 || i + 1 >= lines->n || line->width > NARROW_HEAD || !at_mark(lines, i) ||
        nq_scan_ended(line->text) || line->width < NARROWEST_HEAD || ends_open(line->text) ||
        nq_number_parse(line->text, &number))
        return false;
    const struct nq_line *prior = &lines->items[before - 1];
    if (nq_seam_breaks_date(prior->text, line->text) || nq_role_of(line->text) != NQ_ROLE_NONE ||
        nq_entry_parse(prior->text).leader >= NQ_LEADER_TAB) /* the contents end there */
        return false;
    if (nq_scan_depth(prior->text) > 0 && nq_scan_depth(line->text) < 0)
        return false; /* it ends the sentence: (Chongqing Municipal⏎Government) */
    return !prior->level && prior->width >= LONG_LINE && !nq_scan_ended(prior->text) &&
           line[1].width > line->width && !line[1].bullet;
}

/* All at marks, the title aside; or two at edges, or three of which one is, all (but the title) a
 * page apart.
 */
static bool is_running_head(const struct likeness *like)
{
    bool titled = like->first < NQ_PAGE_FIRST_LINES;
    if (like->marked + titled >= like->count && like->count >= 2)
        return true;
    return like->count >= 2 && like->apart + 2 >= like->count && like->apart >= 1 &&
           (like->marked >= 1 || like->count >= 3) &&
           (like->edges >= 2 || (like->count >= 3 && like->edges >= 1)) &&
           like->edges * 3 >= like->count;
}

/* Whether line i is of a kind that only heads are, wherever or at a page's edge:
 * 内部资料　注意保存, 总第 128 期. */
static bool is_issue_head(const struct nq_lines *lines, size_t i)
{
    struct nq_str text = lines->items[i].text;
    bool internal =
        (nq_str_starts(text, NQ_STR("内部资料")) || nq_str_starts(text, NQ_STR("内部参考"))) &&
        nq_str_ends(text, NQ_STR("保存"));
    return (internal || at_mark(lines, i)) && lines->items[i].width <= NARROW_HEAD &&
           nq_is_issue(lines->items[i].text) && nq_scan_depth(lines->items[i].text) == 0;
}

/* 某某简报 | Page 3, 第 3 页　某某动态: whether one cell of line i is the number of its page by its
 * words, and the others are few and narrow. */
static bool holds_page(const struct nq_lines *lines, size_t i)
{
    static const struct nq_str words[] = {NQ_STR_INIT("页"), NQ_STR_INIT("頁"),
                                          NQ_STR_INIT("page")};
    enum { MOST = 3 };
    struct nq_str rest = lines->items[i].text, cell;
    size_t cells = 0;
    bool page = false;
    for (; nq_title_cell(&rest, &cell); cells++)
        page |= nq_is_page_number(cell, false) && nq_scan_has_any(cell, words, NQ_COUNT(words));
    return page && cells >= 2 && cells <= MOST;
}

/* Whether a line of the title page comes back below a running head: another issue, or a head of
 * several lines. */
static bool repeats_title_page(const struct nq_lines *lines, size_t i, const struct likeness *like)
{
    return lines->items[i - 1].dropped && like->count >= 2 && like->first < NQ_PAGE_FIRST_LINES &&
           nq_role_of(lines->items[i].text) == NQ_ROLE_NONE;
}

bool nq_page_drop_furniture(struct nq_arena *arena, struct nq_lines *lines)
{
    struct tally tally;
    drop_numbers(lines);
    drop_counts(lines);
    if (!count_heads(arena, lines, &tally))
        return false;
    for (size_t i = 0; i < lines->n; i++) {
        struct nq_line *line = &lines->items[i];
        if (line->dropped || !can_be_head(line))
            continue;
        uint64_t hash = nq_scan_hash(line->text, true);
        const struct likeness *like = &tally.items[nq_line_set_slot(&tally.set, hash)];
        line->dropped = i < NQ_PAGE_FIRST_LINES
                            ? is_running_head(like) && nq_page_title_follows(lines, i)
                            : is_running_head(like) || parts_sentence(lines, i) ||
                                  is_issue_head(lines, i) || holds_page(lines, i) ||
                                  nq_page_repeats_title(lines, i, at_mark(lines, i)) ||
                                  repeats_title_page(lines, i, like);
    }
    bool page = false;
    for (size_t i = 0; i < lines->n; i++) {
        struct nq_line *line = &lines->items[i];
        line->page |= page;
        page = line->dropped;
    }
    return true;
}
