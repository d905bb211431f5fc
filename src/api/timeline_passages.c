/* Which passages a timeline is made from.
 *
 * A query for a timeline names a matter by several of its names, seldom all in one passage; so the
 * passages of any rare term count, more the more terms they hold, and common words (政策, 发展)
 * only tell good passages from better ones. */
#include "api/timeline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "query/expand.h"
#include "related.h"
#include "text/synonyms.h"

/* A term that more passages hold than this share is common, if they are not few. */
static const double common_share = 0.025;
enum { FEW = 20 };

/* A part of a term may be in so many passages, and weighs so much of what the term would, by its
 * kinship, more where the rest of the term stands everywhere (免签 of 免签政策); with less than the
 * least it brings no passages.  Longer parts are never ambiguous. */
static const double part_share = 0.02, part_weight = 0.5, chief_weight = 0.8, least_kinship = 0.1;
enum { LONG_PART = 4 * 3 /* bytes */ };

static const double common_weight = 0.4; /* of 政策, 发展 */

/* What a name that news of the matter goes by weighs. */
static const double related_weight = 0.35;

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
        qsort(j->candidates, j->n_candidates, sizeof *j->candidates, by_passage);
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

/* The share of the passages with the term `t`, but none of `wholes`, that stand near one of them.
 */
static double nearness(const struct nq_timeline_job *j, size_t t, uint32_t wholes)
{
    enum { NEAR = 3 }; /* passages */
    size_t n = 0, near = 0, w = 0;
    int64_t last = -NEAR - 1;
    for (size_t i = 0; i < j->n_candidates; i++) {
        const struct nq_timeline_candidate *c = &j->candidates[i];
        if (c->terms & wholes)
            last = c->passage;
        if (!(c->terms >> t & 1) || c->terms & wholes)
            continue;
        for (w = w > i ? w : i; w < j->n_candidates && !(j->candidates[w].terms & wholes); w++)
            ;
        n++;
        near += c->passage - last <= NEAR ||
                (w < j->n_candidates && j->candidates[w].passage - c->passage <= NEAR);
    }
    return ((double)near + 0.5) / ((double)n + 0.5);
}

/* How far a part of a name speaks of what the query does: how often it stands near one of the
 * query's names.  低空 of 低空经济 also brings 低空导弹. */
static double kinship(const struct nq_timeline_job *j, size_t part)
{
    uint32_t names = 0;
    for (size_t t = 0; t < j->n_terms; t++) {
        const struct nq_timeline_term *term = &j->terms[t];
        if (term->part || term->related || term->common)
            continue;
        names |= 1u << t;
    }
    return names ? nearness(j, part, names) : 1;
}

/* Whether a further clause of the query is a word as any other (火箭, 政策): it only tells which
 * passages of the first one's matter are meant.  Terms of dicts/ and what no dictionary holds are
 * names. */
static bool only_tells(const struct nq_timeline_job *j, const struct nq_timeline_term *term)
{
    return !term->part && !term->related && term->clause != j->terms[0].clause &&
           nq_segmenter_find(j->index->segmenter, term->cp, term->n) == NQ_WORD_KNOWN;
}

/* Whether the rest of the name of which `t` is a part stands everywhere: 免签 of 免签政策. */
static bool rest_everywhere(const struct nq_timeline_job *j, size_t t)
{
    uint64_t covered = j->terms[t].covers;
    const struct nq_timeline_term *whole = &j->terms[j->terms[t].whole];
    for (size_t k = 0; k < j->n_terms; k++)
        if (j->terms[k].part && j->terms[k].whole == j->terms[t].whole && j->terms[k].everywhere)
            covered |= j->terms[k].covers;
    return covered == (1ull << whole->n) - 1;
}

static void weigh_terms(struct nq_timeline_job *j)
{
    double most = 1e-9;
    bool any_rare = false;
    for (size_t t = 0; t < j->n_terms; t++) { /* a name that only stands in parts */
        struct nq_timeline_term *part = &j->terms[t], *whole = &j->terms[part->whole];
        if (part->part && whole->unseen)
            whole->weight = fmax(whole->weight, part->weight);
    }
    for (size_t t = 0; t < j->n_terms; t++) {
        struct nq_timeline_term *term = &j->terms[t];
        double kin = 1;
        if (term->part) {
            kin = term->text.len < LONG_PART ? kinship(j, t) : 1;
            term->weight *= term->everywhere        ? 0
                            : rest_everywhere(j, t) ? chief_weight * sqrt(kin)
                                                    : part_weight * sqrt(kin);
        } else if (term->related) {
            term->weight *= related_weight;
        }
        term->common |= kin < least_kinship || only_tells(j, term);
        most = fmax(most, j->terms[t].weight);
        any_rare |= !j->terms[t].common && j->terms[t].weight > 0;
    }
    for (size_t t = 0; t < j->n_terms; t++) {
        if (!any_rare)
            j->terms[t].common = j->terms[t].weight < most;
        j->terms[t].weight *= (j->terms[t].common ? common_weight : 1) / most;
    }
}

/* Leaves the passages that hold a rare term. */
static void keep_rare(struct nq_timeline_job *j)
{
    size_t n = 0;
    for (size_t t = 0; t < j->n_terms; t++)
        j->rare |= j->terms[t].common ? 0 : 1u << t;
    for (size_t i = 0; i < j->n_candidates; i++) {
        struct nq_timeline_candidate c = j->candidates[i];
        for (size_t t = 0; t < j->n_terms; t++)
            c.score += c.terms >> t & 1 ? j->terms[t].weight : 0;
        if (nq_timeline_with_wholes(j, c.terms | j->everywhere) & j->rare)
            j->candidates[n++] = c;
    }
    j->n_candidates = n;
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
    weigh_terms(j);
    keep_rare(j);
    return NQ_OK;
}
