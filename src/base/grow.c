/* Arrays that grow: twice as large each time. */
#include "base/grow.h"

#include <stdint.h>
#include <stdlib.h>

void *nq_grow(void *items, size_t n, size_t *cap, size_t size)
{
    enum { FIRST = 16 };
    if (n < *cap)
        return items;
    size_t room = *cap ? *cap * 2 : FIRST;
    void *grown = room <= SIZE_MAX / 2 / size ? realloc(items, room * size) : NULL;
    if (grown)
        *cap = room;
    return grown;
}
