/* A file's reports: those that it held before, by name, and which of them it holds no more. */
#include <stdlib.h>

#include "api/put.h"
#include "base/grow.h"
#include "base/hash.h"

static int by_hash(const void *a, const void *b)
{
    const struct nq_put_name *x = a, *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static bool add_name(void *user, int64_t id, struct nq_str key)
{
    struct nq_put *put = user;
    struct nq_put_name *names = nq_grow(put->names, put->n_names, &put->names_cap, sizeof *names);
    if (!names)
        return nq_fail_nomem(put->u->err), false;
    put->names = names;
    put->names[put->n_names++] = (struct nq_put_name){nq_fnv(NQ_FNV_START, key), id};
    return true;
}

enum nq_status nq_put_begin(struct nq_put *put)
{
    struct nq_update *u = put->u;
    put->first_id = u->next_id;
    if (!put->known || !put->many)
        return NQ_OK;
    enum nq_status status = nq_store_each_name(u->index->db, put->row->id, add_name, put, u->err);
    if (put->n_names)
        qsort(put->names, put->n_names, sizeof *put->names, by_hash);
    return status == NQ_OK ? u->err->status : status;
}

int64_t nq_put_named(const struct nq_put *put, struct nq_str key)
{
    struct nq_put_name wanted = {.hash = nq_fnv(NQ_FNV_START, key)}, *found = NULL;
    if (put->n_names)
        found = bsearch(&wanted, put->names, put->n_names, sizeof wanted, by_hash);
    return found ? found->id : 0;
}

bool nq_put_keep(struct nq_put *put, int64_t id)
{
    int64_t *kept = nq_grow(put->kept, put->n_kept, &put->kept_cap, sizeof *kept);
    if (!kept)
        return false;
    put->kept = kept;
    put->kept[put->n_kept++] = id;
    return true;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

enum nq_status nq_put_finish(struct nq_put *put, enum nq_status status)
{
    struct nq_update *u = put->u;
    int64_t *ids = NULL;
    size_t n = 0;
    if (status == NQ_OK && put->known)
        status = nq_store_reports_of(u->index->db, put->row->id, u->file_arena, &ids, &n, u->err);
    if (put->n_kept > 1)
        qsort(put->kept, put->n_kept, sizeof *put->kept, by_id);
    for (size_t i = 0; i < n && status == NQ_OK && ids[i] < put->first_id; i++) {
        bool kept = put->n_kept &&
                    bsearch(&ids[i], put->kept, put->n_kept, sizeof *put->kept, by_id) != NULL;
        if (!kept)
            status = nq_update_discard(u, ids[i]);
    }
    free(put->kept);
    free(put->names);
    return status;
}
