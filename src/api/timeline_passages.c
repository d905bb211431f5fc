/* Which passages a timeline is made from.
 *
 * A query for a timeline names a matter by several of its names, seldom all in one passage; so the
 * passages of any rare term count, more the more terms they hold, and common words (政策, 发展)
 * only tell good passages from better ones. */
#include "api/timeline.h"

#include <math.h>
#include <stdlib.h>

#include "query/expand.h"
#include "text/synonyms.h"

/* A term that more passages hold than this share is common. */
static const double common_share = 0.025;

/* A part of a term may be in so many passages, and weighs so much of what the term would. */
static const double part_share = 0.02, part_weight = 0.7;

static int by_passage(const void *a, const void *b)
{
    const struct nq_timeline_candidate *x = a, *y = b;
    return x->passage < y->passage ? -1 : x->passage > y->passage;
}

static bool add_candidate(struct nq_timeline_job *j, const struct nq_match *match, size_t term)
{
    if (j->n_candidates == j->cap) {
        size_t cap = j->cap ? j->cap * 2 : 1024;
        struct nq_timeline_candidate *grown = realloc(j->candidates, cap * sizeof *grown);
        if (!grown)
            return false;
        j->candidates = grown;
        j->cap = cap;
    }
    j->candidates[j->n_candidates++] =
        (struct nq_timeline_candidate){match->passage, 1u << term, match->day, 0};
    return true;
}

static double share_of(const struct nq_timeline_job *j, double n)
{
    return n / fmax(1, (double)j->index->engine->n_passages);
}

/* Adds the passages of `query`, which has one clause, as those of a term of the weight `factor`.  A
 * part of a term (`part`) that is common says nothing and is left out. */
static enum nq_status search_term(struct nq_timeline_job *j, const struct nq_query *query,
                                  double factor, bool part, bool alone)
{
    struct nq_pattern pattern = {0};
    struct nq_found found = {0};
    struct nq_search search = {.query = query,
                               .pattern = &pattern,
                               .sort = NQ_SORT_DATE,
                               .wanted = (size_t)j->index->engine->n_passages};
    if (j->n_terms == NQ_TIMELINE_TERMS)
        return NQ_OK;
    if (!nq_pattern_init(&pattern, j->arena) || !nq_expand(query, j->index->segmenter, &pattern)) {
        nq_pattern_finish(&pattern);
        return nq_fail_nomem(j->err);
    }
    enum nq_status status = nq_engine_search(j->index->engine, &search, &found, j->err);
    double n = 0;
    for (size_t i = 0; i < found.n; i++)
        n += found.matches[i].tier != NQ_TIER_PARTIAL;
    bool partial = n == 0 && alone;
    bool take = (n > 0 || partial) && !(part && share_of(j, n) > part_share);
    if (take)
        j->terms[j->n_terms] = (struct nq_timeline_term){
            .text = query->clauses[0].terms[0].text,
            .weight = factor * nq_idf(n, (double)j->index->engine->n_passages),
            .common = share_of(j, n) > common_share};
    for (size_t i = 0; i < found.n && take && status == NQ_OK; i++)
        if ((partial || found.matches[i].tier != NQ_TIER_PARTIAL) &&
            !add_candidate(j, &found.matches[i], j->n_terms))
            status = nq_fail_nomem(j->err);
    j->n_terms += status == NQ_OK && take;
    nq_found_finish(&found);
    nq_pattern_finish(&pattern);
    return status;
}

static bool known_term(const struct nq_timeline_job *j, struct nq_str text)
{
    for (size_t t = 0; t < j->n_terms; t++)
        if (nq_str_eq(j->terms[t].text, text))
            return true;
    return false;
}

/* The words that a term is made of (低空 of 低空经济, 以旧换新 of 消费品以旧换新), where they are
 * rare themselves. */
static enum nq_status search_parts(struct nq_timeline_job *j, const struct nq_query *query,
                                   const struct nq_term *term)
{
    struct nq_folded folded = {0};
    struct nq_word_buf words = {0};
    enum nq_status status = NQ_OK;
    bool ok = nq_fold_text(term->text, &folded) &&
              nq_segment_folded(j->index->segmenter, &folded, &words);
    for (size_t w = 0, n = words.n; w < n && ok; w++)
        ok = nq_segment_subwords(j->index->segmenter, &folded, words.words[w], &words);
    for (size_t w = 0; w < words.n && ok && status == NQ_OK; w++) {
        struct nq_word word = words.words[w];
        struct nq_str text =
            nq_str_sub(term->text, folded.start[word.first], folded.end[word.last - 1]);
        struct nq_term part = {.text = text, .exact = true};
        struct nq_clause clause = {&part, 1, false};
        struct nq_query one = {.clauses = &clause, .n_clauses = 1, .filter = query->filter};
        if (word.last - word.first >= 2 && word.kind == NQ_WORD_HAN && text.len < term->text.len &&
            !known_term(j, text))
            status = search_term(j, &one, part_weight, true, false);
    }
    nq_folded_finish(&folded);
    nq_word_buf_finish(&words);
    return ok ? status : nq_fail_nomem(j->err);
}

/* Other forms of a term are as good as it: 国家发改委 for 国家发展和改革委员会. */
static enum nq_status search_synonyms(struct nq_timeline_job *j, const struct nq_query *query,
                                      const struct nq_term *term)
{
    struct nq_str forms[NQ_SYNONYMS_MAX];
    size_t n = term->exact ? 0 : nq_synonyms(term->text, forms);
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        struct nq_term form = {.text = forms[i], .exact = true};
        struct nq_clause clause = {&form, 1, false};
        struct nq_query one = {.clauses = &clause, .n_clauses = 1, .filter = query->filter};
        if (!known_term(j, form.text))
            status = search_term(j, &one, 1, false, false);
    }
    return status;
}

/* All passages that hold one clause of the query, in any of its forms, or a rare part of it. */
static enum nq_status search_clause(struct nq_timeline_job *j, const struct nq_query *query,
                                    size_t clause)
{
    struct nq_query one = {
        .clauses = &query->clauses[clause], .n_clauses = 1, .filter = query->filter};
    const struct nq_term *term = &one.clauses->terms[0];
    if (known_term(j, term->text))
        return NQ_OK;
    enum nq_status status = search_term(j, &one, 1, false, query->n_clauses == 1);
    return status == NQ_OK ? search_synonyms(j, query, term) : status;
}

/* Adds up what each passage holds, and leaves those that hold a rare term. */
static void merge_candidates(struct nq_timeline_job *j)
{
    double most = 1e-9;
    bool any_rare = false;
    size_t n = 0;
    uint32_t rare = 0;
    for (size_t t = 0; t < j->n_terms; t++) {
        most = fmax(most, j->terms[t].weight);
        any_rare |= !j->terms[t].common;
    }
    for (size_t t = 0; t < j->n_terms; t++) {
        if (!any_rare)
            j->terms[t].common = j->terms[t].weight < most;
        j->terms[t].weight /= most;
        rare |= j->terms[t].common ? 0 : 1u << t;
    }
    if (j->n_candidates > 0)
        qsort(j->candidates, j->n_candidates, sizeof *j->candidates, by_passage);
    for (size_t i = 0; i < j->n_candidates; i++) {
        if (n > 0 && j->candidates[n - 1].passage == j->candidates[i].passage)
            j->candidates[n - 1].terms |= j->candidates[i].terms;
        else
            j->candidates[n++] = j->candidates[i];
    }
    j->n_candidates = 0;
    for (size_t i = 0; i < n; i++) {
        struct nq_timeline_candidate c = j->candidates[i];
        for (size_t t = 0; t < j->n_terms; t++)
            c.score += c.terms >> t & 1 ? j->terms[t].weight : 0;
        if (c.terms & rare)
            j->candidates[j->n_candidates++] = c;
    }
}

enum nq_status nq_timeline_passages(struct nq_timeline_job *j, const struct nq_query *query)
{
    enum nq_status status = NQ_OK;
    for (size_t c = 0; c < query->n_clauses && status == NQ_OK; c++)
        if (!query->clauses[c].negated)
            status = search_clause(j, query, c);
    for (size_t c = 0; c < query->n_clauses && status == NQ_OK; c++) {
        const struct nq_clause *clause = &query->clauses[c];
        if (!clause->negated && clause->terms[0].field == NQ_FIELD_ANY && !clause->terms[0].exact)
            status = search_parts(j, query, &clause->terms[0]);
    }
    if (status == NQ_OK)
        merge_candidates(j);
    return status;
}
