/* What of a text events are made of: bodies, actions, titles, cues of the future; found in one
 * pass. */
#ifndef NQ_TIME_MARKS_H
#define NQ_TIME_MARKS_H

#include "text/lexicon.h"

enum mark_kind { MARK_ACTOR = 1, MARK_ACTION, MARK_TITLE, MARK_PERIODICAL, MARK_CUE, MARK_STOP };

/* Who acts: the column `level` of dicts/organisations.tsv and dicts/actors.tsv, the highest first.
 */
enum actor_level {
    LEVEL_PARTY,
    LEVEL_STATE,
    LEVEL_MINISTRY,
    LEVEL_COURT,
    LEVEL_PLACE,
    LEVEL_INTERNATIONAL,
    LEVEL_COUNTRY,
    LEVEL_ASSOCIATION,
    LEVEL_INSTITUTE,
    LEVEL_COMPANY,
    LEVEL_MEDIA,
    LEVEL_NONE = 15 /* the most that the index keeps */
};

/* The stage of a policy's life that an action belongs to: dicts/actions.tsv. */
enum stage {
    STAGE_PASS,
    STAGE_ISSUE,
    STAGE_FORCE,
    STAGE_CONSULT,
    STAGE_REVIEW,
    STAGE_REVISE,
    STAGE_REPEAL,
    STAGE_START,
    STAGE_FINISH,
    STAGE_MEET,
    STAGE_VISIT, /* visits, talks, briefings: they decide nothing */
    STAGE_PROPOSE,
    STAGE_PLAN,
    STAGE_SAY,
    STAGE_REPORT,
    STAGE_NONE = 15
};

/* Characters [start, end) of a folded text; `value` is a level or a stage. */
struct mark {
    uint32_t start, end;
    uint8_t kind;
    uint8_t value;
};

struct marks {
    struct mark *items;
    size_t n, cap;
};

/* Whether a word is that of an action: 印发, 征求意见. */
bool nq_action_known(struct nq_str word);

/* Fills a lexicon with the words of events; false without memory. */
bool nq_marks_words(struct nq_lexicon *words);

/* The marks of `text` in order; a periodical's title is MARK_PERIODICAL.  False without memory. */
bool nq_marks_find(struct marks *marks, const struct nq_lexicon *words,
                   const struct nq_folded *text);
void nq_marks_finish(struct marks *marks);

/* The level of the first body that `name` holds; -1: none is known. */
int nq_actor_level(const struct nq_lexicon *words, const struct nq_folded *name);

/* The stage of `action` (folded), -1 for none.  `object` is what follows it in its `statement`: to
 * publish figures is a STAGE_SAY; talks that are held, or a meeting that only prepares others, are
 * a STAGE_VISIT. */
int nq_action_stage(const struct nq_lexicon *words, const struct nq_folded *action,
                    struct nq_str statement, struct nq_str object);

#endif
