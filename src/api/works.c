/* Cited works whose full text is in the archive, and who cites a report.
 *
 * Neither is stored: a title is a phrase of the text index, and what holds it is compared by the
 * title's key. */
#include "api/works.h"
#include "store/passages.h"

#include <string.h>

#include "text/title.h"

enum {
    MOST_LOOKED_AT = 200, /* passages that hold a title: 通知 is in many */
    LEAST_KEY = 12,       /* bytes: shorter titles (前言) are those of many works */
};

/* Memory to compare titles in. */
struct keys {
    struct nq_folded folded;
    struct nq_buf wanted, other;
};

static void finish(struct keys *k)
{
    nq_folded_finish(&k->folded);
    nq_buf_finish(&k->wanted);
    nq_buf_finish(&k->other);
}

/* Whether `title` is the one wanted; false also without memory, then k->other.failed. */
static bool is_wanted(struct keys *k, struct nq_str title)
{
    enum nq_title_stage stage;
    if (!nq_title_key(title, &k->folded, &k->other, &stage)) {
        k->other.failed = true;
        return false;
    }
    return nq_str_eq(nq_buf_str(&k->other), nq_buf_str(&k->wanted));
}

/* What is certain to stand in any printing: of 关于印发〈办法〉的通知 the title within. */
static struct nq_str core_of(struct nq_str title)
{
    static const char *const marks[][2] = {{"〈", "〉"}, {"《", "》"}};
    for (size_t i = 0; i < NQ_COUNT(marks); i++) {
        size_t open = nq_str_find(title, nq_str_from(marks[i][0]), 0);
        size_t close = open == SIZE_MAX ? open : nq_str_find(title, nq_str_from(marks[i][1]), open);
        if (close != SIZE_MAX)
            return nq_str_sub(title, open + strlen(marks[i][0]), close);
    }
    return title;
}

/* The passages of a kind that hold `title`, in headings or anywhere, the latest first. */
static enum nq_status search(struct nq_index *index, struct nq_arena *arena, struct nq_str title,
                             enum nq_kind kind, struct nq_found *found, struct nq_error *err)
{
    struct nq_term term = {.text = title,
                           .field = kind == NQ_KIND_REPORT ? NQ_FIELD_TITLE : NQ_FIELD_ANY};
    struct nq_clause clause = {&term, 1, false};
    struct nq_query query = {.clauses = &clause,
                             .n_clauses = 1,
                             .filter = {.from = NQ_NO_DAY,
                                        .to = NQ_NO_DAY,
                                        .kinds = kind,
                                        .event_from = NQ_NO_DAY,
                                        .event_to = NQ_NO_DAY}};
    struct nq_pattern pattern;
    struct nq_search search = {
        .query = &query, .pattern = &pattern, .sort = NQ_SORT_DATE, .wanted = MOST_LOOKED_AT};
    enum nq_status status = nq_pattern_init(&pattern, arena) ? NQ_OK : nq_fail_nomem(err);
    if (status == NQ_OK)
        status = nq_engine_search(index->engine, &search, found, err);
    nq_pattern_finish(&pattern);
    return status;
}

/* Takes in report `other` for the work of `hit`.  Several reports of one title, issues of a series,
 * are told by the day that the reference says; *several is set where they cannot be. */
static bool take(struct nq_arena *arena, struct nq_hit *hit, const struct nq_report_ref *other,
                 bool *several)
{
    int32_t day = hit->reference->day;
    bool exact = day != NQ_NO_DAY && other->day == day;
    if (hit->work && (hit->work->id == other->id || hit->work->day == day))
        return true;
    *several = hit->work && !exact;
    struct nq_report_ref *work = nq_arena_alloc(arena, sizeof *work);
    if (work)
        *work = *other;
    hit->work = work;
    return work != NULL;
}

enum nq_status nq_works_find(struct nq_index *index, struct nq_arena *arena, struct nq_hit *hit,
                             struct nq_error *err)
{
    struct nq_found found = {0};
    struct keys k = {0};
    enum nq_title_stage stage;
    enum nq_status status = NQ_OK;
    bool several = false;
    if (!hit->reference || hit->reference->title.len == 0)
        return NQ_OK;
    if (!nq_title_key(hit->reference->title, &k.folded, &k.wanted, &stage))
        status = nq_fail_nomem(err);
    if (status == NQ_OK && k.wanted.len >= LEAST_KEY)
        status = search(index, arena, core_of(hit->reference->title), NQ_KIND_REPORT, &found, err);
    for (size_t i = 0; i < found.n && i < MOST_LOOKED_AT && status == NQ_OK; i++) {
        struct nq_hit other = {.passage = found.matches[i].passage};
        status = nq_store_load_hit(index->db, arena, &other, err);
        if (status == NQ_OK && other.report.id != hit->report.id &&
            is_wanted(&k, other.report.title) && !take(arena, hit, &other.report, &several))
            status = nq_fail_nomem(err);
    }
    if (status == NQ_OK && k.other.failed)
        status = nq_fail_nomem(err);
    if (several || status != NQ_OK)
        hit->work = NULL;
    nq_found_finish(&found);
    finish(&k);
    return status;
}

enum nq_status nq_works_citations(struct nq_index *index, struct nq_arena *arena, int64_t id,
                                  struct nq_str title, const struct nq_citation **out, size_t *n,
                                  struct nq_error *err)
{
    struct nq_found found = {0};
    struct nq_citation *citations = NULL;
    enum nq_status status = NQ_OK;
    *n = 0;
    if (title.len >= LEAST_KEY)
        status = search(index, arena, core_of(title), NQ_KIND_REFERENCE, &found, err);
    for (size_t i = 0; i < found.n && i < MOST_LOOKED_AT && status == NQ_OK; i++) {
        struct nq_hit hit = {.passage = found.matches[i].passage};
        if (found.matches[i].tier == NQ_TIER_PARTIAL)
            continue;
        status = nq_store_load_hit(index->db, arena, &hit, err);
        if (status == NQ_OK)
            status = nq_works_find(index, arena, &hit, err);
        if (status != NQ_OK || !hit.work || hit.work->id != id)
            continue;
        struct nq_citation *grown = nq_arena_grow(arena, citations, *n, sizeof *grown);
        if (!grown)
            status = nq_fail_nomem(err);
        else
            grown[(*n)++] = (struct nq_citation){.report = hit.report, .raw = hit.reference->raw};
        citations = grown;
    }
    *out = citations;
    nq_found_finish(&found);
    return status;
}
