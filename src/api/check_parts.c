/* Earlier sections that a section may have to do with: by the terms that both hold. */
#include <stdlib.h>

#include "api/check.h"
#include "ingest/names.h"
#include "store/reports.h"

enum {
    MOST_TERMS = 48,    /* that are looked up, the rarest by the dictionary first */
    HEADING_TERMS = 12, /* of them from the heading, where it has so many */
    LEAST_LIST = 400,   /* passages of a list that are walked at any rate */
    LIST_SHARE = 30,    /* a list of more than one in so many passages tells too little */
};

struct lookup {
    struct nq_check_run *run;
    const uint32_t *numbers; /* of the terms of this walk */
    struct nq_attribute *chunk;
    int64_t chunk_at;
    size_t phrase; /* whose postings are coming */
    size_t n_postings, most_postings;
    size_t unit;     /* where the last posting was */
    uint32_t *units; /* with this term */
    size_t n_units;
    float *scores; /* by unit */
    enum nq_status status;
};

/* Ends a term: now its weight is known. */
static void end_term(struct lookup *l)
{
    if (l->phrase == SIZE_MAX)
        return;
    struct nq_check_terms *terms = &l->run->terms;
    uint32_t number = l->numbers[l->phrase];
    nq_check_term_count(terms, number, (double)l->n_postings);
    float weight = terms->items[number].weight;
    for (size_t i = 0; i < l->n_units; i++)
        l->scores[l->units[i]] += weight * weight;
}

static bool wanted(struct lookup *l, int64_t passage)
{
    struct nq_engine *engine = l->run->index->engine;
    if (passage / NQ_ATTRIBUTE_CHUNK != l->chunk_at) {
        l->status =
            nq_attributes_chunk(&engine->attributes, engine->db, passage, &l->chunk, l->run->err);
        if (l->status != NQ_OK)
            return false;
        l->chunk_at = passage / NQ_ATTRIBUTE_CHUNK;
    }
    const struct nq_attribute *a = &l->chunk[passage % NQ_ATTRIBUTE_CHUNK];
    enum nq_kind kinds = l->run->params->kinds ? l->run->params->kinds : NQ_KIND_REPORT;
    return (a->kind & kinds) && nq_check_passes(l->run, a->day);
}

static enum nq_next on_posting(void *user, const struct nq_posting *posting)
{
    struct lookup *l = user;
    const struct nq_units_index *units = &l->run->units;
    if (posting->phrase != l->phrase) {
        end_term(l);
        l->phrase = posting->phrase;
        l->n_postings = l->n_units = l->unit = 0;
    }
    if (++l->n_postings > l->most_postings)
        return NQ_NEXT_PHRASE;
    if (!wanted(l, posting->passage))
        return l->status == NQ_OK ? NQ_NEXT_POSTING : NQ_NEXT_NONE;
    /* Passages come in the order of ids: steps that double, then halves. */
    size_t low = l->unit, step = 1;
    while (low + step < units->n && units->ids[low + step] <= posting->passage) {
        low += step;
        step *= 2;
    }
    for (; step > 0; step /= 2)
        if (low + step < units->n && units->ids[low + step] <= posting->passage)
            low += step;
    if (l->n_units == 0 || l->units[l->n_units - 1] != low)
        l->units[l->n_units++] = (uint32_t)low;
    l->unit = low;
    return NQ_NEXT_POSTING;
}

static enum nq_status walk(struct lookup *l, const uint32_t *numbers, size_t n, bool latin)
{
    struct nq_str texts[MOST_TERMS] = {0};
    uint32_t chosen[MOST_TERMS];
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        const struct nq_check_term *term = &l->run->terms.items[numbers[i]];
        if (term->latin != latin)
            continue;
        texts[k] = term->text;
        chosen[k++] = numbers[i];
    }
    l->numbers = chosen;
    l->phrase = SIZE_MAX;
    enum nq_status status =
        nq_engine_lists(l->run->index->engine, texts, k, !latin, on_posting, l, l->run->err);
    if (status == NQ_OK && l->status == NQ_OK)
        end_term(l);
    /* What no passage holds is known, too. */
    for (size_t i = 0; i < k; i++)
        if (!l->run->terms.items[chosen[i]].counted)
            nq_check_term_count(&l->run->terms, chosen[i], 0);
    return l->status != NQ_OK ? l->status : status;
}

/* The terms to look up, those of the heading first: the least likely ones. */
static size_t choose(const struct nq_check_terms *terms, const struct nq_side *side,
                     uint32_t out[MOST_TERMS])
{
    size_t n = 0;
    const struct nq_term_set *sets[] = {&side->heading_terms, &side->terms};
    size_t limits[] = {HEADING_TERMS, MOST_TERMS};
    for (size_t l = 0; l < NQ_COUNT(sets); l++) {
        size_t first = n;
        for (size_t i = 0; i < sets[l]->n; i++) {
            uint32_t number = sets[l]->items[i].term;
            size_t at = 0;
            while (at < first && out[at] != number)
                at++;
            if (at < first)
                continue;
            float prior = terms->items[number].prior;
            for (at = n; at > first && terms->items[out[at - 1]].prior > prior; at--)
                if (at < limits[l])
                    out[at] = out[at - 1];
            if (at < limits[l]) {
                out[at] = number;
                n += n < limits[l];
            }
        }
    }
    return n;
}

static int by_score(const void *a, const void *b)
{
    const struct nq_candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return x->unit < y->unit ? 1 : -1; /* the newer first */
}

static size_t best(const float *scores, size_t n_units, struct nq_candidate *out, size_t most)
{
    size_t n = 0;
    double least = 0;
    for (size_t u = 0; u < n_units; u++) {
        if (scores[u] <= 0 || (double)scores[u] < least)
            continue;
        if (n == 2 * most) { /* sort now and then: cheaper than a heap, and as bounded */
            qsort(out, n, sizeof *out, by_score);
            n = most;
            least = out[n - 1].score;
        }
        out[n++] = (struct nq_candidate){u, (double)scores[u]};
    }
    if (n > 0)
        qsort(out, n, sizeof *out, by_score);
    return n < most ? n : most;
}

enum nq_status nq_check_candidates(struct nq_check_run *run, const struct nq_side *side,
                                   struct nq_candidate *out, size_t most, size_t *n)
{
    uint32_t numbers[MOST_TERMS];
    struct lookup l = {.run = run, .chunk_at = -1};
    size_t n_numbers = choose(&run->terms, side, numbers);
    l.most_postings = LEAST_LIST + (size_t)run->terms.passages / LIST_SHARE;
    l.units = calloc(run->units.n + 1, sizeof *l.units);
    l.scores = calloc(run->units.n + 1, sizeof *l.scores);
    enum nq_status status = l.units && l.scores ? NQ_OK : nq_fail_nomem(run->err);
    if (status == NQ_OK)
        status = walk(&l, numbers, n_numbers, false);
    if (status == NQ_OK)
        status = walk(&l, numbers, n_numbers, true);
    if (status == NQ_OK)
        *n = best(l.scores, run->units.n, out, most);
    free(l.units);
    free(l.scores);
    return status;
}

bool nq_check_is_frame(struct nq_str heading)
{
    static const struct nq_str marks[] = {NQ_STR_INIT("："), NQ_STR_INIT(":"), NQ_STR_INIT("——"),
                                          NQ_STR_INIT("—")};
    static const struct nq_str names[] = {NQ_STR_INIT("今日判断"), NQ_STR_INIT("今日研判"),
                                          NQ_STR_INIT("本期判断"), NQ_STR_INIT("本期导读"),
                                          NQ_STR_INIT("今日导读")};
    if (heading.len == 0)
        return false;
    /* 趋势判断：从政策口号走向场景 is named by what stands before the mark. */
    size_t end = heading.len;
    for (size_t i = 0; i < NQ_COUNT(marks); i++) {
        size_t at = nq_str_find(heading, marks[i], 0);
        end = at != SIZE_MAX && at > 0 && at < end ? at : end;
    }
    struct nq_str name = nq_str_trim(nq_str_sub(heading, 0, end));
    for (size_t i = 0; i < NQ_COUNT(names); i++)
        if (nq_str_ends(name, names[i]))
            return true;
    return nq_role_of(name) != NQ_ROLE_NONE;
}

enum nq_status nq_check_load(struct nq_check_run *run, size_t unit, struct nq_check_unit **out)
{
    struct nq_buf text = {0};
    enum nq_status status = NQ_OK;
    if (run->loaded[unit]) {
        *out = run->loaded[unit];
        return NQ_OK;
    }
    struct nq_check_unit *u = nq_arena_alloc(run->arena, sizeof *u);
    if (!u)
        return nq_fail_nomem(run->err);
    u->id = u->hit.passage = run->units.ids[unit];
    int64_t end = unit + 1 < run->units.n ? run->units.ids[unit + 1] : INT64_MAX;
    run->loaded[unit] = u;
    status = nq_store_load_hit(run->index->db, run->arena, &u->hit, run->err);
    if (status == NQ_OK)
        status = nq_store_unit_text(run->index->db, u->id, end, &text, run->err);
    if (status == NQ_OK) {
        struct nq_str copy = nq_arena_str(run->arena, text.len ? nq_buf_str(&text) : NQ_STR(""));
        struct nq_str heading =
            u->hit.section_heading.ptr ? u->hit.section_heading : u->hit.report.title;
        u->frame = nq_check_is_frame(u->hit.section_heading);
        if (!copy.ptr ||
            !nq_side_init(&u->side, &run->terms, run->arena, heading, copy, u->hit.report.day))
            status = nq_fail_nomem(run->err);
    }
    nq_buf_finish(&text);
    *out = u;
    return status;
}
