/* Documents and cited works by their titles' keys, and the passages that name them. */
#include "api/documents.h"

#include <math.h>
#include <stdlib.h>

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
    struct nq_topic_same same; /* other titles of one work */
    float *here;               /* the passages of the clause */
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
        struct nq_rows row = nq_rows(r->index->db, sql, NQ_WITH(nq_text(nq_buf_str(&key))), r->err);
        while (nq_rows_next(&row)) {
            uint32_t topic = nq_topic_same_of(&r->same, (uint32_t)nq_rows_int(&row, 0));
            if (topic < r->n_topics) {
                r->topics[topic] = true;
                r->n_wanted++;
            }
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

static enum nq_status init(struct resolving *r)
{
    int64_t passages = 0, topics = 0;
    enum nq_status status =
        nq_sql_int(r->index->db, "SELECT max(id) FROM passage", NULL, &passages, r->err);
    if (status == NQ_OK)
        status = nq_sql_int(r->index->db, "SELECT max(id) FROM topic", NULL, &topics, r->err);
    if (status == NQ_OK)
        status = nq_topic_same_load(&r->same, r->index->db, r->err);
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
    r->n_wanted = 0;
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
    status = nq_store_each_links(r->index->db, &r->same, on_links, r, r->err);
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
    nq_topic_same_finish(&r.same);
    free(r.topics);
    free(r.here);
    return status;
}
