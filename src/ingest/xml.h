/* Small helpers over libxml2's pull reader. */
#ifndef NQ_INGEST_XML_H
#define NQ_INGEST_XML_H

#include "base/str.h"

#include <libxml/xmlreader.h>

/* What the readers of XML are opened with: nothing is fetched, entities are not replaced. */
enum {
    NQ_XML_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT
};

/* The name of the node that the reader stands at, without its prefix. */
struct nq_str nq_xml_name(xmlTextReader *reader);

/* Copies the value of the attribute of this name, without prefix, into `value`; false, and an empty
 * string, where there is none.  What does not fit is cut. */
bool nq_xml_attribute(xmlTextReader *reader, const char *name, char *value, size_t size);

/* The number that an attribute is, or `none` where there is no such attribute. */
int nq_xml_number(xmlTextReader *reader, const char *name, int none);

#endif
