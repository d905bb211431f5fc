/* How much what a passage tells has to do with the query: by where the query's words stand, and by
 * what kind of words those are. */
#include "api/timeline.h"

#include <math.h>

/* What a term counts by where it stands: in the title of the event's document, in its sentence,
 * in the passage, in the heading that the passage opens, in that of another; and in both. */
static const double by_title = 1.2, by_sentence = 0.7, by_text = 0.7, by_heading = 1.35,
                    by_far_heading = 0.55, by_both = 0.3;
static const double related_in_text = 0.6; /* what is akin only counts where it is the subject */
static const double further_clause = 0.35; /* of the query, beside the best */

double nq_timeline_relevance(const struct nq_timeline_job *j, const struct nq_timeline_where *w)
{
    double best = 0, sum = 0, clauses[NQ_TIMELINE_TERMS] = {0};
    for (size_t t = 0; t < j->n_terms; t++) {
        const struct nq_timeline_term *term = &j->terms[t];
        uint32_t bit = 1u << t;
        double here = w->title & bit      ? by_title
                      : w->sentence & bit ? by_sentence
                      : w->text & bit     ? by_text
                                          : 0;
        if (term->related && !(w->title & bit))
            here *= related_in_text;
        double head = !(w->heading & bit) ? 0 : j->opens ? by_heading : by_far_heading;
        double counts = fmax(here, head) + (here > 0 && head > 0 ? by_both : 0);
        counts *= term->weight;
        size_t c = term->clause % NQ_TIMELINE_TERMS;
        clauses[c] = fmax(clauses[c], counts);
    }
    for (size_t c = 0; c < NQ_COUNT(clauses); c++) {
        best = fmax(best, clauses[c]);
        sum += clauses[c];
    }
    return best + further_clause * (sum - best);
}

bool nq_timeline_in_list(struct nq_timeline_job *j)
{
    static const struct nq_str comma = NQ_STR_INIT("、");
    struct nq_str clause = nq_timeline_clause(j, j->place.text);
    size_t at = nq_str_find(clause, comma, 0);
    return at != SIZE_MAX && nq_str_find(clause, comma, at + comma.len) != SIZE_MAX;
}

bool nq_timeline_dangles(struct nq_str label)
{
    static const struct nq_str words[] = {NQ_STR_INIT("这"), NQ_STR_INIT("其"), NQ_STR_INIT("他"),
                                          NQ_STR_INIT("她"), NQ_STR_INIT("它"), NQ_STR_INIT("此"),
                                          NQ_STR_INIT("而")};
    static const struct nq_str none[] = {NQ_STR_INIT("他山"), NQ_STR_INIT("此次")};
    bool found = false;
    for (size_t i = 0; i < NQ_COUNT(words); i++)
        found |= nq_str_starts(label, words[i]);
    for (size_t i = 0; i < NQ_COUNT(none); i++)
        found &= !nq_str_starts(label, none[i]);
    return found;
}

bool nq_timeline_is_statistic(struct nq_str heading)
{
    static const struct nq_str words[] = {NQ_STR_INIT("季度"), NQ_STR_INIT("上半年"),
                                          NQ_STR_INIT("个月"), NQ_STR_INIT("同比"),
                                          NQ_STR_INIT("全年"), NQ_STR_INIT("月份")};
    static const struct nq_str first = NQ_STR_INIT("前"), month = NQ_STR_INIT("月");
    for (size_t i = 0; i < NQ_COUNT(words); i++)
        if (nq_str_find(heading, words[i], 0) != SIZE_MAX)
            return true;
    size_t at = nq_str_starts(heading, first) ? first.len : SIZE_MAX;
    while (at < heading.len && heading.ptr[at] >= '0' && heading.ptr[at] <= '9')
        at++;
    return at < heading.len && nq_str_starts(nq_str_sub(heading, at, heading.len), month);
}

bool nq_timeline_is_comment(struct nq_str heading)
{
    static const struct nq_str words[] = {
        NQ_STR_INIT("判断"), NQ_STR_INIT("研判"), NQ_STR_INIT("展望"), NQ_STR_INIT("点评"),
        NQ_STR_INIT("启示"), NQ_STR_INIT("快评"), NQ_STR_INIT("短评"), NQ_STR_INIT("评论员文章")};
    size_t colon = nq_str_find(heading, NQ_STR("："), 0);
    for (size_t i = 0; i < NQ_COUNT(words) && colon != SIZE_MAX; i++)
        if (nq_str_ends(nq_str_sub(heading, 0, colon), words[i]))
            return true;
    return false;
}
