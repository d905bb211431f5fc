/* The query parser: any bytes give a query or an error within the text.  What stands behind a NUL
 * is a text in which the query's terms are looked for: what is found lies within it. */
#include <libstemmer.h>
#include <stdlib.h>

#include "query/needle.h"
#include "query/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_found(void *user, const struct nq_needle *needle, size_t first, size_t last)
{
    const struct nq_reading *reading = user;
    if (first >= last || last > reading->atoms.n || last - first > needle->n)
        abort();
}

static void look_for(struct nq_arena *arena, const struct nq_query *query, struct nq_str text)
{
    struct sb_stemmer *stemmer = sb_stemmer_new("english", NULL);
    struct nq_needles needles = {0};
    struct nq_reading reading = {0};
    if (stemmer && nq_reading_build(&reading, text) &&
        nq_needles_init(&needles, arena, query, stemmer, false, 64)) {
        for (size_t i = 0; i < needles.n; i++)
            nq_needle_find(&needles, &needles.items[i], &reading, check_found, &reading);
        nq_needles_hold(&needles, &reading, &reading);
    }
    nq_needles_finish(&needles);
    nq_reading_finish(&reading);
    sb_stemmer_delete(stemmer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nq_arena *arena = nq_arena_create();
    struct nq_query *query = NULL;
    struct nq_error err = {0};
    const char *bytes = (const char *)data, *nul = size ? memchr(bytes, 0, size) : NULL;
    size_t len = nul ? (size_t)(nul - bytes) : size;
    enum nq_status status = nq_query_parse(arena, (struct nq_str){bytes, len}, &query, &err);
    if (status != NQ_OK && (err.column < 0 || (size_t)err.column > len))
        abort();
    for (size_t c = 0; status == NQ_OK && c < query->n_clauses; c++)
        if (query->clauses[c].n_terms == 0 || query->clauses[c].terms[0].text.len == 0)
            abort();
    if (status == NQ_OK && nul)
        look_for(arena, query, (struct nq_str){nul + 1, size - len - 1});
    nq_arena_destroy(arena);
    return 0;
}
