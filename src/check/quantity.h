/* Quantities: what a figure measures, and whether two reports give another value for one.
 *
 * A quantity is named by the words before the figure in its clause (with those of the clauses
 * before where it begins with 占 or 同比), less what only leads up to a value (达到, 全国, 增长至);
 * forms of one thing count as one.  Its period is the month, quarter, year or range named last
 * before it in the sentence, or the year named before that in the text. */
#ifndef NQ_CHECK_QUANTITY_H
#define NQ_CHECK_QUANTITY_H

#include "check/figures.h"
#include "time/events.h"

enum nq_bound {
    NQ_BOUND_EXACT,
    NQ_BOUND_LEAST, /* 超过, 以上, 多 */
    NQ_BOUND_MOST,  /* 不超过, 以内, 近 */
    NQ_BOUND_ROUGH, /* 约, 左右 */
};

struct nq_quantity {
    const struct nq_figure *figure;
    struct nq_term_set words;
    int32_t first, last; /* the period; NQ_NO_DAY: none is named */
    enum nq_bound bound;
    double specific;   /* what those words weigh, squared, that tell more than growth, */
    size_t n_specific; /* and their number */
    uint64_t places;   /* a set of those that the sentence and the heading name, by hash */
    bool near;         /* which stands in the figure's sentence */
    bool forecast;     /* 预计, 将 */
    bool early;        /* which is not over, and nothing says that it is a forecast */
    bool running; /* counted up to some day, or one sum of several: 截至, 累计, 新增, 安排 */
    bool start;   /* where a change began: 从1.5%提升至 */
};

/* Finds the quantities of the side's figures, one for each, where that was not done yet.  False
 * without memory. */
bool nq_quantities_find(struct nq_side *side, struct nq_check_terms *terms,
                        struct nq_event_finder *finder, struct nq_arena *arena);

/* Whether both measure one thing in one period, and their values cannot both be right.  With
 * `strict` the period must be named in the sentence and over, or a forecast's, and the words tell
 * much and be the same: for texts that nothing else links. */
bool nq_quantities_conflict(const struct nq_check_terms *terms, const struct nq_quantity *a,
                            const struct nq_quantity *b, bool strict);

#endif
