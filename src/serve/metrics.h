/* What the server counts, as Prometheus reads it. */
#ifndef NQ_SERVE_METRICS_H
#define NQ_SERVE_METRICS_H

#include <stddef.h>

struct nq_metrics;

/* NULL without memory. */
struct nq_metrics *nq_metrics_create(void);
void nq_metrics_destroy(struct nq_metrics *metrics);

/* Counts an answer; `route` is a string that lives as long as the program, NULL where there is no
 * such address. */
void nq_metrics_add(struct nq_metrics *metrics, const char *route, unsigned status, size_t bytes,
                    double seconds);

/* What else is counted. */
enum nq_count {
    NQ_COUNT_OPEN,      /* connections */
    NQ_COUNT_AT_HAND,   /* requests begun and not ended */
    NQ_COUNT_CUT_OFF,   /* connections that were too slow */
    NQ_COUNT_REPEATED,  /* answers from the cache */
    NQ_COUNT_UNCHANGED, /* 304 */
    NQ_COUNT_STOPPED,   /* answers that took too long */
    NQ_COUNT_BODIES,    /* bytes set aside for bodies that come in or are being answered */
    NQ_N_COUNTS
};

/* Returns what it is then. */
long nq_metrics_change(struct nq_metrics *metrics, enum nq_count count, long by);
long nq_metrics_get(const struct nq_metrics *metrics, enum nq_count count);

#endif
