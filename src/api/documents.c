/* Documents by their titles' keys, and the passages that name them; cited works by any printing. */
#include "api/documents.h"
#include "store/links.h"
#include "store/sql.h"

#include <math.h>
#include <stdlib.h>

#include "api/cited.h"
#include "store/topics.h"
#include "text/title.h"

struct resolving {
    struct nq_index *index;
    struct nq_arena *arena;
    struct nq_filter *filter;
    bool *topics; /* that the clause at hand asks for */
    size_t n_topics, n_wanted;
    float *here;         /* the passages of the clause */
    struct nq_str *keys; /* of the clause's titles */
    size_t n_keys;
    struct nq_error *err;
};

static bool is_doc(const struct nq_clause *clause)
{
    for (size_t t = 0; t < clause->n_terms; t++)
        if (clause->terms[t].field != NQ_FIELD_DOC)
            return false;
    return true;
}

/* The titles that hold the key of `text`. */
static enum nq_status find_titles(struct resolving *r, struct nq_str text)
{
    static const char sql[] = "SELECT id FROM topic WHERE kind IN (4, 8) AND instr(key, ?1) > 0";
    struct nq_folded folded = {0};
    struct nq_buf key = {0};
    enum nq_title_stage stage;
    enum nq_status status = NQ_OK;
    if (!nq_title_key(text, &folded, &key, &stage))
        status = nq_fail_nomem(r->err);
    if (status == NQ_OK && key.len > 0) {
        r->keys[r->n_keys++] = nq_arena_str(r->arena, nq_buf_str(&key));
        struct nq_rows row = nq_rows(r->index->db, sql, NQ_WITH(nq_text(nq_buf_str(&key))), r->err);
        while (nq_rows_next(&row))
            if ((size_t)nq_rows_int(&row, 0) < r->n_topics) {
                r->topics[nq_rows_int(&row, 0)] = true;
                r->n_wanted++;
            }
        status = nq_rows_end(&row);
    }
    nq_folded_finish(&folded);
    nq_buf_finish(&key);
    return status;
}

static bool on_links(void *user, int64_t passage, const struct nq_link *links, size_t n)
{
    struct resolving *r = user;
    const float least = 0.5f; /* of what names it in a stock phrase: less than any other */
    float most = 0;
    for (size_t i = 0; i < n; i++)
        if (links[i].topic < r->n_topics && r->topics[links[i].topic])
            most = fmaxf(most, links[i].weight > 0 ? links[i].weight : least);
    if ((size_t)passage < r->filter->n_documents)
        r->here[passage] = most / NQ_LINK_WEIGHTS;
    return true;
}

/* Narrows the filter to the passages of a clause, or to all others. */
static void narrow(struct resolving *r, bool negated)
{
    struct nq_filter *f = r->filter;
    float *documents = (float *)f->documents;
    for (size_t i = 0; i < f->n_documents; i++) {
        float here = negated ? (r->here[i] > 0 ? 0 : 1) : r->here[i];
        documents[i] = documents[i] > 0 && here > 0 ? (negated ? documents[i] : here) : 0;
    }
}

/* A reference, and whether its own title is asked for. */
struct printing {
    int64_t passage;
    size_t work;
    bool wanted;
};

struct printings {
    struct resolving *r;
    struct printing *items;
    size_t n, n_works;
    struct nq_folded folded;
    struct nq_buf key;
};

static bool on_cited(void *user, const struct nq_cited *cited)
{
    struct printings *p = user;
    enum nq_title_stage stage;
    struct printing *grown = nq_arena_grow(p->r->arena, p->items, p->n, sizeof *grown);
    if (!grown || !nq_title_key(cited->reference.title, &p->folded, &p->key, &stage))
        return false;
    p->items = grown;
    grown[p->n] = (struct printing){cited->passage, cited->work, false};
    for (size_t i = 0; i < p->r->n_keys; i++)
        grown[p->n].wanted |= nq_str_find(nq_buf_str(&p->key), p->r->keys[i], 0) != SIZE_MAX;
    p->n++;
    p->n_works = cited->work >= p->n_works ? cited->work + 1 : p->n_works;
    return true;
}

/* A reference to a work that is asked for under another printing is as much about it. */
static enum nq_status add_printings(struct resolving *r)
{
    struct printings p = {.r = r};
    enum nq_status status = nq_cited_each(r->index, NULL, on_cited, &p, r->err);
    float *works = nq_arena_array(r->arena, p.n_works + 1, sizeof *works);
    if (status == NQ_OK && !works)
        status = nq_fail_nomem(r->err);
    for (size_t i = 0; i < p.n && status == NQ_OK; i++)
        if (p.items[i].wanted && r->here[p.items[i].passage] > works[p.items[i].work])
            works[p.items[i].work] = r->here[p.items[i].passage];
    for (size_t i = 0; i < p.n && status == NQ_OK; i++)
        if (works[p.items[i].work] > r->here[p.items[i].passage])
            r->here[p.items[i].passage] = works[p.items[i].work];
    nq_folded_finish(&p.folded);
    nq_buf_finish(&p.key);
    return status;
}

static enum nq_status init(struct resolving *r)
{
    int64_t passages = 0, topics = 0;
    enum nq_status status =
        nq_sql_int(r->index->db, "SELECT max(id) FROM passage", NULL, &passages, r->err);
    if (status == NQ_OK)
        status = nq_sql_int(r->index->db, "SELECT max(id) FROM topic", NULL, &topics, r->err);
    if (status != NQ_OK)
        return status;
    r->n_topics = (size_t)topics + 1;
    r->filter->n_documents = (size_t)passages + 1;
    r->topics = malloc(r->n_topics * sizeof *r->topics);
    r->here = malloc(r->filter->n_documents * sizeof *r->here);
    return r->topics && r->here ? NQ_OK : nq_fail_nomem(r->err);
}

static enum nq_status resolve(struct resolving *r, struct nq_clause *clause)
{
    enum nq_status status = NQ_OK;
    memset(r->topics, 0, r->n_topics * sizeof *r->topics);
    memset(r->here, 0, r->filter->n_documents * sizeof *r->here);
    r->n_wanted = r->n_keys = 0;
    if (!(r->keys = nq_arena_array(r->arena, clause->n_terms, sizeof *r->keys)))
        return nq_fail_nomem(r->err);
    for (size_t t = 0; t < clause->n_terms && status == NQ_OK; t++)
        status = find_titles(r, clause->terms[t].text);
    if (status != NQ_OK || r->n_wanted == 0)
        return status;
    if (!r->filter->documents) {
        float *all = nq_arena_array(r->arena, r->filter->n_documents, sizeof *all);
        for (size_t i = 0; i < r->filter->n_documents && all; i++)
            all[i] = 1;
        if (!(r->filter->documents = all))
            return nq_fail_nomem(r->err);
    }
    status = nq_store_each_links(r->index->db, on_links, r, r->err);
    if (status == NQ_OK)
        status = add_printings(r);
    narrow(r, clause->negated);
    clause->resolved = true;
    return status;
}

enum nq_status nq_documents_resolve(struct nq_index *index, struct nq_arena *arena,
                                    struct nq_query *query, struct nq_error *err)
{
    struct resolving r = {.index = index, .arena = arena, .filter = &query->filter, .err = err};
    struct nq_topics_state state = {0};
    enum nq_status status = NQ_OK;
    bool any = false;
    for (size_t c = 0; c < query->n_clauses; c++)
        any |= is_doc(&query->clauses[c]);
    if (!any)
        return NQ_OK;
    status = nq_store_topics_state(index->db, &state, err);
    if (status != NQ_OK || state.hash == 0)
        return status;
    status = init(&r);
    for (size_t c = 0; c < query->n_clauses && status == NQ_OK; c++)
        if (is_doc(&query->clauses[c]))
            status = resolve(&r, &query->clauses[c]);
    free(r.topics);
    free(r.here);
    return status;
}
