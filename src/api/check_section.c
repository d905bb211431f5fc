/* One section of a draft beside the archive. */
#include <stdlib.h>

#include "api/check.h"

enum {
    CANDIDATES = 60,     /* earlier sections that are read for one of the draft */
    SOURCES = 40,        /* and of those that one of its sentences may come from */
    MATCHES = 30,        /* given for it by default */
    WEEK = 7,            /* days: figures of one series that far apart are of other periods */
    MOST_SECTIONS = 400, /* of a draft that are judged: no report has so many */
};

/* Figures are compared with those of what is as close. */
static const double least_comparable = 0.2;

/* Events cost more than all the rest, so they are looked for where something else is alike. */
static bool compare_deeds(struct nq_check_section *s, struct nq_side *prior, struct nq_evidence *e)
{
    struct nq_check_run *run = s->run;
    run->finding = run->finding || nq_event_finder_init(&run->finder);
    if (!run->finding || !nq_deeds_find(&s->side, &run->finder, run->arena) ||
        !nq_deeds_find(prior, &run->finder, run->arena))
        return false;
    e->deed = nq_deeds_match(&s->side, prior);
    return true;
}

static void tell_evidence(const struct nq_evidence *e, struct nq_similarity *out)
{
    *out = (struct nq_similarity){
        .terms = e->cosine,
        .covered = e->covered,
        .headings = e->heading,
        .leads = e->lead,
        .named = e->named,
        .reused = e->reused,
        .anchors = e->anchors,
        .figures = e->figures,
        .phrase = e->phrase,
        .numbered = e->numbered,
        .document = e->document,
        .event = e->deed == NQ_DEED_DOCUMENT ? 2 : e->deed == NQ_DEED_DAY,
        .documents_differ = e->documents_differ,
        .other_figures = e->other_figures,
        .places_differ = e->places_differ,
        .dated = e->dated,
        .since = e->since,
        .series = e->series,
        .reacts = e->reacts,
        .expected = e->expected,
    };
}

static enum nq_status compare(struct nq_check_section *s, size_t u)
{
    struct nq_check_unit *unit = s->units[u];
    struct nq_evidence e = {0};
    struct nq_prior *out = &s->priors[s->n];
    const struct nq_side *prior = &unit->side;
    *out = (struct nq_prior){.passage = unit->id,
                             .report = unit->hit.report,
                             .section_number = unit->hit.section_number,
                             .section_heading = unit->hit.section_heading};
    nq_evidence_measure(&s->run->terms, &s->side, prior, &e);
    if (!nq_check_shared(s, u, out, &e))
        return nq_fail_nomem(s->run->err);
    if (s->column)
        e.named = e.heading = e.anchors = e.phrase = 0;
    struct nq_judgement judgement = nq_relate(&e, s->run->params->strictness);
    if (judgement.relation != NQ_RELATION_NONE && !compare_deeds(s, &s->units[u]->side, &e))
        return nq_fail_nomem(s->run->err);
    judgement = nq_relate(&e, s->run->params->strictness);
    out->relation = judgement.relation;
    out->score = judgement.score;
    out->days = e.days;
    tell_evidence(&e, &out->evidence);
    if (judgement.relation == NQ_RELATION_NONE) {
        s->n += s->run->params->all;
        return NQ_OK;
    }
    enum nq_verdict verdict = nq_verdict_of(&e, &judgement, s->run->params->strictness);
    s->verdict = verdict > s->verdict ? verdict : s->verdict;
    s->n++;
    s->close[s->n_close++] = s->units[u];
    /* Figures of another month are not at odds with those of this one. */
    bool comparable = !(e.series && e.days > WEEK) &&
                      (out->relation >= NQ_RELATION_FOLLOW_UP || out->score >= least_comparable);
    if (comparable && !nq_check_disagreements(s->run, &s->side, unit, out))
        return nq_fail_nomem(s->run->err);
    return nq_check_topics(s, prior, out) ? NQ_OK : nq_fail_nomem(s->run->err);
}

static int by_score(const void *a, const void *b)
{
    const struct nq_prior *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return (x->passage < y->passage) - (x->passage > y->passage);
}

static bool is_own(const struct nq_check_run *run, int64_t report)
{
    for (size_t i = 0; i < run->n_own; i++)
        if (run->own[i] == report)
            return true;
    return false;
}

/* Loads the candidates that are no frames. */
static enum nq_status load_all(struct nq_check_section *s)
{
    struct nq_check_run *run = s->run;
    struct nq_candidate *candidates = malloc((2 * CANDIDATES + SOURCES + 1) * sizeof *candidates);
    size_t n = 0;
    s->units = nq_arena_array(run->arena, CANDIDATES + SOURCES, sizeof(struct nq_check_unit *));
    enum nq_status status = candidates && s->units ? NQ_OK : nq_fail_nomem(run->err);
    if (status == NQ_OK)
        status = nq_check_candidates(run, &s->side, candidates, CANDIDATES, SOURCES, &n);
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        struct nq_check_unit *unit;
        status = nq_check_load(run, candidates[i].unit, &unit);
        if (status == NQ_OK && !unit->frame && !is_own(run, unit->hit.report.id))
            s->units[s->n_units++] = unit;
    }
    free(candidates);
    return status;
}

/* Whether the section gathers what several earlier ones told and adds nothing: no day, figure or
 * document of it, of which there are some, is new. */
static bool only_gathers(const struct nq_check_section *s, const struct nq_checked_section *out)
{
    enum { LEAST = 6 }; /* days and figures: fewer may stand elsewhere by chance */
    return s->verdict == NQ_VERDICT_UPDATE && s->side.n_figures + s->side.n_days >= LEAST &&
           s->side.n_days > 0 && out->n_new_figures == 0 && out->n_new_days == 0 &&
           out->n_new_documents == 0;
}

static enum nq_status compare_all(struct nq_check_section *s, struct nq_checked_section *out)
{
    struct nq_check_run *run = s->run;
    size_t limit = run->params->limit ? run->params->limit : MATCHES;
    limit = run->params->all ? CANDIDATES + SOURCES : limit;
    enum nq_status status = load_all(s);
    s->priors = nq_arena_array(run->arena, s->n_units + 1, sizeof *s->priors);
    s->close = nq_arena_array(run->arena, s->n_units + 1, sizeof(struct nq_check_unit *));
    if (status == NQ_OK && (!s->priors || !s->close))
        status = nq_fail_nomem(run->err);
    if (status == NQ_OK)
        status = nq_check_common(s);
    for (size_t i = 0; i < s->n_units && status == NQ_OK; i++) {
        status = nq_db_go_on(run->index->db, run->err);
        if (status == NQ_OK)
            status = compare(s, i);
    }
    if (status == NQ_OK && !nq_check_new_facts(run, &s->side, s->close, s->n_close, out))
        status = nq_fail_nomem(run->err);
    if (s->n > 1)
        qsort(s->priors, s->n, sizeof *s->priors, by_score);
    out->matches = s->priors;
    out->n_matches = s->n < limit ? s->n : limit;
    out->score = s->n ? s->priors[0].score : 0;
    out->verdict = only_gathers(s, out) ? NQ_VERDICT_REPEAT : s->verdict;
    return status;
}

enum nq_status nq_check_section(struct nq_check_run *run, int32_t day,
                                const struct nq_section *section, struct nq_checked_section *out)
{
    struct nq_check_section s = {.run = run};
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
