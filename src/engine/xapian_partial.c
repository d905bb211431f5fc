/* Partial matches by the second engine: passages that hold any of a pattern's words and bigrams. */
#include <stdlib.h>

#include "engine/compile.h"
#include "engine/xapian_ask.h"

/* A unit of the pattern, and the word that is the same two atoms. */
struct choice {
    struct nq_unit *unit, *twin;
    struct nq_str token, synonym;
    char prefix;
    double weight;
};

static struct nq_str bare(struct nq_str single)
{
    if (single.len > 0 && single.ptr[single.len - 1] == NQ_TOKEN_SEP)
        single.len--;
    return single;
}

static struct nq_str joined(struct nq_arena *arena, struct nq_buf *buf)
{
    struct nq_str s = buf->failed ? (struct nq_str){0} : nq_arena_str(arena, nq_buf_str(buf));
    buf->len = 0;
    return s;
}

/* The terms of a unit. */
static void name_unit(struct choice *c, const struct nq_pattern *p, struct nq_arena *arena,
                      struct nq_buf *buf)
{
    const uint32_t *atoms = p->sequence + c->unit->first;
    if (c->prefix == NQ_XAPIAN_WORD) {
        for (uint32_t i = 0; i < c->unit->n; i++)
            nq_buf_add(buf, bare(p->atoms[atoms[i]]));
        c->token = joined(arena, buf);
    } else if (c->unit->n == 1) {
        c->prefix = NQ_XAPIAN_ATOM;
        c->token = bare(p->atoms[atoms[0]]);
    } else {
        nq_buf_add(buf, p->atoms[atoms[0]]);
        nq_buf_add(buf, bare(p->atoms[atoms[1]]));
        c->token = joined(arena, buf);
        nq_buf_add(buf, p->atoms[atoms[0]]);
        nq_buf_add_byte(buf, NQ_TOKEN_ACROSS);
        nq_buf_add(buf, bare(p->atoms[atoms[1]]));
        c->synonym = joined(arena, buf);
    }
}

static int by_idf(const void *a, const void *b)
{
    const struct choice *x = a, *y = b;
    return (x->unit->idf < y->unit->idf) - (x->unit->idf > y->unit->idf);
}

/* Words that are no bigram (first) and the others, the `most` rarest of each: their number. */
static size_t choose_units(const struct nq_pattern *p, struct choice *out, size_t most)
{
    size_t n = 0, n_words;
    for (size_t i = 0; i < p->words.n; i++) {
        struct nq_unit *word = &p->words.items[i];
        if (word->n > 1 && !nq_pattern_twin(p, word))
            out[n++] = (struct choice){.unit = word, .prefix = NQ_XAPIAN_WORD, .weight = 1};
    }
    if (n > 1)
        qsort(out, n, sizeof *out, by_idf);
    n = n_words = n < most ? n : most;
    for (size_t i = 0; i < p->bigrams.n; i++)
        out[n++] = (struct choice){.unit = &p->bigrams.items[i], .weight = NQ_BIGRAM_WEIGHT};
    for (size_t i = 0; i < p->words.n; i++) {
        struct nq_unit *word = &p->words.items[i], *twin = nq_pattern_twin(p, word);
        if (word->n == 1) {
            out[n++] = (struct choice){.unit = word, .weight = 1};
        } else if (twin) {
            struct choice *c = &out[n_words + (size_t)(twin - p->bigrams.items)];
            c->twin = word;
            c->weight += 1;
        }
    }
    if (n - n_words > 1)
        qsort(out + n_words, n - n_words, sizeof *out, by_idf);
    return n - n_words < most ? n : n_words + most;
}

/* Asks for any of the pattern's units, and fills in their idf. */
static enum nq_status ask_units(struct nq_xapian_asking *a, struct nq_pattern *p, size_t most)
{
    struct nq_run *r = a->run;
    size_t n = p->words.n + p->bigrams.n;
    struct choice *choices = nq_arena_array(a->arena, n + 1, sizeof *choices);
    struct nq_xapian_unit *units = nq_arena_array(a->arena, n + 1, sizeof *units);
    struct nq_buf buf = {0};
    if (!choices || !units)
        return nq_fail_nomem(r->err);
    n = choose_units(p, choices, most);
    for (size_t i = 0; i < n; i++) {
        name_unit(&choices[i], p, a->arena, &buf);
        units[i] = (struct nq_xapian_unit){choices[i].token, choices[i].synonym, choices[i].prefix,
                                           choices[i].weight, 0};
    }
    bool failed = buf.failed || nq_arena_failed(a->arena);
    nq_buf_finish(&buf);
    a->q.units = units;
    a->q.n_units = n;
    enum nq_status status = failed ? nq_fail_nomem(r->err) : n > 0 ? nq_xapian_ask(a) : NQ_OK;
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        choices[i].unit->idf = nq_idf(units[i].passages, (double)r->engine->n_passages);
        if (choices[i].twin)
            choices[i].twin->idf = choices[i].unit->idf;
    }
    return status;
}

static bool is_found(const struct nq_found *found, int64_t id)
{
    for (size_t i = 0; i < found->n; i++)
        if (found->matches[i].passage == id)
            return true;
    return false;
}

enum nq_status nq_xapian_find_partial(struct nq_run *r, size_t lists)
{
    struct nq_xapian_asking a = {.run = r};
    size_t n = 0;
    enum nq_status status = nq_xapian_begin(&a);
    if (status == NQ_OK && !nq_compile_query(r->engine, r->search->query, true, &a.must, &n))
        status = nq_fail_nomem(r->err);
    if (n > 0)
        a.q.must = nq_buf_str(&a.must);
    a.q.most = r->best.k + r->found->n;
    if (status == NQ_OK)
        status = ask_units(&a, r->search->pattern, lists);
    for (size_t i = 0; i < a.hits.n && status == NQ_OK; i++)
        if (!is_found(r->found, a.hits.items[i].id))
            nq_xapian_take(r, &a.hits.items[i], NQ_TIER_PARTIAL);
    nq_xapian_asking_finish(&a);
    return status == NQ_OK ? r->status : status;
}

enum nq_status nq_xapian_likely(struct nq_engine *engine, struct nq_pattern *pattern,
                                const struct nq_filter *filter, int64_t skip_first,
                                int64_t skip_last, struct nq_best *best, struct nq_error *err)
{
    static const struct nq_query none;
    struct nq_search search = {.query = &none};
    struct nq_run r = {.engine = engine, .search = &search, .err = err};
    struct nq_xapian_asking a = {.run = &r};
    enum nq_status status = nq_xapian_begin(&a);
    a.q.filter = filter;
    a.q.keep = NULL;
    a.q.most = best->k + (size_t)(skip_last - skip_first + 1);
    if (status == NQ_OK)
        status = ask_units(&a, pattern, SIZE_MAX);
    for (size_t i = 0; i < a.hits.n && status == NQ_OK; i++) {
        int64_t id = a.hits.items[i].id;
        const struct nq_attribute *at = nq_run_attribute(&r, id);
        if (!at)
            status = r.status;
        else if (at->kind && (id < skip_first || id > skip_last))
            nq_best_add(best,
                        (struct nq_match){id, a.hits.items[i].score, at->day, NQ_TIER_PARTIAL});
    }
    nq_xapian_asking_finish(&a);
    return status == NQ_OK && best->failed ? nq_fail_nomem(err) : status;
}
