/* Organisations, in the table that dicts/words_header.py makes. */
#include "text/organisation.h"

#include <stdlib.h>

#include "organisation_names.h"

static int compare(const void *word, const void *entry)
{
    return nq_str_cmp(*(const struct nq_str *)word, nq_str_from(*(const char *const *)entry));
}

bool nq_organisation_find(struct nq_str word, size_t *i)
{
    const size_t size = sizeof *organisation_names; /* an entry begins with its name */
    const char *first = (const char *)organisation_names;
    const char *found = bsearch(&word, first, NQ_COUNT(organisation_names), size, compare);
    *i = found ? (size_t)(found - first) / size : 0;
    return found != NULL;
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
