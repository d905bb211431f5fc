/* Works in the index. */
#include "store/works.h"

#include <stddef.h>
#include <stdlib.h>

#include "store/sql.h"
#include "works_sql.h"

static const struct nq_meta_member numbers[] = {
    {"works", offsetof(struct nq_works_state, form)},
    {"works_upto", offsetof(struct nq_works_state, upto)},
    {"works_generation", offsetof(struct nq_works_state, generation)},
    {"works_topics", offsetof(struct nq_works_state, topics)},
};

enum nq_status nq_store_works_state(struct nq_db *db, struct nq_works_state *state,
                                    struct nq_error *err)
{
    return nq_db_meta_load(db, numbers, NQ_COUNT(numbers), state, err);
}

enum nq_status nq_store_works_set_state(struct nq_db *db, const struct nq_works_state *state,
                                        struct nq_error *err)
{
    return nq_db_meta_save(db, numbers, NQ_COUNT(numbers), state, err);
}

enum nq_status nq_store_works_create(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db, works_sql, err);
}

enum nq_status nq_store_works_clear(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db, "DELETE FROM cited; DELETE FROM topic_same", err);
}

enum nq_status nq_store_topic_same_clear(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db, "DELETE FROM topic_same", err);
}

enum nq_status nq_store_works_prune(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db, "DELETE FROM cited WHERE id NOT IN (SELECT id FROM reference)", err);
}

enum nq_status nq_store_work_put(struct nq_db *db, int64_t id, int64_t work, int64_t title,
                                 int32_t day, struct nq_error *err)
{
    static const char sql[] = "INSERT INTO cited (id, work, title, day) VALUES (?1, ?2, ?3, ?4)";
    return nq_sql_run(db, sql, NQ_WITH(nq_int(id), nq_int(work), nq_int(title), nq_day(day)), err);
}

enum nq_status nq_store_topic_same_put(struct nq_db *db, int64_t topic, int64_t same,
                                       struct nq_error *err)
{
    static const char sql[] = "INSERT INTO topic_same (topic, same) VALUES (?1, ?2)";
    return nq_sql_run(db, sql, NQ_WITH(nq_int(topic), nq_int(same)), err);
}

enum nq_status nq_topic_same_load(struct nq_topic_same *same, struct nq_db *db,
                                  struct nq_error *err)
{
    static const char last_sql[] = "SELECT max(id) FROM topic";
    /* Only those that are there, whatever has become of them since. */
    static const char sql[] =
        "SELECT s.topic, s.same FROM topic_same AS s CROSS JOIN topic AS t ON t.id = s.same"
        " WHERE s.topic BETWEEN 1 AND ?1 AND s.same BETWEEN 1 AND ?1";
    struct nq_works_state state = {0};
    int64_t last = 0;
    *same = (struct nq_topic_same){0};
    enum nq_status status = nq_store_works_state(db, &state, err);
    if (status == NQ_OK && state.form)
        status = nq_sql_int(db, last_sql, NULL, &last, err);
    if (status != NQ_OK || last <= 0)
        return status;
    if (!(same->of = calloc((size_t)last + 1, sizeof *same->of)))
        return nq_fail_nomem(err);
    same->n = (size_t)last + 1;
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_int(last)), err);
    while (nq_rows_next(&r))
        same->of[nq_rows_int(&r, 0)] = (uint32_t)nq_rows_int(&r, 1);
    return nq_rows_end(&r);
}

void nq_topic_same_finish(struct nq_topic_same *same)
{
    free(same->of);
    *same = (struct nq_topic_same){0};
}
