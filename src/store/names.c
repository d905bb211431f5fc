/* What has a name in the index, and the table of names. */
#include "store/names.h"

#include <stddef.h>

#include "names_sql.h"
#include "store/events.h"
#include "store/sql.h"

static enum nq_status read_names(struct nq_db *db, const char *sql, int64_t from, int64_t most,
                                 bool document,
                                 bool (*fn)(void *user, const struct nq_stored_name *name),
                                 void *user, bool *on, struct nq_error *err)
{
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_int(from), nq_int(most)), err);
    while (*on && nq_rows_next(&r)) {
        struct nq_stored_name name = {.text = nq_rows_str(&r, 0),
                                      .document = document,
                                      .passage = nq_rows_int(&r, 1),
                                      .n = (uint64_t)nq_rows_int(&r, 2)};
        *on = r.status == NQ_OK && fn(user, &name);
    }
    return nq_rows_end(&r);
}

enum nq_status nq_store_names(struct nq_db *db, int64_t from, int64_t most,
                              bool (*fn)(void *user, const struct nq_stored_name *name), void *user,
                              struct nq_error *err)
{
    static const char documents[] =
        "SELECT d.title, e.last, e.n FROM document AS d JOIN (SELECT document,"
        " max(id) / 256 AS last, count(DISTINCT id / 256) AS n FROM event"
        " WHERE document IS NOT NULL AND id >= ?1 * 256 GROUP BY document"
        " ORDER BY last DESC LIMIT ?2) AS e ON e.document = d.id";
    static const char *const headlines[] = {
        "SELECT heading, id, 1 FROM section WHERE heading IS NOT NULL AND id >= ?1"
        " ORDER BY id DESC LIMIT ?2",
        "SELECT title, id, 1 FROM report WHERE title IS NOT NULL AND id >= ?1"
        " ORDER BY id DESC LIMIT ?2",
        "SELECT title, id, 1 FROM reference WHERE title IS NOT NULL AND id >= ?1"
        " ORDER BY id DESC LIMIT ?2",
    };
    bool current = false, on = true;
    enum nq_status status = nq_store_events_current(db, &current, err);
    if (status == NQ_OK && current)
        status = read_names(db, documents, from, most, true, fn, user, &on, err);
    for (size_t i = 0; i < NQ_COUNT(headlines) && status == NQ_OK && on; i++)
        status = read_names(db, headlines[i], from, most, false, fn, user, &on, err);
    return status;
}

/* ---- the table
 * ------------------------------------------------------------------------------------ */

/* The numbers of meta, and where they stand in the struct. */
static const struct nq_meta_member numbers[] = {
    {"names", offsetof(struct nq_names_state, form)},
    {"names_made", offsetof(struct nq_names_state, made)},
    {"names_generation", offsetof(struct nq_names_state, generation)},
    {"names_passages", offsetof(struct nq_names_state, passages)},
    {"names_topics", offsetof(struct nq_names_state, topics)},
    {"names_counted", offsetof(struct nq_names_state, counted)},
    {"names_newest", offsetof(struct nq_names_state, newest)},
};

enum nq_status nq_store_names_state(struct nq_db *db, struct nq_names_state *state,
                                    struct nq_error *err)
{
    return nq_db_meta_load(db, numbers, NQ_COUNT(numbers), state, err);
}

enum nq_status nq_store_names_set_state(struct nq_db *db, const struct nq_names_state *state,
                                        struct nq_error *err)
{
    return nq_db_meta_save(db, numbers, NQ_COUNT(numbers), state, err);
}

enum nq_status nq_store_names_create(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db, names_sql, err);
}

enum nq_status nq_store_names_clear(struct nq_db *db, int64_t first, int64_t last,
                                    struct nq_error *err)
{
    static const char sql[] = "DELETE FROM name WHERE id BETWEEN ?1 AND ?2";
    return nq_sql_run(db, sql, NQ_WITH(nq_int(first), nq_int(last)), err);
}

enum nq_status nq_store_names_put(struct nq_db *db, int64_t id, struct nq_str data,
                                  struct nq_error *err)
{
    static const char sql[] = "INSERT INTO name (id, data) VALUES (?1, ?2)";
    return nq_sql_run(db, sql, NQ_WITH(nq_int(id), nq_blob(data)), err);
}

enum nq_status nq_store_names_rows(struct nq_db *db, int64_t first, int64_t last,
                                   bool (*fn)(void *user, int64_t id, struct nq_str data),
                                   void *user, struct nq_error *err)
{
    static const char sql[] = "SELECT id, data FROM name WHERE id BETWEEN ?1 AND ?2";
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_int(first), nq_int(last)), err);
    while (nq_rows_next(&r))
        if (!fn(user, nq_rows_int(&r, 0), nq_rows_blob(&r, 1)))
            break;
    return nq_rows_end(&r);
}

enum nq_status nq_store_names_forget(struct nq_db *db, int64_t passage, struct nq_error *err)
{
    static const char sql[] =
        "UPDATE meta SET value = 0 WHERE key = 'names_passages' AND value > ?1";
    return nq_sql_run(db, sql, NQ_WITH(nq_int(passage)), err);
}
