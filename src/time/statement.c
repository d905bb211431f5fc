/* What is said of one date. */
#include "time/statement.h"

#include "time/clause.h"
#include "time/parser.h"

enum { LONG_RANGE = 62 }; /* days; the past of so long is a figure's, not an event's */

void nq_find_parts(const struct sentence *s, struct parts *p)
{
    p->action = nq_first_action(s, p->date_end, p->window_end);
    size_t clause = nq_clause_start(s, p->date_start);
    if (!p->action || p->action->start > nq_clause_end(s, p->date_end) + 40) {
        const struct mark *before = nq_last_action(s, clause, p->date_start);
        p->action = before ? before : p->action;
    }
    /* 就实现目标进行集体学习: what is done stands behind what it is about. */
    size_t clause_stop = p->action ? nq_clause_end(s, p->action->end) : 0;
    for (const struct mark *a = p->action;
         a && p->action->value >= STAGE_PROPOSE && p->action->value <= STAGE_PLAN;) {
        a = nq_first_action(s, a->end, clause_stop);
        if (a && a->value <= STAGE_VISIT && a->start > p->date_end)
            p->action = a;
    }
    size_t upto = p->action ? p->action->start : p->date_start;
    nq_find_subject(s, p->window_start, upto, p->date_start, p->date_end, false, &p->actor_start,
                    &p->actor_end);
    /* Who reports it did not do it. */
    if (p->action &&
        (p->action->value == STAGE_REPORT || nq_media_subject(s, p->actor_start, p->actor_end))) {
        size_t start, end;
        const struct mark *deed = nq_first_action(s, p->action->end, p->window_end);
        while (deed && deed->value == STAGE_REPORT)
            deed = nq_first_action(s, deed->end, p->window_end);
        if (deed) {
            nq_find_subject(s, p->action->end, deed->start, 0, 0, true, &start, &end);
            if (start < end) {
                p->action = deed;
                p->actor_start = start;
                p->actor_end = end;
            }
        }
    }
    p->title = nq_find_title(s, p->action, p->window_start, p->window_end);
    if (p->title && p->action && p->title->start > nq_clause_end(s, p->action->end))
        p->title = p->title->end < p->action->start ? p->title : NULL;
    bool deed = p->action && p->action->value > STAGE_REPEAL && p->action->value < STAGE_PROPOSE;
    if (p->title && deed && p->title->end <= nq_clause_start(s, p->action->start))
        p->title = NULL; /* 《报告》显示，市场启动三年 */
}

bool nq_is_done(const struct sentence *s, const struct mark *action)
{
    return (action->end < s->end && s->text->cp[action->end] == 0x4E86) ||
           (action->start > s->start && s->text->cp[action->start - 1] == 0x5DF2);
}

bool nq_is_milestone(const struct sentence *s, const struct parts *p, const struct nq_date *d,
                     int32_t reference)
{
    if (reference == NQ_NO_DAY || d->last <= reference)
        return false;
    bool due = d->bound == NQ_BOUND_BY || d->bound == NQ_BOUND_BEFORE;
    if (d->first > reference || due || nq_schedule_before(s, p->date_start))
        return true;
    if (p->action && nq_is_done(s, p->action))
        return false;
    /* 今年成立，将促进…: of a time that has begun its own clause tells, or that of the action. */
    size_t end = nq_clause_end(s, p->action ? p->action->end : p->date_end);
    if (!p->action && end == p->date_end)
        end = nq_clause_end(s, end + 1);
    return (p->action && p->action->value == STAGE_PLAN) ||
           nq_has_cue(s, nq_clause_start(s, p->date_start), end);
}

bool nq_only_names(const struct sentence *s, const struct parts *p, const struct nq_lexicon *words)
{
    static const char *const behind[] = {"招待会", "晚会", "联欢", "庆祝", "慰问", "团拜",
                                         "茶话会", "活动", "来临", "到来", "临近", "将至"};
    const struct nq_lexeme *w = nq_lexicon_at(words, s->text, p->date_start);
    struct parser at = {.text = s->text};
    size_t from = p->date_end, end;
    for (size_t i = p->date_start; i < p->date_end && !(w && w->kind == WORD_HOLIDAY); i++)
        w = nq_lexicon_at(words, s->text, i);
    if (!w || w->kind != WORD_HOLIDAY)
        return false;
    nq_literal_at(&at, from, "即将", &from);
    for (size_t i = 0; i < NQ_COUNT(behind); i++)
        if (nq_literal_at(&at, from, behind[i], &end))
            return true;
    return false;
}

/* Whether the date only says which: 对明年工作的部署, 2025年后的目标; or is what is spoken of:
 * 明年是…. */
static bool says_which(const struct sentence *s, const struct parts *p, const struct nq_date *d)
{
    static const char *const before[] = {"对", "关于", "有关", "围绕", "针对", "面向", "了"};
    struct parser at = {.text = s->text};
    size_t end;
    if (nq_literal_at(&at, p->date_end, "是", &end) ||
        nq_literal_at(&at, p->date_end, "正值", &end))
        return true;
    if (d->precision == NQ_PRECISION_YEAR && nq_literal_at(&at, p->date_end, "第", &end))
        return true; /* 2025年第九届亚洲冬季运动会 */
    for (size_t i = 0; i < NQ_COUNT(before) && d->precision != NQ_PRECISION_DAY; i++) {
        size_t n = strlen(before[i]) / 3;
        if (p->date_start >= s->start + n && nq_literal_at(&at, p->date_start - n, before[i], &end))
            return d->bound != NQ_BOUND_BY && d->bound != NQ_BOUND_BEFORE;
    }
    return false;
}

bool nq_tells(const struct sentence *s, const struct parts *p, const struct nq_date *d,
              enum nq_event_kind kind, int32_t reference)
{
    bool due = d->bound == NQ_BOUND_BY || d->bound == NQ_BOUND_BEFORE;
    if (says_which(s, p, d))
        return false;
    if (kind == NQ_EVENT_MILESTONE)
        return p->action || due ||
               nq_has_cue(s, nq_clause_start(s, p->date_start), p->window_end) ||
               nq_schedule_before(s, p->date_start);
    if (!p->action || (d->bound == NQ_BOUND_SINCE && d->last - d->first > LONG_RANGE))
        return false;
    bool this_year = d->precision == NQ_PRECISION_YEAR && d->last >= reference;
    if (this_year && !d->relative) /* 2026年数博会开幕式 */
        return false;
    bool named = p->actor_start < p->actor_end || p->title;
    bool starts = p->action->value == STAGE_START ||
                  (p->action->value == STAGE_FORCE && d->precision == NQ_PRECISION_DAY);
    if (d->relative && !named) /* 今天的主线是… */
        return starts && p->action->start < nq_clause_end(s, p->date_end);
    if (d->last - d->first <= LONG_RANGE)
        return true;
    return named && p->action->value <= STAGE_VISIT && d->precision == NQ_PRECISION_YEAR &&
           p->action->start < nq_clause_end(s, p->date_end) && p->action->start >= p->date_end &&
           !nq_number_behind(s, p->action->end);
}
