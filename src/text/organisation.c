/* Organisations, in the table that dicts/words_header.py makes. */
#include "text/organisation.h"

#include "base/table.h"
#include "organisation_names.h"

bool nq_organisation_find(struct nq_str word, size_t *i)
{
    *i = nq_table_find(organisation_names, NQ_COUNT(organisation_names), sizeof *organisation_names,
                       word);
    return *i < NQ_COUNT(organisation_names);
}

bool nq_organisation_known(struct nq_str word)
{
    size_t i;
    return nq_organisation_find(word, &i);
}

struct nq_str nq_organisation_name(size_t i)
{
    return nq_str_from(i < NQ_COUNT(organisation_names) ? organisation_names[i].name : NULL);
}

const char *nq_organisation_level(size_t i)
{
    return organisation_names[i].level;
}
