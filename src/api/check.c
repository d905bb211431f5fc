/* Checking a draft: its sections and references against what the archive has from before it. */
#include "api/check.h"

#include <stdlib.h>

#include "check/title.h"

enum {
    CANDIDATES = 60,    /* earlier sections that are read for one of the draft */
    MATCHES = 30,       /* given for it by default */
    TOPICS = 12,        /* shared terms that are named */
    STOCK = 10,         /* of the candidates name a document that tells nothing */
    COLUMN = 3,         /* of them with the same heading make a column of it */
    FORMULA = 3,        /* of them with a sentence make a formula of it */
    LONG_SENTENCE = 30, /* atoms that no formula has word by word */
    MOST_OWN = 8,
    WEEK = 7,
    MOST_SECTIONS = 400, /* of a draft that are judged: no report has so many */
};

/* Of a title's weight, what a section must hold to be about the cited work. */
static const double least_about = 0.6;

/* The public struct first, then what owns its memory. */
struct owned {
    struct nq_check check;
    struct nq_arena *arena;
};

/* One section of the draft on its way. */
struct section {
    struct nq_check_run *run;
    struct nq_side side;
    struct nq_check_unit **units; /* to compare with */
    size_t n_units;
    bool *stock; /* of the side's documents: named so often that to name it says nothing */
    bool column; /* the heading is that of a column: 国内快讯 */
    struct nq_aligned **reused; /* of each unit */
    size_t *n_reused;
    uint8_t *told; /* by the draft's atom at which a sentence begins: how many units have it */
    struct nq_prior *priors;
    struct nq_check_unit **close; /* those that gave priors */
    size_t n;
    enum nq_verdict verdict;
};

/* Documents that both name, and how special the rarest is. */
static bool share_documents(struct section *s, const struct nq_side *prior, struct nq_prior *out,
                            struct nq_evidence *e)
{
    for (size_t i = 0; i < s->side.n_documents; i++) {
        const struct nq_side_document *d = &s->side.documents[i];
        for (size_t k = 0; k < prior->n_documents; k++) {
            const struct nq_side_document *p = &prior->documents[k];
            if (!nq_titles_same(d->key, p->key))
                continue;
            int leading = d->leading + p->leading;
            if (!s->stock[i] && leading > e->document)
                e->document = leading;
            if (!nq_check_add_str(s->run->arena, &out->documents, &out->n_documents, d->title))
                return false;
            break;
        }
    }
    return true;
}

/* Works that the draft cites and the unit's report cited, and that the section is about. */
static bool share_references(struct section *s, const struct nq_check_unit *unit,
                             struct nq_prior *out)
{
    struct nq_check_run *run = s->run;
    for (size_t i = 0; i < run->n_references; i++) {
        const struct nq_checked_reference *r = &run->references[i];
        size_t k = 0;
        while (k < r->n_cited_before && r->cited_before[k].report.id != unit->hit.report.id)
            k++;
        if (k == r->n_cited_before)
            continue;
        struct nq_overlap here = nq_term_overlap(&run->terms, &run->cited[i], &s->side.terms);
        struct nq_overlap there = nq_term_overlap(&run->terms, &run->cited[i], &unit->side.terms);
        if (here.covered < least_about * here.first || there.covered < least_about * there.first)
            continue;
        struct nq_str title = r->title.len ? r->title : r->raw;
        if (!nq_check_add_str(run->arena, &out->references, &out->n_references, title))
            return false;
    }
    return true;
}

static bool share_days(struct section *s, const struct nq_side *prior, struct nq_prior *out)
{
    int32_t *days = nq_arena_array(s->run->arena, s->side.n_days + 1, sizeof *days);
    if (!days)
        return false;
    for (size_t i = 0, k = 0; i < s->side.n_days && k < prior->n_days;) {
        if (s->side.days[i] == prior->days[k])
            days[out->n_events++] = s->side.days[i++], k++;
        else if (s->side.days[i] < prior->days[k])
            i++;
        else
            k++;
    }
    out->events = days;
    return true;
}

/* The heaviest terms that both have. */
static bool share_topics(struct section *s, const struct nq_side *prior, struct nq_prior *out)
{
    const struct nq_check_term *terms = s->run->terms.items;
    uint32_t best[TOPICS];
    size_t n = 0;
    for (size_t i = 0, k = 0; i < s->side.terms.n && k < prior->terms.n;) {
        uint32_t a = s->side.terms.items[i].term, b = prior->terms.items[k].term;
        i += a <= b;
        k += b <= a;
        if (a != b)
            continue;
        size_t at = n < TOPICS ? n++ : TOPICS;
        for (; at > 0 && terms[best[at - 1]].weight < terms[a].weight; at--)
            if (at < TOPICS)
                best[at] = best[at - 1];
        if (at < TOPICS)
            best[at] = a;
    }
    for (size_t i = 0; i < n; i++)
        if (!nq_check_add_str(s->run->arena, &out->topics, &out->n_topics, terms[best[i]].text))
            return false;
    return true;
}

/* A sentence that many have in a form of their own is a formula, and so is a short one. */
static bool is_formula(const struct section *s, const struct nq_aligned *a)
{
    return s->told[a->first_atom] > FORMULA && (!a->exact || a->atoms < LONG_SENTENCE);
}

static bool share_sentences(struct section *s, size_t unit, struct nq_prior *out,
                            struct nq_evidence *e)
{
    const struct nq_side *prior = &s->units[unit]->side;
    size_t common = 0, n = s->n_reused[unit];
    struct nq_reuse *reused = nq_arena_array(s->run->arena, n + 1, sizeof *reused);
    for (size_t i = 0; reused && i < n; i++) {
        const struct nq_aligned *a = &s->reused[unit][i];
        if (is_formula(s, a))
            continue;
        reused[out->n_reused++] = (struct nq_reuse){
            .draft = nq_str_sub(s->side.text, a->draft_start, a->draft_end),
            .prior =
                nq_arena_str(s->run->arena, nq_str_sub(prior->text, a->prior_start, a->prior_end)),
            .draft_parts = a->draft_parts,
            .prior_parts = a->prior_parts,
            .n_draft_parts = a->n_draft_parts,
            .n_prior_parts = a->n_prior_parts,
            .exact = a->exact,
            .figures = a->figures,
        };
        common += a->common;
    }
    out->reused = reused;
    e->reused = s->side.atoms.n ? (double)common / (double)s->side.atoms.n : 0;
    return reused != NULL;
}

static enum nq_status compare(struct section *s, size_t u)
{
    const struct nq_check_unit *unit = s->units[u];
    struct nq_evidence e = {0};
    struct nq_prior *out = &s->priors[s->n];
    const struct nq_side *prior = &unit->side;
    *out = (struct nq_prior){.passage = unit->id,
                             .report = unit->hit.report,
                             .section_number = unit->hit.section_number,
                             .section_heading = unit->hit.section_heading};
    nq_evidence_measure(&s->run->terms, &s->side, prior, &e);
    if (!share_documents(s, prior, out, &e) || !share_days(s, prior, out) ||
        !share_references(s, unit, out) || !share_sentences(s, u, out, &e))
        return nq_fail_nomem(s->run->err);
    if (s->column)
        e.named = e.heading = 0;
    struct nq_judgement judgement = nq_relate(&e, s->run->params->strictness);
    if (judgement.relation == NQ_RELATION_NONE)
        return NQ_OK;
    enum nq_verdict verdict = nq_verdict_of(&e, &judgement, s->run->params->strictness);
    s->verdict = verdict > s->verdict ? verdict : s->verdict;
    out->relation = judgement.relation;
    out->score = judgement.score;
    out->evidence =
        (struct nq_similarity){e.cosine, e.covered, e.heading, e.lead, e.named, e.reused};
    out->days = e.days;
    s->close[s->n++] = s->units[u];
    /* Figures of another month are not at odds with those of this one. */
    bool comparable = !(e.series && e.days > WEEK) &&
                      (out->relation >= NQ_RELATION_FOLLOW_UP || out->score >= 0.5);
    if (comparable && !nq_check_disagreements(s->run, &s->side, unit, out))
        return nq_fail_nomem(s->run->err);
    return share_topics(s, prior, out) ? NQ_OK : nq_fail_nomem(s->run->err);
}

static int by_score(const void *a, const void *b)
{
    const struct nq_prior *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return (x->passage < y->passage) - (x->passage > y->passage);
}

/* Which documents of the side are named by so many of the units that they tell nothing: laws that
 * everything is based on, programmes, slogans. */
static bool find_stock(struct section *s)
{
    s->stock = nq_arena_array(s->run->arena, s->side.n_documents + 1, sizeof *s->stock);
    for (size_t i = 0; s->stock && i < s->side.n_documents; i++) {
        size_t n = 0;
        for (size_t u = 0; u < s->n_units; u++) {
            const struct nq_side *side = &s->units[u]->side;
            for (size_t k = 0; k < side->n_documents; k++)
                if (nq_titles_same(s->side.documents[i].key, side->documents[k].key)) {
                    n++;
                    break;
                }
        }
        s->stock[i] = n > STOCK;
    }
    size_t same = 0;
    for (size_t u = 0; u < s->n_units; u++)
        same += s->side.heading.len && nq_str_eq(s->units[u]->side.heading, s->side.heading);
    s->column = same > COLUMN;
    return s->stock != NULL;
}

/* Finds what the section has of each unit, and how many units have it. */
static bool find_reused(struct section *s)
{
    struct nq_arena *arena = s->run->arena;
    s->reused = nq_arena_array(arena, s->n_units + 1, sizeof(struct nq_aligned *));
    s->n_reused = nq_arena_array(arena, s->n_units + 1, sizeof *s->n_reused);
    s->told = nq_arena_array(arena, s->side.atoms.n + 1, sizeof *s->told);
    if (!s->reused || !s->n_reused || !s->told)
        return false;
    for (size_t u = 0; u < s->n_units; u++) {
        if (!nq_reuse_find(&s->side, &s->units[u]->side, arena, &s->reused[u], &s->n_reused[u]))
            return false;
        for (size_t i = 0; i < s->n_reused[u]; i++)
            s->told[s->reused[u][i].first_atom]++;
    }
    return true;
}

static bool is_own(const struct nq_check_run *run, int64_t report)
{
    for (size_t i = 0; i < run->n_own; i++)
        if (run->own[i] == report)
            return true;
    return false;
}

/* Loads the candidates that are no frames. */
static enum nq_status load_all(struct section *s)
{
    struct nq_check_run *run = s->run;
    struct nq_candidate *candidates = malloc((2 * CANDIDATES + 1) * sizeof *candidates);
    size_t n = 0;
    s->units = nq_arena_array(run->arena, CANDIDATES, sizeof(struct nq_check_unit *));
    enum nq_status status = candidates && s->units ? NQ_OK : nq_fail_nomem(run->err);
    if (status == NQ_OK)
        status = nq_check_candidates(run, &s->side, candidates, CANDIDATES, &n);
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        struct nq_check_unit *unit;
        status = nq_check_load(run, candidates[i].unit, &unit);
        if (status == NQ_OK && !unit->frame && !is_own(run, unit->hit.report.id))
            s->units[s->n_units++] = unit;
    }
    free(candidates);
    return status;
}

static enum nq_status compare_all(struct section *s, struct nq_checked_section *out)
{
    struct nq_check_run *run = s->run;
    size_t limit = run->params->limit ? run->params->limit : MATCHES;
    enum nq_status status = load_all(s);
    s->priors = nq_arena_array(run->arena, s->n_units + 1, sizeof *s->priors);
    s->close = nq_arena_array(run->arena, s->n_units + 1, sizeof(struct nq_check_unit *));
    if (status == NQ_OK && (!s->priors || !s->close || !find_stock(s) || !find_reused(s)))
        status = nq_fail_nomem(run->err);
    for (size_t i = 0; i < s->n_units && status == NQ_OK; i++)
        status = compare(s, i);
    if (status == NQ_OK && !nq_check_new_facts(run, &s->side, s->close, s->n, out))
        status = nq_fail_nomem(run->err);
    if (s->n > 1)
        qsort(s->priors, s->n, sizeof *s->priors, by_score);
    out->matches = s->priors;
    out->n_matches = s->n < limit ? s->n : limit;
    out->score = s->n ? s->priors[0].score : 0;
    out->verdict = s->verdict;
    return status;
}

static enum nq_status check_section(struct nq_check_run *run, int32_t day,
                                    const struct nq_section *section,
                                    struct nq_checked_section *out)
{
    struct section s = {.run = run};
    struct nq_buf text = {0};
    for (size_t i = 0; i < section->n_paragraphs; i++) {
        nq_buf_add(&text, section->paragraphs[i]);
        nq_buf_add_byte(&text, '\n');
    }
    out->number = nq_arena_str(run->arena, section->number);
    out->heading = nq_arena_str(run->arena, section->heading);
    struct nq_str copy = nq_arena_str(run->arena, text.len ? nq_buf_str(&text) : NQ_STR(""));
    enum nq_status status = NQ_OK;
    out->judged = section->n_paragraphs > 0 && run->n_judged < MOST_SECTIONS &&
                  !nq_check_is_frame(section->heading);
    if (text.failed || !copy.ptr ||
        !nq_side_init(&s.side, &run->terms, run->arena, out->heading, copy, day))
        status = nq_fail_nomem(run->err);
    else if (out->judged)
        status = compare_all(&s, out);
    run->n_judged += out->judged;
    nq_buf_finish(&text);
    nq_side_finish(&s.side);
    return status;
}

/* Whether the report with the unit `first` holds all sections of the draft: it is the draft. */
static enum nq_status holds_draft(struct nq_check_run *run, const struct nq_report *draft,
                                  size_t first, bool *yes)
{
    struct nq_check_unit *unit;
    enum nq_status status = nq_check_load(run, first, &unit);
    *yes = status == NQ_OK && nq_str_eq(unit->hit.report.title, draft->title) &&
           (draft->day == NQ_NO_DAY || draft->day == unit->hit.report.day);
    for (size_t u = first, i = 0; i < draft->n_sections && *yes && status == NQ_OK; i++) {
        const struct nq_section *section = &draft->sections[i];
        if (section->n_paragraphs == 0)
            continue;
        struct nq_buf text = {0};
        for (size_t k = 0; k < section->n_paragraphs; k++) {
            nq_buf_add(&text, section->paragraphs[k]);
            nq_buf_add_byte(&text, '\n');
        }
        bool found = false;
        int64_t report = unit->hit.report.id;
        for (; u < run->units.n && !found && status == NQ_OK; u++) {
            struct nq_check_unit *other;
            status = nq_check_load(run, u, &other);
            if (status == NQ_OK && other->hit.report.id != report)
                break;
            found = status == NQ_OK && nq_str_eq(other->side.text, nq_buf_str(&text));
        }
        *yes = found;
        nq_buf_finish(&text);
    }
    return status;
}

/* Finds the draft in the index: a report with its title and all its sections in order. */
static enum nq_status find_own(struct nq_check_run *run, const struct nq_report *draft)
{
    struct nq_candidate candidates[2 * MOST_OWN + 1];
    struct nq_side side;
    size_t n = 0, first = 0;
    while (first < draft->n_sections && draft->sections[first].n_paragraphs == 0)
        first++;
    if (first == draft->n_sections || draft->title.len == 0)
        return NQ_OK;
    const struct nq_section *section = &draft->sections[first];
    enum nq_status status = NQ_OK;
    if (!nq_side_init(&side, &run->terms, run->arena, section->heading, section->paragraphs[0],
                      draft->day))
        status = nq_fail_nomem(run->err);
    else
        status = nq_check_candidates(run, &side, candidates, MOST_OWN, &n);
    nq_side_finish(&side);
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        bool yes;
        status = holds_draft(run, draft, candidates[i].unit, &yes);
        if (yes && status == NQ_OK)
            run->own[run->n_own++] = run->loaded[candidates[i].unit]->hit.report.id;
    }
    return status;
}

static void set_bounds(struct nq_check_run *run, int32_t day)
{
    const struct nq_check_params *p = run->params;
    run->before = p->bounded && p->before != NQ_NO_DAY ? p->before : day;
    run->since = p->bounded ? p->since : NQ_NO_DAY;
    if (p->days && run->before != NQ_NO_DAY) {
        int64_t since = (int64_t)run->before - p->days;
        since = since < -1000000 ? -1000000 : since;
        run->since = run->since != NQ_NO_DAY && run->since > since ? run->since : (int32_t)since;
    }
}

static enum nq_status check(struct nq_check_run *run, const struct nq_report *draft,
                            struct nq_check *out)
{
    enum nq_status status = nq_engine_refresh(run->index->engine, run->err);
    if (status == NQ_OK)
        status = nq_store_units(run->index->db, &run->units, run->err);
    run->terms.segmenter = run->index->segmenter;
    run->terms.passages = (double)run->index->engine->n_passages;
    run->loaded = calloc(run->units.n + 1, sizeof *run->loaded);
    set_bounds(run, draft->day);
    struct nq_checked_section *sections =
        nq_arena_array(run->arena, draft->n_sections + 1, sizeof *sections);
    if (status == NQ_OK && (!run->loaded || !sections))
        status = nq_fail_nomem(run->err);
    int32_t day = draft->day != NQ_NO_DAY ? draft->day : run->before;
    if (status == NQ_OK)
        status = find_own(run, draft);
    if (status == NQ_OK)
        status = nq_check_references(run, draft, out);
    for (size_t i = 0; i < draft->n_sections && status == NQ_OK; i++) {
        status = check_section(run, day, &draft->sections[i], &sections[i]);
        if (sections[i].judged)
            out->counts[sections[i].verdict]++;
    }
    out->sections = sections;
    out->n_sections = draft->n_sections;
    out->title = nq_arena_str(run->arena, draft->title);
    out->day = draft->day;
    out->since = run->since;
    out->before = run->before;
    return status;
}

static void finish(struct nq_check_run *run)
{
    for (size_t i = 0; run->loaded && i < run->units.n; i++)
        if (run->loaded[i])
            nq_side_finish(&run->loaded[i]->side);
    free(run->loaded);
    nq_units_index_finish(&run->units);
    nq_check_terms_finish(&run->terms);
}

enum nq_status nq_check_draft(struct nq_index *index, const struct nq_report *draft,
                              const struct nq_check_params *params, struct nq_check **out,
                              struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    struct owned *o = calloc(1, sizeof *o);
    if (!o || !(o->arena = nq_arena_create())) {
        free(o);
        return nq_fail_nomem(err);
    }
    struct nq_check_run run = {.index = index, .params = params, .arena = o->arena, .err = err};
    /* One snapshot for all that is read. */
    enum nq_status status = nq_db_exec(index->db, "BEGIN", err);
    if (status == NQ_OK) {
        status = check(&run, draft, &o->check);
        nq_db_exec(index->db, "COMMIT", NULL);
    }
    finish(&run);
    if (status == NQ_OK && nq_arena_failed(o->arena))
        status = nq_fail_nomem(err);
    if (status == NQ_OK)
        *out = &o->check;
    else
        nq_check_destroy(&o->check);
    return status;
}

void nq_check_destroy(struct nq_check *check_result)
{
    struct owned *o = (struct owned *)check_result;
    if (!o)
        return;
    nq_arena_destroy(o->arena);
    free(o);
}
