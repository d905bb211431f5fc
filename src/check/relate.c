/* What an earlier section is to one of the draft.
 *
 * Closeness is a weighted sum of what the two share; a score is its logistic, 0.5 where a matter
 * counts as told before.  Weights and thresholds were set by hand, to two digits, on the 53 pairs
 * of news sections and the four consecutive reports that tests/quality/run measures with; each
 * stands in a gap between the classes rather than at its best value, and the same serve both kinds
 * of text.
 */
#include "check/relate.h"

#include <math.h>

#include "check/title.h"

static double share(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

/* What of the weight of `a`'s terms `b` holds. */
static double covered(const struct nq_check_terms *terms, const struct nq_term_set *a,
                      const struct nq_term_set *b)
{
    struct nq_overlap o = nq_term_overlap(terms, a, b);
    return share(o.covered, o.first);
}

static double cosine(const struct nq_check_terms *terms, const struct nq_term_set *a,
                     const struct nq_term_set *b)
{
    struct nq_overlap o = nq_term_overlap(terms, a, b);
    return share(o.dot, sqrt(o.first * o.second));
}

/* Whether both headings name documents, but none that the other section names. */
static bool documents_differ(const struct nq_side *a, const struct nq_side *b)
{
    size_t n = 0, m = 0;
    for (size_t i = 0; i < a->n_documents; i++) {
        n += a->documents[i].titles;
        for (size_t k = 0; k < b->n_documents; k++) {
            bool either = a->documents[i].titles || b->documents[k].titles;
            if (either && nq_titles_same(a->documents[i].key, b->documents[k].key))
                return false;
        }
    }
    for (size_t k = 0; k < b->n_documents; k++)
        m += b->documents[k].titles;
    return n > 0 && m > 0;
}

/* Whether a text compares figures with those of an earlier period, more than once. */
static bool tells_figures(const struct nq_side *side)
{
    static const struct nq_str words[] = {NQ_STR_INIT("同比"), NQ_STR_INIT("环比"),
                                          NQ_STR_INIT("比上月"), NQ_STR_INIT("个百分点"),
                                          NQ_STR_INIT("比上年")};
    size_t n = 0;
    for (size_t i = 0; i < NQ_COUNT(words); i++)
        for (size_t at = 0; (at = nq_str_find(side->text, words[i], at)) != SIZE_MAX;
             at += words[i].len)
            n++;
    return n >= 2;
}

static bool names_day(const struct nq_side *side, int32_t day)
{
    for (size_t i = 0; i < side->n_days; i++)
        if (side->days[i] == day)
            return true;
    return false;
}

static void compare_days(const struct nq_side *draft, const struct nq_side *prior,
                         struct nq_evidence *out)
{
    for (size_t i = 0; i < draft->n_days; i++) {
        int32_t day = draft->days[i];
        bool both = names_day(prior, day);
        out->dated |= both && day <= prior->day;
        out->since |= !both && day > prior->day && day <= draft->day;
    }
}

void nq_evidence_measure(const struct nq_check_terms *terms, const struct nq_side *draft,
                         const struct nq_side *prior, struct nq_evidence *out)
{
    double forth = covered(terms, &draft->terms, &prior->terms);
    double back = covered(terms, &prior->terms, &draft->terms);
    out->covered = forth > back ? forth : back;
    out->cosine = cosine(terms, &draft->terms, &prior->terms);
    out->heading = cosine(terms, &draft->heading_terms, &prior->heading_terms);
    out->lead = cosine(terms, &draft->lead_terms, &prior->lead_terms);
    out->named = 0.5 * (covered(terms, &draft->heading_terms, &prior->terms) +
                        covered(terms, &prior->heading_terms, &draft->terms));
    out->placed = draft->day != NQ_NO_DAY && prior->day != NQ_NO_DAY;
    out->days = out->placed ? draft->day - prior->day : 0;
    out->documents_differ = documents_differ(draft, prior);
    out->series = tells_figures(draft) && tells_figures(prior);
    compare_days(draft, prior, out);
}

/* How much a verdict takes, for each strictness. */
static const double thresholds[] = {
    [NQ_CHECK_NORMAL] = 0.32, [NQ_CHECK_STRICT] = 0.27, [NQ_CHECK_LENIENT] = 0.42};

enum {
    SOON = 7,    /* days: sections of one story follow one another so */
    SERIES = 12, /* days between figures of one series, at least */
    AT_ONCE = 1, /* days: reports of one event */
};

static double closeness(const struct nq_evidence *e)
{
    double sum = e->cosine + 0.3 * e->named + 0.3 * e->reused;
    sum += e->document == 2 ? 0.15 : e->document ? 0.1 : 0;
    return sum - (e->documents_differ ? 0.1 : 0);
}

/* Whether both tell of one event or one document rather than of one topic. */
static bool one_story(const struct nq_evidence *e, double close, double threshold)
{
    if (e->document)
        return true;
    if (e->documents_differ || (e->series && e->days >= SERIES))
        return false;
    bool alike = e->lead >= 0.25 || e->reused >= 0.05;
    /* The later, the closer they must be: other events of the topic have happened. */
    double late = e->days > SOON ? 0.006 * (e->days - SOON) : 0;
    return alike && close >= threshold + late;
}

static bool one_event(const struct nq_evidence *e)
{
    if (e->reused >= 0.3 || (e->placed && e->days >= 0 && e->days <= AT_ONCE))
        return true;
    return e->dated && !e->since && (e->lead >= 0.5 || e->document == 2);
}

struct nq_judgement nq_relate(const struct nq_evidence *e, enum nq_strictness strictness)
{
    double close = closeness(e), threshold = thresholds[strictness];
    struct nq_judgement out = {.score = 1 / (1 + exp(10 * (threshold - close)))};
    if (one_story(e, close, threshold))
        out.relation = one_event(e) ? NQ_RELATION_SAME_EVENT : NQ_RELATION_FOLLOW_UP;
    else if (close >= threshold - 0.04)
        out.relation = NQ_RELATION_SAME_TOPIC;
    return out;
}

enum nq_verdict nq_verdict_of(const struct nq_evidence *e, const struct nq_judgement *judgement,
                              enum nq_strictness strictness)
{
    if (judgement->relation == NQ_RELATION_SAME_EVENT &&
        (e->dated || e->document == 2 || e->reused >= 0.3 || e->covered >= 0.5))
        return NQ_VERDICT_REPEAT;
    if (judgement->relation >= NQ_RELATION_FOLLOW_UP)
        return NQ_VERDICT_UPDATE;
    /* What is long ago and no more than of one topic is not carried on. */
    double late = e->days > 0 ? 0.0005 * e->days : 0;
    bool close = judgement->relation && closeness(e) >= thresholds[strictness] + late;
    return close ? NQ_VERDICT_UPDATE : NQ_VERDICT_NEW;
}
