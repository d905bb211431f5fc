/* The first step of ranking partial matches. */
#include "engine/accumulate.h"

#include <stdlib.h>

#include "base/grow.h"
#include "engine/compile.h"
#include "store/sql.h"

enum {
    PROBE = 100,         /* postings that tell how long a list is: passages' ids run evenly */
    LONG = 500,          /* a list of so many postings is long */
    AHEAD = 400,         /* lists are left when so many passages are ahead of all they could add */
    COMMON_FLOOR = 2000, /* a list is never common below this, */
    COMMON_SHARE = 6,    /* else when more than a sixth of all passages are in it */
};

float *nq_scores_page(struct nq_scores *scores, int64_t passage)
{
    size_t page = (size_t)passage / NQ_ATTRIBUTE_CHUNK;
    if (page >= scores->n_pages) {
        size_t n = page + page / 2 + 1;
        float **pages = realloc(scores->pages, n * sizeof *pages);
        if (!pages)
            return NULL;
        memset(pages + scores->n_pages, 0, (n - scores->n_pages) * sizeof *pages);
        scores->pages = pages;
        scores->n_pages = n;
    }
    if (!scores->pages[page] &&
        !(scores->pages[page] = calloc(NQ_ATTRIBUTE_CHUNK, sizeof *scores->pages[page])))
        return NULL;
    return scores->pages[page];
}

void nq_scores_finish(struct nq_scores *scores)
{
    for (size_t i = 0; i < scores->n_pages; i++)
        free(scores->pages[i]);
    free(scores->pages);
    *scores = (struct nq_scores){0};
}

/* The postings of a unit, in one of the two indexes. */
struct list {
    struct nq_unit *unit;
    struct nq_unit *twin; /* the word that is the same two atoms: it is not walked besides */
    double weight;
    bool done;
};

/* Lists being walked: the postings of one wait until their number, and so their idf, is known. */
struct walk {
    struct nq_engine *engine;
    struct nq_scores *scores;
    struct list *lists; /* by phrase */
    size_t at;          /* the list whose postings are held */
    struct nq_posting *held;
    size_t n, cap;
    size_t most; /* of a list's postings */
    int64_t last_passage;
    const double *norms;
    double ahead; /* what the lists not done can add to a score */
    double best;  /* the highest score so far */
    bool enough;
    struct nq_error *err;
    enum nq_status status;
};

static void set_idf(const struct walk *w, struct list *list, double n)
{
    list->unit->idf = nq_idf(n, (double)w->engine->n_passages);
    if (list->twin)
        list->twin->idf = list->unit->idf;
}

static enum nq_status add_scores(struct walk *w, const struct list *list)
{
    double most = list->weight * list->unit->idf;
    const uint8_t *lengths = NULL;
    float *scores = NULL;
    int64_t chunk = -1;
    for (size_t i = 0; i < w->n; i++) {
        const struct nq_posting *p = &w->held[i];
        if (p->passage / NQ_ATTRIBUTE_CHUNK != chunk) {
            chunk = p->passage / NQ_ATTRIBUTE_CHUNK;
            enum nq_status status = nq_attributes_lengths(&w->engine->attributes, w->engine->db,
                                                          p->passage, &lengths, w->err);
            if (status != NQ_OK)
                return status;
            if (!(scores = nq_scores_page(w->scores, p->passage)))
                return nq_fail_nomem(w->err);
        }
        size_t at = (size_t)(p->passage % NQ_ATTRIBUTE_CHUNK);
        double n = p->in_body + p->in_heading;
        scores[at] += (float)(most * n / (n + w->norms[lengths[at]]));
        if (scores[at] > w->best)
            w->best = scores[at];
    }
    return NQ_OK;
}

/* Whether AHEAD passages have at least `least`. */
static bool has_ahead(const struct nq_scores *scores, float least)
{
    size_t n = 0;
    for (size_t p = 0; p < scores->n_pages && n < AHEAD; p++)
        for (size_t i = 0; scores->pages[p] && i < NQ_ATTRIBUTE_CHUNK; i++)
            n += scores->pages[p][i] >= least;
    return n >= AHEAD;
}

/* Ends the list at hand.  One that was broken off is as long as it would be if it went on so. */
static void end_list(struct walk *w)
{
    struct list *list = &w->lists[w->at++];
    if (w->n < w->most) {
        double estimate = list->unit->idf;
        set_idf(w, list, (double)w->n);
        w->status = add_scores(w, list);
        list->done = true;
        w->ahead -= list->weight * estimate;
        w->enough = w->most > PROBE && w->best >= w->ahead && has_ahead(w->scores, (float)w->ahead);
    } else {
        double last = (double)w->held[w->n - 1].passage;
        set_idf(w, list, (double)w->n * (double)w->last_passage / last);
    }
    w->n = 0;
}

static enum nq_next on_posting(void *user, const struct nq_posting *posting)
{
    struct walk *w = user;
    while (w->at < posting->phrase && w->status == NQ_OK && !w->enough)
        end_list(w);
    if (w->status != NQ_OK || w->enough)
        return NQ_NEXT_NONE;
    struct nq_posting *held = nq_grow(w->held, w->n, &w->cap, sizeof *held);
    if (!held) {
        w->status = nq_fail_nomem(w->err);
        return NQ_NEXT_NONE;
    }
    w->held = held;
    w->held[w->n++] = *posting;
    return w->n < w->most ? NQ_NEXT_POSTING : NQ_NEXT_PHRASE;
}

/* Walks at most `most` postings of each of `n` lists of one index. */
static enum nq_status walk_lists(struct walk *w, const struct nq_pattern *p, struct list *lists,
                                 size_t n, size_t most, bool words)
{
    struct nq_buf match = {0};
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            nq_buf_add(&match, NQ_STR(" OR "));
        nq_compile_unit(p, lists[i].unit, words, &match);
    }
    w->lists = lists;
    w->most = most;
    w->at = w->n = 0;
    if (match.failed)
        status = nq_fail_nomem(w->err);
    else if (n > 0)
        status = nq_fts5_phrases(w->engine->db, words, nq_buf_str(&match), on_posting, w, w->err);
    while (status == NQ_OK && w->status == NQ_OK && w->at < n && !w->enough)
        end_list(w);
    nq_buf_finish(&match);
    return status != NQ_OK ? status : w->status;
}

static int by_idf(const void *a, const void *b)
{
    const struct list *x = a, *y = b;
    if (x->done != y->done)
        return x->done ? 1 : -1;
    return (x->unit->idf < y->unit->idf) - (x->unit->idf > y->unit->idf);
}

/* Keeps the `most` rarest of those not done. */
static size_t rarest(struct list *lists, size_t n, size_t most)
{
    if (n > 1)
        qsort(lists, n, sizeof *lists, by_idf);
    while (n > 0 && lists[n - 1].done)
        n--;
    return n < most ? n : most;
}

/* The words of two atoms and more, as lists of the words index. */
static size_t word_lists(const struct nq_pattern *p, struct list *out)
{
    size_t n = 0;
    for (size_t i = 0; i < p->words.n; i++) {
        struct nq_unit *word = &p->words.items[i];
        if (word->n == 1)
            continue;
        if (!nq_pattern_twin(p, word))
            out[n++] = (struct list){word, NULL, 1};
    }
    return n;
}

/* Bigrams and words of one or two atoms, as lists of the text index. */
static size_t text_lists(const struct nq_pattern *p, struct list *out)
{
    size_t n = 0;
    for (size_t i = 0; i < p->bigrams.n; i++)
        out[n++] = (struct list){&p->bigrams.items[i], NULL, NQ_BIGRAM_WEIGHT};
    for (size_t i = 0; i < p->words.n; i++) {
        struct nq_unit *word = &p->words.items[i], *twin = nq_pattern_twin(p, word);
        if (word->n == 1)
            out[n++] = (struct list){word, NULL, 1};
        else if (twin) {
            struct list *l = &out[twin - p->bigrams.items];
            l->twin = word;
            l->weight += 1;
        }
    }
    return n;
}

/* Of the long lists at the end of `text`, moves those whose unit is a word to `words`: without
 * counts they are walked three times as fast, and a frequent word's count tells little.  The short
 * ones stay first. */
static void part_long(const struct walk *w, struct list *text, size_t n, size_t *n_short,
                      size_t *n_long, struct list *words, size_t *n_words)
{
    double most = nq_idf(LONG, (double)w->engine->n_passages);
    size_t kept = 0, first = 0;
    while (first < n && text[first].unit->idf >= most)
        first++;
    for (size_t i = first; i < n; i++) {
        if (text[i].twin)
            words[(*n_words)++] = text[i];
        else
            text[first + kept++] = text[i];
    }
    *n_short = first;
    *n_long = kept;
}

/* Drops the lists that nearly every passage is in: they stand last. */
static size_t without_common(const struct walk *w, const struct list *lists, size_t n)
{
    double passages = (double)w->engine->n_passages;
    double least = nq_idf(passages / COMMON_SHARE + COMMON_FLOOR, passages);
    while (n > 0 && lists[n - 1].unit->idf <= least)
        n--;
    return n;
}

static double most_of(const struct list *lists, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += lists[i].weight * lists[i].unit->idf;
    return sum;
}

enum nq_status nq_accumulate(struct nq_engine *engine, struct nq_pattern *pattern,
                             const double norms[256], size_t lists, struct nq_scores *scores,
                             struct nq_error *err)
{
    struct walk w = {.engine = engine, .scores = scores, .norms = norms, .err = err};
    size_t most = pattern->words.n + pattern->bigrams.n;
    struct list *words = calloc(3 * (most + 1), sizeof *words);
    struct list *text = words + most + 1, *frequent = text + most + 1;
    if (!words)
        return nq_fail_nomem(err);
    size_t n_words = rarest(words, word_lists(pattern, words), lists);
    size_t n_text = rarest(text, text_lists(pattern, text), lists);
    enum nq_status status =
        nq_sql_int(engine->db, "SELECT max(id) FROM passage", NULL, &w.last_passage, err);
    if (status == NQ_OK)
        status = walk_lists(&w, pattern, words, n_words, PROBE, true);
    if (status == NQ_OK)
        status = walk_lists(&w, pattern, text, n_text, PROBE, false);
    n_words = without_common(&w, words, rarest(words, n_words, lists));
    n_text = without_common(&w, text, rarest(text, n_text, lists));
    size_t n_short, n_long, n_frequent = 0;
    part_long(&w, text, n_text, &n_short, &n_long, frequent, &n_frequent);
    w.ahead =
        most_of(words, n_words) + most_of(text, n_short + n_long) + most_of(frequent, n_frequent);
    if (status == NQ_OK)
        status = walk_lists(&w, pattern, words, n_words, SIZE_MAX, true);
    if (status == NQ_OK && !w.enough)
        status = walk_lists(&w, pattern, text, n_short, SIZE_MAX, false);
    if (status == NQ_OK && !w.enough)
        status = walk_lists(&w, pattern, frequent, n_frequent, SIZE_MAX, true);
    if (status == NQ_OK && !w.enough)
        status = walk_lists(&w, pattern, text + n_short, n_long, SIZE_MAX, false);
    free(w.held);
    free(words);
    return status;
}
