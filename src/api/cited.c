/* References with their works, as they are stored. */
#include "api/cited.h"

#include "store/sql.h"
#include "store/works.h"

static bool within(const struct nq_cited_bounds *b, int32_t day)
{
    if (!b->bounded || (b->from == NQ_NO_DAY && b->to == NQ_NO_DAY))
        return true;
    return day != NQ_NO_DAY && (b->from == NQ_NO_DAY || day >= b->from) &&
           (b->to == NQ_NO_DAY || day <= b->to);
}

static enum nq_status check(struct nq_index *index, struct nq_error *err)
{
    struct nq_works_state state = {0};
    enum nq_status status = nq_store_works_state(index->db, &state, err);
    if (status == NQ_OK && state.form == 0)
        status = nq_fail(err, NQ_ERR_USAGE,
                         _("%s: no cited works in it yet; run nqindex once more"), index->db->path);
    return status;
}

#define COLUMNS                                                                                    \
    "f.id, c.work, f.source, f.title, f.date, f.day, f.day_end, p.text, r.id, r.day, r.title"
#define TABLES                                                                                     \
    " CROSS JOIN passage AS p ON p.id = f.id CROSS JOIN report AS r"                               \
    " ON r.id = (SELECT max(id) FROM report WHERE id <= f.id)"

enum nq_status nq_cited_each(struct nq_index *index, const struct nq_cited_bounds *b,
                             bool (*fn)(void *user, const struct nq_cited *cited), void *user,
                             struct nq_error *err)
{
    static const char as_indexed[] =
        "SELECT " COLUMNS " FROM reference AS f CROSS JOIN cited AS c ON c.id = f.id" TABLES
        " ORDER BY f.id";
    static const char by_work[] =
        "SELECT " COLUMNS " FROM cited AS c CROSS JOIN reference AS f ON f.id = c.id" TABLES
        " ORDER BY c.work, c.id";
    static const char of_work[] =
        "SELECT " COLUMNS " FROM cited AS c CROSS JOIN reference AS f ON f.id = c.id" TABLES
        " WHERE c.work = ?1 ORDER BY c.id";
    const char *sql = b->work ? of_work : b->order == NQ_CITED_BY_WORK ? by_work : as_indexed;
    enum nq_status status = check(index, err);
    bool ok = true;
    if (status != NQ_OK)
        return status;
    struct nq_rows r = nq_rows(index->db, sql, b->work ? NQ_WITH(nq_int(b->work)) : NULL, err);
    while (ok && nq_rows_next(&r)) {
        struct nq_cited c = {.passage = nq_rows_int(&r, 0),
                             .work = nq_rows_int(&r, 1),
                             .reference = {.source = nq_rows_str(&r, 2),
                                           .title = nq_rows_str(&r, 3),
                                           .date = nq_rows_str(&r, 4),
                                           .day = nq_rows_day(&r, 5),
                                           .day_end = nq_rows_day(&r, 6),
                                           .raw = nq_rows_str(&r, 7)},
                             .report = {.id = nq_rows_int(&r, 8),
                                        .day = nq_rows_day(&r, 9),
                                        .title = nq_rows_str(&r, 10)}};
        ok = r.status == NQ_OK && (!within(b, c.report.day) || fn(user, &c));
    }
    status = nq_rows_end(&r);
    return status == NQ_OK && !ok ? nq_fail_nomem(err) : status;
}
