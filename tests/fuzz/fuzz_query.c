/* The query parser: any bytes give a query or an error within the text. */
#include "query/parse.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nq_arena *arena = nq_arena_create();
    struct nq_query *query = NULL;
    struct nq_error err = {0};
    struct nq_str text = {(const char *)data, size};
    enum nq_status status = nq_query_parse(arena, text, &query, &err);
    if (status != NQ_OK && (err.column < 0 || (size_t)err.column > size))
        abort();
    for (size_t c = 0; status == NQ_OK && c < query->n_clauses; c++)
        if (query->clauses[c].n_terms == 0 || query->clauses[c].terms[0].text.len == 0)
            abort();
    nq_arena_destroy(arena);
    return 0;
}
