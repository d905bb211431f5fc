/* The second engine's shards, opened for reading and seen anew when they change; what a front takes
 * from them. */
#include "engine/xapian_state.h"

#include "store/packed.h"

enum { FRONT_TIMEOUT_MS = 5000 }; /* for shards elsewhere, all in all */

enum nq_status nq_xapian_read(struct nq_engine *engine, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    enum nq_status status = NQ_OK;
    if (!x->reader) {
        status = x->api->reader_open(x->places, x->n_shards, x->front ? FRONT_TIMEOUT_MS : 0,
                                     &x->reader, err);
        x->read_generation = -1;
    } else if (x->front || x->out_of_step || x->read_generation != engine->generation) {
        status = x->api->refresh(x->reader, err);
    }
    if (status == NQ_OK && !x->front)
        status = x->api->differs(x->reader, "generation", engine->generation, &x->out_of_step, err);
    if (status == NQ_OK)
        x->read_generation = engine->generation;
    return status;
}

struct unpacking {
    struct nq_engine *engine;
    int64_t id;
    struct nq_attribute attribute;
    bool found;
    enum nq_status status;
    struct nq_error *err;
};

static bool unpack(void *user, struct nq_str data)
{
    struct unpacking *u = user;
    u->found = true;
    u->status = nq_store_unpack(u->engine->db, u->id, data, &u->attribute, u->err);
    return false;
}

enum nq_status nq_xapian_fetch(struct nq_engine *engine, int64_t id, struct nq_error *err)
{
    struct nq_xapian_state *x = engine->xapian;
    struct nq_attribute known;
    struct unpacking u = {.engine = engine, .id = id, .err = err};
    if (!x->front)
        return NQ_OK;
    enum nq_status status = nq_attributes_get(&engine->attributes, engine->db, id, &known, err);
    if (status != NQ_OK || known.kind)
        return status;
    status = x->api->data(x->reader, id, unpack, &u, err);
    if (status == NQ_OK)
        status = u.status;
    if (status == NQ_OK && u.found)
        status = nq_attributes_set(&engine->attributes, engine->db, id, u.attribute, err);
    return status;
}
