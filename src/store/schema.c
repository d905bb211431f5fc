/* The tables of an index: made, brought up to date, dropped. */
#include <stdio.h>

#include "schema_sql.h"
#include "store/events.h"
#include "store/sql.h"
#include "store/topics.h"

static enum nq_status make_tables(struct nq_db *db, struct nq_error *err)
{
    char sql[100];
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             NQ_DB_APPLICATION, NQ_DB_SCHEMA_VERSION);
    enum nq_status status = nq_db_exec(db, sql, err);
    if (status == NQ_OK)
        status = nq_db_exec(db, schema_sql, err);
    if (status == NQ_OK)
        status = nq_db_make_fts(db, err);
    if (status == NQ_OK)
        status = nq_store_events_create(db, err);
    if (status == NQ_OK)
        status = nq_store_events_clear(db, err);
    return status == NQ_OK ? nq_store_topics_create(db, err) : status;
}

enum nq_status nq_db_create(struct nq_db *db, struct nq_error *err)
{
    int64_t tables = 0;
    enum nq_status status = nq_db_begin(db, err);
    if (status != NQ_OK)
        return status;
    status = nq_sql_int(db, "SELECT count(*) FROM sqlite_schema", NULL, &tables, err);
    if (status == NQ_OK && tables == 0)
        status = make_tables(db, err);
    status = nq_db_end(db, status, err);
    db->fresh = status != NQ_OK;
    if (status == NQ_OK)
        db->version = NQ_DB_SCHEMA_VERSION;
    return status;
}

enum nq_status nq_db_make_fts(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db, fts_sql, err);
}

enum nq_status nq_db_drop_fts(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db,
                      "DROP TABLE IF EXISTS text; DROP TABLE IF EXISTS words;"
                      "DROP TABLE IF EXISTS words_new",
                      err);
}

int nq_db_newest(void)
{
    return NQ_DB_SCHEMA_VERSION;
}

/* The steps from the version that the file has now: another writer may have taken some. */
static enum nq_status take_steps(struct nq_db *db, struct nq_error *err)
{
    int64_t version = 0;
    enum nq_status status = nq_sql_int(db, "PRAGMA user_version", NULL, &version, err);
    for (; status == NQ_OK && version < NQ_DB_SCHEMA_VERSION; version++) {
        char sql[60];
        snprintf(sql, sizeof sql, "PRAGMA user_version = %d", (int)version + 1);
        status = nq_db_exec(db, migrations[version - 1], err);
        if (status == NQ_OK)
            status = nq_db_exec(db, sql, err);
    }
    return status;
}

enum nq_status nq_db_migrate(struct nq_db *db, struct nq_error *err)
{
    enum nq_status status = nq_db_begin(db, err);
    if (status != NQ_OK)
        return status;
    status = nq_db_end(db, take_steps(db, err), err);
    if (status == NQ_OK)
        db->version = NQ_DB_SCHEMA_VERSION;
    return status;
}

enum nq_status nq_db_require(struct nq_db *db, int version, struct nq_error *err)
{
    if (db->version >= version)
        return NQ_OK;
    return nq_fail(err, NQ_ERR_VERSION,
                   _("%s: made by an older nqsearch (format %d); the next nqindex brings it up to"
                     " date"),
                   db->path, db->version);
}
