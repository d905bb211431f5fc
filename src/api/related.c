/* Related passages: what a passage and its section are about, the passages likely to be about the
 * same, each judged by reading it and its section, the best of them loaded and marked. */
#include <math.h>
#include <stdlib.h>

#include "api/index.h"
#include "api/mark.h"
#include "api/surroundings.h"
#include "engine/likely.h"
#include "link/related.h"
#include "store/passages.h"
#include "store/sql.h"

enum {
    CANDIDATES = 200, /* passages that are read */
    MOST_WHY = 8,
};

/* A score below this tells nothing. */
static const double least_score = 0.07;

/* The public struct first, then what owns its memory. */
struct owned {
    struct nq_results results;
    struct nq_arena *arena;
};

struct run {
    struct nq_index *index;
    const struct nq_related_params *params;
    struct nq_profile asked, other;
    struct nq_extent extent;
    int32_t day;
    struct nq_pattern pattern;
    struct nq_best likely;
    struct nq_error *err;
};

/* ---- rarity
 * ------------------------------------------------------------------------------------ */

/* A title is as rare as the rarest of its words. */
static void set_title_rarity(struct nq_profile *p, struct nq_feature *title)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->features[i].kind != NQ_SHARED_DOCUMENT && p->features[i].rarity > title->rarity &&
            nq_str_find(title->text, p->features[i].text, 0) != SIZE_MAX)
            title->rarity = p->features[i].rarity;
}

/* Makes the pattern of the features that are words; `units` tells which of them each is. */
static bool build_pattern(struct run *r, int32_t *units)
{
    struct nq_folded folded = {0};
    struct nq_atoms atoms = {0};
    struct nq_pattern *p = &r->pattern;
    bool ok = true;
    for (size_t i = 0; i < r->asked.n && ok; i++) {
        const struct nq_feature *f = &r->asked.features[i];
        size_t before = p->words.n;
        units[i] = -1;
        if (f->kind == NQ_SHARED_DOCUMENT)
            continue;
        ok = nq_fold_text(f->text, &folded) && nq_atoms_build(&folded, &atoms) &&
             nq_pattern_add(p, &p->words, &atoms, 0, atoms.n, false);
        if (ok && p->words.n > before)
            units[i] = (int32_t)before;
    }
    nq_folded_finish(&folded);
    nq_atoms_finish(&atoms);
    return ok;
}

static enum nq_status find_likely(struct run *r)
{
    const struct nq_related_params *params = r->params;
    struct nq_filter filter = {.from = params->bounded ? params->from : NQ_NO_DAY,
                               .to = params->bounded ? params->to : NQ_NO_DAY,
                               .kinds = params->kinds ? params->kinds : NQ_KIND_ALL};
    int32_t *units = calloc(r->asked.n + 1, sizeof *units);
    if (!units || !build_pattern(r, units)) {
        free(units);
        return nq_fail_nomem(r->err);
    }
    enum nq_status status =
        nq_engine_likely(r->index->engine, &r->pattern, &filter, r->extent.report,
                         r->extent.report_last, &r->likely, r->err);
    for (size_t i = 0; i < r->asked.n && status == NQ_OK; i++)
        if (units[i] >= 0)
            r->asked.features[i].rarity = r->pattern.words.items[units[i]].idf;
    for (size_t i = 0; i < r->asked.n && status == NQ_OK; i++)
        if (r->asked.features[i].kind == NQ_SHARED_DOCUMENT)
            set_title_rarity(&r->asked, &r->asked.features[i]);
    free(units);
    return status;
}

/* ---- judging
 * ----------------------------------------------------------------------------------- */

/* What belongs to one matter mostly stands near in time, so that of two passages that share as much
 * the nearer comes first; what is far away loses little. */
static double nearness(int32_t a, int32_t b)
{
    const double least = 0.8, days = 30;
    if (a == NQ_NO_DAY || b == NQ_NO_DAY)
        return least;
    return least + (1 - least) * exp(-fabs((double)a - b) / days);
}

/* Gives each likely passage its score; of several of one section the first, the likeliest, stands
 * for all.  What falls out has score 0. */
static enum nq_status judge(struct run *r)
{
    struct nq_map sections = {0};
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < r->likely.n && status == NQ_OK; i++) {
        struct nq_match *match = &r->likely.items[i];
        struct nq_extent extent;
        bool found = false, alone = false;
        match->score = 0;
        status = nq_store_extent(r->index->db, match->passage, &extent, &found, r->err);
        if (status == NQ_OK)
            status = nq_passage_is_reference(r->index, match->passage, &alone, r->err);
        if (status != NQ_OK || !found)
            continue;
        int64_t unit = alone ? match->passage : extent.section;
        struct nq_map_entry *entry =
            nq_map_put(&sections, (struct nq_str){(const char *)&unit, sizeof unit});
        if (!entry)
            status = nq_fail_nomem(r->err);
        if (!entry || entry->mark)
            continue;
        entry->mark = 1;
        nq_profile_clear(&r->other);
        status = nq_surroundings_read(r->index, &r->other, match->passage, &extent, r->err);
        match->score = nq_related_score(&r->asked, &r->other) * nearness(r->day, match->day);
    }
    nq_map_finish(&sections);
    nq_match_sort(r->likely.items, r->likely.n, NQ_SORT_RELEVANCE);
    while (r->likely.n > 0 && r->likely.items[r->likely.n - 1].score < least_score)
        r->likely.n--;
    return status;
}

/* ---- hits
 * -------------------------------------------------------------------------------------- */

/* Marks what is shared as a search for just that would. */
static bool mark(struct run *r, struct nq_arena *arena, struct nq_hit *hit)
{
    struct nq_buf query = {0};
    for (size_t i = 0; i < hit->n_why; i++)
        nq_mark_add_term(&query, hit->why[i].text, hit->why[i].kind == NQ_SHARED_DOCUMENT);
    hit->tier = NQ_TIER_EXACT; /* nothing but whole terms */
    bool ok = !query.failed && nq_mark_terms(r->index, arena, nq_buf_str(&query), hit);
    hit->tier = NQ_TIER_WORDS;
    nq_buf_finish(&query);
    return ok;
}

static bool explain(struct run *r, struct nq_arena *arena, struct nq_hit *hit)
{
    const struct nq_feature *why[MOST_WHY];
    size_t n = nq_related_why(&r->asked, &r->other, MOST_WHY, why);
    struct nq_shared *shared = nq_arena_array(arena, n + 1, sizeof *shared);
    if (!shared)
        return false;
    for (size_t i = 0; i < n; i++)
        shared[i] = (struct nq_shared){why[i]->kind, nq_arena_str(arena, why[i]->text)};
    hit->why = shared;
    hit->n_why = n;
    return !nq_arena_failed(arena);
}

static enum nq_status load_hit(struct run *r, struct nq_arena *arena, const struct nq_match *match,
                               struct nq_hit *hit)
{
    struct nq_extent extent;
    bool found;
    hit->passage = match->passage;
    hit->score = match->score;
    hit->tier = NQ_TIER_WORDS;
    enum nq_status status = nq_store_load_hit(r->index->db, arena, hit, r->err);
    if (status == NQ_OK)
        status = nq_store_extent(r->index->db, match->passage, &extent, &found, r->err);
    nq_profile_clear(&r->other);
    if (status == NQ_OK)
        status = nq_surroundings_read(r->index, &r->other, match->passage, &extent, r->err);
    if (status != NQ_OK)
        return status;
    hit->day = match->day;
    hit->event_day = hit->event_day_end = NQ_NO_DAY;
    return explain(r, arena, hit) && mark(r, arena, hit) ? NQ_OK : nq_fail_nomem(r->err);
}

/* Reads what was asked about, and finds what is related to it. */
static enum nq_status find(struct run *r, struct nq_arena *arena)
{
    const struct nq_related_params *params = r->params;
    struct nq_attribute own = {0};
    bool found;
    enum nq_status status = nq_engine_refresh(r->index->engine, r->err);
    if (status == NQ_OK)
        status = nq_store_extent(r->index->db, params->passage, &r->extent, &found, r->err);
    if (status != NQ_OK)
        return status;
    if (!found)
        return nq_fail(r->err, NQ_ERR_USAGE, _("the index has no passage %lld"),
                       (long long)params->passage);
    status = nq_attributes_get(&r->index->engine->attributes, r->index->db, params->passage, &own,
                               r->err);
    r->day = own.day;
    if (status == NQ_OK)
        status = nq_surroundings_read(r->index, &r->asked, params->passage, &r->extent, r->err);
    if (status == NQ_OK && !nq_pattern_init(&r->pattern, arena))
        status = nq_fail_nomem(r->err);
    if (status == NQ_OK)
        status = find_likely(r);
    return status == NQ_OK ? judge(r) : status;
}

static enum nq_status answer(struct run *r, struct owned *o)
{
    const struct nq_related_params *params = r->params;
    struct nq_results *results = &o->results;
    enum nq_status status = find(r, o->arena);
    if (status != NQ_OK)
        return status;
    results->related_to = params->passage;
    nq_match_sort(r->likely.items, r->likely.n, params->sort);
    size_t first = params->offset < r->likely.n ? params->offset : r->likely.n;
    size_t n = r->likely.n - first < params->limit ? r->likely.n - first : params->limit;
    results->total = r->likely.n;
    results->total_is_exact = true;
    if (!(results->hits = nq_arena_array(o->arena, n + 1, sizeof *results->hits)))
        return nq_fail_nomem(r->err);
    for (; results->n_hits < n && status == NQ_OK; results->n_hits++)
        status = load_hit(r, o->arena, &r->likely.items[first + results->n_hits],
                          &results->hits[results->n_hits]);
    return status;
}

enum nq_status nq_related(struct nq_index *index, const struct nq_related_params *params,
                          struct nq_results **out, struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    struct run r = {.index = index, .params = params, .err = err, .likely = {.k = CANDIDATES}};
    struct owned *o = calloc(1, sizeof *o);
    if (!o || !(o->arena = nq_arena_create())) {
        free(o);
        return nq_fail_nomem(err);
    }
    /* One snapshot for all that is read. */
    enum nq_status status = nq_index_begin_whole(index, err);
    if (status == NQ_OK) {
        status = answer(&r, o);
        nq_db_leave(index->db);
    }
    nq_profile_finish(&r.asked);
    nq_profile_finish(&r.other);
    nq_pattern_finish(&r.pattern);
    free(r.likely.items);
    if (status == NQ_OK)
        *out = &o->results;
    else
        nq_results_destroy(&o->results);
    return status;
}
