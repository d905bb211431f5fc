/* Arrays that grow: twice as large each time. */
#include "base/grow.h"

#include <stdint.h>
#include <stdlib.h>

void *nq_reserve(void *items, size_t n, size_t more, size_t *cap, size_t size)
{
    enum { FIRST = 16 };
    if (items && more <= *cap - n)
        return items;
    size_t room = *cap ? *cap : FIRST, most = SIZE_MAX / 2 / size;
    while (room - n < more && room <= most)
        room *= 2;
    void *grown = room <= most ? realloc(items, room * size) : NULL;
    if (grown)
        *cap = room;
    return grown;
}

void *nq_grow(void *items, size_t n, size_t *cap, size_t size)
{
    return nq_reserve(items, n, 1, cap, size);
}
