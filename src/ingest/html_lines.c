/* The text of a part of a page, as lines: see html_tree.h. */
#include "base/buf.h"
#include "ingest/html_tree.h"

#include "ingest/number.h"
#include "ingest/scan.h"
#include "text/utf8.h"

#include <stdlib.h>

enum {
    MENU_ITEM = 24, /* columns of a link in a menu at most */
    MENU_RUN = 3,   /* such lines in a row that make a menu */
};

struct walker {
    struct nq_line_builder *b;
    struct nq_buf text; /* of the line that is being put together */
    bool space, wrap;   /* white space before the next character; a line feed is in it */
    bool pre;
    struct nq_line line;
    size_t in_row;               /* tables whose rows are lines */
    size_t links, in_link, bold; /* links in the line; open elements */
    size_t plain;                /* columns outside of links */
    bool any_bold, any_thin;     /* of the line */
    size_t cells;                /* of the row */
    uintptr_t number;            /* of the item, 0: none */
    size_t menu;                 /* lines at the end of the builder that a menu may be made of */
};

static bool is_block(const xmlNode *node)
{
    return nq_html_is_any(node, "p div section article main header h1 h2 h3 h4 h5 h6 ul ol li dl "
                                "dt dd table thead tbody tfoot tr td th caption blockquote pre "
                                "figure figcaption address center fieldset form hr body details "
                                "summary");
}

static uint8_t level_of(const xmlNode *node)
{
    const char *name = node->type == XML_ELEMENT_NODE ? (const char *)node->name : "";
    return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && !name[2] ? (uint8_t)(name[1] - '0')
                                                                          : 0;
}

/* Takes the lines of a menu off the builder's end. */
static void end_menu(struct walker *w)
{
    if (w->menu >= MENU_RUN)
        w->b->out->n -= w->menu;
    w->menu = 0;
}

/* Whether the line leads elsewhere: 首页 > 政策 > 正文, 上一篇 | 下一篇. */
static bool is_trail(const struct walker *w)
{
    enum { FEW = 12 };
    struct nq_str text = nq_buf_str(&w->text);
    return w->links >= 2 && w->plain <= FEW && !w->line.level && !w->line.alone &&
           nq_str_find(text, NQ_STR("《"), 0) == SIZE_MAX;
}

/* Adds the line, an item of an <ol> with its number unless the text has one itself. */
static void put_line(struct walker *w, struct nq_str text)
{
    struct nq_number own;
    struct nq_buf numbered = {0};
    if (w->number > 0 && !nq_number_parse(text, &own)) {
        nq_buf_addf(&numbered, "%lu. ", (unsigned long)w->number);
        nq_buf_add(&numbered, text);
        text = nq_buf_str(&numbered);
    }
    nq_line_add(w->b, text, w->line);
    w->b->failed |= numbered.failed;
    nq_buf_finish(&numbered);
    w->number = 0;
}

/* Ends the line; `gap` says that what follows stands apart. */
static void flush(struct walker *w, bool gap)
{
    struct nq_str text = nq_str_trim(nq_buf_str(&w->text));
    size_t before = w->b->out->n;
    bool link = w->links > 0 && w->plain == 0 && !w->line.level && !w->line.alone;
    bool out = link && nq_line_is_way_out(text);
    w->line.strong = w->any_bold && !w->any_thin;
    if (text.len > 0 && !is_trail(w) && !out)
        put_line(w, text);
    if (text.len > 0 && link && nq_scan_width(text) <= MENU_ITEM)
        w->menu += w->b->out->n - before;
    else if (text.len > 0)
        end_menu(w);
    w->b->blank |= gap;
    w->text.len = 0;
    w->space = w->wrap = false;
    w->links = w->plain = 0;
    w->any_bold = w->any_thin = false;
    if (text.len > 0)
        w->line = (struct nq_line){0};
}

/* White space collapsed: a line feed between two Han is none, it only wraps the source. */
static void put_space(struct walker *w, uint32_t next)
{
    size_t at;
    uint32_t last = nq_scan_last(nq_buf_str(&w->text), &at);
    bool joined = w->wrap && nq_scan_is_wide(last) && nq_scan_is_wide(next);
    if (w->text.len > 0 && !joined)
        nq_buf_add_byte(&w->text, ' ');
    w->space = w->wrap = false;
}

static void add_text(struct walker *w, struct nq_str s)
{
    for (size_t at = 0; at < s.len;) {
        uint32_t cp;
        size_t n = nq_utf8_decode(nq_str_sub(s, at, s.len), &cp, NULL);
        if (w->pre && cp == '\n') {
            flush(w, false);
        } else if (cp == ' ' || cp == '\n' || cp == '\t' || cp == '\r' || cp == 0xA0) {
            w->space = true;
            w->wrap |= cp == '\n';
        } else {
            if (w->space)
                put_space(w, cp);
            nq_buf_add(&w->text, nq_str_sub(s, at, at + n));
            bool mark = cp == '|' || cp == '>' || cp == 0x3000 || cp == 0x00BB || cp == '/';
            if (!w->in_link && !mark)
                w->plain += nq_scan_is_wide(cp) ? 2 : 1;
            *(w->bold ? &w->any_bold : &w->any_thin) = true;
        }
        at += n;
    }
}

/* Whether a table holds data, row by row, and does not lay out the page. */
static bool is_data(xmlNode *table)
{
    size_t cells = 0, most = 0, blocks = 0;
    for (xmlNode *node = nq_html_next(table, table, true, NULL, NULL); node;
         node = nq_html_next(node, table, true, NULL, NULL)) {
        if (nq_html_is(node, "table"))
            return false;
        if (nq_html_is(node, "tr"))
            cells = 0;
        if (nq_html_is_any(node, "td th")) {
            cells++;
            blocks = 0;
        }
        blocks += nq_html_is_any(node, "p div h1 h2 h3 li");
        if (blocks > 3)
            return false;
        most = cells > most ? cells : most;
    }
    return most >= 2;
}

/* An item of a list: its mark, or its number. */
static void begin_item(struct walker *w, xmlNode *item)
{
    xmlNode *list = item->parent;
    if (!list || !nq_html_is(list, "ol")) {
        w->line.bullet = true;
        return;
    }
    struct nq_str start = nq_html_attribute(list, "start");
    uintptr_t n = (uintptr_t)list->_private;
    if (n == 0 && start.len > 0 && start.len < 7)
        n = strtoul(start.ptr, NULL, 10);
    n = n ? n : 1;
    list->_private = (void *)(n + 1);
    w->number = n;
}

static void enter(struct walker *w, xmlNode *node)
{
    if (nq_html_is(node, "br")) {
        if (w->in_row)
            w->space = true;
        else
            flush(w, false);
        return;
    }
    if (nq_html_is(node, "hr")) {
        flush(w, true);
        w->b->cut = true;
    }
    w->in_link += nq_html_is(node, "a");
    w->links += nq_html_is(node, "a");
    w->bold += nq_html_is_any(node, "b strong");
    w->pre |= nq_html_is(node, "pre");
    if (nq_html_is(node, "ol"))
        node->_private = NULL;
    if (!is_block(node))
        return;
    if (w->in_row && nq_html_is_any(node, "td th")) {
        if (w->cells++ > 0)
            nq_buf_add(&w->text, NQ_STR(" | "));
        w->space = w->wrap = false;
        return;
    }
    if (w->in_row && !nq_html_is_any(node, "tr caption")) {
        w->space = true;
        return;
    }
    flush(w, true);
    w->cells = 0;
    w->in_row += nq_html_is(node, "table") && is_data(node);
    w->line.alone |= w->in_row > 0 && nq_html_is(node, "tr");
    if (level_of(node))
        w->line.level = level_of(node);
    if (nq_html_is(node, "li"))
        begin_item(w, node);
}

static void leave(void *user, xmlNode *node)
{
    struct walker *w = user;
    w->in_link -= nq_html_is(node, "a");
    w->bold -= nq_html_is_any(node, "b strong");
    if (is_block(node) && (!w->in_row || nq_html_is_any(node, "tr table caption"))) {
        flush(w, true);
        w->line = (struct nq_line){0};
    }
    if (nq_html_is(node, "table") && w->in_row)
        w->in_row--;
    if (nq_html_is(node, "pre"))
        w->pre = false;
}

bool nq_html_lines(xmlNode *root, const xmlNode *end, const xmlNode *body,
                   struct nq_line_builder *b)
{
    struct walker w = {.b = b};
    for (xmlNode *node = root; node && node != end;) {
        bool into = !nq_html_is_furniture(node, body);
        if (into && node->type == XML_ELEMENT_NODE)
            enter(&w, node);
        else if (node->type == XML_TEXT_NODE && node->content)
            add_text(&w, nq_str_from((const char *)node->content));
        /* leave() answers enter(): what is passed over has neither. */
        node = nq_html_next(node, root, into, leave, &w);
    }
    flush(&w, true);
    end_menu(&w);
    bool ok = !w.text.failed && !b->failed;
    nq_buf_finish(&w.text);
    return ok;
}
