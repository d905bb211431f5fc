/* The first step of ranking partial matches. */
#include "engine/accumulate.h"

#include <stdlib.h>

#include "engine/compile.h"

static const double bigram_weight = 0.8; /* as in nq_pattern_score */

enum {
    COMMON_FLOOR = 2000, /* a list is never common below this, */
    COMMON_SHARE = 6,    /* else when more than a sixth of all passages are in it */
};

float *nq_scores_at(struct nq_scores *scores, int64_t passage)
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
    return &scores->pages[page][passage % NQ_ATTRIBUTE_CHUNK];
}

void nq_scores_finish(struct nq_scores *scores)
{
    for (size_t i = 0; i < scores->n_pages; i++)
        free(scores->pages[i]);
    free(scores->pages);
    *scores = (struct nq_scores){0};
}

/* A list being walked: its postings wait until their number, and so their idf, is known. */
struct walk {
    struct nq_engine *engine;
    struct nq_scores *scores;
    struct nq_unit **units; /* by phrase */
    size_t n_units, at;     /* the unit whose postings are held */
    struct nq_posting *held;
    size_t n, cap, common;
    double weight, average_length;
    size_t lists;
    struct nq_error *err;
    enum nq_status status;
};

static enum nq_status add_scores(struct walk *w)
{
    double idf = nq_idf((double)w->n, (double)w->engine->n_passages);
    struct nq_attribute *chunk = NULL;
    int64_t chunk_at = -1;
    w->units[w->at]->idf = idf;
    for (size_t i = 0; i < w->n && w->n < w->common; i++) {
        const struct nq_posting *p = &w->held[i];
        if (p->passage / NQ_ATTRIBUTE_CHUNK != chunk_at) {
            chunk_at = p->passage / NQ_ATTRIBUTE_CHUNK;
            enum nq_status status = nq_attributes_chunk(&w->engine->attributes, w->engine->db,
                                                        p->passage, &chunk, w->err);
            if (status != NQ_OK)
                return status;
        }
        float *score = nq_scores_at(w->scores, p->passage);
        if (!score)
            return nq_fail_nomem(w->err);
        double length = w->engine->lengths[chunk[p->passage % NQ_ATTRIBUTE_CHUNK].length_code];
        *score += (float)(w->weight * idf *
                          nq_saturate(p->in_body + p->in_heading, length, w->average_length));
    }
    return NQ_OK;
}

/* Ends the lists before `phrase`. */
static bool end_lists(struct walk *w, size_t phrase)
{
    for (; w->at < phrase && w->status == NQ_OK; w->at++) {
        w->status = add_scores(w);
        w->n = 0;
    }
    return w->status == NQ_OK;
}

static bool on_posting(void *user, const struct nq_posting *posting)
{
    struct walk *w = user;
    if (posting->phrase != w->at && !end_lists(w, posting->phrase))
        return false;
    if (w->n == w->cap) {
        size_t cap = w->cap ? w->cap * 2 : 256;
        struct nq_posting *grown = realloc(w->held, cap * sizeof *grown);
        if (!grown) {
            w->status = nq_fail_nomem(w->err);
            return false;
        }
        w->held = grown;
        w->cap = cap;
    }
    w->held[w->n++] = *posting;
    return w->n < w->common;
}

static int by_idf(const void *a, const void *b)
{
    double x = (*(struct nq_unit *const *)a)->idf, y = (*(struct nq_unit *const *)b)->idf;
    return (x < y) - (x > y);
}

/* Walks the lists of `units`; of the words index those of two atoms and more, of the text index
 * bigrams and single atoms. */
static enum nq_status walk_units(struct walk *w, struct nq_pattern *p, struct nq_units *units,
                                 bool words)
{
    struct nq_unit **wanted = malloc((units->n + 1) * sizeof *wanted);
    struct nq_buf match = {0};
    enum nq_status status = NQ_OK;
    size_t n = 0;
    if (!wanted)
        return nq_fail_nomem(w->err);
    for (size_t i = 0; i < units->n; i++)
        if (words == (units == &p->words && units->items[i].n > 1))
            wanted[n++] = &units->items[i];
    qsort(wanted, n, sizeof *wanted, by_idf);
    if (n > w->lists)
        n = w->lists;
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            nq_buf_add(&match, NQ_STR(" OR "));
        nq_compile_unit(p, wanted[i], words, &match);
    }
    w->units = wanted;
    w->n_units = n;
    w->at = w->n = 0;
    if (match.failed)
        status = nq_fail_nomem(w->err);
    else if (n > 0)
        status = nq_fts5_phrases(w->engine->db, words, nq_buf_str(&match), on_posting, w, w->err);
    if (status == NQ_OK && w->status == NQ_OK)
        end_lists(w, n);
    free(wanted);
    nq_buf_finish(&match);
    return status != NQ_OK ? status : w->status;
}

enum nq_status nq_accumulate(struct nq_engine *engine, struct nq_pattern *pattern, size_t lists,
                             struct nq_scores *scores, struct nq_error *err)
{
    double passages = engine->n_passages > 0 ? (double)engine->n_passages : 1;
    struct walk w = {.engine = engine, .scores = scores, .lists = lists, .err = err};
    w.average_length = (double)engine->n_atoms / passages + 1;
    w.common = (size_t)engine->n_passages / COMMON_SHARE + COMMON_FLOOR;
    w.weight = bigram_weight;
    enum nq_status status = walk_units(&w, pattern, &pattern->bigrams, false);
    w.weight = 1;
    if (status == NQ_OK)
        status = walk_units(&w, pattern, &pattern->words, true);
    if (status == NQ_OK)
        status = walk_units(&w, pattern, &pattern->words, false);
    free(w.held);
    return status;
}
