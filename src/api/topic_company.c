/* What stands beside a topic: by normalised pointwise mutual information (Bouma 2009),
 *
 *     npmi = ln(p(x, y) / (p(x) · p(y))) / -ln p(x, y)
 *
 * of the passages that name both.  Since it favours what is rare, those shown are chosen by npmi
 * times the logarithm of how often both stand together. */
#include <math.h>
#include <stdlib.h>

#include "api/topic_page.h"

enum { SHOWN = 10, LEAST_TOGETHER = 2 };

/* Below this both meet hardly more than by chance. */
static const double least_npmi = 0.05;

struct ranked {
    double rank, npmi;
    uint32_t id;
};

static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

static double npmi_of(const struct nq_topic_tallies *t, uint32_t id)
{
    double n = (double)t->passages, both = t->items[id].together / n;
    double x = (double)t->together / n, y = t->items[id].passages / n;
    return both >= 1 ? 1 : log(both / (x * y)) / -log(both);
}

/* The closest topics of some kinds; `ranked` has room for all. */
static size_t rank(const struct nq_topic_asked *a, unsigned kinds, struct ranked *ranked)
{
    const struct nq_topic_tallies *t = &a->tallies;
    /* A document named once beside the topic is still one of its documents. */
    uint32_t least = kinds & NQ_TOPIC_DOCUMENT ? 1 : LEAST_TOGETHER;
    size_t n = 0;
    for (uint32_t id = 0; id < t->n; id++) {
        if (!(t->items[id].kind & kinds) || t->items[id].together < least ||
            id == (uint32_t)a->row.id)
            continue;
        double npmi = npmi_of(t, id);
        if (npmi >= least_npmi)
            ranked[n++] = (struct ranked){npmi * log(1 + t->items[id].together), npmi, id};
    }
    if (n)
        qsort(ranked, n, sizeof *ranked, by_rank);
    return n;
}

static enum nq_status load(struct nq_topic_asked *a, struct ranked *ranked, unsigned kinds,
                           const struct nq_topic_neighbour **out, size_t *n)
{
    size_t found = rank(a, kinds, ranked), most = a->params->limit ? a->params->limit : SHOWN;
    enum nq_status status = NQ_OK;
    found = found < most ? found : most;
    struct nq_topic_neighbour *items = nq_arena_array(a->arena, found + 1, sizeof *items);
    if (!items)
        return nq_fail_nomem(a->err);
    for (size_t i = 0; i < found && status == NQ_OK; i++) {
        items[i] = (struct nq_topic_neighbour){.together = a->tallies.items[ranked[i].id].together,
                                               .npmi = ranked[i].npmi};
        status = nq_topic_tally_load(&a->tallies, a->index->db, a->arena, ranked[i].id,
                                     &items[i].topic, a->err);
    }
    *out = items;
    *n = found;
    return status;
}

static int by_first_day(const void *a, const void *b)
{
    const struct nq_topic_neighbour *x = a, *y = b;
    if (x->topic.first_day != y->topic.first_day)
        return x->topic.first_day < y->topic.first_day ? -1 : 1;
    return nq_str_cmp(x->topic.name, y->topic.name);
}

enum nq_status nq_topic_company(struct nq_topic_asked *a, struct nq_topic_page *page)
{
    struct ranked *ranked = malloc((a->tallies.n + 1) * sizeof *ranked);
    enum nq_status status = ranked ? NQ_OK : nq_fail_nomem(a->err);
    if (status == NQ_OK)
        status = load(a, ranked, NQ_TOPIC_DOCUMENT, &page->documents, &page->n_documents);
    if (status == NQ_OK)
        status =
            load(a, ranked, NQ_TOPIC_ORGANISATION, &page->organisations, &page->n_organisations);
    if (status == NQ_OK)
        status =
            load(a, ranked, NQ_TOPIC_TERM | NQ_TOPIC_WORD, &page->neighbours, &page->n_neighbours);
    if (status == NQ_OK && page->n_documents)
        qsort((void *)page->documents, page->n_documents, sizeof *page->documents, by_first_day);
    free(ranked);
    return status;
}
