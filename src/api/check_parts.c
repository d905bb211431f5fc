/* Earlier sections that a section may have to do with: by the terms that both hold. */
#include <stdlib.h>

#include "api/check.h"

enum {
    MOST_TERMS = 48,     /* that are looked up, the rarest by the dictionary first */
    HEADING_TERMS = 12,  /* of them from the heading, where it has so many */
    MOST_SENTENCES = 64, /* that are looked for one by one */
    SENTENCE_TERMS = 4,  /* of each, the rarest */
    LEAST_TERMS = 2,     /* of a sentence, to be looked for by */
    LEAST_ATOMS = 12,    /* of a sentence that can be told from chance (check/reuse.c) */
    MOST_SOURCES = 3,    /* of one sentence */
    ALL_TERMS = MOST_TERMS + MOST_SENTENCES * SENTENCE_TERMS,
};

/* Of a sentence's weight, what a section must hold that it may stand in: with one character in ten
 * changed, three in five of its words are left. */
static const double least_held = 0.55;

/* The terms that are looked up: `n_main` for the section as a whole, then more for sentences. */
struct chosen {
    uint32_t numbers[ALL_TERMS];
    size_t n, n_main;
    struct {
        uint32_t terms[SENTENCE_TERMS];
        size_t n;
    } sentences[MOST_SENTENCES];
    size_t n_sentences;
};

/* The terms to look up, those of the heading first: the least likely ones. */
static void choose_main(const struct nq_check_terms *terms, const struct nq_side *side,
                        struct chosen *chosen)
{
    size_t n = 0;
    uint32_t *out = chosen->numbers;
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
    chosen->n = chosen->n_main = n;
}

/* The rarest terms of a sentence, and what of them is not chosen yet. */
static void choose_sentence(const struct nq_check_terms *terms, const struct nq_term_set *set,
                            struct chosen *chosen)
{
    uint32_t *out = chosen->sentences[chosen->n_sentences].terms;
    size_t n = 0;
    for (size_t i = 0; i < set->n; i++) {
        size_t at = n < SENTENCE_TERMS ? n++ : SENTENCE_TERMS;
        for (; at > 0 && terms->items[out[at - 1]].prior > terms->items[set->items[i].term].prior;
             at--)
            if (at < SENTENCE_TERMS)
                out[at] = out[at - 1];
        if (at < SENTENCE_TERMS)
            out[at] = set->items[i].term;
    }
    if (n < LEAST_TERMS)
        return;
    chosen->sentences[chosen->n_sentences++].n = n;
    for (size_t i = 0; i < n; i++) {
        size_t at = 0;
        while (at < chosen->n && chosen->numbers[at] != out[i])
            at++;
        if (at == chosen->n)
            chosen->numbers[chosen->n++] = out[i];
    }
}

static bool ends_sentence(uint32_t cp)
{
    return cp == 0x3002 || cp == '!' || cp == '?' || cp == ';' || cp == '\n'; /* 。 */
}

static bool choose_sentences(struct nq_check_run *run, const struct nq_side *side,
                             struct chosen *chosen)
{
    const struct nq_folded *f = &side->folded;
    for (size_t i = 0, first = 0; i < f->n && chosen->n_sentences < MOST_SENTENCES; i++) {
        if (!ends_sentence(f->cp[i]) && i + 1 < f->n)
            continue;
        struct nq_folded part = {f->cp + first,  f->start + first, f->end + first,
                                 f->cls + first, i + 1 - first,    0};
        struct nq_term_set set;
        first = i + 1;
        if (part.n < LEAST_ATOMS)
            continue;
        if (!nq_check_terms_find(&run->terms, run->arena, &part, &set))
            return false;
        choose_sentence(&run->terms, &set, chosen);
    }
    return true;
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

static const struct nq_unit_list *list_of(const struct nq_unit_lists *lists, uint32_t term)
{
    for (size_t i = 0; i < lists->n; i++)
        if (lists->items[i].term == term)
            return &lists->items[i];
    return NULL;
}

/* Adds the term's weight to its units' scores; returns it. */
static double add_list(const struct nq_check_run *run, const struct nq_unit_lists *lists,
                       const struct nq_unit_list *list, float *scores)
{
    float weight = run->terms.items[list->term].weight;
    for (size_t i = list->first; i < list->first + list->n; i++)
        scores[lists->units[i]] += weight * weight;
    return (double)(weight * weight);
}

static void keep_source(struct nq_candidate sources[MOST_SOURCES], size_t *n, size_t unit,
                        double score)
{
    size_t at = *n < MOST_SOURCES ? (*n)++ : MOST_SOURCES;
    for (; at > 0 && sources[at - 1].score < score; at--)
        if (at < MOST_SOURCES)
            sources[at] = sources[at - 1];
    if (at < MOST_SOURCES)
        sources[at] = (struct nq_candidate){unit, score};
}

/* Where a sentence may stand: units with most of what its terms weigh.  `scores` are 0 and are left
 * so. */
static size_t find_sources(const struct nq_check_run *run, const struct nq_unit_lists *lists,
                           const uint32_t *terms, size_t n_terms, float *scores,
                           struct nq_candidate sources[MOST_SOURCES])
{
    const struct nq_unit_list *own[SENTENCE_TERMS];
    double all = 0, heaviest = 0;
    size_t n = 0, n_lists = 0;
    for (size_t i = 0; i < n_terms; i++) {
        const struct nq_unit_list *list = list_of(lists, terms[i]);
        double weight = list ? add_list(run, lists, list, scores) : 0;
        if (list)
            own[n_lists++] = list;
        heaviest = weight > heaviest ? weight : heaviest;
        all += weight;
    }
    for (size_t k = 0; k < n_lists; k++)
        for (size_t i = own[k]->first; i < own[k]->first + own[k]->n; i++) {
            double score = (double)scores[lists->units[i]];
            if (score > 1.001 * heaviest && score >= least_held * all)
                keep_source(sources, &n, lists->units[i], score);
            scores[lists->units[i]] = 0;
        }
    return n;
}

/* Appends what sentences may come from to the first `*n` candidates, at most `most` more. */
static void add_sources(const struct nq_check_run *run, const struct nq_unit_lists *lists,
                        const struct chosen *chosen, float *scores, struct nq_candidate *out,
                        size_t most, size_t *n)
{
    size_t room = *n + most;
    for (size_t s = 0; s < chosen->n_sentences; s++) {
        struct nq_candidate sources[MOST_SOURCES];
        size_t found = find_sources(run, lists, chosen->sentences[s].terms, chosen->sentences[s].n,
                                    scores, sources);
        for (size_t i = 0; i < found && *n < room; i++) {
            size_t at = 0;
            while (at < *n && out[at].unit != sources[i].unit)
                at++;
            if (at == *n)
                out[(*n)++] = (struct nq_candidate){sources[i].unit, 0};
        }
    }
}

enum nq_status nq_check_candidates(struct nq_check_run *run, const struct nq_side *side,
                                   struct nq_candidate *out, size_t most, size_t sources, size_t *n)
{
    struct chosen *chosen = calloc(1, sizeof *chosen);
    struct nq_unit_lists lists = {0};
    float *scores = calloc(run->units.n + 1, sizeof *scores);
    enum nq_status status = chosen && scores ? NQ_OK : nq_fail_nomem(run->err);
    if (status == NQ_OK)
        choose_main(&run->terms, side, chosen);
    if (status == NQ_OK && sources && !choose_sentences(run, side, chosen))
        status = nq_fail_nomem(run->err);
    if (status == NQ_OK)
        status = nq_check_lists(run, chosen->numbers, chosen->n, &lists);
    for (size_t i = 0; status == NQ_OK && i < chosen->n_main; i++) {
        const struct nq_unit_list *list = list_of(&lists, chosen->numbers[i]);
        if (list)
            add_list(run, &lists, list, scores);
    }
    if (status == NQ_OK) {
        *n = best(scores, run->units.n, out, most);
        memset(scores, 0, (run->units.n + 1) * sizeof *scores);
        add_sources(run, &lists, chosen, scores, out, sources, n);
    }
    nq_unit_lists_finish(&lists);
    free(chosen);
    free(scores);
    return status;
}
