/* example INDEX QUERY: the whole of libnqsearch in one page; prints date and snippet of the best
 * passages. */
#include <nqsearch.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    struct nq_index *index = NULL;
    struct nq_results *results = NULL;
    struct nq_error err = {0};
    if (argc != 3)
        return 2;
    struct nq_search_params params = {.query = {argv[2], strlen(argv[2])}, .limit = 5};
    if (nq_index_open(argv[1], NQ_OPEN_READ, NULL, &index, &err) != NQ_OK ||
        nq_search(index, &params, &results, &err) != NQ_OK)
        fprintf(stderr, "example: %s\n", err.message);
    for (size_t i = 0; results && i < results->n_hits; i++) {
        const struct nq_hit *hit = &results->hits[i];
        char date[11];
        printf("%s ", nq_day_format(hit->day, date));
        for (size_t k = 0; k < hit->n_snippet; k++)
            printf(hit->snippet[k].match ? "[%.*s]" : "%.*s", (int)hit->snippet[k].text.len,
                   hit->snippet[k].text.ptr);
        putchar('\n');
    }
    nq_results_destroy(results);
    nq_index_close(index);
    return err.status == NQ_OK ? 0 : 2;
}
