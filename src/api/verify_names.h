/* Checking the names for suggestions (verify_names.c). */
#ifndef NQ_API_VERIFY_NAMES_H
#define NQ_API_VERIFY_NAMES_H

#include "api/index.h"

struct nq_name_defects {
    uint64_t damaged; /* rows that cannot be read */
    uint64_t missing; /* documents and headlines that no row has */
    uint64_t unknown; /* headlines of rows that nothing has */
};

/* Counts the defects of the names, where they are of the index as it is; those of an earlier
 * generation are renewed by the next run. */
enum nq_status nq_verify_names(struct nq_index *index, struct nq_name_defects *out,
                               struct nq_error *err);

#endif
