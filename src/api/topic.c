/* One topic: found by any of its names, then told part by part. */
#include <stdlib.h>

#include "api/owned.h"
#include "api/topic_page.h"

/* What the passages say of words that are no topic of the index. */
static struct nq_topic topic_of(const struct nq_topic_asked *a)
{
    const struct nq_topic_named *n = &a->named;
    return (struct nq_topic){.name = a->name,
                             .kind = NQ_TOPIC_WORD,
                             .weight = n->weight,
                             .passages = n->passages,
                             .reports = n->reports,
                             .first_day = n->first_day,
                             .last_day = n->last_day};
}

static enum nq_status tell(struct nq_topic_asked *a, struct nq_topic_page *page)
{
    enum nq_status status = NQ_OK;
    if (a->named.passages == 0)
        return NQ_OK;
    page->topic = topic_of(a);
    if (a->row.id)
        status = nq_topic_tally_load(&a->tallies, a->index->db, a->arena, (uint32_t)a->row.id,
                                     &page->topic, a->err);
    if (status == NQ_OK)
        status = nq_topic_aliases(a, page);
    if (status == NQ_OK)
        status = nq_topic_company(a, page);
    return status == NQ_OK ? nq_topic_months(a, page) : status;
}

/* What nqsearch is to be asked: a document by doc:, so that words of its title are no hits. */
static enum nq_status write_query(struct nq_topic_asked *a, struct nq_topic_page *page)
{
    struct nq_buf query = {0};
    struct nq_str name = page->topic.name;
    bool spaced = nq_str_find(name, NQ_STR(" "), 0) != SIZE_MAX;
    bool title = page->topic.kind == NQ_TOPIC_DOCUMENT || page->topic.kind == NQ_TOPIC_WORK;
    nq_buf_add(&query, title ? NQ_STR("doc:") : NQ_STR(""));
    nq_buf_addf(&query, title || spaced ? "\"%.*s\"" : "%.*s", NQ_STR_ARG(name));
    page->query = query.failed ? (struct nq_str){0} : nq_arena_str(a->arena, nq_buf_str(&query));
    nq_buf_finish(&query);
    return page->query.ptr ? NQ_OK : nq_fail_nomem(a->err);
}

static enum nq_status answer(struct nq_topic_asked *a, struct nq_topic_page *page)
{
    const struct nq_topic_params *p = a->params;
    enum nq_status status =
        nq_topic_walk_init(&a->walk, a->index, p->bounded, p->from, p->to, a->err);
    if (status == NQ_OK)
        status = nq_topic_resolve(a);
    page->topic.name = a->name;
    if (status == NQ_OK)
        status = nq_topic_collect(a);
    if (status == NQ_OK)
        status = tell(a, page);
    return status == NQ_OK ? write_query(a, page) : status;
}

/* A name that the archive holds, for one that it does not. */
static enum nq_status suggest(struct nq_topic_asked *a, struct nq_topic_page *page)
{
    struct nq_search_params params = {.query = a->name, .limit = 1, .correct = true};
    struct nq_results *results = NULL;
    struct nq_error own;
    enum nq_status status = nq_search(a->index, &params, &results, &own);
    if (status == NQ_ERR_USAGE) /* a name is no query */
        return NQ_OK;
    if (status != NQ_OK)
        return nq_fail(a->err, status, "%s", own.message);
    page->did_you_mean = nq_arena_str(a->arena, results->did_you_mean);
    nq_results_destroy(results);
    return nq_arena_failed(a->arena) ? nq_fail_nomem(a->err) : NQ_OK;
}

enum nq_status nq_topic(struct nq_index *index, const struct nq_topic_params *params,
                        struct nq_topic_page **out, struct nq_error *err)
{
    struct nq_error own;
    err = err ? err : &own;
    *err = (struct nq_error){.column = -1};
    struct nq_topic_asked a = {.index = index, .params = params, .err = err};
    struct nq_topic_page *page = nq_owned_create(sizeof *page, &a.arena);
    if (!page)
        return nq_fail_nomem(err);
    /* One snapshot for all that is read. */
    enum nq_status status = nq_index_begin_whole(index, err);
    if (status == NQ_OK) {
        status = answer(&a, page);
        nq_db_leave(index->db);
    }
    if (status == NQ_OK && page->topic.passages == 0)
        status = suggest(&a, page);
    nq_topic_walk_finish(&a.walk);
    nq_topic_tallies_finish(&a.tallies);
    free(a.found);
    if (status == NQ_OK)
        *out = page;
    else
        nq_topic_page_destroy(page);
    return status;
}

void nq_topic_page_destroy(struct nq_topic_page *page)
{
    nq_owned_destroy(page);
}
