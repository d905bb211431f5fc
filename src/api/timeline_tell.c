/* What a passage tells: its events, what its section begins with, its headline; and how much each
 * has to do with the query. */
#include "api/timeline.h"
#include "model/passage.h"

/* What counts of what is named among others only; of what only a visit, a talk or a lesser body
 * touches on; of what a figure of a period tells; of what needs the sentence before it. */
static const double listed = 0.7, undecided = 0.5, statistic = 0.6, dangling = 0.4;

static bool wanted(const struct nq_timeline_job *j, const struct nq_event_row *e)
{
    const struct nq_timeline_params *p = j->params;
    if (p->kinds && !(e->kind & p->kinds))
        return false;
    if (!p->bounded)
        return true;
    if (p->from != NQ_NO_DAY && p->to != NQ_NO_DAY && p->from > p->to) /* no day lies between */
        return false;
    return (p->from == NQ_NO_DAY || e->last >= p->from) &&
           (p->to == NQ_NO_DAY || e->first <= p->to);
}

static enum nq_status tell(struct nq_timeline_job *j, const struct nq_telling *telling)
{
    struct nq_telling *grown = nq_arena_grow(j->arena, j->tellings, j->n_tellings, sizeof *grown);
    if (!grown)
        return nq_fail_nomem(j->err);
    j->tellings = grown;
    j->tellings[j->n_tellings] = *telling;
    if (!telling->event.document && nq_timeline_is_statistic(telling->event.label))
        j->tellings[j->n_tellings].relevance *= statistic;
    if (telling->event.undated && nq_timeline_dangles(telling->event.label))
        j->tellings[j->n_tellings].relevance *= dangling;
    j->n_tellings++;
    j->told++;
    return NQ_OK;
}

/* A telling of the event `row` by the passage at hand. */
static enum nq_status make(struct nq_timeline_job *j, const struct nq_event_row *row,
                           struct nq_telling *t)
{
    struct nq_str text = row->heading ? j->place.heading : j->place.text;
    *t = (struct nq_telling){.section = j->place.section, .stage = row->stage, .level = row->level};
    t->coverage =
        (struct nq_coverage){row->passage, j->place.report, j->place.report_day, j->place.heading};
    struct nq_timeline_event *e = &t->event;
    e->first = row->first;
    e->last = row->last;
    e->precision = row->precision;
    e->kind = row->kind;
    e->undated = row->undated;
    e->actor = nq_arena_str(j->arena, row->actor);
    e->action = nq_arena_str(j->arena, row->action);
    e->document = row->document;
    struct nq_str clause = {0};
    if (row->start < row->end && row->end <= text.len) {
        clause = nq_arena_str(j->arena, nq_str_sub(text, row->start, row->end));
        e->quote = nq_arena_str(j->arena, nq_timeline_sentence(text, row->start));
    }
    if (row->document) {
        enum nq_status status = nq_store_document_title(j->index->db, j->arena, row->document,
                                                        &e->document_title, j->err);
        if (status != NQ_OK)
            return status;
    }
    e->label = nq_timeline_label(j, row, e, clause);
    t->clause = clause;
    return nq_arena_failed(j->arena) ? nq_fail_nomem(j->err) : NQ_OK;
}

/* How much an event of the passage has to do with the query: by where its words stand. */
static double relevance(struct nq_timeline_job *j, const struct nq_telling *t)
{
    struct nq_timeline_where w = {.title = nq_timeline_terms_in(j, t->event.document_title),
                                  .sentence = nq_timeline_terms_in(j, t->event.quote),
                                  .heading = j->in_heading};
    return nq_timeline_relevance(j, &w);
}

/* Whether it is a meeting or a talk, which says little without what it was about. */
static bool meets(const struct nq_telling *t)
{
    return (t->stage == STAGE_MEET || t->stage == STAGE_VISIT) && !t->event.document &&
           t->event.kind == NQ_EVENT_PAST;
}

static enum nq_status on_event(void *user, const struct nq_event_row *row, struct nq_error *err)
{
    struct nq_timeline_job *j = user;
    struct nq_telling t;
    (void)err;
    bool only_day = row->action.len == 0 && row->kind == NQ_EVENT_PAST;
    bool comment = row->stage == STAGE_REPORT && nq_timeline_is_comment(j->place.heading);
    if (!wanted(j, row) || comment || (only_day && j->has_lead)) /* of which the lead tells more */
        return NQ_OK;
    enum nq_status status = make(j, row, &t);
    if (status != NQ_OK)
        return status;
    if (only_day && !nq_str_eq(t.event.label, nq_timeline_heading(j)))
        return NQ_OK; /* the day is its headline's */
    t.relevance = relevance(j, &t);
    t.titled = nq_timeline_terms_in(j, t.event.document_title) != 0;
    if (!nq_timeline_terms_in(j, t.event.quote) && j->in_text)
        t.event.quote = nq_timeline_match(j);
    else if (meets(&t) && !nq_timeline_terms_in(j, t.event.label))
        t.event.label = nq_timeline_with_matter(j, t.event.label, t.event.quote);
    return t.relevance > 0 ? tell(j, &t) : NQ_OK;
}

/* Keeps the first event of the section that is worth it. */
static enum nq_status on_lead(void *user, const struct nq_event_row *row, struct nq_error *err)
{
    struct nq_timeline_job *j = user;
    (void)err;
    bool day = row->stage == STAGE_NONE && !row->undated && row->first == row->last &&
               row->kind == NQ_EVENT_PAST && !row->heading;
    if (day && j->lead_day == NQ_NO_DAY && row->passage == j->lead_section)
        j->lead_day = row->first;
    bool good = row->kind == NQ_EVENT_PAST && row->stage <= STAGE_VISIT && wanted(j, row) &&
                row->last - row->first < 8;
    bool better = good && (!j->has_lead || (j->lead.event.undated && !row->undated));
    if (!better)
        return NQ_OK;
    struct nq_place here = j->place;
    bool opens = j->opens;
    enum nq_status status = nq_store_place(j->index->db, j->arena, row->passage, &j->place, j->err);
    if (status == NQ_OK && j->place.section == here.section) { /* a short one's next is another's */
        j->has_lead = j->opens = true;
        status = make(j, row, &j->lead);
    }
    j->place = here;
    j->opens = opens;
    return status;
}

/* Finds what the section at hand begins with: j->lead, j->lead_day. */
static enum nq_status find_lead(struct nq_timeline_job *j)
{
    enum { LEAD_PASSAGES = 2 };
    int64_t first = j->place.section;
    if (j->lead_section == first)
        return NQ_OK;
    j->lead_section = first;
    j->has_lead = false;
    j->lead_day = NQ_NO_DAY;
    return nq_store_events_of(j->index->db, first, first + LEAD_PASSAGES - 1, on_lead, j, j->err);
}

/* What the section reports on tells of the passage, too: 会议12月12日举行 … 会议强调，要发展…. */
static enum nq_status tell_lead(struct nq_timeline_job *j)
{
    if (!j->has_lead)
        return NQ_OK;
    struct nq_telling t = j->lead;
    t.event.quote = nq_timeline_match(j);
    if (!j->in_heading && !nq_timeline_terms_in(j, t.event.label))
        t.event.label = nq_timeline_with_matter(j, t.event.label, j->place.text);
    struct nq_timeline_where w = {.heading = j->in_heading};
    double heading = nq_timeline_relevance(j, &w);
    w.text = j->in_text & ~j->in_heading;
    bool decides = t.stage <= STAGE_MEET && t.level <= LEVEL_STATE;
    t.relevance = heading + (decides ? 1 : undecided) * (nq_timeline_in_list(j) ? listed : 1) *
                                (nq_timeline_relevance(j, &w) - heading);
    t.titled = nq_timeline_terms_in(j, t.event.document_title) != 0;
    return tell(j, &t);
}

/* Whether an event of the section goes by its heading already. */
static bool headline_told(struct nq_timeline_job *j)
{
    struct nq_str heading = nq_timeline_heading(j);
    for (size_t i = j->n_tellings; i > 0 && j->tellings[i - 1].section == j->place.section; i--)
        if (nq_str_eq(j->tellings[i - 1].event.label, heading))
            return true;
    return false;
}

/* A headline with words of the query is news of its report's day, though nothing in it is dated. */
static enum nq_status tell_headline(struct nq_timeline_job *j)
{
    struct nq_telling t = {.section = j->place.section, .stage = STAGE_NONE, .level = LEVEL_NONE};
    bool dated = !j->item && j->lead_day != NQ_NO_DAY;
    int32_t day = dated ? j->lead_day : j->place.report_day;
    struct nq_event_row row = {.first = day, .last = day, .kind = NQ_EVENT_PAST};
    if (!j->in_heading || nq_timeline_is_comment(j->place.heading) ||
        (j->item ? j->told > 0 : j->has_lead) || day == NQ_NO_DAY || headline_told(j) ||
        !wanted(j, &row))
        return NQ_OK;
    t.coverage = (struct nq_coverage){j->item ? j->read : j->place.section, j->place.report,
                                      j->place.report_day, j->place.heading};
    t.event = (struct nq_timeline_event){.first = day,
                                         .last = day,
                                         .kind = NQ_EVENT_PAST,
                                         .undated = !dated,
                                         .label = nq_timeline_heading(j),
                                         .quote = nq_timeline_match(j)};
    t.relevance = nq_timeline_relevance(
        j, &(struct nq_timeline_where){.heading = j->in_heading, .text = j->in_text});
    return tell(j, &t);
}

/* Loads the passage; a line that stands above the next becomes its heading. */
static enum nq_status load(struct nq_timeline_job *j, int64_t *passage)
{
    struct nq_place *place = &j->place, other;
    struct nq_db *db = j->index->db;
    enum nq_status status = nq_store_place(db, j->arena, *passage, place, j->err);
    j->opens = place->section && *passage <= place->section + 1;
    if (status != NQ_OK || place->report == 0 || !place->section)
        return status;
    if (nq_passage_is_line(place->text)) {
        status = nq_store_place(db, j->arena, *passage + 1, &other, j->err);
        if (status != NQ_OK || other.section != place->section || nq_passage_is_line(other.text))
            return status;
        other.heading = place->text;
        *place = other;
        *passage += 1;
    } else if (*passage > place->section) {
        status = nq_store_place(db, j->arena, *passage - 1, &other, j->err);
        if (status != NQ_OK || other.section != place->section || !nq_passage_is_line(other.text))
            return status;
        place->heading = other.text;
    } else {
        return NQ_OK;
    }
    j->opens = j->item = true;
    return NQ_OK;
}

enum nq_status nq_timeline_tell(struct nq_timeline_job *j, const struct nq_timeline_candidate *c)
{
    int64_t passage = c->passage;
    j->item = false;
    enum nq_status status = load(j, &passage);
    if (status != NQ_OK || j->place.report == 0 || passage == j->read)
        return status;
    j->read = passage;
    j->told = 0;
    j->mistaken = 0;
    j->in_heading = nq_timeline_terms_in(j, j->place.heading);
    j->in_text = (j->item ? UINT32_MAX : nq_timeline_with_wholes(j, c->terms | j->everywhere)) &
                 nq_timeline_terms_in(j, j->place.text);
    if (!(j->in_text | j->in_heading))
        j->in_text = c->terms & ~j->mistaken; /* in another printing, as it was searched for */
    if (!((j->in_text | j->in_heading) & j->rare))
        return j->nomem ? nq_fail_nomem(j->err) : NQ_OK;
    bool news = j->place.section && !nq_passage_is_roundup(j->place.heading);
    if (j->item || !news) {
        j->lead_section = 0;
        j->has_lead = false;
    } else {
        status = find_lead(j);
    }
    if (status == NQ_OK)
        status = nq_store_events_of(j->index->db, passage, passage, on_event, j, j->err);
    if (status == NQ_OK && news && !j->item)
        status = tell_lead(j);
    if (status == NQ_OK && news)
        status = tell_headline(j);
    return status == NQ_OK && j->nomem ? nq_fail_nomem(j->err) : status;
}
