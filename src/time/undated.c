/* What is news of the report's day, or of a day that only its first sentence tells. */
#include "time/clause.h"
#include "time/events.h"
#include "time/statement.h"

bool nq_opens_speech(const struct sentence *s)
{
    static const struct nq_str tellers[] = {NQ_STR_INIT("负责"), NQ_STR_INIT("发言人"),
                                            NQ_STR_INIT("发布会"), NQ_STR_INIT("记者"),
                                            NQ_STR_INIT("部门")};
    size_t end = nq_clause_end(s, s->start);
    const struct mark *only = nq_first_action(s, s->start, end);
    if (!only || only->value != STAGE_SAY || only->end != end)
        return false;
    struct nq_str who = nq_words_of(s, s->start, end);
    for (size_t i = 0; i < NQ_COUNT(tellers); i++)
        if (nq_str_find(who, tellers[i], 0) != SIZE_MAX)
            return false;
    return true;
}

bool nq_undated_event(struct nq_event_finder *f, const struct sentence *s, int32_t reference,
                      bool first, bool speech)
{
    struct parts p = {.date_start = s->start,
                      .date_end = s->start,
                      .window_start = s->start,
                      .window_end = s->end};
    struct nq_date day = {.first = reference, .last = reference};
    for (size_t i = s->first_date; i < s->last_date; i++)
        if (!s->dates[i].titled &&
            (s->dates[i].kind != NQ_DATE_VAGUE || nq_long_vague(s, &s->dates[i])))
            return true;
    p.action = nq_first_action(s, s->start, s->end);
    while (p.action && p.action->value >= STAGE_PROPOSE)
        p.action = nq_first_action(s, p.action->end, s->end);
    if (!p.action || nq_has_cue(s, s->start, p.action->start) ||
        (speech && nq_is_done(s, p.action)))
        return true;
    nq_find_subject(s, s->start, p.action->start, 0, 0, false, &p.actor_start, &p.actor_end);
    p.title = nq_find_title(s, p.action, s->start, nq_clause_end(s, p.action->end));
    bool named = p.actor_start < p.actor_end && !nq_media_subject(s, p.actor_start, p.actor_end);
    p.same_actor = !named && nq_says_meeting(s, p.action->start);
    bool held = p.action->value == STAGE_MEET || p.action->value == STAGE_VISIT;
    if (!p.title && ((!named && !held) || !first || p.action->value == STAGE_FINISH))
        return true;
    p.date_start = p.date_end = p.action->start;
    return nq_event_add(f, s, &p, &day, NQ_EVENT_PAST, true) &&
           nq_event_add_list(f, s, &p, &day, NQ_EVENT_PAST, true);
}

bool nq_opening_event(struct nq_event_finder *f, const struct sentence *s, int32_t reference)
{
    enum { NEWS_DAYS = 31 };
    for (size_t i = s->first_date; i < s->last_date; i++) {
        const struct nq_date *d = &s->dates[i];
        if (d->titled || d->kind != NQ_DATE_INTERVAL || d->precision != NQ_PRECISION_DAY ||
            d->last > reference || d->first < reference - NEWS_DAYS ||
            (d->bound != NQ_BOUND_NONE && d->bound != NQ_BOUND_UNTIL))
            continue;
        struct parts p = {.window_start = s->start, .window_end = s->end};
        p.date_start = nq_date_char(s, d->start);
        p.date_end = nq_date_char(s, d->end);
        return nq_event_add(f, s, &p, d, NQ_EVENT_PAST, false);
    }
    return true;
}
