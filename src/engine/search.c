/* Searching: what matches as typed, then what matches in part, each in two steps of ranking. */
#include <stdlib.h>
#include <string.h>

#include "engine/accumulate.h"
#include "engine/best.h"
#include "engine/compile.h"
#include "store/events.h"
#include "store/reports.h"
#include "time/day.h"

enum {
    RERANKED = 60,          /* full matches whose text is read */
    PHRASE_RERANKED = 30,   /* of one phrase: it says itself how well it fits */
    PARTIAL_RERANKED = 100, /* partial ones: their first step says less */
    PARTIAL_LISTS = 96,     /* lists of a kind that are walked for them */
    FEW_RERANKED = 20,      /* both where a phrase was found as typed: then they only fill up */
    FEW_LISTS = 4,
    LITTLE = 10,    /* fewer full matches than this are little */
    SHORT_TERM = 8, /* atoms: a single term as short as this is a word, not a sentence */
};

/* Of a partial match at least so much of the query's weight must be there. */
static const double least_share = 0.2;

/* One search on its way. */
struct run {
    struct nq_engine *engine;
    const struct nq_search *search;
    struct nq_found *found;
    struct nq_error *err;
    enum nq_status status;
    struct nq_best best;
    double norm[256]; /* what a length code does to BM25 */
    double average_length;
    bool by_source;
    bool *sources; /* that source: asks for */
    bool *events;  /* passages that tell an event of the days that event: asks for; NULL: all do */
    size_t n_events;
    /* The row that postings are being gathered for. */
    int64_t row;
    double row_score;
    struct nq_attribute *chunk;
    int64_t chunk_at;
    int32_t last_day;
    size_t last_month;
};

/* ---- filters and counts
 * --------------------------------------------------------------------------- */

static const struct nq_attribute *attribute_of(struct run *r, int64_t id)
{
    if (id / NQ_ATTRIBUTE_CHUNK != r->chunk_at) {
        r->status =
            nq_attributes_chunk(&r->engine->attributes, r->engine->db, id, &r->chunk, r->err);
        if (r->status != NQ_OK)
            return NULL;
        r->chunk_at = id / NQ_ATTRIBUTE_CHUNK;
    }
    return &r->chunk[id % NQ_ATTRIBUTE_CHUNK];
}

static bool passes(const struct run *r, int64_t id, const struct nq_attribute *a)
{
    const struct nq_filter *f = &r->search->query->filter;
    if (r->events && ((size_t)id >= r->n_events || !r->events[id]))
        return false;
    if (!(a->kind & f->kinds))
        return false;
    if (f->from != NQ_NO_DAY && (a->day == NQ_NO_DAY || a->day < f->from))
        return false;
    if (f->to != NQ_NO_DAY && (a->day == NQ_NO_DAY || a->day > f->to))
        return false;
    return !r->by_source || r->sources[a->source];
}

static void count(struct run *r, const struct nq_attribute *a)
{
    struct nq_found *found = r->found;
    found->total++;
    if (a->kind == NQ_KIND_REFERENCE)
        found->n_reference++;
    else
        found->n_report++;
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
    found->months[r->last_month]++;
    found->sources[a->source]++;
    if (r->last_month > 0 && (found->first_month == 0 || r->last_month < found->first_month))
        found->first_month = r->last_month;
    if (r->last_month > found->last_month)
        found->last_month = r->last_month;
    if (a->source > found->last_source)
        found->last_source = a->source;
}

/* Takes in passage `id` with its score of the first step. */
static void take(struct run *r, int64_t id, double score, enum nq_tier tier)
{
    const struct nq_attribute *a = attribute_of(r, id);
    if (!a || !passes(r, id, a))
        return;
    count(r, a);
    nq_best_add(&r->best, (struct nq_match){id, score, a->day, tier});
}

/* The sources that every source: clause asks for: those whose names hold the text. */
static enum nq_status load_sources(struct run *r)
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
            sqlite3_stmt *stmt;
            bool row = true;
            r->status = nq_db_prepare(r->engine->db, sql, &stmt, r->err);
            if (r->status == NQ_OK)
                nq_db_bind_str(stmt, 1, query->clauses[c].terms[t].text);
            while (r->status == NQ_OK && row) {
                r->status = nq_db_step(r->engine->db, stmt, &row, r->err);
                if (row && sqlite3_column_int64(stmt, 0) < NQ_N_SOURCES)
                    named[sqlite3_column_int64(stmt, 0)] = true;
            }
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

/* The passages with an event of the days that the query asks for. */
static enum nq_status load_events(struct run *r)
{
    const struct nq_filter *f = &r->search->query->filter;
    if (f->event_from == NQ_NO_DAY && f->event_to == NQ_NO_DAY)
        return NQ_OK;
    int64_t last = 0;
    r->status = nq_db_integer(r->engine->db, "SELECT max(id) FROM passage", &last, r->err);
    if (r->status != NQ_OK)
        return r->status;
    r->n_events = (size_t)last + 1;
    r->events = calloc(r->n_events, sizeof *r->events);
    if (!r->events)
        return r->status = nq_fail_nomem(r->err);
    return r->status = nq_store_passages_with_events(r->engine->db, f->event_from, f->event_to,
                                                     r->events, r->n_events, r->err);
}

/* ---- statistics
 * ------------------------------------------------------------------------------------- */

static double unit_idf(const struct nq_pattern *p, const struct nq_unit *unit)
{
    double idf = 0;
    for (uint32_t i = 0; i < unit->n; i++)
        if (p->idf[p->sequence[unit->first + i]] > idf)
            idf = p->idf[p->sequence[unit->first + i]];
    return idf + 0.5 * (unit->n - 1); /* a run is rarer than its rarest atom */
}

static enum nq_status load_idf(struct run *r)
{
    static const char sql[] = "SELECT passages FROM atom WHERE text = ?1";
    struct nq_pattern *p = r->search->pattern;
    struct nq_db *db = r->engine->db;
    for (size_t i = 0; i < p->n_atoms; i++) {
        sqlite3_stmt *stmt;
        bool row;
        if (p->idf[i] == 0)
            continue;
        struct nq_str text = p->atoms[i];
        if (text.ptr[text.len - 1] == NQ_TOKEN_SEP)
            text.len--;
        enum nq_status status = nq_db_prepare(db, sql, &stmt, r->err);
        if (status != NQ_OK)
            return status;
        nq_db_bind_str(stmt, 1, text);
        status = nq_db_step(db, stmt, &row, r->err);
        if (status != NQ_OK)
            return status;
        double n = row ? (double)sqlite3_column_int64(stmt, 0) : 0;
        sqlite3_reset(stmt);
        p->idf[i] = nq_idf(n, (double)r->engine->n_passages);
        p->total += p->idf[i];
    }
    struct nq_units *lists[] = {&p->terms, &p->bigrams, &p->words};
    for (size_t l = 0; l < NQ_COUNT(lists); l++)
        for (size_t u = 0; u < lists[l]->n; u++)
            lists[l]->items[u].idf = unit_idf(p, &lists[l]->items[u]);
    return NQ_OK;
}

/* ---- full matches
 * ------------------------------------------------------------------------------------ */

static void end_row(struct run *r)
{
    if (r->row > 0)
        take(r, r->row, r->row_score, NQ_TIER_EXACT);
    r->row = 0;
    r->row_score = 0;
}

static bool on_posting(void *user, const struct nq_posting *posting)
{
    struct run *r = user;
    if (posting->passage != r->row) {
        end_row(r);
        r->row = posting->passage;
    }
    const struct nq_attribute *a = attribute_of(r, posting->passage);
    if (!a)
        return false;
    double n = posting->in_body + posting->in_heading;
    r->row_score += n / (n + r->norm[a->length_code]);
    return true;
}

/* Everything that the filters let through. */
static void take_all(struct run *r)
{
    int64_t last = 0;
    r->status = nq_db_integer(r->engine->db, "SELECT max(id) FROM passage", &last, r->err);
    for (int64_t id = 1; id <= last && r->status == NQ_OK; id++)
        take(r, id, 0, NQ_TIER_EXACT);
}

static enum nq_status find_full(struct run *r)
{
    struct nq_buf match = {0};
    size_t n = 0;
    bool negated = false;
    for (size_t i = 0; i < r->search->query->n_clauses; i++)
        negated |= r->search->query->clauses[i].negated;
    if (!nq_compile_query(r->engine, r->search->query, false, &match, &n)) {
        r->status = nq_fail_nomem(r->err);
    } else if (n == 0 && r->search->pattern->n_atoms == 0) {
        take_all(r);
    } else if (n == 1 && !negated) {
        r->status =
            nq_fts5_phrases(r->engine->db, false, nq_buf_str(&match), on_posting, r, r->err);
    } else if (n > 0) {
        r->status = nq_fts5_passages(r->engine->db, nq_buf_str(&match), on_posting, r, r->err);
    }
    if (r->status == NQ_OK)
        end_row(r);
    nq_buf_finish(&match);
    return r->status;
}

/* ---- the second step
 * ----------------------------------------------------------------------------------- */

/* Reads a passage's heading and text as one text, with a clause's end between. */
static enum nq_status rescore(struct run *r, struct nq_scan *scan, struct nq_buf *text,
                              struct nq_buf *body, struct nq_match *match, bool partial)
{
    struct nq_engine *engine = r->engine;
    const struct nq_attribute *a = attribute_of(r, match->passage);
    if (!a)
        return r->status;
    enum nq_kind kind = a->kind;
    text->len = body->len = 0;
    enum nq_status status =
        nq_store_passage_text(engine->db, match->passage, kind, text, body, r->err);
    if (status != NQ_OK)
        return status;
    nq_buf_add(text, NQ_STR("。"));
    nq_buf_add(text, nq_buf_str(body));
    if (text->failed || !nq_fold_text(nq_buf_str(text), &engine->body.folded) ||
        !nq_atoms_build(&engine->body.folded, &engine->body.atoms) ||
        !nq_scan_text(scan, r->search->pattern, &engine->body.atoms))
        return nq_fail_nomem(r->err);
    struct nq_relevance v = nq_pattern_score(r->search->pattern, scan, r->average_length);
    match->score = v.score;
    if (partial) {
        match->tier = v.all_words && v.share > 0.999 ? NQ_TIER_WORDS : NQ_TIER_PARTIAL;
        if (v.share < least_share)
            match->passage = 0; /* to be dropped */
    }
    return NQ_OK;
}

/* Ranks the best of r->best anew and appends them to what was found. */
static enum nq_status rerank(struct run *r, size_t most, bool partial)
{
    struct nq_best *best = &r->best;
    struct nq_scan scan = {0};
    struct nq_buf text = {0}, body = {0};
    enum nq_status status = NQ_OK;
    bool worth = partial || (r->search->sort == NQ_SORT_RELEVANCE && best->n > 1);
    size_t n = best->n < most ? best->n : most, kept = 0;
    nq_match_sort(best->items, best->n, r->search->sort);
    for (size_t i = 0; i < n && worth && status == NQ_OK; i++)
        status = rescore(r, &scan, &text, &body, &best->items[i], partial);
    double least = 0;
    for (size_t i = 0; i < best->n; i++) {
        if (best->items[i].passage == 0)
            continue;
        best->items[kept++] = best->items[i];
        if (i < n && (i == 0 || best->items[kept - 1].score < least))
            least = best->items[kept - 1].score;
    }
    /* What was not read stands behind what was, in the order of the first step. */
    for (size_t i = n; i < best->n && worth && !partial; i++)
        best->items[i].score = least * (double)(best->n - i) / (double)(best->n - n + 1);
    best->n = kept;
    nq_match_sort(best->items, best->n, r->search->sort);
    nq_scan_finish(&scan);
    nq_buf_finish(&text);
    nq_buf_finish(&body);
    return status;
}

static enum nq_status append(struct run *r)
{
    struct nq_found *found = r->found;
    size_t n = found->n + r->best.n;
    struct nq_match *grown = realloc(found->matches, (n + 1) * sizeof *grown);
    if (!grown)
        return nq_fail_nomem(r->err);
    if (r->best.n)
        memcpy(grown + found->n, r->best.items, r->best.n * sizeof *grown);
    found->matches = grown;
    found->n = n;
    r->best.n = 0;
    return NQ_OK;
}

/* ---- partial matches
 * -------------------------------------------------------------------------------------- */

/* Whether partial matches are to follow. */
static bool want_partial(const struct run *r)
{
    const struct nq_query *query = r->search->query;
    size_t loose = 0, atoms = 0;
    for (size_t c = 0; c < query->n_clauses; c++)
        for (size_t t = 0; t < query->clauses[c].n_terms && !query->clauses[c].negated; t++)
            loose += !query->clauses[c].terms[t].exact &&
                     query->clauses[c].terms[t].field == NQ_FIELD_ANY;
    for (size_t i = 0; i < r->search->pattern->n_atoms; i++)
        atoms += r->search->pattern->idf[i] > 0;
    if (loose == 0 || r->found->total >= LITTLE)
        return false;
    return r->found->total == 0 || loose > 1 || atoms > SHORT_TERM;
}

/* Passages that are to be left in or out, as marks in pages of scores. */
struct marks {
    struct run *run;
    struct nq_scores scores;
};

static bool on_mark(void *user, const struct nq_posting *posting)
{
    struct marks *m = user;
    float *mark = nq_scores_at(&m->scores, posting->passage);
    if (!mark)
        m->run->status = nq_fail_nomem(m->run->err);
    else
        *mark = 1;
    return mark != NULL;
}

/* Sets the scores of passages that miss a quoted term or hold an excluded one to 0. */
static void strike_out(struct run *r, struct nq_scores *scores, bool must)
{
    struct marks m = {.run = r};
    struct nq_buf match = {0};
    size_t n = 0;
    bool ok = must ? nq_compile_query(r->engine, r->search->query, true, &match, &n)
                   : nq_compile_negated(r->engine, r->search->query, &match, &n);
    if (!ok)
        r->status = nq_fail_nomem(r->err);
    else if (n > 0)
        r->status = nq_fts5_passages(r->engine->db, nq_buf_str(&match), on_mark, &m, r->err);
    for (size_t p = 0; p < scores->n_pages && n > 0 && r->status == NQ_OK; p++) {
        const float *marks = p < m.scores.n_pages ? m.scores.pages[p] : NULL;
        for (size_t i = 0; scores->pages[p] && i < NQ_ATTRIBUTE_CHUNK; i++)
            if ((marks && marks[i] > 0) != must)
                scores->pages[p][i] = 0;
    }
    nq_scores_finish(&m.scores);
    nq_buf_finish(&match);
}

static enum nq_status find_partial(struct run *r)
{
    struct nq_scores scores = {0};
    uint64_t before = r->found->total;
    bool few = before > 0 && r->search->query->n_clauses == 1;
    r->status = nq_accumulate(r->engine, r->search->pattern, few ? FEW_LISTS : PARTIAL_LISTS,
                              &scores, r->err);
    if (r->status == NQ_OK)
        strike_out(r, &scores, true);
    if (r->status == NQ_OK)
        strike_out(r, &scores, false);
    for (size_t i = 0; i < r->found->n && r->status == NQ_OK; i++) {
        float *score = nq_scores_at(&scores, r->found->matches[i].passage);
        if (score)
            *score = 0; /* found already */
    }
    r->best.k = few ? FEW_RERANKED : PARTIAL_RERANKED;
    for (size_t p = 0; p < scores.n_pages && r->status == NQ_OK; p++) {
        for (size_t i = 0; scores.pages[p] && i < NQ_ATTRIBUTE_CHUNK; i++) {
            int64_t id = (int64_t)(p * NQ_ATTRIBUTE_CHUNK + i);
            if (scores.pages[p][i] <= 0)
                continue;
            const struct nq_attribute *a = attribute_of(r, id);
            if (a && passes(r, id, a))
                nq_best_add(&r->best,
                            (struct nq_match){id, scores.pages[p][i], a->day, NQ_TIER_PARTIAL});
        }
    }
    nq_scores_finish(&scores);
    if (r->status == NQ_OK)
        r->status = rerank(r, PARTIAL_RERANKED, true);
    for (size_t i = 0; i < r->best.n && r->status == NQ_OK; i++) {
        const struct nq_attribute *a = attribute_of(r, r->best.items[i].passage);
        if (a)
            count(r, a);
        r->found->partial |= r->best.items[i].tier == NQ_TIER_PARTIAL;
    }
    r->found->total_is_exact = r->found->total == before;
    return r->status == NQ_OK ? append(r) : r->status;
}

enum nq_status nq_engine_search(struct nq_engine *engine, const struct nq_search *search,
                                struct nq_found *out, struct nq_error *err)
{
    struct run r = {.engine = engine,
                    .search = search,
                    .found = out,
                    .err = err,
                    .chunk_at = -1,
                    .last_day = NQ_NO_DAY};
    *out = (struct nq_found){.total_is_exact = true};
    r.best.sort = search->sort;
    r.best.k = search->wanted > RERANKED ? search->wanted : RERANKED;
    r.status = nq_engine_refresh(engine, err);
    if (r.status != NQ_OK)
        return r.status;
    r.average_length =
        (double)engine->n_atoms / (engine->n_passages > 0 ? (double)engine->n_passages : 1) + 1;
    for (size_t i = 0; i < 256; i++)
        r.norm[i] = 1 / nq_saturate(1, engine->lengths[i], r.average_length) - 1;
    if (search->facets) {
        out->months = calloc(NQ_N_MONTHS, sizeof *out->months);
        out->sources = calloc(NQ_N_SOURCES, sizeof *out->sources);
    }
    if (search->facets && (!out->months || !out->sources))
        r.status = nq_fail_nomem(err);
    if (r.status == NQ_OK)
        r.status = load_sources(&r);
    if (r.status == NQ_OK)
        r.status = load_events(&r);
    if (r.status == NQ_OK)
        r.status = load_idf(&r);
    if (r.status == NQ_OK)
        r.status = find_full(&r);
    if (r.status == NQ_OK && r.best.failed)
        r.status = nq_fail_nomem(err);
    if (r.status == NQ_OK)
        r.status = rerank(&r, search->query->n_clauses == 1 ? PHRASE_RERANKED : RERANKED, false);
    if (r.status == NQ_OK)
        r.status = append(&r);
    if (r.status == NQ_OK && want_partial(&r))
        r.status = find_partial(&r);
    free(r.sources);
    free(r.events);
    free(r.best.items);
    if (r.status != NQ_OK)
        nq_found_finish(out);
    return r.status;
}

void nq_found_finish(struct nq_found *found)
{
    free(found->matches);
    free(found->months);
    free(found->sources);
    *found = (struct nq_found){0};
}
