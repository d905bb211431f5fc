/* Which passages a timeline is made from.
 *
 * A query for a timeline names a matter by several of its names, seldom all in one passage; so the
 * passages of any rare term count, more the more terms they hold, and common words (政策, 发展)
 * only tell good passages from better ones. */
#include "api/timeline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "query/expand.h"
#include "related.h"
#include "text/synonyms.h"

/* A term that more passages hold than this share is common, if they are not few; so many a part
 * of a name may stand in and still bring passages. */
static const double common_share = 0.025, part_share = 0.02;
enum { FEW = 20 };

int nq_timeline_by_passage(const void *a, const void *b)
{
    const struct nq_timeline_candidate *x = a, *y = b;
    return x->passage < y->passage ? -1 : x->passage > y->passage;
}

static bool add_candidate(struct nq_timeline_job *j, const struct nq_match *match, size_t term)
{
    struct nq_timeline_candidate *candidates =
        nq_grow(j->candidates, j->n_candidates, &j->cap, sizeof *candidates);
    if (!candidates)
        return false;
    j->candidates = candidates;
    j->candidates[j->n_candidates++] =
        (struct nq_timeline_candidate){match->passage, 1u << term, match->day, 0};
    return true;
}

/* What is searched for: one clause's form, or a part of it. */
struct wanted {
    const struct nq_query *query; /* of one clause */
    size_t clause;                /* of the whole query */
    bool part, related;
    size_t whole; /* of a part: the term that it is one of */
};

/* The characters of `whole` that `part` is. */
static uint64_t covers(const struct nq_timeline_term *whole, const struct nq_timeline_term *part)
{
    for (size_t i = 0; i + part->n <= whole->n && whole->n < 64; i++)
        if (memcmp(&whole->cp[i], part->cp, part->n * sizeof *part->cp) == 0)
            return ((1ull << part->n) - 1) << i;
    return 0;
}

/* Adds a term that `n` passages hold. */
static enum nq_status add_term(struct nq_timeline_job *j, const struct wanted *w, double n)
{
    double n_passages = (double)j->index->engine->n_passages;
    struct nq_timeline_term *term = &j->terms[j->n_terms];
    *term = (struct nq_timeline_term){
        .text = w->query->clauses[0].terms[0].text,
        .weight = n > 0 ? nq_idf(n, n_passages) : 0,
        .clause = w->clause,
        .part = w->part,
        .related = w->related,
        .common = n > fmax(FEW, common_share * n_passages),
        .everywhere = w->part && n > fmax(FEW, part_share * n_passages),
        .whole = w->part ? w->whole : j->n_terms,
        .unseen = n == 0,
    };
    if (!nq_timeline_term_read(j, term))
        return nq_fail_nomem(j->err);
    if (w->part)
        term->covers = covers(&j->terms[w->whole], term);
    j->everywhere |= (uint32_t)term->everywhere << j->n_terms;
    j->n_terms++;
    return NQ_OK;
}

/* Adds a term and its passages; none of a part that is common, which says nothing alone. */
static enum nq_status search_term(struct nq_timeline_job *j, const struct wanted *w)
{
    struct nq_pattern pattern = {0};
    struct nq_found found = {0};
    size_t wanted = (size_t)j->index->engine->n_passages, n = 0, term = j->n_terms;
    struct nq_search search = {
        .query = w->query, .pattern = &pattern, .sort = NQ_SORT_DATE, .wanted = wanted};
    if (j->n_terms == NQ_TIMELINE_TERMS)
        return NQ_OK;
    if (!nq_pattern_init(&pattern, j->arena) ||
        !nq_expand(w->query, j->index->segmenter, &pattern)) {
        nq_pattern_finish(&pattern);
        return nq_fail_nomem(j->err);
    }
    enum nq_status status = nq_engine_search(j->index->engine, &search, &found, j->err);
    for (size_t i = 0; i < found.n; i++)
        n += found.matches[i].tier != NQ_TIER_PARTIAL;
    bool own = !w->part && !w->related; /* its parts may stand apart */
    if (status == NQ_OK && (n > 0 || own))
        status = add_term(j, w, (double)n);
    for (size_t i = 0; n > 0 && i < found.n && status == NQ_OK && !j->terms[term].everywhere; i++)
        if (found.matches[i].tier != NQ_TIER_PARTIAL && !add_candidate(j, &found.matches[i], term))
            status = nq_fail_nomem(j->err);
    nq_found_finish(&found);
    nq_pattern_finish(&pattern);
    return status;
}

/* Whether `text` is a term already, in whatever printing; also where there is no memory to tell. */
static bool known_term(struct nq_timeline_job *j, struct nq_str text)
{
    struct nq_timeline_term term = {.text = text};
    if (!nq_timeline_term_read(j, &term))
        return true;
    for (size_t t = 0; t < j->n_terms; t++)
        if (nq_timeline_same_term(&j->terms[t], &term))
            return true;
    return false;
}

/* Whether a likelier word of the same name runs across an edge of `word`: 司法 in 公司法 beside
 * 公司. */
static bool unlikely(const struct nq_timeline_job *j, const struct nq_folded *f,
                     const struct nq_word_buf *words, struct nq_word word)
{
    const struct nq_segmenter *segmenter = j->index->segmenter;
    float mine = nq_segmenter_log_frequency(segmenter, f->cp + word.first, word.last - word.first);
    for (size_t i = 0; i < words->n; i++) {
        struct nq_word o = words->words[i];
        bool crosses = (o.first < word.first && o.last > word.first && o.last < word.last) ||
                       (o.first > word.first && o.first < word.last && o.last > word.last);
        if (crosses &&
            nq_segmenter_log_frequency(segmenter, f->cp + o.first, o.last - o.first) > mine)
            return true;
    }
    return false;
}

/* The first term of a clause: its own name. */
static size_t own_term(const struct nq_timeline_job *j, size_t clause)
{
    size_t t = 0;
    while (t < j->n_terms && j->terms[t].clause != clause)
        t++;
    return t;
}

/* The words that a term is made of (低空 of 低空经济, 以旧换新 of 消费品以旧换新), where they are
 * rare themselves. */
static enum nq_status search_parts(struct nq_timeline_job *j, const struct nq_query *query,
                                   size_t number)
{
    const struct nq_term *term = &query->clauses[number].terms[0];
    struct nq_folded folded = {0};
    struct nq_word_buf words = {0};
    enum nq_status status = NQ_OK;
    size_t whole = own_term(j, number);
    if (whole == j->n_terms) /* said twice */
        return NQ_OK;
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
            !known_term(j, text) && !unlikely(j, &folded, &words, word))
            status = search_term(
                j, &(struct wanted){.query = &one, .clause = number, .part = true, .whole = whole});
    }
    nq_folded_finish(&folded);
    nq_word_buf_finish(&words);
    return ok ? status : nq_fail_nomem(j->err);
}

/* Other forms of a term are as good as it: 国家发改委 for 国家发展和改革委员会. */
static enum nq_status search_synonyms(struct nq_timeline_job *j, const struct nq_query *query,
                                      size_t number)
{
    const struct nq_term *term = &query->clauses[number].terms[0];
    struct nq_str forms[NQ_SYNONYMS_MAX];
    size_t n = term->exact ? 0 : nq_synonyms(term->text, forms);
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        struct nq_term form = {.text = forms[i], .exact = true};
        struct nq_clause clause = {&form, 1, false};
        struct nq_query one = {.clauses = &clause, .n_clauses = 1, .filter = query->filter};
        if (!known_term(j, form.text))
            status = search_term(j, &(struct wanted){.query = &one, .clause = number});
    }
    return status;
}

/* What news of the matter goes by: 无人驾驶航空器 for 低空经济. */
static enum nq_status search_related(struct nq_timeline_job *j, const struct nq_query *query,
                                     size_t number)
{
    struct nq_timeline_term term = {.text = query->clauses[number].terms[0].text};
    bool ok = nq_timeline_term_read(j, &term);
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < NQ_COUNT(related) && status == NQ_OK && ok; i++) {
        struct nq_str rest = nq_str_from(related[i][1]), word;
        struct nq_timeline_term matter = {.text = nq_str_from(related[i][0])};
        ok = nq_timeline_term_read(j, &matter);
        if (!ok || !nq_timeline_term_holds(&term, &matter))
            continue;
        while (status == NQ_OK && nq_str_split(&rest, '|', &word)) {
            struct nq_term name = {.text = word, .exact = true};
            struct nq_clause clause = {&name, 1, false};
            struct nq_query one = {.clauses = &clause, .n_clauses = 1, .filter = query->filter};
            if (!known_term(j, word))
                status = search_term(
                    j, &(struct wanted){.query = &one, .clause = number, .related = true});
        }
    }
    return ok ? status : nq_fail_nomem(j->err);
}

static enum nq_status search_others(struct nq_timeline_job *j, const struct nq_query *query,
                                    size_t number)
{
    enum nq_status status = search_related(j, query, number);
    return status == NQ_OK ? search_parts(j, query, number) : status;
}

/* All passages that hold one clause of the query, in any of its forms. */
static enum nq_status search_clause(struct nq_timeline_job *j, const struct nq_query *query,
                                    size_t number)
{
    struct nq_query one = {
        .clauses = &query->clauses[number], .n_clauses = 1, .filter = query->filter};
    if (known_term(j, one.clauses->terms[0].text))
        return NQ_OK;
    enum nq_status status = search_term(j, &(struct wanted){.query = &one, .clause = number});
    return status == NQ_OK ? search_synonyms(j, query, number) : status;
}

/* One candidate for each passage, with all terms that it holds. */
static void merge_candidates(struct nq_timeline_job *j)
{
    size_t n = 0;
    if (j->n_candidates > 0)
        qsort(j->candidates, j->n_candidates, sizeof *j->candidates, nq_timeline_by_passage);
    for (size_t i = 0; i < j->n_candidates; i++) {
        if (n > 0 && j->candidates[n - 1].passage == j->candidates[i].passage)
            j->candidates[n - 1].terms |= j->candidates[i].terms;
        else
            j->candidates[n++] = j->candidates[i];
    }
    j->n_candidates = n;
    for (size_t i = 0; i < n; i++)
        j->candidates[i].terms = nq_timeline_with_wholes(j, j->candidates[i].terms);
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
            status = search_others(j, query, c);
    }
    if (status != NQ_OK || j->nomem)
        return status != NQ_OK ? status : nq_fail_nomem(j->err);
    merge_candidates(j);
    nq_timeline_weigh(j);
    return NQ_OK;
}
