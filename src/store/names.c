/* What has a name in the index. */
#include "store/names.h"

#include "store/events.h"
#include "store/sql.h"

static enum nq_status read_names(struct nq_db *db, const char *sql, bool document,
                                 bool (*fn)(void *user, const struct nq_stored_name *name),
                                 void *user, bool *on, struct nq_error *err)
{
    struct nq_rows r = nq_rows(db, sql, NULL, err);
    while (*on && nq_rows_next(&r)) {
        struct nq_stored_name name = {.text = nq_rows_str(&r, 0),
                                      .document = document,
                                      .passage = nq_rows_int(&r, 1),
                                      .n = (uint64_t)nq_rows_int(&r, 2)};
        *on = r.status == NQ_OK && fn(user, &name);
    }
    return nq_rows_end(&r);
}

enum nq_status nq_store_names(struct nq_db *db,
                              bool (*fn)(void *user, const struct nq_stored_name *name), void *user,
                              struct nq_error *err)
{
    static const char documents[] =
        "SELECT d.title, e.last, e.n FROM document AS d JOIN (SELECT document,"
        " max(id) / 256 AS last, count(DISTINCT id / 256) AS n FROM event"
        " WHERE document IS NOT NULL GROUP BY document) AS e ON e.document = d.id";
    static const char *const headlines[] = {
        "SELECT heading, id, 1 FROM section WHERE heading IS NOT NULL ORDER BY id DESC",
        "SELECT title, id, 1 FROM report WHERE title IS NOT NULL ORDER BY id DESC",
        "SELECT title, id, 1 FROM reference WHERE title IS NOT NULL ORDER BY id DESC",
    };
    bool current = false, on = true;
    enum nq_status status = nq_store_events_current(db, &current, err);
    if (status == NQ_OK && current)
        status = read_names(db, documents, true, fn, user, &on, err);
    for (size_t i = 0; i < NQ_COUNT(headlines) && status == NQ_OK && on; i++)
        status = read_names(db, headlines[i], false, fn, user, &on, err);
    return status;
}
