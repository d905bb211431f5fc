/* Events of a passage: sentences, and for each date in one what was done. */
#include "time/events.h"

#include "time/clause.h"
#include "time/parser.h"
#include "time/statement.h"

#include <stdlib.h>

enum {
    LONG_SENTENCE = 400,   /* characters; a longer one is parted behind a clause, ... */
    LONGEST = 1000,        /* ... and at the latest here, so that the work is linear */
    UNDATED_SENTENCES = 3, /* of a passage, at most */
};

bool nq_event_finder_init(struct nq_event_finder *f)
{
    *f = (struct nq_event_finder){.arena = nq_arena_create()};
    if (f->arena && nq_date_finder_init(&f->dates)) {
        f->words.arena = f->dates.arena;
        if (nq_marks_words(&f->words))
            return true;
    }
    nq_event_finder_finish(f);
    return false;
}

void nq_event_finder_finish(struct nq_event_finder *f)
{
    nq_date_finder_finish(&f->dates);
    nq_marks_finish(&f->marks);
    nq_arena_destroy(f->arena);
    nq_recall_finish(&f->recall);
    free(f->events);
    *f = (struct nq_event_finder){0};
}

/* Whether a sentence that began at `start` ends at `at`. */
static bool ends_here(const struct nq_folded *text, size_t start, size_t at)
{
    uint32_t cp = text->cp[at];
    return ends_sentence(cp) || (cp == ',' && at - start > LONG_SENTENCE) || at - start > LONGEST;
}

/* ---- sentences ----------------------------------------------------------------------------------
 */

/* Whether the year or month that is `d` only describes something (2026年“数据要素×”大赛) in a
 * clause that has a finer date. */
static bool describes(const struct sentence *s, const struct nq_date *d, size_t clause)
{
    bool vague = d->precision == NQ_PRECISION_YEAR || d->precision == NQ_PRECISION_MONTH;
    if (!vague || d->bound != NQ_BOUND_NONE)
        return false;
    for (size_t i = s->first_date; i < s->last_date; i++) {
        const struct nq_date *o = &s->dates[i];
        if (o != d && o->kind == NQ_DATE_INTERVAL && !o->titled && o->last - o->first < 27 &&
            nq_date_char(s, o->start) >= clause &&
            nq_date_char(s, o->start) <= nq_clause_end(s, clause) + 30)
            return true;
    }
    return false;
}

/* The other documents of a list: 审议通过《…》《…》和《…》. */
static bool add_list(struct nq_event_finder *f, const struct sentence *s, const struct parts *first,
                     const struct nq_date *d, enum nq_event_kind kind, bool undated)
{
    struct parts p = *first;
    if (!p.title || !p.action || p.title->start < p.action->end)
        return true;
    for (size_t i = s->first_mark; i < s->last_mark; i++) {
        const struct mark *m = &s->marks[i];
        if (m->kind != MARK_TITLE || m->start < p.title->end)
            continue;
        if (m->start - p.title->end > 1)
            break;
        p.title = m;
        if (!nq_event_add(f, s, &p, d, kind, undated))
            return false;
    }
    return true;
}

/* Sets who acts to the meeting that was called, where that is a body's own: the 国务院常务会议 that
 * its 总理 calls passes what it passes. */
static bool take_meeting(struct nq_event_finder *f, const struct sentence *s, struct parts *p)
{
    enum { NUMBER_MOST = 12 }; /* characters of 第二十四次 and the like */
    struct parser at = {.text = s->text};
    if (!p->action || p->action->value != STAGE_MEET)
        return true;
    for (size_t i = s->first_mark; i < s->last_mark; i++) {
        const struct mark *m = &s->marks[i];
        if (m->kind != MARK_ACTOR || m->start < p->action->end || m->value > LEVEL_MINISTRY)
            continue;
        size_t to = m->end + NUMBER_MOST < s->end ? m->end + NUMBER_MOST : s->end;
        struct number term = nq_number_at(&at, p->action->end);
        size_t body = p->action->end + 1;
        if (term.kind) /* 二十届中央全面深化改革委员会 */
            nq_literal_at(&at, term.end, "届", &body);
        if (m->start > body ||
            nq_str_find(nq_words_of(s, m->start, to), NQ_STR("会议"), 0) == SIZE_MAX)
            break;
        p->actor_start = m->start;
        p->actor_end = m->end;
        return nq_recall_keep(&f->recall.actor, nq_words_of(s, m->start, m->end));
    }
    return true;
}

/* What else was done about another document on that day: 召开会议，审议通过《…》. */
static bool add_deeds(struct nq_event_finder *f, const struct sentence *s,
                      const struct parts *first, const struct nq_date *d, enum nq_event_kind kind)
{
    struct parts p = *first;
    for (const struct mark *a = first->action;
         a && (a = nq_first_action(s, a->end, p.window_end));) {
        size_t end = nq_clause_end(s, a->end);
        const struct mark *title =
            a->value <= STAGE_REPEAL ? nq_find_title(s, a, a->end, end) : NULL;
        if (!title || title == first->title ||
            nq_has_cue(s, nq_clause_start(s, a->start), a->start))
            continue;
        p.action = a;
        p.title = title;
        if (!nq_event_add(f, s, &p, d, kind, false) || !add_list(f, s, &p, d, kind, false))
            return false;
    }
    return true;
}

/* 2026年和2027年 are one range, 今天（7月6日） one day: takes in the dates that are joined to the
 * one at *i. */
static struct nq_date joined(const struct sentence *s, size_t *i)
{
    struct nq_date d = s->dates[*i];
    for (; *i + 1 < s->last_date; ++*i) {
        const struct nq_date *next = &s->dates[*i + 1];
        struct nq_str between = nq_str_trim(nq_str_sub(s->bytes, d.end, next->start));
        bool again = next->first == d.first && next->last == d.last && between.len <= 6;
        if (again) { /* 今天（7月6日） */
            d.end = next->end;
            d.relative &= next->relative;
            continue;
        }
        if (d.first == NQ_NO_DAY || next->kind != d.kind || next->first != d.last + 1 ||
            !(nq_str_eq(between, NQ_STR("和")) || nq_str_eq(between, NQ_STR("、"))))
            break;
        d.last = next->last;
        d.end = next->end;
        d.precision = NQ_PRECISION_RANGE;
    }
    return d;
}

static bool dated_events(struct nq_event_finder *f, const struct sentence *s, int32_t reference)
{
    size_t window = s->start;
    for (size_t i = s->first_date; i < s->last_date; i++) {
        bool description =
            describes(s, &s->dates[i], nq_clause_start(s, nq_date_char(s, s->dates[i].start)));
        struct nq_date date = joined(s, &i);
        const struct nq_date *d = &date;
        bool narrated = d->relative && d->bound == NQ_BOUND_ABOUT; /* 两个月后: of the story told */
        if (d->titled || d->first == NQ_NO_DAY || narrated ||
            (d->anaphoric && d->last - d->first > 31))
            continue;
        struct parts p = {.date_start = nq_date_char(s, d->start), .window_end = s->end};
        p.date_end = nq_date_char(s, d->end);
        p.window_start = window;
        for (size_t k = i + 1; k < s->last_date && p.window_end == s->end; k++) {
            const struct nq_date *next = &s->dates[k];
            size_t at = nq_date_char(s, next->start);
            if (!next->titled && next->first != NQ_NO_DAY && next->last - next->first < 27 &&
                (next->first != d->first || at > p.date_end + 3))
                p.window_end = nq_clause_start(s, at) > p.date_end ? nq_clause_start(s, at) : at;
        }
        if (description)
            continue;
        nq_find_parts(s, &p);
        bool ahead = nq_is_milestone(s, &p, d, reference);
        enum nq_event_kind kind = ahead ? NQ_EVENT_MILESTONE : NQ_EVENT_PAST;
        if (!nq_tells(s, &p, d, kind, reference) || nq_only_names(s, &p, &f->dates.words))
            continue;
        nq_phrase_subject(s, &p);
        if (!nq_event_add(f, s, &p, d, kind, false) || !add_list(f, s, &p, d, kind, false) ||
            !take_meeting(f, s, &p) || !add_deeds(f, s, &p, d, kind))
            return false;
        window =
            nq_clause_start(s, p.date_start) > window ? nq_clause_start(s, p.date_start) : window;
    }
    return true;
}

/* Behind 央视网消息：, 新华社北京6月18日电（记者…）, with which a passage begins. */
static size_t lead_end(const struct nq_folded *text)
{
    enum { LEAD = 30 };
    for (size_t i = 0; i < LEAD && i < text->n && !ends_sentence(text->cp[i]); i++)
        if (text->cp[i] == ':' && i > 3 && text->cp[i - 1] == ')')
            return i + 1;
    return 0;
}

/* Whether the sentence begins with who speaks and does nothing else: 李某表示，…; not
 * 李某考察时强调，….  What spokesmen tell is news. */
static bool opens_speech(const struct sentence *s)
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

/* A sentence without a day: what was issued, passed or held is news of the report's day. */
static bool undated_event(struct nq_event_finder *f, const struct sentence *s, int32_t reference,
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
           add_list(f, s, &p, &day, NQ_EVENT_PAST, true);
}

/* 首期补贴于4月21日兑付: the day of a first sentence is the news's, whatever is done on it. */
static bool opening_event(struct nq_event_finder *f, const struct sentence *s, int32_t reference)
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

bool nq_events_find(struct nq_event_finder *f, struct nq_str text, int32_t reference,
                    unsigned flags)
{
    struct nq_folded *folded = &f->dates.folded;
    f->n = 0;
    nq_arena_reset(f->arena);
    if (!(flags & NQ_EXTRACT_CONTINUES))
        nq_recall_clear(&f->recall);
    if (!nq_dates_find(&f->dates, text, reference))
        return false;
    bool undated = (flags & NQ_EXTRACT_UNDATED) && reference != NQ_NO_DAY;
    if ((f->dates.n == 0 && !undated) || !nq_marks_find(&f->marks, &f->words, folded))
        return f->dates.n == 0 && !undated;
    if (!nq_recall_read(&f->recall, text, folded, &f->marks))
        return false;
    struct sentence s = {
        .bytes = text, .text = folded, .dates = f->dates.dates, .marks = f->marks.items};
    bool speech = false;
    for (size_t at = lead_end(folded), number = 0; at < folded->n; number++) {
        s.start = at;
        size_t mark = s.last_mark;
        for (s.end = at; s.end < folded->n && !ends_here(folded, at, s.end); s.end++) {
            while (mark < f->marks.n && f->marks.items[mark].start < s.end)
                mark++;
            if (mark < f->marks.n && f->marks.items[mark].start == s.end &&
                f->marks.items[mark].kind == MARK_TITLE)
                s.end = f->marks.items[mark].end - 1;
        }
        nq_next_sentence(&s, f->dates.n, f->marks.n);
        size_t before = f->n;
        bool said = opens_speech(&s);
        speech |= said;
        if (s.last_date > s.first_date && !dated_events(f, &s, reference))
            return false;
        if (undated && !said && f->n == before && number < UNDATED_SENTENCES &&
            s.last_mark > s.first_mark && !undated_event(f, &s, reference, number == 0, speech))
            return false;
        if (f->opening && number == 0 && f->n == before && reference != NQ_NO_DAY &&
            s.last_date > s.first_date && !opening_event(f, &s, reference))
            return false;
        at = s.end + 1;
    }
    return true;
}
