/* Arrays that grow: twice as large each time. */
#include "base/grow.h"

#include <stdlib.h>

void *nq_grow(void *items, size_t n, size_t *cap, size_t size)
{
    enum { FIRST = 16 };
    size_t room = *cap ? *cap * 2 : FIRST;
    if (n < *cap)
        return items;
    void *grown = realloc(items, room * size);
    if (grown)
        *cap = room;
    return grown;
}
