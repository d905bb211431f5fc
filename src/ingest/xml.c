/* Small helpers over libxml2's pull reader: see xml.h. */
#include "ingest/xml.h"

#include <stdio.h>
#include <stdlib.h>

struct nq_str nq_xml_name(xmlTextReader *reader)
{
    return nq_str_from((const char *)xmlTextReaderConstLocalName(reader));
}

bool nq_xml_attribute(xmlTextReader *reader, const char *name, char *value, size_t size)
{
    bool found = false;
    value[0] = '\0';
    for (int more = xmlTextReaderMoveToFirstAttribute(reader); more == 1 && !found;
         more = found ? 0 : xmlTextReaderMoveToNextAttribute(reader)) {
        const char *text = (const char *)xmlTextReaderConstValue(reader);
        found = text && nq_str_eq(nq_xml_name(reader), nq_str_from(name));
        if (found)
            snprintf(value, size, "%s", text);
    }
    xmlTextReaderMoveToElement(reader);
    return found;
}

int nq_xml_number(xmlTextReader *reader, const char *name, int none)
{
    char value[16];
    return nq_xml_attribute(reader, name, value, sizeof value) && value[0] ? atoi(value) : none;
}
