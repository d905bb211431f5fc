/* Where each of a draft's references was cited before, under whatever printing. */
#include <stdlib.h>

#include "api/check.h"
#include "link/work.h"
#include "store/passages.h"

enum {
    MOST_TERMS = 16,
    MOST_LISTED = 20000, /* passages of one term */
    MOST_READ = 64,      /* candidates whose titles are compared */
    MOST_CITATIONS = 50,
};

struct citing {
    struct nq_check_run *run;
    struct nq_map counts; /* passage id, as bytes -> weight in thousandths */
    const struct nq_check_term *const *terms;
    size_t n_postings, phrase;
    enum nq_status status;
};

static enum nq_next on_posting(void *user, const struct nq_posting *posting)
{
    struct citing *c = user;
    struct nq_engine *engine = c->run->index->engine;
    struct nq_attribute a;
    if (posting->phrase != c->phrase)
        c->n_postings = 0;
    c->phrase = posting->phrase;
    c->status =
        nq_attributes_get(&engine->attributes, engine->db, posting->passage, &a, c->run->err);
    if (c->status != NQ_OK)
        return NQ_NEXT_NONE;
    if (a.kind != NQ_KIND_REFERENCE)
        return NQ_NEXT_POSTING;
    if (++c->n_postings > MOST_LISTED)
        return NQ_NEXT_PHRASE;
    struct nq_str key = {(const char *)&posting->passage, sizeof posting->passage};
    struct nq_map_entry *entry = nq_map_put(&c->counts, key);
    if (!entry) {
        c->status = nq_fail_nomem(c->run->err);
        return NQ_NEXT_NONE;
    }
    float weight = c->terms[posting->phrase]->weight;
    entry->value += (int32_t)(1000 * weight);
    entry->mark = posting->passage;
    return NQ_NEXT_POSTING;
}

static int by_prior(const void *a, const void *b)
{
    const struct nq_check_term *x = *(const struct nq_check_term *const *)a,
                               *y = *(const struct nq_check_term *const *)b;
    return (x->prior > y->prior) - (x->prior < y->prior);
}

/* Walks the lists of the title's terms of one kind. */
static enum nq_status walk(struct citing *c, const struct nq_term_set *set, bool latin)
{
    const struct nq_check_term **chosen = malloc((set->n + 1) * sizeof *chosen);
    struct nq_str texts[MOST_TERMS] = {0};
    size_t k = 0;
    if (!chosen)
        return nq_fail_nomem(c->run->err);
    for (size_t i = 0; i < set->n; i++)
        if (c->run->terms.items[set->items[i].term].latin == latin)
            chosen[k++] = &c->run->terms.items[set->items[i].term];
    if (k > 0)
        qsort(chosen, k, sizeof *chosen, by_prior);
    k = k < MOST_TERMS ? k : MOST_TERMS;
    for (size_t i = 0; i < k; i++)
        texts[i] = chosen[i]->text;
    c->terms = chosen;
    c->phrase = SIZE_MAX;
    enum nq_status status =
        nq_engine_lists(c->run->index->engine, texts, k, !latin, on_posting, c, c->run->err);
    free(chosen);
    return c->status != NQ_OK ? c->status : status;
}

static int by_value(const void *a, const void *b)
{
    const struct nq_map_entry *x = a, *y = b;
    if (x->value != y->value)
        return x->value < y->value ? 1 : -1;
    return (x->mark < y->mark) - (x->mark > y->mark);
}

static int by_day(const void *a, const void *b)
{
    const struct nq_citation *x = a, *y = b;
    if (x->report.day != y->report.day)
        return x->report.day < y->report.day ? 1 : -1;
    return (x->report.id > y->report.id) - (x->report.id < y->report.id);
}

/* The entries of a map of counts, those with most weight first. */
static size_t sort(struct nq_map *counts)
{
    size_t n = 0;
    for (size_t i = 0; i < counts->cap; i++)
        if (counts->entries[i].key.ptr)
            counts->entries[n++] = counts->entries[i];
    if (n > 0)
        qsort(counts->entries, n, sizeof *counts->entries, by_value);
    return n;
}

static enum nq_status compare(struct nq_check_run *run, struct nq_work_reader *reader,
                              struct nq_map *counts, const struct nq_work *wanted,
                              struct nq_checked_reference *out)
{
    struct nq_citation *items = NULL;
    size_t n = sort(counts), found = 0;
    for (size_t i = 0; i < n && i < MOST_READ && found < MOST_CITATIONS; i++) {
        struct nq_hit hit = {.passage = counts->entries[i].mark};
        struct nq_work other;
        enum nq_status status = nq_store_load_hit(run->index->db, run->arena, &hit, run->err);
        if (status != NQ_OK)
            return status;
        if (!hit.reference || !nq_check_passes(run, hit.report.day))
            continue;
        if (!nq_work_read(reader, run->arena, hit.reference, &other))
            return nq_fail_nomem(run->err);
        if (!nq_works_same(wanted, &other))
            continue;
        items = nq_arena_grow(run->arena, items, found, sizeof *items);
        if (!items)
            return nq_fail_nomem(run->err);
        items[found++] = (struct nq_citation){hit.report, hit.reference->raw};
    }
    if (found > 1)
        qsort(items, found, sizeof *items, by_day);
    out->cited_before = items;
    out->n_cited_before = found;
    return NQ_OK;
}

static enum nq_status check_one(struct nq_check_run *run, struct nq_work_reader *reader,
                                const struct nq_reference *reference, struct nq_term_set *set,
                                struct nq_checked_reference *out)
{
    struct citing c = {.run = run};
    struct nq_work wanted;
    struct nq_str title = reference->title.len ? reference->title : reference->raw;
    enum nq_status status = NQ_OK;
    out->raw = nq_arena_str(run->arena, reference->raw);
    out->title = nq_arena_str(run->arena, reference->title);
    if (!nq_work_read(reader, run->arena, reference, &wanted) ||
        !nq_fold_text(title, &reader->folded) ||
        !nq_check_terms_find(&run->terms, run->arena, &reader->folded, set))
        status = nq_fail_nomem(run->err);
    if (status == NQ_OK)
        status = walk(&c, set, false);
    if (status == NQ_OK)
        status = walk(&c, set, true);
    if (status == NQ_OK)
        status = compare(run, reader, &c.counts, &wanted, out);
    nq_map_finish(&c.counts);
    return status;
}

enum nq_status nq_check_references(struct nq_check_run *run, const struct nq_report *draft,
                                   struct nq_check *out)
{
    struct nq_checked_reference *items =
        nq_arena_array(run->arena, draft->n_references + 1, sizeof *items);
    struct nq_work_reader reader = {0};
    run->cited = nq_arena_array(run->arena, draft->n_references + 1, sizeof *run->cited);
    enum nq_status status = items && run->cited ? NQ_OK : nq_fail_nomem(run->err);
    for (size_t i = 0; i < draft->n_references && status == NQ_OK; i++)
        status = check_one(run, &reader, &draft->references[i], &run->cited[i], &items[i]);
    nq_work_reader_finish(&reader);
    run->references = out->references = items;
    run->n_references = out->n_references = draft->n_references;
    return status;
}
