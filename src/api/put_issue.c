/* The same key in another file: whether a report is another issue of what that one holds. */
#include "api/alike.h"
#include "api/put.h"
#include "store/passages.h"

/* How much of the shorter text must stand in the other for a file of the same name in another
 * folder to be a corrected issue and not another series. */
static const double alike_enough = 0.5;

enum { MOST_NAMESAKES = 20 }; /* that are looked at: undated ones may be many */

/* Whether `in` is another issue of `old`, which another file brought: a record has the same id,
 * date and source (and where there is no date, title); a file of the same name and date has the
 * same title, and much of the text. */
static enum nq_status is_issue(struct nq_update *u, const struct nq_report_row *old,
                               const struct nq_incoming *in, bool *issue)
{
    const struct nq_report *r = &in->report;
    bool title = nq_str_eq(old->title, r->title) && r->title.len > 0;
    bool record = r->key.len > 0, dated = r->day != NQ_NO_DAY;
    double share;
    *issue = old->kind == r->kind && old->source == in->source && old->day == r->day &&
             (record ? dated || title : dated && title);
    if (!*issue || record)
        return NQ_OK;
    u->text.len = u->old_text.len = 0;
    nq_passages_text(&u->text, in->passages, in->n);
    enum nq_status status = nq_store_report_text(u->index->db, old->id, &u->old_text, u->err);
    if (status != NQ_OK)
        return status;
    if (u->text.failed || !nq_alike(nq_buf_str(&u->text), nq_buf_str(&u->old_text), &share))
        return nq_fail_nomem(u->err);
    *issue = share >= alike_enough;
    return NQ_OK;
}

enum nq_status nq_put_find_issue(struct nq_put *put, const struct nq_incoming *in,
                                 struct nq_report_row *old)
{
    struct nq_update *u = put->u;
    struct nq_db *db = u->index->db;
    struct nq_report_name name = {in->key, in->report.day, put->row->id, true};
    int64_t id = 0;
    bool issue = false;
    enum nq_status status = NQ_OK;
    *old = (struct nq_report_row){0};
    for (int i = 0; i < MOST_NAMESAKES && status == NQ_OK && put->elsewhere && !issue; i++) {
        status = nq_store_report_named(db, &name, &id, u->err);
        if (status != NQ_OK || id == 0)
            break;
        status = nq_store_report_get(db, id, u->arena, old, u->err);
        if (status == NQ_OK)
            status = is_issue(u, old, in, &issue);
    }
    if (!issue)
        *old = (struct nq_report_row){0};
    return status;
}
