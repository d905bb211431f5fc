/* Organisations, in the table that dicts/words_header.py makes. */
#include "text/organisation.h"

#include "organisation_names.h"

bool nq_organisation_find(struct nq_str word, size_t *i)
{
    size_t first = 0, last = NQ_COUNT(organisation_names);
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        int order = nq_str_cmp(word, nq_str_from(organisation_names[middle].name));
        if (order == 0) {
            *i = middle;
            return true;
        }
        if (order < 0)
            last = middle;
        else
            first = middle + 1;
    }
    return false;
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
