/* Tables in order of their names, as they are made of dicts/: each row begins with its name. */
#ifndef NQ_BASE_TABLE_H
#define NQ_BASE_TABLE_H

#include "base/str.h"

/* The row of `name` among `n` rows of `size` bytes, whose first member is a const char *; `n` where
 * none has it. */
size_t nq_table_find(const void *rows, size_t n, size_t size, struct nq_str name);

#endif
