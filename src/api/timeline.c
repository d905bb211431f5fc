/* Timelines: search for each term of the query, load the events of what was found, say how much
 * each has to do with the query, merge.
 *
 * A query for a timeline names a matter by several of its names, seldom all in one passage; so the
 * passages of any rare term count, more the more terms they hold, and common words (政策, 发展)
 * only tell good passages from better ones. */
#include <math.h>
#include <stdlib.h>

#include "api/index.h"
#include "query/expand.h"
#include "query/parse.h"
#include "store/events.h"
#include "time/day.h"
#include "time/timeline.h"

enum {
    MOST_TERMS = 16,
    MOST_PASSAGES = 900, /* whose events are looked at */
    SENTENCE_MOST = 480, /* bytes of a quote */
};

/* A term that more passages hold than this share is common. */
static const double common_share = 0.025;

/* A part of a term may be in so many passages, and weighs so much of what the term would. */
static const double part_share = 0.02, part_weight = 0.7;

/* The public struct first, then what owns its memory. */
struct owned {
    struct nq_timeline timeline;
    struct nq_arena *arena;
};

struct term {
    struct nq_str text;
    double weight; /* its inverse document frequency, 1 for the rarest of the query */
    bool common;
};

/* A passage that holds terms; bit t of `terms`. */
struct candidate {
    int64_t passage;
    uint32_t terms;
    int32_t day;
    double score;
};

struct job {
    struct nq_index *index;
    const struct nq_timeline_params *params;
    struct nq_arena *arena;
    struct nq_error *err;
    struct term terms[MOST_TERMS];
    size_t n_terms;
    struct candidate *candidates; /* by passage */
    size_t n_candidates, cap;
    struct nq_telling *tellings;
    size_t n_tellings;
    /* The passage at hand, and the events that its section begins with. */
    struct nq_place place;
    uint32_t in_heading, in_text;
    struct nq_telling lead;
    bool has_lead;
    int64_t lead_section;
    size_t told; /* of this passage */
};

/* ---- which passages
 * ------------------------------------------------------------------------------ */

static int by_passage(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return x->passage < y->passage ? -1 : x->passage > y->passage;
}

static int by_score(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->passage > y->passage ? -1 : x->passage < y->passage;
}

static bool add_candidate(struct job *j, const struct nq_match *match, size_t term)
{
    if (j->n_candidates == j->cap) {
        size_t cap = j->cap ? j->cap * 2 : 1024;
        struct candidate *grown = realloc(j->candidates, cap * sizeof *grown);
        if (!grown)
            return false;
        j->candidates = grown;
        j->cap = cap;
    }
    j->candidates[j->n_candidates++] =
        (struct candidate){match->passage, 1u << term, match->day, 0};
    return true;
}

static double share_of(const struct job *j, double n)
{
    return n / fmax(1, (double)j->index->engine->n_passages);
}

/* Adds the passages of `query`, which has one clause, as those of a term of the weight `factor`.  A
 * part of a term (`part`) that is common says nothing and is left out. */
static enum nq_status search_term(struct job *j, const struct nq_query *query, double factor,
                                  bool part, bool alone)
{
    struct nq_pattern pattern = {0};
    struct nq_found found = {0};
    struct nq_search search = {.query = query,
                               .pattern = &pattern,
                               .sort = NQ_SORT_DATE,
                               .wanted = (size_t)j->index->engine->n_passages};
    if (j->n_terms == MOST_TERMS)
        return NQ_OK;
    if (!nq_pattern_init(&pattern, j->arena) || !nq_expand(query, j->index->segmenter, &pattern)) {
        nq_pattern_finish(&pattern);
        return nq_fail_nomem(j->err);
    }
    enum nq_status status = nq_engine_search(j->index->engine, &search, &found, j->err);
    double n = 0;
    for (size_t i = 0; i < found.n; i++)
        n += found.matches[i].tier != NQ_TIER_PARTIAL;
    bool partial = n == 0 && alone;
    bool take = (n > 0 || partial) && !(part && share_of(j, n) > part_share);
    if (take)
        j->terms[j->n_terms] =
            (struct term){.text = query->clauses[0].terms[0].text,
                          .weight = factor * nq_idf(n, (double)j->index->engine->n_passages),
                          .common = share_of(j, n) > common_share};
    for (size_t i = 0; i < found.n && take && status == NQ_OK; i++)
        if ((partial || found.matches[i].tier != NQ_TIER_PARTIAL) &&
            !add_candidate(j, &found.matches[i], j->n_terms))
            status = nq_fail_nomem(j->err);
    j->n_terms += status == NQ_OK && take;
    nq_found_finish(&found);
    nq_pattern_finish(&pattern);
    return status;
}

static bool known_term(const struct job *j, struct nq_str text)
{
    for (size_t t = 0; t < j->n_terms; t++)
        if (nq_str_eq(j->terms[t].text, text))
            return true;
    return false;
}

/* The words that a term is made of (低空 of 低空经济, 以旧换新 of 消费品以旧换新), where they are
 * rare themselves. */
static enum nq_status search_parts(struct job *j, const struct nq_query *query,
                                   const struct nq_term *term)
{
    struct nq_folded folded = {0};
    struct nq_word_buf words = {0};
    enum nq_status status = NQ_OK;
    bool ok = nq_fold_text(term->text, &folded) &&
              nq_segment_folded(j->index->segmenter, &folded, &words);
    for (size_t w = 0, n = words.n; w < n && ok; w++)
        ok = nq_segment_subwords(j->index->segmenter, &folded, words.words[w], &words);
    for (size_t w = 0; w < words.n && ok && status == NQ_OK; w++) {
        struct nq_word word = words.words[w];
        struct nq_str text =
            nq_str_sub(term->text, folded.start[word.first], folded.end[word.last - 1]);
        struct nq_term part = {.text = text, .exact = true};
        struct nq_clause clause = {&part, 1, false};
        struct nq_query one = {.clauses = &clause, .n_clauses = 1, .filter = query->filter};
        if (word.last - word.first >= 2 && word.kind == NQ_WORD_HAN && text.len < term->text.len &&
            !known_term(j, text))
            status = search_term(j, &one, part_weight, true, false);
    }
    nq_folded_finish(&folded);
    nq_word_buf_finish(&words);
    return ok ? status : nq_fail_nomem(j->err);
}

/* All passages that hold one clause of the query, or a rare part of it. */
static enum nq_status search_clause(struct job *j, const struct nq_query *query, size_t clause)
{
    struct nq_query one = {
        .clauses = &query->clauses[clause], .n_clauses = 1, .filter = query->filter};
    const struct nq_term *term = &one.clauses->terms[0];
    return known_term(j, term->text) ? NQ_OK
                                     : search_term(j, &one, 1, false, query->n_clauses == 1);
}

/* Adds up what each passage holds, and leaves those that hold a rare term. */
static void merge_candidates(struct job *j)
{
    double most = 1e-9;
    bool any_rare = false;
    size_t n = 0;
    uint32_t rare = 0;
    for (size_t t = 0; t < j->n_terms; t++) {
        most = fmax(most, j->terms[t].weight);
        any_rare |= !j->terms[t].common;
    }
    for (size_t t = 0; t < j->n_terms; t++) {
        if (!any_rare)
            j->terms[t].common = j->terms[t].weight < most;
        j->terms[t].weight /= most;
        rare |= j->terms[t].common ? 0 : 1u << t;
    }
    if (j->n_candidates > 0)
        qsort(j->candidates, j->n_candidates, sizeof *j->candidates, by_passage);
    for (size_t i = 0; i < j->n_candidates; i++) {
        if (n > 0 && j->candidates[n - 1].passage == j->candidates[i].passage)
            j->candidates[n - 1].terms |= j->candidates[i].terms;
        else
            j->candidates[n++] = j->candidates[i];
    }
    j->n_candidates = 0;
    for (size_t i = 0; i < n; i++) {
        struct candidate c = j->candidates[i];
        for (size_t t = 0; t < j->n_terms; t++)
            c.score += c.terms >> t & 1 ? j->terms[t].weight : 0;
        if (c.terms & rare)
            j->candidates[j->n_candidates++] = c;
    }
}

static enum nq_status find_passages(struct job *j, const struct nq_query *query)
{
    enum nq_status status = NQ_OK;
    for (size_t c = 0; c < query->n_clauses && status == NQ_OK; c++)
        if (!query->clauses[c].negated)
            status = search_clause(j, query, c);
    for (size_t c = 0; c < query->n_clauses && status == NQ_OK; c++) {
        const struct nq_clause *clause = &query->clauses[c];
        if (!clause->negated && clause->terms[0].field == NQ_FIELD_ANY && !clause->terms[0].exact)
            status = search_parts(j, query, &clause->terms[0]);
    }
    if (status == NQ_OK)
        merge_candidates(j);
    return status;
}

/* ---- what they tell
 * -------------------------------------------------------------------------------- */

/* The terms that stand in `text`. */
static uint32_t terms_in(const struct job *j, struct nq_str text)
{
    uint32_t found = 0;
    for (size_t t = 0; t < j->n_terms; t++)
        if (nq_str_find(text, j->terms[t].text, 0) != SIZE_MAX)
            found |= 1u << t;
    return found;
}

static double weight_of(const struct job *j, uint32_t terms)
{
    double best = 0, sum = 0;
    for (size_t t = 0; t < j->n_terms; t++)
        if (terms >> t & 1) {
            double w = j->terms[t].common ? 0.4 * j->terms[t].weight : j->terms[t].weight;
            best = fmax(best, w);
            sum += w;
        }
    return best + 0.35 * (sum - best);
}

static bool is_stop(struct nq_str text, size_t at)
{
    struct nq_str rest = nq_str_sub(text, at, text.len);
    return nq_str_starts(rest, NQ_STR("。")) || nq_str_starts(rest, NQ_STR("；"));
}

/* The sentence of `text` around the byte `at`. */
static struct nq_str sentence_at(struct nq_str text, size_t at)
{
    size_t start = at, end = at;
    while (start > 0 && text.ptr[start - 1] != '\n' && !(start >= 3 && is_stop(text, start - 3)))
        start--;
    while (end < text.len && text.ptr[end] != '\n' && !is_stop(text, end))
        end++;
    struct nq_str sentence = nq_str_trim(nq_str_sub(text, start, end));
    if (sentence.len > SENTENCE_MOST) {
        sentence.len = SENTENCE_MOST;
        while (((unsigned char)sentence.ptr[sentence.len] & 0xC0) == 0x80)
            sentence.len--;
    }
    return sentence;
}

/* The sentence of the passage that holds the weightiest term; its first where none stands there. */
static struct nq_str matching_sentence(const struct job *j)
{
    size_t at = 0;
    double best = -1;
    for (size_t t = 0; t < j->n_terms; t++) {
        size_t found = nq_str_find(j->place.text, j->terms[t].text, 0);
        if (found != SIZE_MAX && j->terms[t].weight > best) {
            best = j->terms[t].weight;
            at = found;
        }
    }
    return sentence_at(j->place.text, at);
}

static bool wanted(const struct job *j, const struct nq_event_row *e)
{
    const struct nq_timeline_params *p = j->params;
    if (p->kinds && !(e->kind & p->kinds))
        return false;
    if (!p->bounded)
        return true;
    return (p->from == NQ_NO_DAY || e->last >= p->from) &&
           (p->to == NQ_NO_DAY || e->first <= p->to);
}

static enum nq_status tell(struct job *j, const struct nq_telling *telling)
{
    struct nq_telling *grown = nq_arena_grow(j->arena, j->tellings, j->n_tellings, sizeof *grown);
    if (!grown)
        return nq_fail_nomem(j->err);
    j->tellings = grown;
    j->tellings[j->n_tellings++] = *telling;
    j->told++;
    return NQ_OK;
}

/* Whether a section is of many short news, whose first tells nothing of the others. */
static bool is_roundup(struct nq_str heading)
{
    static const struct nq_str words[] = {NQ_STR_INIT("摘要"), NQ_STR_INIT("快讯"),
                                          NQ_STR_INIT("简讯"), NQ_STR_INIT("要闻")};
    for (size_t i = 0; i < NQ_COUNT(words); i++)
        if (nq_str_find(heading, words[i], 0) != SIZE_MAX)
            return true;
    return false;
}

/* 国家数据局印发《…》; the heading of the section that begins with the event, where that speaks of
 * the matter; else the clause that tells it. */
static struct nq_str label_of(struct job *j, const struct nq_event_row *row,
                              const struct nq_timeline_event *e, struct nq_str clause)
{
    struct nq_buf buf = {0};
    bool opens = j->place.section && row->passage <= j->place.section + 1;
    if (e->kind == NQ_EVENT_PAST && opens && !is_roundup(j->place.heading) &&
        (row->heading || (j->in_heading && !e->document_title.ptr)))
        return j->place.heading;
    if (!e->action.ptr || !e->document_title.ptr || e->kind == NQ_EVENT_MILESTONE)
        return clause;
    nq_buf_add(&buf, e->actor);
    nq_buf_add(&buf, e->action);
    nq_buf_addf(&buf, "《%.*s》", NQ_STR_ARG(e->document_title));
    struct nq_str label = nq_arena_str(j->arena, nq_buf_str(&buf));
    nq_buf_finish(&buf);
    return label;
}

/* A telling of the event `row` by the passage at hand. */
static enum nq_status make(struct job *j, const struct nq_event_row *row, struct nq_telling *t)
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
        e->quote = nq_arena_str(j->arena, sentence_at(text, row->start));
    }
    if (row->document) {
        enum nq_status status = nq_store_document_title(j->index->db, j->arena, row->document,
                                                        &e->document_title, j->err);
        if (status != NQ_OK)
            return status;
    }
    e->label = label_of(j, row, e, clause);
    t->clause = clause;
    return nq_arena_failed(j->arena) ? nq_fail_nomem(j->err) : NQ_OK;
}

/* How much an event of the passage has to do with the query: by where its words stand. */
static double relevance(const struct job *j, const struct nq_telling *t)
{
    uint32_t title = terms_in(j, t->event.document_title);
    uint32_t quote = terms_in(j, t->clause);
    uint32_t sentence = terms_in(j, t->event.quote);
    double w =
        fmax(1.2 * weight_of(j, title), fmax(weight_of(j, quote), 0.75 * weight_of(j, sentence)));
    bool opens = j->place.section && t->coverage.passage <= j->place.section + 1;
    w = fmax(w, (opens ? 0.9 : 0.55) * weight_of(j, j->in_heading));
    return w + 0.3 * weight_of(j, j->in_heading & ~(title | quote));
}

static enum nq_status on_event(void *user, const struct nq_event_row *row, struct nq_error *err)
{
    struct job *j = user;
    struct nq_telling t;
    (void)err;
    if (!wanted(j, row))
        return NQ_OK;
    enum nq_status status = make(j, row, &t);
    if (status != NQ_OK)
        return status;
    t.relevance = relevance(j, &t);
    t.titled = terms_in(j, t.event.document_title) != 0;
    if (!terms_in(j, t.event.quote) && j->in_text)
        t.event.quote = matching_sentence(j);
    return t.relevance > 0 ? tell(j, &t) : NQ_OK;
}

/* Keeps the first event of the section that is worth it. */
static enum nq_status on_lead(void *user, const struct nq_event_row *row, struct nq_error *err)
{
    struct job *j = user;
    (void)err;
    bool good = row->kind == NQ_EVENT_PAST && row->stage <= STAGE_MEET && wanted(j, row) &&
                row->last - row->first < 8;
    bool better = good && (!j->has_lead || (j->lead.event.undated && !row->undated));
    if (!better)
        return NQ_OK;
    struct nq_place here = j->place;
    enum nq_status status = nq_store_place(j->index->db, j->arena, row->passage, &j->place, j->err);
    if (status == NQ_OK && j->place.section == here.section) { /* a short one's next is another's */
        j->has_lead = true;
        status = make(j, row, &j->lead);
    }
    j->place = here;
    return status;
}

/* What the section reports on tells of the passage, too: 会议12月12日举行 … 会议强调，要发展…. */
static enum nq_status tell_lead(struct job *j)
{
    enum { LEAD_PASSAGES = 2 };
    struct nq_telling t;
    if (j->lead_section != j->place.section) {
        j->lead_section = j->place.section;
        j->has_lead = false;
        enum nq_status status =
            nq_store_events_of(j->index->db, j->place.section, j->place.section + LEAD_PASSAGES - 1,
                               on_lead, j, j->err);
        if (status != NQ_OK)
            return status;
    }
    if (!j->has_lead)
        return NQ_OK;
    t = j->lead;
    t.event.quote = matching_sentence(j);
    t.relevance = 0.5 * weight_of(j, j->in_text) + 0.9 * weight_of(j, j->in_heading);
    t.titled = terms_in(j, t.event.document_title) != 0;
    return tell(j, &t);
}

/* A headline with words of the query is news of its report's day, though nothing in it is dated. */
static enum nq_status tell_headline(struct job *j)
{
    struct nq_telling t = {.section = j->place.section, .stage = 14, .level = 15};
    int32_t day = j->place.report_day;
    struct nq_event_row row = {.first = day, .last = day, .kind = NQ_EVENT_PAST};
    if (!j->in_heading || j->has_lead || day == NQ_NO_DAY || !wanted(j, &row))
        return NQ_OK;
    t.coverage = (struct nq_coverage){j->place.section, j->place.report, day, j->place.heading};
    t.event = (struct nq_timeline_event){.first = day,
                                         .last = day,
                                         .kind = NQ_EVENT_PAST,
                                         .undated = true,
                                         .label = j->place.heading,
                                         .quote = matching_sentence(j)};
    t.relevance = weight_of(j, j->in_heading) + 0.2 * weight_of(j, j->in_text);
    return tell(j, &t);
}

static enum nq_status read_passage(struct job *j, const struct candidate *c)
{
    enum nq_status status = nq_store_place(j->index->db, j->arena, c->passage, &j->place, j->err);
    if (status != NQ_OK || j->place.report == 0)
        return status;
    j->in_heading = terms_in(j, j->place.heading);
    j->in_text = c->terms & ~j->in_heading ? c->terms : c->terms & terms_in(j, j->place.text);
    j->told = 0;
    status = nq_store_events_of(j->index->db, c->passage, c->passage, on_event, j, j->err);
    if (status != NQ_OK || !j->place.section || is_roundup(j->place.heading))
        return status;
    status = tell_lead(j);
    return status == NQ_OK ? tell_headline(j) : status;
}

/* ---- months
 * ----------------------------------------------------------------------------------------- */

static int month_of(int32_t day)
{
    int y, m, d;
    nq_day_civil(day, &y, &m, &d);
    return y * 12 + m - 1;
}

static enum nq_status count_months(struct job *j, struct nq_timeline *t)
{
    int first = INT32_MAX, last = 0;
    for (size_t i = 0; i < j->n_candidates; i++)
        if (j->candidates[i].day != NQ_NO_DAY) {
            int m = month_of(j->candidates[i].day);
            first = m < first ? m : first;
            last = m > last ? m : last;
        }
    if (first > last)
        return NQ_OK;
    t->n_months = (size_t)(last - first + 1);
    struct nq_timeline_month *months = nq_arena_array(j->arena, t->n_months, sizeof *months);
    if (!months)
        return nq_fail_nomem(j->err);
    t->months = months;
    for (size_t i = 0; i < t->n_months; i++) {
        int m = first + (int)i;
        months[i].first_day = nq_day_of(m / 12, m % 12 + 1, 1);
    }
    for (size_t i = 0; i < j->n_candidates; i++)
        if (j->candidates[i].day != NQ_NO_DAY)
            months[month_of(j->candidates[i].day) - first].passages++;
    for (size_t i = 0; i < t->n_events; i++) {
        int m = month_of(t->events[i].first);
        if (m >= first && m <= last)
            months[m - first].events++;
    }
    return NQ_OK;
}

/* ---- the straight line
 * ------------------------------------------------------------------------------- */

static enum nq_status answer(struct job *j, struct nq_timeline *out)
{
    struct nq_query *query;
    bool current = false;
    enum nq_status status = nq_query_parse(j->arena, j->params->query, &query, j->err);
    if (status == NQ_OK)
        status = nq_store_events_current(j->index->db, &current, j->err);
    if (status == NQ_OK && !current)
        return nq_fail(j->err, NQ_ERR_USAGE, _("%s: no events in it yet; run nqindex once more"),
                       j->index->db->path);
    if (status != NQ_OK)
        return status;
    if (j->params->passages)
        query->filter.kinds &= j->params->passages;
    status = nq_engine_refresh(j->index->engine, j->err);
    if (status == NQ_OK)
        status = find_passages(j, query);
    if (status != NQ_OK)
        return status;
    size_t n = j->n_candidates;
    if (n > MOST_PASSAGES) {
        qsort(j->candidates, n, sizeof *j->candidates, by_score);
        qsort(j->candidates, MOST_PASSAGES, sizeof *j->candidates, by_passage);
        n = MOST_PASSAGES;
    }
    for (size_t i = 0; i < n && status == NQ_OK; i++)
        status = read_passage(j, &j->candidates[i]);
    if (status == NQ_OK &&
        !nq_timeline_merge(j->arena, j->tellings, j->n_tellings, j->params->limit, &out->events,
                           &out->n_events, &out->total))
        status = nq_fail_nomem(j->err);
    return status == NQ_OK ? count_months(j, out) : status;
}

enum nq_status nq_timeline(struct nq_index *index, const struct nq_timeline_params *params,
                           struct nq_timeline **out, struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    struct owned *o = calloc(1, sizeof *o);
    if (!o || !(o->arena = nq_arena_create())) {
        free(o);
        return nq_fail_nomem(err);
    }
    struct job job = {.index = index, .params = params, .arena = o->arena, .err = err};
    enum nq_status status = nq_db_exec(index->db, "BEGIN", err);
    if (status == NQ_OK) {
        status = answer(&job, &o->timeline);
        nq_db_exec(index->db, "COMMIT", NULL);
    }
    free(job.candidates);
    if (status == NQ_OK)
        *out = &o->timeline;
    else
        nq_timeline_destroy(&o->timeline);
    return status;
}

void nq_timeline_destroy(struct nq_timeline *timeline)
{
    struct owned *o = (struct owned *)timeline;
    if (!o)
        return;
    nq_arena_destroy(o->arena);
    free(o);
}
