/* Counting answers. */
#include "serve/metrics.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "serve/route.h"

enum { MOST_KINDS = 400, BUCKETS = 13 };

/* Seconds. */
static const double limits[BUCKETS] = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                       0.1,    0.25,  0.5,    1,     2.5,  10};

struct nq_metrics {
    pthread_mutex_t lock;
    struct {
        const char *route;
        unsigned status;
        unsigned long long n;
    } kinds[MOST_KINDS];
    size_t n_kinds;
    unsigned long long buckets[BUCKETS], total, bytes;
    double seconds;
    atomic_long counts[NQ_N_COUNTS];
};

struct nq_metrics *nq_metrics_create(void)
{
    struct nq_metrics *m = calloc(1, sizeof *m);
    if (m)
        pthread_mutex_init(&m->lock, NULL);
    return m;
}

void nq_metrics_destroy(struct nq_metrics *m)
{
    if (!m)
        return;
    pthread_mutex_destroy(&m->lock);
    free(m);
}

void nq_metrics_add(struct nq_metrics *m, const char *route, unsigned status, size_t bytes,
                    double seconds)
{
    size_t i = 0;
    route = route ? route : "";
    pthread_mutex_lock(&m->lock);
    while (i < m->n_kinds &&
           (m->kinds[i].status != status || strcmp(m->kinds[i].route, route) != 0))
        i++;
    if (i == m->n_kinds && i < MOST_KINDS) {
        m->kinds[i].route = route;
        m->kinds[i].status = status;
        m->n_kinds++;
    }
    if (i < m->n_kinds)
        m->kinds[i].n++;
    for (size_t b = 0; b < BUCKETS; b++)
        m->buckets[b] += seconds <= limits[b];
    m->total++;
    m->bytes += bytes;
    m->seconds += seconds;
    pthread_mutex_unlock(&m->lock);
}

long nq_metrics_change(struct nq_metrics *m, enum nq_count count, long by)
{
    return atomic_fetch_add(&m->counts[count], by) + by;
}

long nq_metrics_get(const struct nq_metrics *m, enum nq_count count)
{
    return atomic_load(&m->counts[count]);
}

static void head(FILE *out, const char *name, const char *type, const char *help)
{
    fprintf(out, "# HELP nqserve_%s %s\n# TYPE nqserve_%s %s\n", name, help, name, type);
}

static void print_counts(FILE *out, const struct nq_metrics *m)
{
    static const struct {
        const char *name, *type, *help;
    } counts[NQ_N_COUNTS] = {
        [NQ_COUNT_OPEN] = {"connections", "gauge", "Open connections."},
        [NQ_COUNT_AT_HAND] = {"requests_in_flight", "gauge", "Requests being answered."},
        [NQ_COUNT_CUT_OFF] = {"cut_off_total", "counter", "Connections closed for being slow."},
        [NQ_COUNT_REPEATED] = {"cached_total", "counter", "Answers from the cache."},
        [NQ_COUNT_UNCHANGED] = {"not_modified_total", "counter", "Answers that were known."},
        [NQ_COUNT_STOPPED] = {"stopped_total", "counter", "Answers that took too long."},
        [NQ_COUNT_BODIES] = {"body_bytes", "gauge", "Bytes set aside for bodies of requests."},
    };
    for (int i = 0; i < NQ_N_COUNTS; i++) {
        head(out, counts[i].name, counts[i].type, counts[i].help);
        fprintf(out, "nqserve_%s %ld\n", counts[i].name, nq_metrics_get(m, (enum nq_count)i));
    }
}

/* Prometheus' text format, version 0.0.4. */
static void print(FILE *out, struct nq_metrics *m)
{
    static const char histogram[] = "request_duration_seconds";
    pthread_mutex_lock(&m->lock);
    head(out, "requests_total", "counter", "Requests by address and status.");
    for (size_t i = 0; i < m->n_kinds; i++)
        fprintf(out, "nqserve_requests_total{route=\"%s\",code=\"%u\"} %llu\n", m->kinds[i].route,
                m->kinds[i].status, m->kinds[i].n);
    head(out, histogram, "histogram", "Time from a request's first line to its answer.");
    for (size_t b = 0; b < BUCKETS; b++)
        fprintf(out, "nqserve_%s_bucket{le=\"%g\"} %llu\n", histogram, limits[b], m->buckets[b]);
    fprintf(out, "nqserve_%s_bucket{le=\"+Inf\"} %llu\n", histogram, m->total);
    fprintf(out, "nqserve_%s_sum %.6f\nnqserve_%s_count %llu\n", histogram, m->seconds, histogram,
            m->total);
    head(out, "response_bytes_total", "counter", "Bytes of bodies.");
    fprintf(out, "nqserve_response_bytes_total %llu\n", m->bytes);
    pthread_mutex_unlock(&m->lock);
    print_counts(out, m);
}

void nq_route_metrics(struct nq_visit *v)
{
    FILE *out = open_memstream(&v->answer->body, &v->answer->len);
    if (out)
        print(out, v->site->metrics);
    v->answer->status = 200;
    v->answer->type = "text/plain; version=0.0.4; charset=utf-8";
    if (!out || fclose(out) != 0)
        nq_answer_problem(v->answer, NQ_PROBLEM_INTERNAL, NULL, -1);
}
