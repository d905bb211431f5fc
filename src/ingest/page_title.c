/* Running heads that are told by the title page: see page.h. */
#include "ingest/names.h"
#include "ingest/page.h"
#include "ingest/scan.h"
#include "ingest/title_line.h"

enum {
    NARROWEST_TITLE = 8, /* columns */
    WIDEST_TITLE = 140,
    SHORTEST_PART = 6, /* bytes of the title that a head may have of it */
};

/* Whether a line is `title` again, with nothing but a date or numbers around it. */
static bool is_title_with_numbers(struct nq_str text, struct nq_str title)
{
    static const char *const around[] = {"年", "月", "日", "第", "期", "页", "頁", "共", "总", "（",
                                         "）", "·",  "　", "—",  "–",  "－", "｜", "《", "》"};
    size_t at = nq_str_find(text, title, 0);
    if (at == SIZE_MAX)
        return false;
    for (size_t i = 0; i < text.len;) {
        size_t step = i == at ? title.len : (unsigned char)text.ptr[i] < 0x80;
        if (step == 1 && ((text.ptr[i] | 32) >= 'a' && (text.ptr[i] | 32) <= 'z'))
            return false;
        struct nq_str rest = nq_str_sub(text, i, text.len);
        for (size_t k = 0; k < NQ_COUNT(around) && step == 0; k++)
            if (nq_str_starts(rest, nq_str_from(around[k])))
                step = strlen(around[k]);
        if (step == 0)
            return false;
        i += step;
    }
    return true;
}

/* Whether line i is the title again with numbers, or at a page's mark another line of its page. */
static bool repeats_title(const struct nq_lines *lines, size_t i, bool marked)
{
    const struct nq_line *line = &lines->items[i];
    for (size_t k = 0; k < NQ_PAGE_FIRST_LINES && k < i; k++) {
        const struct nq_line *first = &lines->items[k];
        if (first->width >= NARROWEST_TITLE && !first->dropped && (k == 0 || marked) &&
            is_title_with_numbers(line->text, first->text))
            return true;
    }
    return false;
}

/* Whether `cell` stands on the title page, or is an issue, a date or the number of a page. */
static bool is_title_cell(const struct nq_lines *lines, struct nq_str cell, bool *title)
{
    struct nq_printed_date date;
    size_t start;
    for (size_t k = 0; k < NQ_PAGE_FIRST_LINES && k < lines->n; k++) {
        struct nq_str rest = lines->items[k].text, other;
        if (lines->items[k].width > WIDEST_TITLE)
            continue;
        if (nq_role_of(rest) != NQ_ROLE_NONE)
            break;
        if (k == 0 && cell.len >= SHORTEST_PART && nq_str_find(rest, cell, 0) != SIZE_MAX)
            return *title = true;
        while (nq_title_cell(&rest, &other))
            if (nq_scan_hash(cell, false) == nq_scan_hash(other, false))
                return *title = true;
    }
    return nq_is_issue(cell) || nq_is_page_number(cell, true) ||
           nq_title_date(cell, &start, &date) > 0;
}

/* Whether line i has nothing but such cells, two at least. */
static bool repeats_title_cells(const struct nq_lines *lines, size_t i)
{
    struct nq_str rest = lines->items[i].text, cell;
    bool title = false;
    size_t cells = 0;
    for (; nq_title_cell(&rest, &cell); cells++)
        if (!is_title_cell(lines, cell, &title))
            return false;
    return cells >= 2 && title;
}

/* Whether line i, one of the first, is a running head that holds the title, which follows:
 * 2026/6/19 09:12　标题 - 网站. */
static bool holds_title(const struct nq_lines *lines, size_t i)
{
    for (size_t k = i + 1; k < NQ_PAGE_FIRST_LINES && k < lines->n; k++)
        if (lines->items[k].width >= NARROWEST_TITLE &&
            lines->items[k].width < lines->items[i].width &&
            nq_str_find(lines->items[i].text, lines->items[k].text, 0) != SIZE_MAX)
            return true;
    return false;
}

/* Whether the first line, a running head, stands above the title: an organisation or a date follows
 * that, and no other line of an issue. */
static bool stands_above_title(const struct nq_lines *lines, size_t i)
{
    struct nq_printed_date date;
    size_t start;
    size_t at = 1;
    while (at < NQ_PAGE_FIRST_LINES && at + 1 < lines->n && nq_is_issue(lines->items[at].text))
        at++;
    if (i > 0 || at + 1 >= lines->n)
        return false;
    const struct nq_line *title = &lines->items[at], *next = title + 1;
    bool named =
        nq_is_organisation(next->text) || nq_printed_date_find(next->text, &start, &date) > 0;
    return named && title->width >= NARROWEST_TITLE && !nq_is_organisation(title->text) &&
           !nq_is_issue(title->text) && nq_role_of(title->text) == NQ_ROLE_NONE &&
           !nq_scan_ended(title->text) && !nq_str_starts(title->text, NQ_STR("—")) &&
           nq_printed_date_find(title->text, &start, &date) == 0;
}

bool nq_page_repeats_title(const struct nq_lines *lines, size_t i, bool marked)
{
    return repeats_title(lines, i, marked) || (marked && repeats_title_cells(lines, i));
}

bool nq_page_title_follows(const struct nq_lines *lines, size_t i)
{
    return holds_title(lines, i) || stands_above_title(lines, i);
}
