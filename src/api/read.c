/* nq_reports_read: all reports of one text. */
#include "base/arena.h"
#include "base/error.h"
#include "ingest/ingest.h"

#include <stdlib.h>

/* What the caller gets, and what it lives in. */
struct owned {
    struct nq_reports reports; /* first, so that its address is that of the whole */
    struct nq_arena *arena;
};

static enum nq_status read_all(struct nq_ingest *in, struct owned *owned, struct nq_error *err)
{
    for (;;) {
        struct nq_report report;
        bool more;
        enum nq_status status = nq_ingest_next(in, owned->arena, &report, &more, err);
        if (status != NQ_OK || !more)
            return status;
        struct nq_report *grown = nq_arena_grow(owned->arena, owned->reports.items,
                                                owned->reports.n_items, sizeof *grown);
        if (!grown)
            return nq_fail_nomem(err);
        owned->reports.items = grown;
        grown[owned->reports.n_items++] = report;
    }
}

enum nq_status nq_reports_read(const char *name, struct nq_str text,
                               void (*warning)(void *user, bool failed, const char *message),
                               void *user, struct nq_reports **out, struct nq_error *err)
{
    struct nq_ingest *in = NULL;
    struct owned *owned = calloc(1, sizeof *owned);
    if (!owned || !(owned->arena = nq_arena_create())) {
        free(owned);
        return nq_fail_nomem(err);
    }
    enum nq_status status = nq_ingest_open_text(name, text, warning, user, &in, err);
    if (status == NQ_OK)
        status = read_all(in, owned, err);
    nq_ingest_close(in);
    if (status == NQ_OK)
        *out = &owned->reports;
    else
        nq_reports_destroy(&owned->reports);
    return status;
}

void nq_reports_destroy(struct nq_reports *reports)
{
    struct owned *owned = (struct owned *)reports;
    if (!owned)
        return;
    nq_arena_destroy(owned->arena);
    free(owned);
}
