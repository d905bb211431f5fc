/* What a passage tells: its events, what its section begins with, its headline; and how much each
 * has to do with the query. */
#include "api/timeline.h"
#include "model/passage.h"

#include <math.h>

static const double statistic = 0.6; /* of what a figure of a period counts */

/* The terms that stand in the parts of a telling. */
struct where {
    uint32_t title, sentence, heading, text;
};

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

/* Whether a headline gives the figures of a period: 前7月中欧班列开行8990列. */
static bool is_statistic(struct nq_str heading)
{
    static const struct nq_str words[] = {NQ_STR_INIT("季度"), NQ_STR_INIT("上半年"),
                                          NQ_STR_INIT("个月"), NQ_STR_INIT("同比"),
                                          NQ_STR_INIT("全年"), NQ_STR_INIT("月份")};
    static const struct nq_str first = NQ_STR_INIT("前"), month = NQ_STR_INIT("月");
    for (size_t i = 0; i < NQ_COUNT(words); i++)
        if (nq_str_find(heading, words[i], 0) != SIZE_MAX)
            return true;
    size_t at = nq_str_starts(heading, first) ? first.len : SIZE_MAX;
    while (at < heading.len && heading.ptr[at] >= '0' && heading.ptr[at] <= '9')
        at++;
    return at < heading.len && nq_str_starts(nq_str_sub(heading, at, heading.len), month);
}

static enum nq_status tell(struct nq_timeline_job *j, const struct nq_telling *telling)
{
    struct nq_telling *grown = nq_arena_grow(j->arena, j->tellings, j->n_tellings, sizeof *grown);
    if (!grown)
        return nq_fail_nomem(j->err);
    j->tellings = grown;
    j->tellings[j->n_tellings] = *telling;
    if (!telling->event.document && is_statistic(telling->event.label))
        j->tellings[j->n_tellings].relevance *= statistic;
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

/* What a term counts by where it stands: in the title of the event's document, in its sentence,
 * in the passage, in the heading that the passage opens, in that of another; and in both. */
static const double by_title = 1.2, by_sentence = 0.7, by_text = 0.7, by_heading = 1.35,
                    by_far_heading = 0.55, by_both = 0.3;
static const double related_in_text = 0.6; /* what is akin only counts where it is the subject */
static const double further_clause = 0.35; /* of the query, beside the best */
static const double listed = 0.7;          /* of what is named among others only */
static const double undecided = 0.5; /* of what only a visit, a talk or a lesser body touches on */

/* The weight of the clauses of the query: each counts by its best term, where that stands. */
static double weigh(const struct nq_timeline_job *j, const struct where *w)
{
    double best = 0, sum = 0, clauses[NQ_TIMELINE_TERMS] = {0};
    for (size_t t = 0; t < j->n_terms; t++) {
        const struct nq_timeline_term *term = &j->terms[t];
        uint32_t bit = 1u << t;
        double here = w->title & bit      ? by_title
                      : w->sentence & bit ? by_sentence
                      : w->text & bit     ? by_text
                                          : 0;
        if (term->related && !(w->title & bit))
            here *= related_in_text;
        double head = !(w->heading & bit) ? 0 : j->opens ? by_heading : by_far_heading;
        double counts = fmax(here, head) + (here > 0 && head > 0 ? by_both : 0);
        counts *= term->weight;
        size_t c = term->clause % NQ_TIMELINE_TERMS;
        clauses[c] = fmax(clauses[c], counts);
    }
    for (size_t c = 0; c < NQ_COUNT(clauses); c++) {
        best = fmax(best, clauses[c]);
        sum += clauses[c];
    }
    return best + further_clause * (sum - best);
}

/* How much an event of the passage has to do with the query: by where its words stand. */
static double relevance(struct nq_timeline_job *j, const struct nq_telling *t)
{
    struct where w = {.title = nq_timeline_terms_in(j, t->event.document_title),
                      .sentence = nq_timeline_terms_in(j, t->event.quote),
                      .heading = j->in_heading};
    return weigh(j, &w);
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
    if (!wanted(j, row) || (only_day && j->has_lead)) /* of which the lead tells more */
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

/* Whether the matter is one of a list there: 新能源、人工智能、低空经济等产业. */
static bool in_list(struct nq_timeline_job *j)
{
    static const struct nq_str comma = NQ_STR_INIT("、");
    struct nq_str clause = nq_timeline_clause(j, j->place.text);
    size_t at = nq_str_find(clause, comma, 0);
    return at != SIZE_MAX && nq_str_find(clause, comma, at + comma.len) != SIZE_MAX;
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
    struct where w = {.heading = j->in_heading};
    double heading = weigh(j, &w);
    w.text = j->in_text & ~j->in_heading;
    bool decides = t.stage <= STAGE_MEET && t.level <= LEVEL_STATE;
    t.relevance =
        heading + (decides ? 1 : undecided) * (in_list(j) ? listed : 1) * (weigh(j, &w) - heading);
    t.titled = nq_timeline_terms_in(j, t.event.document_title) != 0;
    return tell(j, &t);
}

/* Whether an event of the section goes by its heading already. */
static bool headline_told(const struct nq_timeline_job *j)
{
    struct nq_str heading = nq_timeline_heading(j);
    for (size_t i = j->n_tellings; i > 0 && j->tellings[i - 1].section == j->place.section; i--)
        if (nq_str_eq(j->tellings[i - 1].event.label, heading))
            return true;
    return false;
}

/* Whether a heading announces what somebody thinks: 趋势判断：…, 央视快评：…. */
static bool is_comment(struct nq_str heading)
{
    static const struct nq_str words[] = {
        NQ_STR_INIT("判断"), NQ_STR_INIT("研判"), NQ_STR_INIT("展望"), NQ_STR_INIT("点评"),
        NQ_STR_INIT("启示"), NQ_STR_INIT("快评"), NQ_STR_INIT("短评"), NQ_STR_INIT("评论员文章")};
    size_t colon = nq_str_find(heading, NQ_STR("："), 0);
    for (size_t i = 0; i < NQ_COUNT(words) && colon != SIZE_MAX; i++)
        if (nq_str_ends(nq_str_sub(heading, 0, colon), words[i]))
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
    if (!j->in_heading || is_comment(j->place.heading) || (j->item ? j->told > 0 : j->has_lead) ||
        day == NQ_NO_DAY || headline_told(j) || !wanted(j, &row))
        return NQ_OK;
    t.coverage = (struct nq_coverage){j->item ? j->read : j->place.section, j->place.report,
                                      j->place.report_day, j->place.heading};
    t.event = (struct nq_timeline_event){.first = day,
                                         .last = day,
                                         .kind = NQ_EVENT_PAST,
                                         .undated = !dated,
                                         .label = nq_timeline_heading(j),
                                         .quote = nq_timeline_match(j)};
    t.relevance = weigh(j, &(struct where){.heading = j->in_heading, .text = j->in_text});
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
