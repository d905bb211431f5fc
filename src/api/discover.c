/* Discovery over an index: the archive read three times, then what was found. */
#include <stdlib.h>

#include "api/index.h"
#include "api/owned.h"
#include "link/discover.h"
#include "store/sql.h"

enum { LEAST_COUNT = 5, MOST_PROPOSALS = 100000 };

/* What is done with each passage. */
typedef bool pass_fn(struct nq_discover *d, struct nq_rows *row);

static bool count(struct nq_discover *d, struct nq_rows *row)
{
    return nq_discover_count(d, nq_rows_str(row, 0));
}

static bool weigh(struct nq_discover *d, struct nq_rows *row)
{
    return nq_discover_weigh(d, nq_rows_str(row, 0));
}

static bool quote(struct nq_discover *d, struct nq_rows *row)
{
    return nq_discover_quote(d, nq_rows_str(row, 0), nq_rows_int(row, 1), nq_rows_int(row, 2),
                             nq_rows_day(row, 3));
}

/* Every passage that is no reference, report by report. */
static enum nq_status read_all(struct nq_index *index, struct nq_discover *d, pass_fn *fn,
                               struct nq_error *err)
{
    static const char sql[] =
        "SELECT p.text, p.id, r.id, r.day FROM report AS r CROSS JOIN passage AS p"
        " ON p.id BETWEEN r.id AND r.last LEFT JOIN reference AS f ON f.id = p.id"
        " WHERE f.id IS NULL ORDER BY r.id, p.id";
    struct nq_rows r = nq_rows(index->db, sql, NULL, err);
    while (nq_rows_next(&r))
        if (!fn(d, &r))
            r.status = nq_fail_nomem(err);
    return nq_rows_end(&r);
}

/* All three passes over one snapshot. */
static enum nq_status pass(struct nq_index *index, struct nq_discover *d, size_t limit,
                           struct nq_error *err)
{
    enum nq_status status = nq_index_begin_whole(index, err);
    if (status != NQ_OK)
        return status;
    status = read_all(index, d, count, err);
    if (status == NQ_OK)
        status = read_all(index, d, weigh, err);
    if (status == NQ_OK && !nq_discover_rank(d, limit))
        status = nq_fail_nomem(err);
    if (status == NQ_OK)
        status = read_all(index, d, quote, err);
    nq_db_leave(index->db);
    return status;
}

enum nq_status nq_discover(struct nq_index *index, const struct nq_discover_params *params,
                           struct nq_proposals **out, struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    size_t least = params->least_count ? params->least_count : LEAST_COUNT;
    size_t limit = params->limit < MOST_PROPOSALS ? params->limit : MOST_PROPOSALS;
    struct nq_arena *arena;
    struct nq_proposals *p = nq_owned_create(sizeof *p, &arena);
    struct nq_discover *d = nq_discover_create(index->segmenter, least);
    enum nq_status status = d && p ? pass(index, d, limit, err) : nq_fail_nomem(err);
    if (status == NQ_OK && !nq_discover_take(d, arena, &p->items, &p->n_items))
        status = nq_fail_nomem(err);
    nq_discover_destroy(d);
    if (status == NQ_OK)
        *out = p;
    else
        nq_proposals_destroy(p);
    return status;
}

void nq_proposals_destroy(struct nq_proposals *proposals)
{
    nq_owned_destroy(proposals);
}
