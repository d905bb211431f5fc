/* What of a search's candidates is let through, and counted. */
#include <stdlib.h>

#include "engine/run.h"
#include "store/events.h"
#include "store/sql.h"
#include "time/day.h"

/* Marks on their way. */
struct marks {
    struct nq_run *run;
    struct nq_scores *scores;
};

const struct nq_attribute *nq_run_attribute(struct nq_run *r, int64_t id)
{
    r->status = nq_attributes_get(&r->engine->attributes, r->engine->db, id, &r->attribute, r->err);
    return r->status == NQ_OK ? &r->attribute : NULL;
}

bool nq_run_passes(const struct nq_run *r, int64_t id, const struct nq_attribute *a)
{
    if (r->events && ((size_t)id >= r->n_events || !r->events[id]))
        return false;
    const struct nq_filter *f = &r->search->query->filter;
    if (f->documents && ((size_t)id >= f->n_documents || f->documents[id] <= 0))
        return false;
    if (!nq_filter_passes(f, a->kind, a->day))
        return false;
    return !r->by_source || r->sources[a->source];
}

void nq_run_count(struct nq_run *r, const struct nq_attribute *a, uint32_t times)
{
    struct nq_found *found = r->found;
    found->total += times;
    if (a->kind == NQ_KIND_REFERENCE)
        found->n_reference += times;
    else
        found->n_report += times;
    if (!found->months)
        return;
    if (a->day != r->last_day) {
        int year = 0, month = 1, day = 1;
        r->last_day = a->day;
        r->last_month = 0;
        if (a->day != NQ_NO_DAY) {
            nq_day_civil(a->day, &year, &month, &day);
            r->last_month = (size_t)(12 * year + month - 1);
        }
    }
    found->months[r->last_month] += times;
    found->sources[a->source] += times;
    if (r->last_month > 0 && (found->first_month == 0 || r->last_month < found->first_month))
        found->first_month = r->last_month;
    if (r->last_month > found->last_month)
        found->last_month = r->last_month;
    if (a->source > found->last_source)
        found->last_source = a->source;
}

bool nq_run_holds(struct nq_run *r, int64_t id, unsigned kind)
{
    bool yes = true;
    if (r->status == NQ_OK)
        r->status = nq_exact_check(&r->exact, r->engine, id, (enum nq_kind)kind, &yes, r->err);
    return r->status == NQ_OK && yes;
}

/* Whether a passage is taken for the first time; those as typed are noted where others follow. */
static bool is_new(struct nq_run *r, int64_t id)
{
    if (!r->search->widened)
        return true;
    float *page = nq_scores_page(&r->typed, id);
    if (!page) {
        r->status = nq_fail_nomem(r->err);
        return false;
    }
    bool known = page[id % NQ_ATTRIBUTE_CHUNK] > 0;
    page[id % NQ_ATTRIBUTE_CHUNK] = 1;
    return !known;
}

void nq_run_take(struct nq_run *r, int64_t id, double score, enum nq_tier tier)
{
    const struct nq_attribute *a = nq_run_attribute(r, id);
    if (!a || !nq_run_passes(r, id, a) || !nq_run_holds(r, id, a->kind) || !is_new(r, id))
        return;
    tier = r->widening ? NQ_TIER_SYNONYM : tier;
    nq_run_count(r, a, 1);
    nq_best_add(&r->best, (struct nq_match){id, score, a->day, tier});
}

enum nq_status nq_run_load_sources(struct nq_run *r)
{
    static const char sql[] = "SELECT id FROM source WHERE instr(lower(name), lower(?1)) > 0";
    const struct nq_query *query = r->search->query;
    for (size_t c = 0; c < query->n_clauses && r->status == NQ_OK; c++) {
        if (query->clauses[c].terms[0].field != NQ_FIELD_SOURCE)
            continue;
        bool *named = calloc(NQ_N_SOURCES, sizeof *named);
        if (!r->sources)
            r->sources = calloc(NQ_N_SOURCES, sizeof *r->sources);
        if (!named || !r->sources) {
            free(named);
            return r->status = nq_fail_nomem(r->err);
        }
        for (size_t t = 0; t < query->clauses[c].n_terms && r->status == NQ_OK; t++) {
            struct nq_rows row = nq_rows(r->engine->db, sql,
                                         NQ_WITH(nq_text(query->clauses[c].terms[t].text)), r->err);
            while (nq_rows_next(&row))
                if (nq_rows_int(&row, 0) < NQ_N_SOURCES)
                    named[nq_rows_int(&row, 0)] = true;
            r->status = nq_rows_end(&row);
        }
        for (size_t i = 0; i < NQ_N_SOURCES; i++) {
            bool here = named[i] != query->clauses[c].negated;
            r->sources[i] = r->by_source ? r->sources[i] && here : here;
        }
        r->by_source = true;
        free(named);
    }
    return r->status;
}

enum nq_status nq_run_load_events(struct nq_run *r)
{
    const struct nq_filter *f = &r->search->query->filter;
    if (f->event_from == NQ_NO_DAY && f->event_to == NQ_NO_DAY)
        return NQ_OK;
    int64_t last = 0;
    r->status = nq_sql_int(r->engine->db, "SELECT max(id) FROM passage", NULL, &last, r->err);
    if (r->status != NQ_OK)
        return r->status;
    r->n_events = (size_t)last + 1;
    r->events = calloc(r->n_events, sizeof *r->events);
    if (!r->events)
        return r->status = nq_fail_nomem(r->err);
    return r->status = nq_store_passages_with_events(r->engine->db, f->event_from, f->event_to,
                                                     r->events, r->n_events, r->err);
}

static enum nq_next on_mark(void *user, const struct nq_posting *posting)
{
    struct marks *m = user;
    float *page = nq_scores_page(m->scores, posting->passage);
    if (!page)
        m->run->status = nq_fail_nomem(m->run->err);
    else
        page[posting->passage % NQ_ATTRIBUTE_CHUNK] = 1;
    return page ? NQ_NEXT_POSTING : NQ_NEXT_NONE;
}

void nq_run_mark(struct nq_run *r, struct nq_str match, struct nq_scores *marks)
{
    struct marks m = {r, marks};
    nq_run_walked(r, nq_fts5_passages(r->engine->db, match, on_mark, &m, r->err));
}

void nq_run_walked(struct nq_run *r, enum nq_status status)
{
    if (r->status == NQ_OK)
        r->status = status;
}
