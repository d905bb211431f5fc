/* What the unit tests share: cmocka and a comparison of slices. */
#ifndef NQ_TESTS_UNIT_H
#define NQ_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

/* `got` holds exactly the bytes of the literal or NUL-terminated string `want`. */
#define assert_str(got, want) assert_str_at(got, want, __FILE__, __LINE__)

static inline void assert_str_at(struct nq_str got, const char *want, const char *file, int line)
{
    if (nq_str_eq(got, nq_str_from(want)))
        return;
    print_error("got \"%.*s\", want \"%s\"\n", NQ_STR_ARG(got), want);
    _fail(file, line);
}

#endif
