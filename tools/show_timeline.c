/* nqsearch --timeline: what happened in a matter, and is to happen. */
#include "show_timeline.h"

#include "caret.h"
#include "output/timeline.h"
#include "pager.h"

#include <time.h>

static bool print(FILE *out, const struct search_options *o, const struct nq_timeline *found,
                  double took_ms)
{
    enum { SECONDS_A_DAY = 86400 };
    struct nq_str query = o->params.query;
    int32_t today = (int32_t)(time(NULL) / SECONDS_A_DAY);
    if (o->ics)
        nq_print_timeline_ics(out, found, query, today);
    else if (o->json)
        return common_print_json(nq_timeline_json(found, query)) == EXIT_FOUND;
    else if (o->csv)
        nq_print_timeline_csv(out, found);
    else
        nq_print_timeline(out, found, query, took_ms, today, &o->style);
    return true;
}

int show_timeline(struct nq_index *index, const struct search_options *o)
{
    enum { EVENTS = 20 };
    const struct nq_search_params *p = &o->params;
    struct nq_timeline_params params = {.query = p->query,
                                        .bounded = p->bounded,
                                        .from = p->from,
                                        .to = p->to,
                                        .kinds = o->event_kinds,
                                        .passages = p->kinds,
                                        .limit = o->limited ? p->limit : EVENTS};
    struct nq_timeline *found;
    struct nq_error err = {0};
    double start = common_seconds();
    if (nq_timeline(index, &params, &found, &err) != NQ_OK)
        return caret_fail(p->query, &err);
    double took_ms = (common_seconds() - start) * 1e3;
    int status = found->total ? EXIT_FOUND : EXIT_NOTHING;
    FILE *out = pager_open(!o->no_pager && !o->json && !o->csv && !o->ics);
    bool ok = print(out, o, found, took_ms);
    if (!pager_close(out))
        ok = print(stdout, o, found, took_ms);
    nq_timeline_destroy(found);
    return common_finish(ok ? status : EXIT_FAILED);
}
