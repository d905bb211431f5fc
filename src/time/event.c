/* One event, from the parts of its statement: who, what, which document, the words that say so; and
 * what later statements take over from it. */
#include "base/grow.h"
#include "time/clause.h"
#include "time/events.h"
#include "time/parser.h"
#include "time/statement.h"

enum {
    QUOTE_LEAST = 16, /* characters */
    QUOTE_MOST = 160,
};

static bool push(struct nq_event_finder *f, const struct nq_event *event)
{
    struct nq_event *events = nq_grow(f->events, f->n, &f->cap, sizeof *events);
    if (!events)
        return false;
    f->events = events;
    f->events[f->n++] = *event;
    return true;
}

/* Says [from, to) as a quote, at least so long that it makes sense. */
static void set_quote(const struct sentence *s, struct nq_event *e, size_t from, size_t to)
{
    from = nq_clause_start(s, from);
    to = nq_clause_end(s, to > from ? to - 1 : to);
    while (to < s->end && to - from < QUOTE_LEAST)
        to = nq_clause_end(s, to + 1);
    if (to - from > QUOTE_MOST)
        to = from + QUOTE_MOST;
    while (from + 1 < to &&
           (s->text->cls[from] == NQ_CLASS_SPACE || s->text->cls[from] == NQ_CLASS_BREAK))
        from++;
    e->start = s->text->start[from];
    e->end = s->text->end[to - 1];
    e->quote = nq_str_sub(s->bytes, e->start, e->end);
}

/* The body that issued a document by its title, where nobody else did: 《国务院关于…》公布. */
static struct nq_str issuer(const struct nq_event_finder *f, const struct sentence *s,
                            const struct mark *title)
{
    const struct nq_lexeme *w = nq_lexicon_at(&f->words, s->text, title->start + 1);
    struct parser p = {.text = s->text};
    size_t end = title->start + 1;
    bool body = false;
    for (size_t ignored; w && w->kind == MARK_ACTOR; w = nq_lexicon_at(&f->words, s->text, end)) {
        end += w->n;
        body = nq_literal_at(&p, end, "关于", &ignored);
        end += end < s->end && (s->text->cp[end] == 0x3001 || s->text->cp[end] == ' ');
    }
    return body ? nq_words_of(s, title->start + 1, end) : (struct nq_str){0};
}

/* Characters [from, to) of a statement. */
struct range {
    size_t from, to;
};

static void take_in(struct range *r, size_t from, size_t to)
{
    r->from = from < r->from ? from : r->from;
    r->to = to > r->to ? to : r->to;
}

/* What the statement itself says, as far as it is printed: in `range`. */
static void set_parts(struct nq_event_finder *f, const struct sentence *s, const struct parts *p,
                      struct nq_event *e, struct range *range)
{
    if (p->actor_start < p->actor_end) {
        e->actor = nq_words_of(s, p->actor_start, p->actor_end);
        take_in(range, p->actor_start, p->actor_end);
    }
    if (p->action) {
        e->action = nq_words_of(s, p->action->start, p->action->end);
        take_in(range, p->action->start, p->action->end);
    }
    if (p->title) {
        e->document = nq_recall_title(&f->recall, f->arena,
                                      nq_words_of(s, p->title->start + 1, p->title->end - 1));
        take_in(range, p->title->start, p->title->end);
    }
}

/* What it takes over from those before it: what is to come is of the last document and of who
 * issued that. */
static void inherit(struct nq_event_finder *f, const struct sentence *s, const struct parts *p,
                    struct nq_event *e)
{
    struct nq_str document = nq_buf_str(&f->recall.document), actor = nq_buf_str(&f->recall.actor);
    bool ahead = e->kind == NQ_EVENT_MILESTONE;
    if (ahead && !e->document.ptr && document.len > 0)
        e->document = nq_arena_str(f->arena, document);
    if (e->actor.ptr)
        return;
    if (ahead && e->document.ptr)
        e->actor = nq_recall_issuer(&f->recall, f->arena, e->document);
    else if ((ahead || p->same_actor) && actor.len > 0)
        e->actor = nq_arena_str(f->arena, actor);
    if (!e->actor.ptr && p->title && p->action && p->action->value <= STAGE_ISSUE)
        e->actor = issuer(f, s, p->title);
}

/* 今天（7月6日）: whether the sentence said so before. */
static bool said(const struct nq_event_finder *f, const struct sentence *s,
                 const struct nq_event *e)
{
    for (size_t i = f->n; i > 0 && f->events[i - 1].start >= s->text->start[s->start]; i--) {
        const struct nq_event *o = &f->events[i - 1];
        if (o->first == e->first && o->last == e->last && o->kind == e->kind &&
            nq_str_eq(o->action, e->action) && nq_str_eq(o->actor, e->actor) &&
            (!e->document.ptr || nq_str_eq(o->document, e->document)))
            return true;
    }
    return false;
}

/* Notes what later statements may take over. */
static bool note(struct nq_event_finder *f, const struct sentence *s, const struct parts *p,
                 const struct nq_event *e)
{
    if (e->kind != NQ_EVENT_PAST)
        return true;
    if (p->title && p->action && p->action->value <= STAGE_VISIT &&
        (!nq_recall_keep(&f->recall.document, e->document) ||
         !nq_recall_issued(&f->recall, e->document, e->actor)))
        return false;
    bool acts = p->actor_start < p->actor_end && !nq_media_subject(s, p->actor_start, p->actor_end);
    return !acts || nq_recall_keep(&f->recall.actor, e->actor);
}

bool nq_event_add(struct nq_event_finder *f, const struct sentence *s, const struct parts *p,
                  const struct nq_date *d, enum nq_event_kind kind, bool undated)
{
    struct nq_event e = {.first = d->first,
                         .last = d->last,
                         .precision = d->precision,
                         .kind = kind,
                         .undated = undated};
    struct range range = {p->date_start, p->date_end};
    set_parts(f, s, p, &e, &range);
    inherit(f, s, p, &e);
    set_quote(s, &e, range.from, range.to);
    if (nq_arena_failed(f->arena))
        return false;
    return said(f, s, &e) || (note(f, s, p, &e) && push(f, &e));
}

bool nq_event_add_list(struct nq_event_finder *f, const struct sentence *s,
                       const struct parts *first, const struct nq_date *d, enum nq_event_kind kind,
                       bool undated)
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
