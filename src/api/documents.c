/* Documents by their titles' keys, and the passages that name them; cited works by any printing. */
#include "api/documents.h"

#include <math.h>
#include <stdlib.h>

#include "link/work.h"
#include "store/links.h"
#include "store/sql.h"
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

/* ---- other printings of a cited work
 * ------------------------------------------------------------------------------------- */

enum {
    MOST_CITED = 200, /* references whose title is asked for; more, and the name is too common */
    NEAR = 31,        /* days between references to one work under different titles, at most */
};

struct printings {
    struct resolving *r;
    struct nq_work_reader reader;
    struct nq_work *cited; /* references that are asked for by their title */
    float *weights;
    size_t n;
};

/* Whether the reference may be to one of the works, by its date. */
static bool is_near(const struct printings *p, int32_t first, int32_t last)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->cited[i].day != NQ_NO_DAY && first <= p->cited[i].day_end + NEAR &&
            last >= p->cited[i].day - NEAR)
            return true;
    return false;
}

/* Reads a row of each_reference as a work. */
static bool read_work(struct printings *p, struct nq_rows *row, struct nq_work *out)
{
    struct nq_reference reference = {.source = nq_rows_str(row, 3),
                                     .title = nq_rows_str(row, 4),
                                     .day = nq_rows_day(row, 1),
                                     .day_end = nq_rows_day(row, 2)};
    return nq_work_read(&p->reader, p->r->arena, &reference, out);
}

/* Notes a reference that names what is asked for by its own title. */
static bool note_cited(struct printings *p, struct nq_rows *row)
{
    struct nq_buf key = {0};
    enum nq_title_stage stage;
    bool named = false;
    float weight = p->r->here[nq_rows_int(row, 0)];
    if (weight <= 0)
        return true;
    bool ok = nq_title_key(nq_rows_str(row, 4), &p->reader.folded, &key, &stage);
    for (size_t i = 0; i < p->r->n_keys && ok; i++)
        named |= nq_str_find(nq_buf_str(&key), p->r->keys[i], 0) != SIZE_MAX;
    nq_buf_finish(&key);
    if (!ok || !named || p->n == MOST_CITED + 1)
        return ok;
    p->weights[p->n] = weight;
    return read_work(p, row, &p->cited[p->n++]);
}

/* A reference to such a work under another title is as much about it. */
static bool note_printing(struct printings *p, struct nq_rows *row)
{
    float *here = &p->r->here[nq_rows_int(row, 0)];
    struct nq_work work;
    if (*here > 0 || !is_near(p, nq_rows_day(row, 1), nq_rows_day(row, 2)))
        return true;
    if (!read_work(p, row, &work))
        return false;
    for (size_t i = 0; i < p->n; i++)
        if (p->weights[i] > *here && nq_works_same(&p->cited[i], &work))
            *here = p->weights[i];
    return true;
}

static enum nq_status each_reference(struct printings *p,
                                     bool (*fn)(struct printings *p, struct nq_rows *row))
{
    static const char sql[] = "SELECT id, day, day_end, source, title FROM reference"
                              " WHERE title IS NOT NULL AND id < ?1 ORDER BY id";
    const struct nq_value *upto = NQ_WITH(nq_int((int64_t)p->r->filter->n_documents));
    struct nq_rows row = nq_rows(p->r->index->db, sql, upto, p->r->err);
    bool ok = true;
    while (ok && nq_rows_next(&row))
        ok = fn(p, &row);
    enum nq_status status = nq_rows_end(&row);
    return status == NQ_OK && !ok ? nq_fail_nomem(p->r->err) : status;
}

static enum nq_status add_printings(struct resolving *r)
{
    struct printings p = {.r = r};
    p.cited = nq_arena_array(r->arena, MOST_CITED + 1, sizeof *p.cited);
    p.weights = nq_arena_array(r->arena, MOST_CITED + 1, sizeof *p.weights);
    enum nq_status status =
        p.cited && p.weights ? each_reference(&p, note_cited) : nq_fail_nomem(r->err);
    if (status == NQ_OK && p.n > 0 && p.n <= MOST_CITED)
        status = each_reference(&p, note_printing);
    nq_work_reader_finish(&p.reader);
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
