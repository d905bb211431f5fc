/* Tables in order of their names. */
#include "base/table.h"

#include <stdlib.h>

static int compare(const void *name, const void *row)
{
    return nq_str_cmp(*(const struct nq_str *)name, nq_str_from(*(const char *const *)row));
}

size_t nq_table_find(const void *rows, size_t n, size_t size, struct nq_str name)
{
    const char *found = bsearch(&name, rows, n, size, compare);
    return found ? (size_t)(found - (const char *)rows) / size : n;
}
