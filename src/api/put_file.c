/* A file's reports: those that it held before, by name, and which of them it holds no more.
 *
 * A file of records may be as large as the archive, so nothing is held for them but two bits an id:
 * names are looked up in the index, where ids also tell what was put by this reading. */
#include <stdlib.h>

#include "api/put.h"

enum { BLOCK = 1 << 15, BLOCK_BYTES = BLOCK / 4 }; /* ids of a block of kept ones, two bits each */

/* A report that was kept, and one of the file of an archive that is being put. */
enum { KEPT = 1, HERE = 2 };

bool nq_put_keep(struct nq_put *put, int64_t id)
{
    size_t block = (size_t)id / BLOCK, at = (size_t)id % BLOCK;
    if (block >= put->n_kept) {
        uint8_t **grown = realloc(put->kept, (block + 1) * sizeof *grown);
        if (!grown)
            return false;
        memset(grown + put->n_kept, 0, (block + 1 - put->n_kept) * sizeof *grown);
        put->kept = grown;
        put->n_kept = block + 1;
    }
    if (!put->kept[block] && !(put->kept[block] = calloc(1, BLOCK_BYTES)))
        return false;
    put->kept[block][at / 4] |= (uint8_t)((KEPT | HERE) << at % 4 * 2);
    return true;
}

static unsigned kept(const struct nq_put *put, int64_t id)
{
    size_t block = (size_t)id / BLOCK, at = (size_t)id % BLOCK;
    return block < put->n_kept && put->kept[block] ? put->kept[block][at / 4] >> at % 4 * 2 & 3 : 0;
}

/* Notes of which file of an archive the report is: records of different ones may have the same id.
 */
static bool enter_member(struct nq_put *put, struct nq_str member)
{
    const uint8_t others = KEPT | KEPT << 2 | KEPT << 4 | KEPT << 6;
    if (put->member_first && nq_str_eq(nq_buf_str(&put->member), member))
        return true;
    put->member_first = put->u->next_id;
    put->member.len = 0;
    nq_buf_add(&put->member, member);
    for (size_t i = 0; i < put->n_kept; i++)
        for (size_t k = 0; put->kept[i] && k < BLOCK_BYTES; k++)
            put->kept[i][k] &= others;
    return !put->member.failed;
}

enum nq_status nq_put_is_doubled(struct nq_put *put, const struct nq_report *report,
                                 struct nq_str key, bool *doubled)
{
    enum nq_status status = NQ_OK;
    *doubled = false;
    if (!enter_member(put, report->member))
        return nq_fail_nomem(put->u->err);
    int64_t id = put->known ? 0 : put->first_id - 1;
    while (report->key.len > 0 && !*doubled) {
        status = nq_store_report_keyed(put->u->index->db, put->row->id, key, id, &id, put->u->err);
        if (status != NQ_OK || id == 0)
            return status;
        *doubled = id >= put->member_first || kept(put, id) & HERE;
    }
    return status;
}

enum nq_status nq_put_next_named(struct nq_put *put, struct nq_str key, int64_t *id)
{
    enum nq_status status = NQ_OK;
    int64_t next = *id;
    *id = 0;
    if (!put->known)
        return NQ_OK;
    do
        status =
            nq_store_report_keyed(put->u->index->db, put->row->id, key, next, &next, put->u->err);
    while (status == NQ_OK && next && next < put->first_id && kept(put, next));
    *id = next < put->first_id ? next : 0;
    return status;
}

/* Takes out what the file held before and holds no more. */
static enum nq_status discard_others(struct nq_put *put)
{
    struct nq_update *u = put->u;
    int64_t ids[256], at = 0;
    size_t n = 1;
    enum nq_status status = NQ_OK;
    while (status == NQ_OK && n > 0 && at < put->first_id) {
        status =
            nq_store_reports_of(u->index->db, put->row->id, at, NQ_COUNT(ids), ids, &n, u->err);
        for (size_t i = 0; i < n && status == NQ_OK; i++) {
            at = ids[i];
            if (at < put->first_id && !kept(put, at))
                status = nq_update_discard(u, at);
        }
    }
    return status;
}

enum nq_status nq_put_finish(struct nq_put *put, enum nq_status status)
{
    if (status == NQ_OK && put->known)
        status = discard_others(put);
    for (size_t i = 0; i < put->n_kept; i++)
        free(put->kept[i]);
    free(put->kept);
    nq_buf_finish(&put->member);
    return status;
}
