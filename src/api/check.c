/* Checking a draft: its sections and references against what the archive has from before it. */
#include "api/check.h"

#include <stdlib.h>

#include "check/title.h"

enum {
    CANDIDATES = 80, /* earlier sections that are read for one of the draft */
    MATCHES = 30,    /* given for it by default */
    TOPICS = 12,     /* shared terms that are named */
    STOCK = 10,      /* of the candidates name a document that tells nothing */
};

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
    struct nq_prior *priors;
    size_t n;
    enum nq_verdict verdict;
};

static bool add_str(struct nq_arena *arena, const struct nq_str **items, size_t *n,
                    struct nq_str s)
{
    struct nq_str *grown = nq_arena_grow(arena, (struct nq_str *)*items, *n, sizeof *grown);
    if (!grown)
        return false;
    grown[*n] = nq_arena_str(arena, s);
    *items = grown;
    return grown[(*n)++].ptr != NULL;
}

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
            if (!add_str(s->run->arena, &out->documents, &out->n_documents, d->title))
                return false;
            break;
        }
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
        if (!add_str(s->run->arena, &out->topics, &out->n_topics, terms[best[i]].text))
            return false;
    return true;
}

static bool share_sentences(struct section *s, const struct nq_side *prior, struct nq_prior *out,
                            struct nq_evidence *e)
{
    struct nq_aligned *items;
    size_t n, common = 0;
    if (!nq_reuse_find(&s->side, prior, s->run->arena, &items, &n))
        return false;
    struct nq_reuse *reused = nq_arena_array(s->run->arena, n + 1, sizeof *reused);
    if (!reused)
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct nq_aligned *a = &items[i];
        reused[i] = (struct nq_reuse){
            .draft = nq_str_sub(s->side.text, a->draft_start, a->draft_end),
            .prior = nq_str_sub(prior->text, a->prior_start, a->prior_end),
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
    out->n_reused = n;
    e->reused = s->side.atoms.n ? (double)common / (double)s->side.atoms.n : 0;
    return true;
}

static enum nq_status compare(struct section *s, const struct nq_check_unit *unit)
{
    struct nq_evidence e = {0};
    struct nq_prior *out = &s->priors[s->n];
    const struct nq_side *prior = &unit->side;
    *out = (struct nq_prior){.passage = unit->id,
                             .report = unit->hit.report,
                             .section_number = unit->hit.section_number,
                             .section_heading = unit->hit.section_heading};
    nq_evidence_measure(&s->run->terms, &s->side, prior, &e);
    if (!share_documents(s, prior, out, &e) || !share_days(s, prior, out) ||
        !share_sentences(s, prior, out, &e))
        return nq_fail_nomem(s->run->err);
    struct nq_judgement judgement = nq_relate(&e, s->run->params->strictness);
    if (judgement.relation == NQ_RELATION_NONE)
        return NQ_OK;
    enum nq_verdict verdict = nq_verdict_of(&e, &judgement, s->run->params->strictness);
    s->verdict = verdict > s->verdict ? verdict : s->verdict;
    out->relation = judgement.relation;
    out->score = judgement.score;
    out->evidence = (struct nq_similarity){e.cosine, e.covered, e.heading, e.lead, e.named, e.reused};
    out->days = e.days;
    s->n++;
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
    return s->stock != NULL;
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
        if (status == NQ_OK && !unit->frame)
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
    if (status == NQ_OK && (!s->priors || !find_stock(s)))
        status = nq_fail_nomem(run->err);
    for (size_t i = 0; i < s->n_units && status == NQ_OK; i++)
        status = compare(s, s->units[i]);
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
    out->judged = section->n_paragraphs > 0 && !nq_check_is_frame(section->heading);
    if (text.failed || !copy.ptr ||
        !nq_side_init(&s.side, &run->terms, run->arena, out->heading, copy, day))
        status = nq_fail_nomem(run->err);
    else if (out->judged)
        status = compare_all(&s, out);
    nq_buf_finish(&text);
    nq_side_finish(&s.side);
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
    return status == NQ_OK ? nq_check_references(run, draft, out) : status;
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
