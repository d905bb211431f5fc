/* What stands beside a topic: by normalised pointwise mutual information (Bouma 2009),
 *
 *     npmi = ln(p(x, y) / (p(x) · p(y))) / -ln p(x, y)
 *
 * of the passages that name both with some weight.  Since it favours what is rare, those shown are
 * chosen by npmi times the logarithm of how often both stand together. */
#include <math.h>
#include <stdlib.h>

#include "api/topic_page.h"
#include "store/sql.h"
#include "text/title.h"

enum { SHOWN = 10, LEAST_TOGETHER = 2 };

/* Below this both meet hardly more than by chance; a document that is called after the topic ranks
 * so much higher. */
static const double least_npmi = 0.05, called_after = 4;

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
    double x = (double)t->together / n, y = t->items[id].telling / n;
    return both >= 1 ? 1 : log(both / (x * y)) / -log(both);
}

/* What the topic's names say of others: that they are it under another kind (《…协定》 of a treaty
 * that is a term, too), or called after it. */
enum { ITSELF = 1, CALLED_AFTER = 2 };

/* Marks in `traits` the topics whose key is, or a document's holds, the form `key`. */
static enum nq_status mark_form(struct nq_topic_asked *a, struct nq_str key, uint8_t *traits)
{
    static const char sql[] = "SELECT id, key = ?1 FROM topic WHERE key = ?1"
                              " UNION ALL SELECT id, 0 FROM topic WHERE kind = 4 AND key <> ?1"
                              " AND instr(key, ?1) > 0";
    struct nq_rows r = nq_rows(a->index->db, sql, NQ_WITH(nq_text(key)), a->err);
    while (nq_rows_next(&r)) {
        size_t id = (size_t)nq_rows_int(&r, 0);
        if (id < a->tallies.n)
            traits[id] |= nq_rows_int(&r, 1) ? ITSELF : CALLED_AFTER;
    }
    return nq_rows_end(&r);
}

static enum nq_status mark_forms(struct nq_topic_asked *a, uint8_t *traits)
{
    struct nq_folded folded = {0};
    struct nq_buf key = {0};
    enum nq_title_stage stage;
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < a->n_forms && status == NQ_OK; i++) {
        if (!nq_title_key(a->forms[i], &folded, &key, &stage))
            status = nq_fail_nomem(a->err);
        else if (key.len > 0)
            status = mark_form(a, nq_buf_str(&key), traits);
    }
    nq_folded_finish(&folded);
    nq_buf_finish(&key);
    return status;
}

/* Whether both stand together often enough to be shown: a document once, if the passage is much
 * about both or it is called after the topic. */
static bool is_shown(const struct nq_topic_tally *t, uint8_t traits)
{
    if (t->kind != NQ_TOPIC_DOCUMENT || t->together != 1)
        return t->together >= LEAST_TOGETHER;
    return t->near > 0 || traits & CALLED_AFTER;
}

/* The closest topics of some kinds; `ranked` has room for all. */
static size_t rank(const struct nq_topic_asked *a, const uint8_t *traits, unsigned kinds,
                   struct ranked *ranked)
{
    const struct nq_topic_tallies *t = &a->tallies;
    size_t n = 0;
    for (uint32_t id = 0; id < t->n; id++) {
        if (!(t->items[id].kind & kinds) || !is_shown(&t->items[id], traits[id]) ||
            traits[id] & ITSELF)
            continue;
        double npmi = npmi_of(t, id), rank = npmi * log(1 + t->items[id].together);
        if (npmi >= least_npmi)
            ranked[n++] =
                (struct ranked){traits[id] & CALLED_AFTER ? called_after * rank : rank, npmi, id};
    }
    if (n)
        qsort(ranked, n, sizeof *ranked, by_rank);
    return n;
}

static enum nq_status load(struct nq_topic_asked *a, const uint8_t *traits, struct ranked *ranked,
                           unsigned kinds, const struct nq_topic_neighbour **out, size_t *n)
{
    size_t found = rank(a, traits, kinds, ranked);
    size_t most = a->params->limit ? a->params->limit : SHOWN;
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
    const unsigned others = NQ_TOPIC_TERM | NQ_TOPIC_WORD;
    struct ranked *ranked = malloc((a->tallies.n + 1) * sizeof *ranked);
    uint8_t *t = calloc(a->tallies.n + 1, sizeof *t);
    enum nq_status status = ranked && t ? mark_forms(a, t) : nq_fail_nomem(a->err);
    if (status == NQ_OK && a->row.id)
        t[a->row.id] |= ITSELF;
    if (status == NQ_OK)
        status = load(a, t, ranked, NQ_TOPIC_DOCUMENT, &page->documents, &page->n_documents);
    if (status == NQ_OK)
        status =
            load(a, t, ranked, NQ_TOPIC_ORGANISATION, &page->organisations, &page->n_organisations);
    if (status == NQ_OK)
        status = load(a, t, ranked, others, &page->neighbours, &page->n_neighbours);
    if (status == NQ_OK && page->n_documents)
        qsort((void *)page->documents, page->n_documents, sizeof *page->documents, by_first_day);
    free(ranked);
    free(t);
    return status;
}
