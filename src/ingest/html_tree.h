/* What the files of the HTML reader share: a page as libxml2's tree. */
#ifndef NQ_INGEST_HTML_TREE_H
#define NQ_INGEST_HTML_TREE_H

#include "ingest/lines.h"

#include <libxml/tree.h>

/* Whether `node` is an element of this name (lower case). */
bool nq_html_is(const xmlNode *node, const char *name);

/* Whether `node` is an element of one of the names in `names`, which stand between spaces. */
bool nq_html_is_any(const xmlNode *node, const char *names);

/* The value of an attribute, borrowed; absent where there is none. */
struct nq_str nq_html_attribute(const xmlNode *node, const char *name);

/* The element of `body` that holds most of its prose, `body` itself where there is none.  It leaves
 * the columns of prose of every element in its _private, which nq_html_is_furniture looks at. */
xmlNode *nq_html_main(xmlNode *body);

/* Whether an element is no content: navigation, forms, scripts, what is hidden. */
bool nq_html_is_furniture(const xmlNode *node, const xmlNode *body);

/* Walks from `root` in the order of the page: the node behind `node`; its children first if `into`.
 * NULL at the end.  `leave` is called with each element that ends on the way, but for one that was
 * not gone into. */
xmlNode *nq_html_next(xmlNode *node, const xmlNode *root, bool into,
                      void (*leave)(void *user, xmlNode *node), void *user);

/* Adds what stands in `root`, up to `end` (NULL: all of it), to `b`. */
bool nq_html_lines(xmlNode *root, const xmlNode *end, const xmlNode *body,
                   struct nq_line_builder *b);

#endif
