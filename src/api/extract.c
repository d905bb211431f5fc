/* The public extractor: dates and events of a text. */
#include <stdlib.h>

#include "base/error.h"
#include "time/events.h"

struct nq_extractor {
    struct nq_event_finder events;
};

enum nq_status nq_extractor_open(struct nq_extractor **out, struct nq_error *err)
{
    struct nq_extractor *e = calloc(1, sizeof *e);
    if (!e || !nq_event_finder_init(&e->events)) {
        free(e);
        return nq_fail_nomem(err);
    }
    *out = e;
    return NQ_OK;
}

void nq_extractor_close(struct nq_extractor *e)
{
    if (!e)
        return;
    nq_event_finder_finish(&e->events);
    free(e);
}

enum nq_status nq_extract_dates(struct nq_extractor *e, struct nq_str text, int32_t reference,
                                const struct nq_date **out, size_t *n, struct nq_error *err)
{
    if (!nq_dates_find(&e->events.dates, text, reference))
        return nq_fail_nomem(err);
    *out = e->events.dates.dates;
    *n = e->events.dates.n;
    return NQ_OK;
}

enum nq_status nq_extract_events(struct nq_extractor *e, struct nq_str text, int32_t reference,
                                 unsigned flags, const struct nq_event **out, size_t *n,
                                 struct nq_error *err)
{
    if (!nq_events_find(&e->events, text, reference, flags))
        return nq_fail_nomem(err);
    *out = e->events.events;
    *n = e->events.n;
    return NQ_OK;
}
