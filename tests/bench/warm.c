/* warm INDEX QUERIES: the CPU time of each query of a file (one a line) in a warm process: one
 * untimed and five timed passes, the median of each query, then percentiles over the queries.  Ten
 * hits with snippets, as nqsearch asks for them without facets; with facets besides where NQ_FACETS
 * is set.  NQ_EACH prints milliseconds and matches of each query. */
#define _GNU_SOURCE
#include <nqsearch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { PASSES = 5, LIMIT = 10 };

struct query {
    char *text;
    double seconds[PASSES];
    uint64_t total;
    size_t n_hits;
};

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void die(const char *what)
{
    fprintf(stderr, "warm: %s\n", what);
    exit(2);
}

static struct query *read_queries(const char *path, size_t *n)
{
    FILE *f = fopen(path, "r");
    struct query *queries = NULL;
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    if (!f)
        die(path);
    *n = 0;
    while ((len = getline(&line, &cap, f)) > 0) {
        line[strcspn(line, "\n")] = '\0';
        if (!*line)
            continue;
        queries = realloc(queries, (*n + 1) * sizeof *queries);
        if (!queries)
            die("out of memory");
        queries[(*n)++] = (struct query){.text = strdup(line)};
    }
    free(line);
    fclose(f);
    return queries;
}

/* Asks once and returns the CPU seconds that it took. */
static double ask(struct nq_index *index, struct query *q)
{
    struct nq_search_params params = {
        .query = {q->text, strlen(q->text)}, .limit = LIMIT, .facets = getenv("NQ_FACETS") != NULL};
    struct nq_results *results = NULL;
    struct nq_error err = {0};
    double start = cpu_seconds();
    if (nq_search(index, &params, &results, &err) != NQ_OK)
        die(err.message);
    q->total = results->total;
    q->n_hits = results->n_hits;
    nq_results_destroy(results);
    return cpu_seconds() - start;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_ms(const struct query *q)
{
    double sorted[PASSES];
    memcpy(sorted, q->seconds, sizeof sorted);
    qsort(sorted, PASSES, sizeof *sorted, by_value);
    return sorted[PASSES / 2] * 1e3;
}

static void print_percentiles(const char *label, struct query *queries, size_t n)
{
    double *median = malloc(n * sizeof *median), sum = 0;
    if (!median || n == 0)
        die("no queries");
    for (size_t i = 0; i < n; i++) {
        median[i] = median_ms(&queries[i]);
        sum += median[i];
    }
    qsort(median, n, sizeof *median, by_value);
    printf("%-8s n %3zu  p50 %.3f  p95 %.3f  p99 %.3f  max %.3f  mean %.3f ms\n", label, n,
           median[n / 2], median[n * 95 / 100], median[n * 99 / 100], median[n - 1],
           sum / (double)n);
    free(median);
}

int main(int argc, char **argv)
{
    struct nq_index *index;
    struct nq_error err = {0};
    size_t n, none = 0, rows = 0;
    if (argc != 3)
        die("usage: warm INDEX QUERIES");
    if (nq_index_open(argv[1], NQ_OPEN_READ, NULL, &index, &err) != NQ_OK)
        die(err.message);
    struct query *queries = read_queries(argv[2], &n);
    for (int pass = -1; pass < PASSES; pass++) {
        for (size_t i = 0; i < n; i++) {
            double seconds = ask(index, &queries[i]);
            if (pass >= 0)
                queries[i].seconds[pass] = seconds;
        }
    }
    for (size_t i = 0; i < n; i++) {
        none += queries[i].total == 0;
        rows += queries[i].n_hits;
        if (getenv("NQ_EACH"))
            printf("%.3f\t%llu\t%s\n", median_ms(&queries[i]), (unsigned long long)queries[i].total,
                   queries[i].text);
    }
    print_percentiles("all", queries, n);
    if (n == 300) { /* the three kinds of the shared list */
        print_percentiles("topical", queries, 100);
        print_percentiles("term", queries + 100, 100);
        print_percentiles("long", queries + 200, 100);
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%zu without a hit, %zu rows, peak memory %.1f MB\n", none, rows,
           (double)usage.ru_maxrss / 1024);
    for (size_t i = 0; i < n; i++)
        free(queries[i].text);
    free(queries);
    nq_index_close(index);
    return 0;
}
