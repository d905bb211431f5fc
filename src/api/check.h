/* A check on its way: what all sections of a draft share. */
#ifndef NQ_API_CHECK_H
#define NQ_API_CHECK_H

#include "api/index.h"
#include "check/figures.h"
#include "check/relate.h"
#include "store/sections.h"

enum { NQ_CHECK_OWN = 8 };

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
    int64_t own[NQ_CHECK_OWN];     /* reports of the index that are the draft itself */
    size_t n_own;
    size_t n_judged;           /* sections of the draft */
    struct nq_term_set *cited; /* the terms of each of the draft's references' titles */
    const struct nq_checked_reference *references;
    size_t n_references;
    struct nq_event_finder finder; /* once `finding` */
    bool finding;
    struct nq_error *err;
};

/* A unit that a section may have to do with. */
struct nq_candidate {
    size_t unit;
    double score;
};

/* The units within the run's days that hold a term: [first, first + n) of the lists' units. */
struct nq_unit_list {
    uint32_t term;
    size_t first, n;
};

struct nq_unit_lists {
    struct nq_unit_list *items;
    size_t n;
    uint32_t *units; /* of each list ascending */
    size_t n_units, cap;
};

/* Looks terms up.  What very many passages hold has a list that is cut off; what none holds has
 * none.  Counts the archive's passages into the terms' weights. */
enum nq_status nq_check_lists(struct nq_check_run *run, const uint32_t *numbers, size_t n,
                              struct nq_unit_lists *out);
void nq_unit_lists_finish(struct nq_unit_lists *lists);

/* The units within the run's days that hold most of the side's weight, the best first, at most
 * `most`; and behind them at most `sources` that hold most of what one of its sentences weighs.
 * `out` has room for twice `most` and for those. */
enum nq_status nq_check_candidates(struct nq_check_run *run, const struct nq_side *side,
                                   struct nq_candidate *out, size_t most, size_t sources,
                                   size_t *n);

/* The unit with its text, owned by the run. */
enum nq_status nq_check_load(struct nq_check_run *run, size_t unit, struct nq_check_unit **out);

/* A section of the draft on its way. */
struct nq_check_section {
    struct nq_check_run *run;
    struct nq_side side;
    struct nq_check_unit **units; /* to compare with */
    size_t n_units;
    bool *stock; /* of the side's documents: named so often that to name it says nothing */
    bool column; /* the heading is that of a column: 国内快讯 */
    struct nq_aligned **reused; /* of each unit */
    size_t *n_reused;
    struct nq_prior *priors;
    size_t n;
    struct nq_check_unit **close; /* those that are related */
    size_t n_close;
    enum nq_verdict verdict;
};

/* Compares a section of a draft of `day` with the archive. */
enum nq_status nq_check_section(struct nq_check_run *run, int32_t day,
                                const struct nq_section *section, struct nq_checked_section *out);

/* Finds what tells nothing, being common to many of the units: documents that everything is based
 * on, columns, formulas, and what of the terms' weight is left.  False without memory. */
enum nq_status nq_check_common(struct nq_check_section *s);

/* What the section shares with unit number `unit`: fills evidence of `e` and lists of `out`.
 * False without memory. */
bool nq_check_shared(struct nq_check_section *s, size_t unit, struct nq_prior *out,
                     struct nq_evidence *e);

/* The heaviest terms and organisations that both have, for a prior that is given.  False without
 * memory. */
bool nq_check_topics(struct nq_check_section *s, const struct nq_side *prior, struct nq_prior *out);

/* Finds the reports of the index that are the draft itself: run->own. */
enum nq_status nq_check_own(struct nq_check_run *run, const struct nq_report *draft);

/* Whether a heading names what frames or sums up a report: 摘要, 趋势判断, 参考文献. */
bool nq_check_is_frame(struct nq_str heading);

/* Where each of the draft's references was cited before. */
enum nq_status nq_check_references(struct nq_check_run *run, const struct nq_report *draft,
                                   struct nq_check *out);

/* Appends a copy of `s`; false without memory. */
bool nq_check_add_str(struct nq_arena *arena, const struct nq_str **items, size_t *n,
                      struct nq_str s);

/* Figures of the draft's section that differ from what the unit says of the same quantity. */
bool nq_check_disagreements(struct nq_check_run *run, struct nq_side *draft,
                            struct nq_check_unit *unit, struct nq_prior *out);

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
