/* C++'s memory in a program of tests/fault: Xapian and what we make of it have no other. */
#include <cstdlib>
#include <new>

extern "C" {
#include "fault.h"
void *__real_malloc(std::size_t size);
}

void *operator new(std::size_t size)
{
    void *p = fault_refuse() ? nullptr : __real_malloc(size);
    if (!p)
        throw std::bad_alloc();
    return p;
}

void operator delete(void *p) noexcept
{
    free(p);
}

void operator delete(void *p, std::size_t) noexcept
{
    free(p);
}
