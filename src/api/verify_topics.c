/* Checking topics: every link leads from a passage to a topic, and every topic counts its links. */
#include "api/verify_topics.h"
#include "store/links.h"
#include "store/sql.h"

#include <stdlib.h>

#include "store/topics.h"

struct checking {
    struct nq_index *index;
    int64_t *counts; /* passages of a topic, less those that its row says; INT64_MIN: no topic */
    size_t n;
    struct nq_topic_defects *found;
    enum nq_status status;
    struct nq_error *err;
};

static bool on_links(void *user, int64_t passage, const struct nq_link *links, size_t n)
{
    struct checking *c = user;
    struct nq_attribute a;
    c->status = nq_attributes_get(&c->index->engine->attributes, c->index->db, passage, &a, c->err);
    if (c->status != NQ_OK)
        return false;
    c->found->no_passage += a.kind == 0;
    for (size_t i = 0; i < n; i++)
        if (links[i].topic < c->n && c->counts[links[i].topic] != INT64_MIN)
            c->counts[links[i].topic]++;
        else
            c->found->no_topic++;
    return true;
}

static enum nq_status load(struct checking *c)
{
    static const char sql[] = "SELECT id, passages FROM topic";
    int64_t last = 0;
    enum nq_status status =
        nq_sql_int(c->index->db, "SELECT max(id) FROM topic", NULL, &last, c->err);
    if (status != NQ_OK)
        return status;
    c->n = (size_t)last + 1;
    if (!(c->counts = malloc(c->n * sizeof *c->counts)))
        return nq_fail_nomem(c->err);
    for (size_t i = 0; i < c->n; i++)
        c->counts[i] = INT64_MIN;
    struct nq_rows r = nq_rows(c->index->db, sql, NULL, c->err);
    while (nq_rows_next(&r))
        c->counts[nq_rows_int(&r, 0)] = -nq_rows_int(&r, 1);
    return nq_rows_end(&r);
}

enum nq_status nq_verify_topics(struct nq_index *index, struct nq_topic_defects *out,
                                struct nq_error *err)
{
    struct checking c = {.index = index, .found = out, .err = err};
    struct nq_topics_state state = {0};
    *out = (struct nq_topic_defects){0};
    enum nq_status status = nq_store_topics_state(index->db, &state, err);
    if (status != NQ_OK || state.hash == 0)
        return status;
    status = nq_engine_refresh(index->engine, err);
    if (status == NQ_OK)
        status = load(&c);
    if (status == NQ_OK)
        status = nq_store_each_links(index->db, NULL, on_links, &c, err);
    if (status == NQ_OK)
        status = c.status;
    for (size_t i = 0; i < c.n && status == NQ_OK; i++)
        out->miscounted += c.counts[i] != INT64_MIN && c.counts[i] != 0;
    free(c.counts);
    return status;
}
