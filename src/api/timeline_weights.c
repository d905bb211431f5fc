/* What the terms of a timeline weigh, and which of them make a passage one of the matter. */
#include "api/timeline.h"

#include <math.h>

/* What a part of a name weighs of what the name would, by its kinship; more where the rest of the
 * name stands everywhere (免签 of 免签政策); with less than the least it brings no passages. Longer
 * parts are never ambiguous. */
static const double part_weight = 0.5, chief_weight = 0.8, least_kinship = 0.1;
enum { LONG_PART = 4 * 3 /* bytes */ };

static const double common_weight = 0.4; /* of 政策, 发展 */

/* What a name that news of the matter goes by weighs. */
static const double related_weight = 0.35;

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
    for (size_t k = 0; k < j->n_terms; k++)
        if (j->terms[k].part && j->terms[k].whole == j->terms[t].whole && j->terms[k].everywhere)
            covered |= j->terms[k].covers;
    return covered && covered == nq_timeline_all_of(&j->terms[j->terms[t].whole]);
}

/* What a part weighs of what its name would; it becomes common where it is hardly akin. */
static double share_of_part(struct nq_timeline_job *j, size_t t)
{
    double kin = j->terms[t].text.len < LONG_PART ? kinship(j, t) : 1;
    j->terms[t].common |= kin < least_kinship;
    if (j->terms[t].everywhere)
        return 0;
    return (rest_everywhere(j, t) ? chief_weight : part_weight) * sqrt(kin);
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
        if (term->part)
            term->weight *= share_of_part(j, t);
        else if (term->related)
            term->weight *= related_weight;
        term->common |= only_tells(j, term);
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

void nq_timeline_weigh(struct nq_timeline_job *j)
{
    weigh_terms(j);
    keep_rare(j);
}
