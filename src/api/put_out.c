/* Taking reports out of the index. */
#include "api/put.h"
#include "store/names.h"
#include "store/passages.h"

static bool remove_passage(void *user, const struct nq_stored_passage *p)
{
    struct nq_update *u = user;
    u->heading.len = 0;
    nq_passage_heading(&u->heading, p->kind, p->first, p->title, p->section_heading);
    if (u->heading.failed)
        return nq_fail_nomem(u->err), false;
    return nq_engine_remove(u->index->engine, p->id, nq_buf_str(&u->heading), p->text, u->err) ==
               NQ_OK &&
           nq_topic_writer_remove(&u->topics, p->id, u->err) == NQ_OK;
}

enum nq_status nq_update_remove(struct nq_update *u, int64_t id)
{
    enum nq_status status = nq_store_each_passage(u->index->db, id, 0, remove_passage, u, u->err);
    if (status == NQ_OK && u->err->status != NQ_OK)
        status = u->err->status;
    u->removed_any = true;
    if (status == NQ_OK)
        status = nq_store_names_forget(u->index->db, id, u->err);
    return status == NQ_OK ? nq_store_report_delete(u->index->db, id, u->err) : status;
}

enum nq_status nq_update_discard(struct nq_update *u, int64_t report)
{
    enum nq_status status = nq_store_revisions_delete(u->index->db, report, &u->reread, u->err);
    return status == NQ_OK ? nq_update_remove(u, report) : status;
}

enum nq_status nq_update_supersede(struct nq_update *u, const struct nq_report_row *old,
                                   int64_t heir, int64_t file, int64_t modified_ns)
{
    struct nq_db *db = u->index->db;
    u->old_text.len = 0;
    enum nq_status status = nq_store_report_text(db, old->id, &u->old_text, u->err);
    struct nq_revision_row revision = {.id = old->id,
                                       .report = heir,
                                       .file = file,
                                       .modified_ns = modified_ns,
                                       .day = old->day,
                                       .key = old->key,
                                       .title = old->title,
                                       .text = nq_buf_str(&u->old_text)};
    if (status == NQ_OK)
        status = nq_store_revisions_move(db, old->id, heir, u->err);
    if (status == NQ_OK)
        status = nq_store_revision_put(db, &revision, u->err);
    return status == NQ_OK ? nq_update_remove(u, old->id) : status;
}
