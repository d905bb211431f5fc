/* Which part of a page is its content: the smallest element that holds most of the prose, and what
 * in it is furniture. */
#include "ingest/html_tree.h"

#include "ingest/scan.h"

#include <stdlib.h>
#include <strings.h>

bool nq_html_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

bool nq_html_is_any(const xmlNode *node, const char *names)
{
    size_t len = node->type == XML_ELEMENT_NODE ? strlen((const char *)node->name) : 0;
    for (const char *at = names; len > 0 && *at;) {
        size_t n = strcspn(at, " ");
        if (n == len && memcmp(at, node->name, n) == 0)
            return true;
        at += n + (at[n] == ' ');
    }
    return false;
}

struct nq_str nq_html_attribute(const xmlNode *node, const char *name)
{
    for (const xmlAttr *a = node->type == XML_ELEMENT_NODE ? node->properties : NULL; a;
         a = a->next)
        if (strcmp((const char *)a->name, name) == 0)
            return a->children && a->children->content
                       ? nq_str_from((const char *)a->children->content)
                       : NQ_STR("");
    return (struct nq_str){0};
}

xmlNode *nq_html_next(xmlNode *node, const xmlNode *root, bool into,
                      void (*leave)(void *user, xmlNode *node), void *user)
{
    if (into && node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    for (bool entered = into;; entered = true) {
        if (leave && entered && node->type == XML_ELEMENT_NODE)
            leave(user, node);
        if (node == root)
            return NULL;
        if (node->next)
            return node->next;
        node = node->parent;
    }
}

static size_t prose(const xmlNode *node)
{
    return (size_t)(uintptr_t)node->_private;
}

static void add_prose(xmlNode *node, size_t columns)
{
    node->_private = (void *)(uintptr_t)(prose(node) + columns);
}

/* Whether a piece of text is one of running text. */
static bool is_prose(struct nq_str text)
{
    enum { SHORTEST = 24 };
    static const struct nq_str signs[] = {NQ_STR_INIT("，"), NQ_STR_INIT("。"), NQ_STR_INIT("；"),
                                          NQ_STR_INIT("："), NQ_STR_INIT(", "), NQ_STR_INIT(". ")};
    return nq_scan_width(text) >= SHORTEST && nq_scan_has_any(text, signs, NQ_COUNT(signs));
}

static bool is_never_text(const xmlNode *node)
{
    return nq_html_is_any(node, "script style noscript template head iframe object svg math canvas "
                                "audio video select option textarea button form input label map");
}

/* Whether `text` holds one of `words` as a word of its own: top-nav, siteNav, nav_2. */
static bool has_word(struct nq_str text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct nq_str word = nq_str_from(words[i]);
        for (size_t at = 0; at + word.len <= text.len; at++) {
            if (strncasecmp(text.ptr + at, word.ptr, word.len) != 0)
                continue;
            char before = at > 0 ? text.ptr[at - 1] : ' ';
            char behind = at + word.len < text.len ? text.ptr[at + word.len] : ' ';
            bool begins = !(before >= 'a' && before <= 'z') || (text.ptr[at] < 'a');
            bool ends = !(behind >= 'a' && behind <= 'z');
            if (begins && ends)
                return true;
        }
    }
    return false;
}

bool nq_html_is_furniture(const xmlNode *node, const xmlNode *body)
{
    static const char *const words[] = {
        "nav",       "navbar",   "navigation", "menu",     "crumb",     "crumbs",  "breadcrumb",
        "sidebar",   "aside",    "footer",     "foot",     "copyright", "share",   "related",
        "recommend", "comment",  "comments",   "ad",       "ads",       "advert",  "pagination",
        "pager",     "toolbar",  "login",      "search",   "qrcode",    "sitemap", "breadcrumbs",
        "banner",    "location", "position",   "crumbnav", "links",     "hot",     "tags"};
    static const char *const roles[] = {"navigation",    "banner", "contentinfo",
                                        "complementary", "search", "dialog"};
    if (node->type != XML_ELEMENT_NODE || node == body)
        return node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE;
    if (is_never_text(node))
        return true;
    if (prose(node) * 2 >= prose(body) && prose(body) > 0)
        return false;
    struct nq_str style = nq_html_attribute(node, "style");
    struct nq_str role = nq_html_attribute(node, "role");
    static const struct nq_str hidden[] = {NQ_STR_INIT("display:none"),
                                           NQ_STR_INIT("display: none"),
                                           NQ_STR_INIT("visibility:hidden")};
    if (nq_html_is_any(node, "nav aside footer") || nq_html_attribute(node, "hidden").ptr ||
        (style.ptr && nq_scan_has_any(style, hidden, NQ_COUNT(hidden))))
        return true;
    if (role.ptr && has_word(role, roles, NQ_COUNT(roles)))
        return true;
    if (!nq_html_is_any(node, "div ul ol section header table td p span dl"))
        return false;
    struct nq_str class = nq_html_attribute(node, "class"), id = nq_html_attribute(node, "id");
    return (class.ptr && has_word(class, words, NQ_COUNT(words))) ||
           (id.ptr && has_word(id, words, NQ_COUNT(words)));
}

/* Adds an element's prose to that of its parent. */
static void pass_up(void *body, xmlNode *node)
{
    if (node != body)
        add_prose(node->parent, prose(node));
}

static void measure(xmlNode *body)
{
    for (xmlNode *node = body; node;) {
        bool into = !is_never_text(node) && !nq_html_is(node, "a");
        if (node->type == XML_ELEMENT_NODE)
            node->_private = NULL;
        if (node->type == XML_TEXT_NODE && node->content) {
            struct nq_str text = nq_str_trim(nq_str_from((const char *)node->content));
            if (is_prose(text))
                add_prose(node->parent, nq_scan_width(text));
        }
        node = nq_html_next(node, body, into, pass_up, body);
    }
}

xmlNode *nq_html_main(xmlNode *body)
{
    enum { SHARE = 80 }; /* of a hundred columns of prose */
    xmlNode *main = body;
    measure(body);
    if (prose(body) == 0)
        return body;
    for (bool deeper = true; deeper;) {
        deeper = false;
        for (xmlNode *child = main->children; child && !deeper; child = child->next) {
            if (!nq_html_is_any(child, "div section article main td tr tbody table center form "
                                       "span font blockquote"))
                continue;
            deeper = prose(child) * 100 >= prose(body) * SHARE;
            if (deeper)
                main = child;
        }
    }
    /* One row of a table is no content, the table is. */
    while (main != body && nq_html_is_any(main, "tr tbody span font"))
        main = main->parent;
    return main;
}
