/* Passages that are likely to be about what a pattern's words say, for others to judge. */
#ifndef NQ_ENGINE_LIKELY_H
#define NQ_ENGINE_LIKELY_H

#include "engine/best.h"

/* Puts into `best` (whose `k` is set; the caller frees its items) the passages with the highest
 * BM25 over all words and bigrams of `pattern`, best first, that pass `filter` and are none of
 * [skip_first, skip_last].  The units' idf is filled in. */
enum nq_status nq_engine_likely(struct nq_engine *engine, struct nq_pattern *pattern,
                                const struct nq_filter *filter, int64_t skip_first,
                                int64_t skip_last, struct nq_best *best, struct nq_error *err);

#endif
