/* Breaking off what SQLite computes because nobody waits for it any longer: by the progress
 * handler, which SQLite's machine calls after so many instructions; also while FTS5 reads its
 * lists, since each of their pages is read by it. */
#include "store/db.h"

enum { ASK_EVERY = 50 }; /* instructions: a few microseconds */

static int ask(void *user)
{
    struct nq_db *db = user;
    db->stopped = db->stopped || db->stop(db->stop_user);
    return db->stopped;
}

void nq_db_set_stop(struct nq_db *db, bool (*stop)(void *user), void *user)
{
    db->stop = stop;
    db->stop_user = user;
    db->stopped = false;
    sqlite3_progress_handler(db->sql, stop ? ASK_EVERY : 0, stop ? ask : NULL, db);
}

bool nq_db_is_stopped(struct nq_db *db)
{
    return db->stop && ask(db);
}

enum nq_status nq_db_go_on(struct nq_db *db, struct nq_error *err)
{
    return nq_db_is_stopped(db) ? nq_db_interrupted(db, err) : NQ_OK;
}

enum nq_status nq_db_interrupted(struct nq_db *db, struct nq_error *err)
{
    db->stopped = false;
    return nq_fail(err, NQ_ERR_STOPPED, "%s", _("stopped"));
}
