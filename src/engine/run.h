/* One search on its way: what its steps share. */
#ifndef NQ_ENGINE_RUN_H
#define NQ_ENGINE_RUN_H

#include "engine/accumulate.h"
#include "engine/best.h"
#include "engine/exact.h"

struct nq_run {
    struct nq_engine *engine;
    const struct nq_search *search;
    struct nq_found *found;
    struct nq_error *err;
    enum nq_status status;
    struct nq_best best;
    double norm[256]; /* what a length code does to BM25 */
    double average_length;
    bool by_source;
    bool *sources; /* that source: asks for */
    bool *events;  /* passages that tell an event of the days that event: asks for; NULL: all do */
    size_t n_events;
    struct nq_exact exact;
    struct nq_scores typed; /* 1 for what matches as typed, where the query is to be widened */
    bool widening;          /* what is being found matches by other names */
    /* The row that postings are being gathered for. */
    int64_t row;
    double row_score;
    struct nq_attribute attribute; /* asked for last */
    int32_t last_day;
    size_t last_month;
};

/* ---- filters and counts */

/* The attribute of passage `id`, until the next is asked for; NULL with r->status set. */
const struct nq_attribute *nq_run_attribute(struct nq_run *r, int64_t id);

/* Whether the query's filters let it through. */
bool nq_run_passes(const struct nq_run *r, int64_t id, const struct nq_attribute *a);

/* Whether what is quoted with punctuation stands in a passage that the index found by its parts. */
bool nq_run_holds(struct nq_run *r, int64_t id, unsigned kind);

/* Counts a passage for the totals and facets, so many times: it may stand for others. */
void nq_run_count(struct nq_run *r, const struct nq_attribute *a, uint32_t times);

/* Takes in passage `id` with its score of the first step. */
void nq_run_take(struct nq_run *r, int64_t id, double score, enum nq_tier tier);

/* The sources that every source: clause asks for: those whose names hold the text. */
enum nq_status nq_run_load_sources(struct nq_run *r);

/* The passages with an event of the days that the query asks for. */
enum nq_status nq_run_load_events(struct nq_run *r);

/* Gives 1 to the passages that match an expression. */
void nq_run_mark(struct nq_run *r, struct nq_str match, struct nq_scores *marks);

/* Takes in how a walk ended; an error that its callback met comes first. */
void nq_run_walked(struct nq_run *r, enum nq_status status);

/* ---- ranking */

/* Fills in the pattern's idf. */
enum nq_status nq_run_load_idf(struct nq_run *r);

/* Ranks the best of r->best anew, reading at most `most` of them. */
enum nq_status nq_run_rerank(struct nq_run *r, size_t most, bool partial);

/* Moves r->best behind what was found. */
enum nq_status nq_run_append(struct nq_run *r);

/* ---- partial matches */

/* Whether they are to follow. */
bool nq_run_wants_partial(const struct nq_run *r);

/* Finds, ranks and appends them. */
enum nq_status nq_run_find_partial(struct nq_run *r);

#endif
