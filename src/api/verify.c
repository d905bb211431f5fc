/* Checking an index, layer by layer. */
#include <stdio.h>

#include "api/index.h"
#include "api/verify_names.h"
#include "api/verify_topics.h"
#include "store/events.h"
#include "store/sql.h"

/* Counts problems on their way to the caller. */
struct counter {
    void (*problem)(void *user, const char *message);
    void *user;
    uint64_t n;
};

static void count_problem(void *user, const char *message)
{
    struct counter *c = user;
    c->n++;
    if (c->problem)
        c->problem(c->user, message);
}

/* The pages of the file. */
static enum nq_status check_file(struct nq_db *db, struct counter *c, struct nq_error *err)
{
    struct nq_rows r = nq_rows(db, "PRAGMA integrity_check(20)", NULL, err);
    while (nq_rows_next(&r)) {
        struct nq_str text = nq_rows_str(&r, 0);
        if (text.ptr && !nq_str_eq(text, NQ_STR("ok")))
            count_problem(c, text.ptr);
    }
    return nq_rows_end(&r);
}

/* A count that is to be 0, and what it counts. */
struct check {
    const char *sql, *what;
};

static enum nq_status run_checks(struct nq_db *db, const struct check *checks, size_t n_checks,
                                 struct counter *c, struct nq_error *err)
{
    for (size_t i = 0; i < n_checks; i++) {
        int64_t n = 0;
        enum nq_status status = nq_sql_int(db, checks[i].sql, NULL, &n, err);
        if (status != NQ_OK)
            return status;
        char message[200];
        snprintf(message, sizeof message, _(checks[i].what), (long long)n);
        if (n > 0)
            count_problem(c, message);
    }
    return NQ_OK;
}

/* Rows that refer to one another. */
static enum nq_status check_rows(struct nq_db *db, struct counter *c, struct nq_error *err)
{
    static const struct check checks[] = {
        {"SELECT count(*) FROM report WHERE file NOT IN (SELECT id FROM file)",
         N_("%lld reports of no file")},
        {"SELECT count(*) FROM reference WHERE id NOT IN (SELECT id FROM passage)",
         N_("%lld references without a passage")},
        {"SELECT count(*) FROM section WHERE id NOT IN (SELECT id FROM passage)",
         N_("%lld sections without a passage")},
        {"SELECT count(*) FROM passage AS p WHERE NOT EXISTS (SELECT 1 FROM report AS r WHERE"
         " r.id = (SELECT max(id) FROM report WHERE id <= p.id) AND p.id <= r.last)",
         N_("%lld passages of no report")},
        {"SELECT count(*) FROM file AS c WHERE copy_of IS NOT NULL AND NOT EXISTS"
         " (SELECT 1 FROM file AS f WHERE f.id = c.copy_of AND f.copy_of IS NULL)",
         N_("%lld copies of no file")},
        {"SELECT count(*) FROM report WHERE file IN (SELECT id FROM file WHERE copy_of IS NOT "
         "NULL)",
         N_("%lld reports of a copy")},
        {"SELECT count(*) FROM revision WHERE report NOT IN (SELECT id FROM report)",
         N_("%lld revisions of no report")},
        {"SELECT count(*) FROM revision WHERE file NOT IN (SELECT id FROM file)",
         N_("%lld revisions of no file")},
        {"SELECT count(*) FROM revision WHERE id IN (SELECT id FROM report)",
         N_("%lld revisions with the id of a report")},
    };
    return run_checks(db, checks, NQ_COUNT(checks), c, err);
}

/* Events and documents, where this version made them; others are made anew by the next update. */
static enum nq_status check_events(struct nq_db *db, struct counter *c, struct nq_error *err)
{
    static const struct check checks[] = {
        {"SELECT count(*) FROM event WHERE id / 256 NOT IN (SELECT id FROM passage)",
         N_("%lld events of no passage")},
        {"SELECT count(*) FROM event WHERE last < first OR start >= stop OR stop >"
         " (SELECT max(length(CAST(text AS BLOB)) * 3 / 2, 6000) FROM passage WHERE id = event.id "
         "/ 256)",
         N_("%lld events that say nothing")},
        {"SELECT count(*) FROM event WHERE document IS NOT NULL"
         " AND document NOT IN (SELECT id FROM document)",
         N_("%lld events of an unknown document")},
        {"SELECT count(*) FROM document WHERE id NOT IN"
         " (SELECT document FROM event WHERE document IS NOT NULL)",
         N_("%lld documents of no event")},
    };
    bool current;
    enum nq_status status = nq_store_events_current(db, &current, err);
    return status == NQ_OK && current ? run_checks(db, checks, NQ_COUNT(checks), c, err) : status;
}

static void tell(struct counter *c, const char *message, uint64_t n)
{
    char line[200];
    if (n == 0)
        return;
    snprintf(line, sizeof line, message, (long long)n);
    count_problem(c, line);
}

static enum nq_status check_topics(struct nq_index *index, struct counter *c, struct nq_error *err)
{
    struct nq_topic_defects found;
    enum nq_status status = nq_verify_topics(index, &found, err);
    if (status != NQ_OK)
        return status;
    tell(c, _("%lld topics of no passage"), found.no_passage);
    tell(c, _("%lld passages with an unknown topic"), found.no_topic);
    tell(c, _("%lld topics whose passages are miscounted"), found.miscounted);
    return NQ_OK;
}

static enum nq_status check_names(struct nq_index *index, struct counter *c, struct nq_error *err)
{
    struct nq_name_defects found;
    enum nq_status status = nq_verify_names(index, &found, err);
    if (status != NQ_OK)
        return status;
    tell(c, _("%lld damaged rows of names"), found.damaged);
    tell(c, _("%lld documents and headlines missing among the names"), found.missing);
    tell(c, _("%lld names of nothing"), found.unknown);
    return NQ_OK;
}

enum nq_status nq_index_verify(struct nq_index *index,
                               void (*problem)(void *user, const char *message), void *user,
                               uint64_t *n_problems, struct nq_error *err)
{
    struct counter c = {problem, user, 0};
    if (err)
        *err = (struct nq_error){.column = -1};
    enum nq_status status = nq_index_begin_whole(index, err);
    if (status != NQ_OK)
        return status;
    status = check_file(index->db, &c, err);
    if (status == NQ_OK && c.n == 0)
        status = nq_db_require(index->db, 2, err);
    if (status == NQ_OK && c.n == 0)
        status = check_rows(index->db, &c, err);
    if (status == NQ_OK && c.n == 0)
        status = check_events(index->db, &c, err);
    if (status == NQ_OK && c.n == 0)
        status = check_topics(index, &c, err);
    if (status == NQ_OK && c.n == 0)
        status = check_names(index, &c, err);
    if (status == NQ_OK && c.n == 0)
        status = nq_engine_verify(index->engine, count_problem, &c, err);
    nq_db_leave(index->db);
    if (status == NQ_OK)
        *n_problems = c.n;
    return status;
}
