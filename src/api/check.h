/* A check on its way: what all sections of a draft share. */
#ifndef NQ_API_CHECK_H
#define NQ_API_CHECK_H

#include "api/index.h"
#include "check/figures.h"
#include "check/relate.h"
#include "store/sections.h"

/* An earlier section, loaded once for all of the draft. */
struct nq_check_unit {
    int64_t id;
    bool frame; /* abstract, closing judgement: not compared with */
    struct nq_hit hit;
    struct nq_side side;
};

struct nq_check_run {
    struct nq_index *index;
    const struct nq_check_params *params;
    int32_t since, before; /* NQ_NO_DAY: no limit */
    struct nq_arena *arena;
    struct nq_check_terms terms;
    struct nq_units_index units;
    struct nq_check_unit **loaded; /* by number of the unit; NULL: not yet */
    int64_t own[8];                /* reports of the index that are the draft itself */
    size_t n_own;
    size_t n_judged;           /* sections of the draft */
    struct nq_term_set *cited; /* the terms of each of the draft's references' titles */
    const struct nq_checked_reference *references;
    size_t n_references;
    struct nq_error *err;
};

/* A unit that a section may have to do with. */
struct nq_candidate {
    size_t unit;
    double score;
};

/* The units within the run's days that hold most of the side's weight, the best first, at most
 * `most`.  Counts the archive's passages into the weights of the terms that were looked up. */
enum nq_status nq_check_candidates(struct nq_check_run *run, const struct nq_side *side,
                                   struct nq_candidate *out, size_t most, size_t *n);

/* The unit with its text, owned by the run. */
enum nq_status nq_check_load(struct nq_check_run *run, size_t unit, struct nq_check_unit **out);

/* Whether a heading names what frames or sums up a report: 摘要, 趋势判断, 参考文献. */
bool nq_check_is_frame(struct nq_str heading);

/* Where each of the draft's references was cited before. */
enum nq_status nq_check_references(struct nq_check_run *run, const struct nq_report *draft,
                                   struct nq_check *out);

/* Appends a copy of `s`; false without memory. */
bool nq_check_add_str(struct nq_arena *arena, const struct nq_str **items, size_t *n,
                      struct nq_str s);

/* Figures of the draft's section that differ from what the unit says of the same quantity. */
bool nq_check_disagreements(struct nq_check_run *run, const struct nq_side *draft,
                            const struct nq_check_unit *unit, struct nq_prior *out);

/* Figures, documents and days of the section that none of the units has. */
bool nq_check_new_facts(struct nq_check_run *run, const struct nq_side *draft,
                        struct nq_check_unit *const *units, size_t n,
                        struct nq_checked_section *out);

/* Whether a day lies within the run's. */
static inline bool nq_check_passes(const struct nq_check_run *run, int32_t day)
{
    if (day == NQ_NO_DAY)
        return run->since == NQ_NO_DAY && run->before == NQ_NO_DAY;
    return (run->before == NQ_NO_DAY || day < run->before) &&
           (run->since == NQ_NO_DAY || day >= run->since);
}

#endif
