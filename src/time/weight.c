/* What an event weighs: the product of how much it has to do with the question, what was done (to
 * issue a document outweighs to comment on one) and who did it. */
#include "time/timeline.h"

enum { OLD = 366 }; /* days: what is told so much later is background */

/* By enum stage; the last for none. */
static const double stage_weight[16] = {0.95, 1.0,  0.85, 0.7, 0.65, 0.75, 0.7, 0.8,
                                        0.6,  0.95, 0.5,  0.6, 0.35, 0.4,  0.3, 0.35};
/* By enum actor_level. */
static const double level_weight[16] = {1.0,  1.0,  0.85, 0.7, 0.5, 0.45, 0.3, 0.4,
                                        0.55, 0.45, 0.4,  0.5, 0.5, 0.5,  0.5, 0.5};

/* A document that is named, with words of the question in its title or without. */
static const double titled_weight = 1.8, other_title_weight = 0.85, tale_weight = 0.6;

/* A target (到2030年), beside a law that comes into force; what is meant for the year that runs. */
static const double target_weight = 0.4, begun_weight = 0.4;

/* Whether a document sets nothing: a report, a list. */
static bool only_tells(struct nq_str title)
{
    static const char *const kinds[] = {"报告", "白皮书", "蓝皮书", "名单",
                                        "指数", "年鉴",   "案例",   "图谱"};
    for (size_t i = 0; i < NQ_COUNT(kinds); i++)
        if (nq_str_find(title, nq_str_from(kinds[i]), 0) != SIZE_MAX)
            return nq_str_find(title, NQ_STR("工作报告"), 0) == SIZE_MAX;
    return false;
}

double nq_telling_weight(const struct nq_telling *t)
{
    const struct nq_timeline_event *e = &t->event;
    double w = t->relevance * stage_weight[t->stage & 15] * level_weight[t->level & 15];
    if (e->document)
        w *= (t->titled ? titled_weight : other_title_weight) *
             (only_tells(e->document_title) ? tale_weight : 1);
    if (e->kind == NQ_EVENT_MILESTONE)
        w *= t->stage == STAGE_FORCE ? 1 : target_weight;
    if (e->kind == NQ_EVENT_MILESTONE && e->last - e->first > 62 &&
        e->first <= t->coverage.report_day)
        w *= begun_weight;
    if (e->last - e->first > 62)
        w *= 0.5;
    else if (e->last - e->first > 7)
        w *= 0.7;
    if (e->kind == NQ_EVENT_PAST && t->coverage.report_day != NQ_NO_DAY &&
        e->last < t->coverage.report_day - OLD)
        w *= 0.3;
    return w;
}
