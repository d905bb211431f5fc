/* The first step of search, without a query behind it. */
#include "engine/likely.h"

#include "engine/accumulate.h"
#include "engine/backend.h"

static enum nq_status take_page(struct nq_engine *engine, const float *scores, int64_t first,
                                const struct nq_filter *filter, int64_t skip_first,
                                int64_t skip_last, struct nq_best *best, struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    for (int64_t i = 0; i < NQ_ATTRIBUTE_CHUNK && status == NQ_OK; i++) {
        struct nq_attribute a;
        int64_t id = first + i;
        if (scores[i] <= 0 || (id >= skip_first && id <= skip_last))
            continue;
        status = nq_attributes_get(&engine->attributes, engine->db, id, &a, err);
        if (status == NQ_OK && a.kind && nq_filter_passes(filter, a.kind, a.day))
            nq_best_add(best, (struct nq_match){id, scores[i], a.day, NQ_TIER_PARTIAL});
    }
    return status == NQ_OK && best->failed ? nq_fail_nomem(err) : status;
}

enum nq_status nq_engine_likely(struct nq_engine *engine, struct nq_pattern *pattern,
                                const struct nq_filter *filter, int64_t skip_first,
                                int64_t skip_last, struct nq_best *best, struct nq_error *err)
{
    enum nq_status status = nq_engine_refresh(engine, err);
    if (status == NQ_OK)
        status = engine->backend->likely(engine, pattern, filter, skip_first, skip_last, best, err);
    nq_match_sort(best->items, best->n, NQ_SORT_RELEVANCE);
    return status;
}

enum nq_status nq_fts5_likely(struct nq_engine *engine, struct nq_pattern *pattern,
                              const struct nq_filter *filter, int64_t skip_first, int64_t skip_last,
                              struct nq_best *best, struct nq_error *err)
{
    struct nq_scores scores = {0};
    double norms[256];
    double passages = engine->n_passages > 0 ? (double)engine->n_passages : 1;
    double average = (double)engine->n_atoms / passages + 1;
    for (size_t i = 0; i < NQ_COUNT(norms); i++)
        norms[i] = 1 / nq_saturate(1, engine->lengths[i], average) - 1;
    enum nq_status status = nq_accumulate(engine, pattern, norms, SIZE_MAX, &scores, err);
    for (size_t p = 0; p < scores.n_pages && status == NQ_OK; p++)
        if (scores.pages[p])
            status = take_page(engine, scores.pages[p], (int64_t)(p * NQ_ATTRIBUTE_CHUNK), filter,
                               skip_first, skip_last, best, err);
    nq_scores_finish(&scores);
    return status;
}
