/* Links in the index. */
#include "store/links.h"

#include <assert.h>
#include <stdlib.h>

#include "base/grow.h"
#include "base/varint.h"
#include "store/sql.h"

enum { MOST_LINKS = 1 << 12 }; /* of a passage */

/* A link to be written; topic 0: all links of the passage go. */
struct nq_link_change {
    int64_t passage;
    uint32_t topic;
    uint32_t number : 28; /* the order in which changes came */
    uint32_t weight : 4;
};

static_assert(NQ_LINK_WEIGHTS < 1 << 4, "weights have four bits");
static_assert(sizeof(struct nq_link_change) == 16, "hundreds of thousands wait in memory");

/* ---- changes
 * ----------------------------------------------------------------------------------- */

static enum nq_status add_change(struct nq_links *l, struct nq_link_change change,
                                 struct nq_error *err)
{
    struct nq_link_change *changes = nq_grow(l->changes, l->n, &l->cap, sizeof *changes);
    if (!changes)
        return nq_fail_nomem(err);
    l->changes = changes;
    change.number = (uint32_t)l->n & 0xFFFFFFF;
    l->changes[l->n++] = change;
    return NQ_OK;
}

enum nq_status nq_links_put(struct nq_links *l, int64_t passage, enum nq_topic_kind kind,
                            struct nq_str key, struct nq_str name, double weight,
                            struct nq_error *err)
{
    int64_t id = 0;
    enum nq_status status = nq_store_topic_id(l->db, &l->topics, kind, key, name, &id, err);
    unsigned fifteenths = weight > 0 ? (unsigned)(weight * NQ_LINK_WEIGHTS + 0.5) : 0;
    fifteenths = fifteenths > NQ_LINK_WEIGHTS ? NQ_LINK_WEIGHTS : fifteenths;
    if (status != NQ_OK)
        return status;
    return add_change(l, (struct nq_link_change){passage, (uint32_t)id, .weight = fifteenths & 15},
                      err);
}

enum nq_status nq_links_remove(struct nq_links *l, int64_t passage, struct nq_error *err)
{
    return add_change(l, (struct nq_link_change){.passage = passage}, err);
}

static int by_passage(const void *a, const void *b)
{
    const struct nq_link_change *x = a, *y = b;
    if (x->passage != y->passage)
        return x->passage < y->passage ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* ---- reading a chunk
 * ---------------------------------------------------------------------------- */

/* A chunk's passages, one after the other. */
struct reader {
    struct nq_str data;
    size_t at;
    int64_t passage;       /* before the first: the chunk's first id */
    struct nq_link *links; /* of the passage: room for MOST_LINKS */
    size_t n;
    bool broken; /* the bytes make no sense */
};

/* Reads the next passage and its links; false behind the last, and where the bytes make no sense.
 */
static bool read_next(struct reader *r)
{
    uint64_t distance, count, value;
    if (r->at == r->data.len)
        return false;
    r->broken = !nq_varint_read(r->data, &r->at, &distance) ||
                !nq_varint_read(r->data, &r->at, &count) || count > MOST_LINKS;
    for (r->n = 0; !r->broken && r->n < count; r->n++) {
        r->broken = !nq_varint_read(r->data, &r->at, &value) || value >> 4 > UINT32_MAX;
        r->links[r->n] = (struct nq_link){(uint32_t)(value >> 4), (uint8_t)(value & 15)};
    }
    if (!r->broken)
        r->passage += (int64_t)distance;
    return !r->broken;
}

static enum nq_status read_chunk(struct nq_db *db, int64_t chunk, struct nq_buf *out,
                                 struct nq_error *err)
{
    static const char sql[] = "SELECT data FROM topic_link WHERE chunk = ?1";
    return nq_sql_blob(db, sql, NQ_WITH(nq_int(chunk)), out, err);
}

/* ---- writing chunks
 * ----------------------------------------------------------------------------- */

struct rewriting {
    struct nq_db *db;
    struct nq_buf old, new;
    struct nq_map counts;  /* topic's id -> how many passages more */
    int64_t last;          /* the passage written last */
    struct nq_link *links; /* of the passage that was read last, and of one that is new */
};

static bool add_count(struct rewriting *r, uint32_t topic, int32_t change)
{
    struct nq_map_entry *e =
        nq_map_put(&r->counts, (struct nq_str){(const char *)&topic, sizeof topic});
    if (e)
        e->value += change;
    return e != NULL;
}

static void write_links(struct rewriting *r, int64_t passage, const struct nq_link *links, size_t n)
{
    if (n == 0)
        return;
    nq_varint_add(&r->new, (uint64_t)(passage - r->last));
    nq_varint_add(&r->new, n);
    for (size_t i = 0; i < n; i++)
        nq_varint_add(&r->new, (uint64_t)links[i].topic << 4 | links[i].weight);
    r->last = passage;
}

/* Applies the changes of one passage, the first `n` of `changes`, to its links. */
static bool apply(struct rewriting *r, const struct nq_link_change *changes, size_t n,
                  struct nq_link *links, size_t *n_links)
{
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) {
        if (changes[i].topic == 0) {
            for (size_t k = 0; k < *n_links && ok; k++)
                ok = add_count(r, links[k].topic, -1);
            *n_links = 0;
        } else if (*n_links < MOST_LINKS) {
            links[(*n_links)++] = (struct nq_link){changes[i].topic, (uint8_t)changes[i].weight};
            ok = add_count(r, changes[i].topic, 1);
        }
    }
    return ok;
}

/* Merges the `n` changes of the chunk that begins with id `first` into what it held. */
static bool merge(struct rewriting *r, int64_t first, const struct nq_link_change *changes,
                  size_t n, bool *broken)
{
    struct reader old = {.data = nq_buf_str(&r->old), .passage = first, .links = r->links};
    bool ok = true, more = read_next(&old);
    r->last = first;
    r->new.len = 0;
    for (size_t c = 0, same = 0; ok && (more || c < n); c += same) {
        bool kept = more && (c == n || old.passage <= changes[c].passage);
        int64_t passage = kept ? old.passage : changes[c].passage;
        struct nq_link *links = kept ? old.links : r->links + MOST_LINKS;
        size_t n_links = kept ? old.n : 0;
        for (same = 0; c + same < n && changes[c + same].passage == passage;)
            same++;
        ok = apply(r, changes + c, same, links, &n_links);
        write_links(r, passage, links, n_links);
        if (kept)
            more = read_next(&old);
    }
    *broken = old.broken;
    return ok && !r->new.failed;
}

/* Rewrites chunk `chunk` with the `n` changes of its passages. */
static enum nq_status rewrite(struct rewriting *r, int64_t chunk,
                              const struct nq_link_change *changes, size_t n, struct nq_error *err)
{
    static const char put[] = "INSERT INTO topic_link (chunk, data) VALUES (?1, ?2)"
                              " ON CONFLICT (chunk) DO UPDATE SET data = excluded.data";
    static const char drop[] = "DELETE FROM topic_link WHERE chunk = ?1";
    bool broken = false;
    enum nq_status status = read_chunk(r->db, chunk, &r->old, err);
    if (status != NQ_OK)
        return status;
    if (!merge(r, chunk * NQ_LINK_CHUNK, changes, n, &broken))
        return nq_fail_nomem(err);
    if (broken)
        return nq_db_fail(r->db, SQLITE_CORRUPT, err);
    if (r->new.len == 0)
        return nq_sql_run(r->db, drop, NQ_WITH(nq_int(chunk)), err);
    return nq_sql_run(r->db, put, NQ_WITH(nq_int(chunk), nq_blob(nq_buf_str(&r->new))), err);
}

static enum nq_status write_counts(struct rewriting *r, struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < r->counts.cap && status == NQ_OK; i++) {
        const struct nq_map_entry *e = &r->counts.entries[i];
        uint32_t topic;
        if (!e->key.ptr || e->value == 0)
            continue;
        memcpy(&topic, e->key.ptr, sizeof topic);
        status = nq_store_topic_count(r->db, topic, e->value, err);
    }
    return status;
}

enum nq_status nq_links_flush(struct nq_links *l, struct nq_error *err)
{
    struct rewriting r = {.db = l->db, .links = malloc(2 * MOST_LINKS * sizeof *r.links)};
    enum nq_status status = r.links ? NQ_OK : nq_fail_nomem(err);
    if (l->n)
        qsort(l->changes, l->n, sizeof *l->changes, by_passage);
    for (size_t i = 0, end; i < l->n && status == NQ_OK; i = end) {
        int64_t chunk = l->changes[i].passage / NQ_LINK_CHUNK;
        for (end = i; end < l->n && l->changes[end].passage / NQ_LINK_CHUNK == chunk;)
            end++;
        status = rewrite(&r, chunk, l->changes + i, end - i, err);
    }
    if (status == NQ_OK)
        status = write_counts(&r, err);
    nq_buf_finish(&r.old);
    nq_buf_finish(&r.new);
    nq_map_finish(&r.counts);
    free(r.links);
    l->n = 0;
    return status;
}

void nq_links_reset(struct nq_links *l)
{
    free(l->changes);
    nq_map_finish(&l->topics);
    *l = (struct nq_links){.db = l->db};
}

/* ---- reading
 * ------------------------------------------------------------------------------------ */

/* Puts the topic that stands for each in its place, once, with the greatest weight. */
static size_t join_same(const struct nq_topic_same *same, struct nq_link *links, size_t n)
{
    size_t kept = 0, k;
    bool any = false;
    for (size_t i = 0; i < n; i++)
        any |= nq_topic_same_of(same, links[i].topic) != links[i].topic;
    for (size_t i = 0; i < n && any; i++) {
        struct nq_link link = {nq_topic_same_of(same, links[i].topic), links[i].weight};
        for (k = 0; k < kept && links[k].topic != link.topic;)
            k++;
        if (k == kept)
            links[kept++] = link;
        else if (links[k].weight < link.weight)
            links[k].weight = link.weight;
    }
    return any ? kept : n;
}

enum nq_status nq_store_each_links(struct nq_db *db, const struct nq_topic_same *same,
                                   bool (*fn)(void *user, int64_t passage,
                                              const struct nq_link *links, size_t n),
                                   void *user, struct nq_error *err)
{
    static const char sql[] = "SELECT chunk, data FROM topic_link ORDER BY chunk";
    struct reader chunk = {.links = malloc(MOST_LINKS * sizeof *chunk.links)};
    bool more = true;
    if (!chunk.links)
        return nq_fail_nomem(err);
    struct nq_rows r = nq_rows(db, sql, NULL, err);
    while (more && nq_rows_next(&r)) {
        chunk.passage = nq_rows_int(&r, 0) * NQ_LINK_CHUNK;
        chunk.data = nq_rows_blob(&r, 1);
        chunk.at = 0;
        while (more && read_next(&chunk)) {
            if (same)
                chunk.n = join_same(same, chunk.links, chunk.n);
            more = fn(user, chunk.passage, chunk.links, chunk.n);
        }
        if (chunk.broken)
            r.status = nq_db_fail(db, SQLITE_CORRUPT, err);
    }
    free(chunk.links);
    return nq_rows_end(&r);
}

enum nq_status nq_store_links_of(struct nq_db *db, const struct nq_topic_same *same,
                                 int64_t passage, struct nq_link *out, size_t most, size_t *n,
                                 struct nq_error *err)
{
    struct nq_buf data = {0};
    int64_t number = passage / NQ_LINK_CHUNK;
    struct reader chunk = {.passage = number * NQ_LINK_CHUNK,
                           .links = malloc(MOST_LINKS * sizeof *chunk.links)};
    enum nq_status status = chunk.links ? read_chunk(db, number, &data, err) : nq_fail_nomem(err);
    *n = 0;
    chunk.data = nq_buf_str(&data);
    while (status == NQ_OK && chunk.passage <= passage && read_next(&chunk))
        for (; chunk.passage == passage && *n < chunk.n && *n < most; ++*n)
            out[*n] = chunk.links[*n];
    if (same)
        *n = join_same(same, out, *n);
    if (chunk.broken)
        status = nq_db_fail(db, SQLITE_CORRUPT, err);
    nq_buf_finish(&data);
    free(chunk.links);
    return status;
}
