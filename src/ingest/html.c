/* HTML: see html.h.  libxml2 makes the tree; what is content is found by its prose. */
#include "ingest/html.h"

#ifdef NQ_HAVE_XML
#include "base/buf.h"
#include "ingest/html_tree.h"
#include "ingest/scan.h"
#include "time/printed.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>

enum {
    MOST_ELEMENTS = 500000,
    DEEPEST = 20000,        /* elements within one another */
    MOST_WORK = 200000000,  /* steps that libxml2 may go up for end tags that fit nowhere */
    WIDEST_DATE_LINE = 160, /* columns of a line that says when and by whom */
};

/* ---- parsing ------------------------------------------------------------------------------- */

/* What a page has cost so far. */
struct cost {
    size_t elements, work;
    bool stopped;
};

static void stop(xmlParserCtxt *parser)
{
    ((struct cost *)parser->_private)->stopped = true;
    xmlStopParser(parser);
}

static void start_element(void *user, const xmlChar *name, const xmlChar **attributes)
{
    xmlParserCtxt *parser = user;
    struct cost *cost = parser->_private;
    if (parser->nameNr > DEEPEST || ++cost->elements > MOST_ELEMENTS)
        stop(parser);
    else
        xmlSAX2StartElement(user, name, attributes);
}

/* An end tag that fits nowhere makes libxml2 look at every open element. */
static void count_error(void *user, xmlError *error)
{
    xmlParserCtxt *parser = user;
    struct cost *cost = parser->_private;
    (void)error;
    cost->work += (size_t)parser->nameNr;
    if (cost->work > MOST_WORK)
        stop(parser);
}

static htmlDocPtr parse(struct nq_str text, struct cost *cost)
{
    int options =
        HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC;
    htmlDocPtr page = NULL;
    htmlParserCtxtPtr parser = htmlNewParserCtxt();
    if (!parser)
        return NULL;
    parser->_private = cost;
    parser->sax->startElement = start_element;
    parser->sax->serror = (xmlStructuredErrorFunc)count_error;
    parser->sax->initialized = XML_SAX2_MAGIC;
    parser->options |= XML_PARSE_HUGE; /* or the tree may be 256 deep */
    page = htmlCtxtReadMemory(parser, text.ptr, (int)text.len, NULL, "UTF-8", options);
    htmlFreeParserCtxt(parser);
    return page;
}

/* ---- what the page says of itself ------------------------------------------------------------ */

struct meta {
    const char *name;
    size_t field;
};

/* The best first, for each field. */
static const struct meta metas[] = {
    {"articletitle", offsetof(struct nq_front, title)},
    {"og:title", offsetof(struct nq_front, title)},
    {"dc.title", offsetof(struct nq_front, title)},
    {"title", offsetof(struct nq_front, title)},
    {"pubdate", offsetof(struct nq_front, date)},
    {"publishdate", offsetof(struct nq_front, date)},
    {"article:published_time", offsetof(struct nq_front, date)},
    {"og:published_time", offsetof(struct nq_front, date)},
    {"datepublished", offsetof(struct nq_front, date)},
    {"dc.date", offsetof(struct nq_front, date)},
    {"dcterms.date", offsetof(struct nq_front, date)},
    {"publish_time", offsetof(struct nq_front, date)},
    {"date", offsetof(struct nq_front, date)},
    {"contentsource", offsetof(struct nq_front, publisher)},
    {"source", offsetof(struct nq_front, publisher)},
    {"publisher", offsetof(struct nq_front, publisher)},
    {"dc.publisher", offsetof(struct nq_front, publisher)},
    {"mediaid", offsetof(struct nq_front, publisher)},
    {"og:site_name", offsetof(struct nq_front, publisher)},
    {"sitename", offsetof(struct nq_front, publisher)},
    {"author", offsetof(struct nq_front, publisher)},
    {"og:url", offsetof(struct nq_front, url)},
};

/* What was found, with how good a name. */
struct found {
    struct nq_front *front;
    size_t rank[NQ_COUNT(metas)]; /* by field offset / sizeof(struct nq_str): 1 + index in metas */
};

static void keep(struct found *f, struct nq_arena *arena, struct nq_str value, size_t field,
                 size_t rank)
{
    size_t *known = &f->rank[field / sizeof(struct nq_str)];
    value = nq_str_trim(value);
    if (value.len == 0 || (*known && *known <= rank))
        return;
    *known = rank;
    *(struct nq_str *)((char *)f->front + field) = nq_arena_str(arena, value);
}

static bool eq_nocase(struct nq_str a, const char *b)
{
    return a.len == strlen(b) && nq_scan_find_nocase(a, nq_str_from(b)) == 0;
}

static void take_meta(struct found *f, struct nq_arena *arena, const xmlNode *node)
{
    struct nq_str name = nq_html_attribute(node, "name");
    if (!name.ptr)
        name = nq_html_attribute(node, "property");
    if (!name.ptr)
        name = nq_html_attribute(node, "itemprop");
    struct nq_str value = nq_html_attribute(node, "content");
    for (size_t i = 0; name.ptr && value.ptr && i < NQ_COUNT(metas); i++)
        if (eq_nocase(name, metas[i].name))
            keep(f, arena, value, metas[i].field, i + 1);
}

/* <title> without the name of the site behind the last mark: 标题_某某网, 标题 - 某某网. */
static struct nq_str bare_title(struct nq_str title)
{
    static const char *const marks[] = {"_", " - ", " – ", " — ", "|", "｜", "--", "-"};
    enum { SHORTEST = 8 };
    title = nq_str_trim(title);
    for (size_t i = 0; i < NQ_COUNT(marks); i++) {
        struct nq_str mark = nq_str_from(marks[i]);
        size_t at = nq_str_find(title, mark, 0);
        if (at == SIZE_MAX || nq_scan_width(nq_str_sub(title, 0, at)) < SHORTEST)
            continue;
        return nq_str_trim(nq_str_sub(title, 0, at));
    }
    return title;
}

/* Looks at the whole page for what it says of itself; the first <h1> that is content, too. */
static xmlNode *look(xmlNode *root, const xmlNode *body, struct nq_arena *arena,
                     struct nq_front *front)
{
    struct found f = {.front = front};
    xmlNode *heading = NULL;
    for (xmlNode *node = root; node;) {
        bool inside = node != root && body && nq_html_is_furniture(node, body);
        if (nq_html_is(node, "meta"))
            take_meta(&f, arena, node);
        else if (nq_html_is(node, "title") && node->children && node->children->content)
            keep(&f, arena, bare_title(nq_str_from((const char *)node->children->content)),
                 offsetof(struct nq_front, title), NQ_COUNT(metas) + 1);
        else if (nq_html_is(node, "link") && eq_nocase(nq_html_attribute(node, "rel"), "canonical"))
            keep(&f, arena, nq_html_attribute(node, "href"), offsetof(struct nq_front, url), 1);
        else if (nq_html_is(node, "h1") && !heading && !inside)
            heading = node;
        else if (eq_nocase(nq_html_attribute(node, "id"), "js_name") && node->children &&
                 node->children->content) /* the account of an article on WeChat */
            keep(&f, arena, nq_str_from((const char *)node->children->content),
                 offsetof(struct nq_front, publisher), 1);
        bool head = nq_html_is_any(node, "html head");
        node = nq_html_next(node, root, head || !inside, NULL, NULL);
    }
    return heading;
}

/* ---- the page as lines ----------------------------------------------------------------------- */

static bool holds(const xmlNode *outer, const xmlNode *node)
{
    while (node && node != outer)
        node = node->parent;
    return node != NULL;
}

/* The line with a date that stands between title and content: 2026-06-18 10:20 来源：新华网. */
static bool add_date_line(struct nq_line_builder *b, xmlNode *body, const xmlNode *main)
{
    struct nq_lines before = {0};
    struct nq_line_builder own = *b;
    own.out = &before;
    if (!nq_html_lines(body, main, body, &own))
        return false;
    for (size_t i = before.n; i-- > 0;) {
        struct nq_printed_date date;
        size_t start;
        struct nq_line line = before.items[i];
        if (line.width > WIDEST_DATE_LINE || !nq_printed_date_find(line.text, &start, &date))
            continue;
        line.level = 0;
        nq_line_add(b, line.text, line);
        break;
    }
    return true;
}

/* A page without <h1> has its <title> as one, unless that is but a name in ASCII. */
static bool add_page(struct nq_line_builder *b, xmlNode *root, xmlNode *body,
                     struct nq_front *front)
{
    xmlNode *main = nq_html_main(body);
    xmlNode *heading = look(root, body, b->arena, front);
    bool inside = heading && holds(main, heading);
    bool ok = true;
    if (heading && !inside)
        ok = nq_html_lines(heading, NULL, body, b);
    else if (!heading && front->title.ptr && nq_scan_width(front->title) != front->title.len)
        nq_line_add(b, front->title, (struct nq_line){.level = 1});
    if (ok && !inside && main != body && !front->date.ptr)
        ok = add_date_line(b, body, main);
    return ok && nq_html_lines(main, NULL, body, b);
}

static xmlNode *find_body(xmlNode *root)
{
    for (xmlNode *node = root ? root->children : NULL; node; node = node->next)
        if (nq_html_is(node, "body"))
            return node;
    return NULL;
}

enum nq_status nq_html_read(struct nq_str text, const char *name, struct nq_line_builder *b,
                            struct nq_front *front, struct nq_error *err)
{
    struct cost cost = {0};
    htmlDocPtr page = parse(text, &cost);
    xmlNode *root = page ? xmlDocGetRootElement(page) : NULL;
    xmlNode *body = find_body(root);
    bool ok = true;
    if (body && !cost.stopped)
        ok = add_page(b, root, body, front);
    xmlFreeDoc(page);
    if (!ok)
        return nq_fail_nomem(err);
    if (cost.stopped)
        return nq_fail(err, NQ_ERR_INPUT, _("%s: a page of too many or too deep elements"), name);
    return b->out->n > 0 ? NQ_OK : nq_fail(err, NQ_ERR_INPUT, _("%s: a page without text"), name);
}

#else

enum nq_status nq_html_read(struct nq_str text, const char *name, struct nq_line_builder *b,
                            struct nq_front *front, struct nq_error *err)
{
    (void)text, (void)b, (void)front;
    return nq_fail(err, NQ_ERR_INPUT, _("%s: nqsearch was built without libxml2"), name);
}
#endif
