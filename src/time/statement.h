/* What is said of one date: who did what, and about which document; for the event finder. */
#ifndef NQ_TIME_STATEMENT_H
#define NQ_TIME_STATEMENT_H

#include "time/subject.h"

/* The parts of a statement, as characters. */
struct parts {
    size_t date_start, date_end, window_start, window_end;
    const struct mark *action;
    size_t actor_start, actor_end; /* equal: none */
    const struct mark *title;
    bool same_actor; /* the body that was last said to act */
};

/* Fills in action, actor and title; dates and window are set. */
void nq_find_parts(const struct sentence *s, struct parts *parts);

/* Where nobody acts so far: who does by the words that the statement begins with. */
void nq_phrase_subject(const struct sentence *s, struct parts *parts);

/* 开始了, 已完成 */
bool nq_is_done(const struct sentence *s, const struct mark *action);

/* Whether it lies ahead of the reference, or is due or planned. */
bool nq_is_milestone(const struct sentence *s, const struct parts *parts,
                     const struct nq_date *date, int32_t reference);

/* Whether a dated clause is worth an event. */
bool nq_tells(const struct sentence *s, const struct parts *parts, const struct nq_date *date,
              enum nq_event_kind kind, int32_t reference);

/* Whether the date only names something (春节招待会) or is about to come (春节即将来临); `words`
 * are those of dates. */
bool nq_only_names(const struct sentence *s, const struct parts *parts,
                   const struct nq_lexicon *words);

struct nq_event_finder;

/* Adds to finder->events what `parts` say of the days of `date`; `undated` where these are the
 * report's.  Nothing where its sentence said so before.  False without memory. */
bool nq_event_add(struct nq_event_finder *finder, const struct sentence *s,
                  const struct parts *parts, const struct nq_date *date, enum nq_event_kind kind,
                  bool undated);

/* Adds the documents that follow the first in a list, too: 审议通过《…》《…》和《…》. */
bool nq_event_add_list(struct nq_event_finder *finder, const struct sentence *s,
                       const struct parts *first, const struct nq_date *date,
                       enum nq_event_kind kind, bool undated);

/* ---- sentences that tell no day ----------------------------------------------------------------
 */

/* Whether the sentence begins with who speaks and does nothing else: 李某表示，…; not
 * 李某考察时强调，….  What spokesmen tell is news. */
bool nq_opens_speech(const struct sentence *s);

/* A sentence without a day: what was issued, passed or held is news of the report's day, unless it
 * is recalled in a speech. */
bool nq_undated_event(struct nq_event_finder *finder, const struct sentence *s, int32_t reference,
                      bool first, bool speech);

/* 首期补贴于4月21日兑付: the day of a first sentence is the news's, whatever is done on it. */
bool nq_opening_event(struct nq_event_finder *finder, const struct sentence *s, int32_t reference);

#endif
