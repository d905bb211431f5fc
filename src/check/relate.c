/* What an earlier section is to one of the draft: three questions one after the other, each a
 * logistic regression on a few measures.  Is it one story (one event or document and what follows
 * of it)?  If so, is it one event?  If not, is it one topic at least?
 *
 * tests/quality/fit prints the weights and says how they are found: on 454 pairs of news sections
 * judged by reading (the evaluation's 49 and the 405 of tests/quality/pairs.tsv), the 143 pairs of
 * sections of the evaluation's four reports and those of tests/quality/drafts.  In
 * ten-fold cross-validation by draft they tell 0.92 of the evaluation's pairs and 0.82 of the
 * others apart four ways, and part stories from the rest with F1 0.96 and 0.82; the 100 pairs of
 * pairs_held.tsv, to which nothing was fitted, 0.90 and 0.81.  Cosines of headings, terms that one
 * heading has and the other section lacks (the heaviest of either, too), weights here in place of
 * weights, shares of figures in the first question, and headings without who acts in them (李强
 * 会见…) added nothing to that.
 */
#include "check/relate.h"

#include <math.h>
#include <stdlib.h>

#include "check/figures.h"
#include "text/title.h"

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

static void compare_figures(const struct nq_side *a, const struct nq_side *b,
                            struct nq_evidence *out)
{
    enum { LEAST = 2 }; /* figures of a section that tell it from others */
    static const double most_differ = 0.4;
    size_t both = 0, fewer = a->n_figures < b->n_figures ? a->n_figures : b->n_figures;
    for (size_t i = 0; i < a->n_figures; i++)
        for (size_t k = 0; k < b->n_figures; k++)
            if (nq_figures_equal(&a->figures[i], &b->figures[k])) {
                both++;
                break;
            }
    both = both < fewer ? both : fewer;
    out->figures = fewer >= LEAST ? share((double)both, (double)fewer) : 0;
    out->other_figures = fewer >= LEAST && out->figures < most_differ;
}

/* The longest phrase of the heading of `a` that stands in `b`, in characters. */
static double phrase(const struct nq_side *a, const struct nq_side *b)
{
    size_t n = nq_phrase_in(&a->bare, &b->bare, &b->pairs, 0);
    return (double)nq_phrase_in(&a->bare, &b->folded, &b->pairs, n);
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
    out->places_differ = nq_places_differ(&draft->places, &prior->places);
    out->series = tells_figures(draft) && tells_figures(prior);
    out->anchors = nq_term_anchor(terms, &draft->heading_terms, &prior->terms) +
                   nq_term_anchor(terms, &prior->heading_terms, &draft->terms);
    out->numbered = nq_numbered_match(&draft->numbered, &prior->numbered);
    out->phrase = 0.5 * (phrase(draft, prior) + phrase(prior, draft));
    compare_figures(draft, prior, out);
    out->reacts = draft->reacts;
    out->expected = prior->expects;
    compare_days(draft, prior, out);
}

enum {
    WEEK = 7,    /* days that stand for those between sections without a date */
    SERIES = 12, /* days between figures of one series, at least */
};

/* One day counts 0.7, a week 2.1, two months 4.1. */
static double lateness(const struct nq_evidence *e)
{
    return log(1 + (double)(e->placed ? abs(e->days) : WEEK));
}

static double story(const struct nq_evidence *e)
{
    double sum = -2.03 + 1.67 * e->cosine + 0.77 * e->named + 0.99 * e->lead + 0.11 * e->anchors +
                 0.21 * e->phrase - 0.70 * lateness(e);
    sum += (e->document ? 2.62 : 0) - (e->documents_differ ? 2.89 : 0);
    sum += (e->reacts ? 0.28 : 0) + (e->expected ? 1.34 : 0) - (e->places_differ ? 2.38 : 0);
    sum += e->numbered == NQ_NUMBERED_SAME ? 1.37 : e->numbered == NQ_NUMBERED_OTHER ? -3.53 : 0;
    return sum - (e->series && e->days >= SERIES ? 0.53 : 0);
}

static double event(const struct nq_evidence *e)
{
    double sum = -0.56 + 4.88 * e->reused + 1.38 * e->lead - 1.46 * lateness(e);
    sum += (e->reacts ? 1.89 : 0) - (e->expected ? 1.19 : 0);
    sum += (e->document == 2 ? 1.69 : 0) - (e->since ? 1.10 : 0);
    return sum - (e->other_figures ? 1.47 : 0);
}

static double topic(const struct nq_evidence *e)
{
    int32_t days = e->placed && abs(e->days) > WEEK ? abs(e->days) : WEEK;
    double sum = -2.01 + 3.01 * e->cosine + 3.76 * e->named + 3.63 * e->covered + 2.03 * e->lead -
                 0.29 * log(1 + (double)days);
    return sum + (e->document ? 0.32 : 0) - (e->places_differ ? 0.74 : 0);
}

/* Whether the draft tells again what happened on a day that the earlier section told of, and
 * nothing later.  Day, action and document make it certain, and so do the same figures, or the
 * same document in like words and with no other figures; a day alone does not. */
static bool told_again(const struct nq_evidence *e)
{
    static const double most = 0.6, alike = 0.4;
    if (e->since)
        return false;
    bool dated = e->dated && (e->figures >= most ||
                              (e->document == 2 && e->covered >= alike && !e->other_figures));
    return dated || e->deed == NQ_DEED_DOCUMENT ||
           (e->deed && (e->lead >= 0.5 || e->document == 2));
}

/* Reused text: of the draft's atoms a half and more make a repeat, a fifth begins to tell of one
 * story.  The pairs hold too few copies to fit this (and ceremonies, told in the same words of
 * other guests): tests/quality/reuse measures it. */
static const double half = 0.5, few_reused = 0.2, most_reused = 8;

/* Beside what happened since, of which the earlier section could not know, it takes more, and where
 * the headings name other places: ceremonies are told in the same words of each guest. */
static const double nearly_all = 0.8;

/* Atoms of reused sentences that are worth a look, whatever they stand in: two sentences or a long
 * one.  Single short ones are stock phrases more often than not. */
enum { COPIED = 40 };

/* What each strictness adds to the sums: at 0 both answers are as likely. */
static const double leaning[] = {
    [NQ_CHECK_NORMAL] = 0, [NQ_CHECK_STRICT] = 0.7, [NQ_CHECK_LENIENT] = -0.7};

struct nq_judgement nq_relate(const struct nq_evidence *e, enum nq_strictness strictness)
{
    double one = story(e) + (e->deed == NQ_DEED_DOCUMENT ? 2 : 0) + leaning[strictness];
    bool ceremony = e->places_differ && e->reused < nearly_all;
    one += most_reused * (e->reused > few_reused && !ceremony ? e->reused - few_reused : 0);
    struct nq_judgement out = {.score = 1 / (1 + exp(-one))};
    bool copy = e->reused >= (e->since || e->places_differ ? nearly_all : half);
    if (one > 0)
        out.relation =
            event(e) > 0 || copy || told_again(e) ? NQ_RELATION_SAME_EVENT : NQ_RELATION_FOLLOW_UP;
    else if (topic(e) + leaning[strictness] > 0 || e->copied >= COPIED)
        out.relation = NQ_RELATION_SAME_TOPIC;
    return out;
}

enum nq_verdict nq_verdict_of(const struct nq_evidence *e, const struct nq_judgement *judgement,
                              enum nq_strictness strictness)
{
    /* Sections that are of one topic and this close carry it on, the more surely the sooner: in the
     * four reports of the evaluation those that do have 0.34 and more, others 0.29 at most. */
    double close = e->cosine + 0.3 * e->named + 0.05 * leaning[strictness];
    bool same = e->dated || e->document == 2 || e->reused >= 0.3 || e->covered >= 0.5;
    if (judgement->relation == NQ_RELATION_SAME_EVENT && same)
        return NQ_VERDICT_REPEAT;
    if (judgement->relation >= NQ_RELATION_FOLLOW_UP)
        return NQ_VERDICT_UPDATE;
    return judgement->relation && close >= 0.32 + 0.0005 * abs(e->days) ? NQ_VERDICT_UPDATE
                                                                        : NQ_VERDICT_NEW;
}
