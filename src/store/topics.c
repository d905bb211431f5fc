/* Topics and links in the index. */
#include "store/topics.h"

#include <stdlib.h>

#include "base/varint.h"
#include "topics_sql.h"

enum {
    MOST_KNOWN = 50000,   /* topics whose ids are remembered */
    MOST_LINKS = 1 << 12, /* of a passage */
};

/* A link to be written; topic 0: all links of the passage go. */
struct nq_link_change {
    int64_t passage;
    uint32_t topic, number; /* number: the order in which changes came */
    uint8_t weight;
};

enum nq_status nq_store_topics_create(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db, topics_sql, err);
}

/* ---- state
 * ------------------------------------------------------------------------------------- */

enum nq_status nq_store_topics_state(struct nq_db *db, struct nq_topics_state *s,
                                     struct nq_error *err)
{
    enum nq_status status = nq_db_meta_get(db, "topics", &s->hash, err);
    if (status == NQ_OK)
        status = nq_db_meta_get(db, "topics_next", &s->next_hash, err);
    return status == NQ_OK ? nq_db_meta_get(db, "topics_upto", &s->upto, err) : status;
}

enum nq_status nq_store_topics_set_state(struct nq_db *db, const struct nq_topics_state *s,
                                         struct nq_error *err)
{
    enum nq_status status = nq_db_meta_set(db, "topics", s->hash, err);
    if (status == NQ_OK)
        status = nq_db_meta_set(db, "topics_next", s->next_hash, err);
    return status == NQ_OK ? nq_db_meta_set(db, "topics_upto", s->upto, err) : status;
}

enum nq_status nq_store_stock_get(struct nq_db *db, struct nq_buf *buf, struct nq_error *err)
{
    static const char sql[] = "SELECT value FROM meta WHERE key = 'stock'";
    sqlite3_stmt *stmt;
    bool row;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    status = nq_db_step(db, stmt, &row, err);
    buf->len = 0;
    if (status == NQ_OK && row)
        nq_buf_add(buf, (struct nq_str){sqlite3_column_blob(stmt, 0),
                                        (size_t)sqlite3_column_bytes(stmt, 0)});
    sqlite3_reset(stmt);
    return status == NQ_OK && buf->failed ? nq_fail_nomem(err) : status;
}

enum nq_status nq_store_stock_set(struct nq_db *db, struct nq_str bytes, struct nq_error *err)
{
    static const char sql[] = "INSERT INTO meta (key, value) VALUES ('stock', ?1)"
                              " ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_blob(stmt, 1, bytes.ptr, (int)bytes.len, SQLITE_STATIC);
    return nq_db_run(db, stmt, err);
}

/* ---- topics
 * ------------------------------------------------------------------------------------ */

static enum nq_status add_topic(struct nq_db *db, enum nq_topic_kind kind, struct nq_str key,
                                struct nq_str name, int64_t *id, struct nq_error *err)
{
    static const char sql[] =
        "INSERT INTO topic (kind, key, name, passages) VALUES (?1, ?2, ?3, 0)";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int(stmt, 1, kind);
    nq_db_bind_str(stmt, 2, key);
    if (!nq_str_eq(key, name))
        nq_db_bind_str(stmt, 3, name);
    status = nq_db_run(db, stmt, err);
    *id = sqlite3_last_insert_rowid(db->sql);
    return status;
}

/* Titles are printed in full or cut; terms in their longest form always. */
static enum nq_status rename_topic(struct nq_db *db, int64_t id, struct nq_str name,
                                   struct nq_error *err)
{
    static const char sql[] = "UPDATE topic SET name = ?2 WHERE id = ?1";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, id);
    nq_db_bind_str(stmt, 2, name);
    return nq_db_run(db, stmt, err);
}

static enum nq_status find_topic(struct nq_db *db, enum nq_topic_kind kind, struct nq_str key,
                                 int64_t *id, size_t *name_len, struct nq_error *err)
{
    static const char sql[] =
        "SELECT id, length(coalesce(name, key)) FROM topic WHERE key = ?1 AND kind = ?2";
    sqlite3_stmt *stmt;
    bool row;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    nq_db_bind_str(stmt, 1, key);
    sqlite3_bind_int(stmt, 2, kind);
    status = nq_db_step(db, stmt, &row, err);
    *id = status == NQ_OK && row ? sqlite3_column_int64(stmt, 0) : 0;
    *name_len = status == NQ_OK && row ? (size_t)sqlite3_column_int64(stmt, 1) : 0;
    sqlite3_reset(stmt);
    return status;
}

static size_t count_characters(struct nq_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

/* The id of a topic; the map's mark remembers it, its value how long its name is. */
static enum nq_status topic_id(struct nq_links *l, enum nq_topic_kind kind, struct nq_str key,
                               struct nq_str name, int64_t *id, struct nq_error *err)
{
    struct nq_buf place = {0};
    enum nq_status status = NQ_OK;
    size_t len = 0;
    bool titled = kind == NQ_TOPIC_DOCUMENT || kind == NQ_TOPIC_WORK;
    if (l->topics.n >= MOST_KNOWN)
        nq_map_finish(&l->topics);
    nq_buf_add_byte(&place, (char)('0' + kind));
    nq_buf_add(&place, key);
    struct nq_map_entry *e = place.failed ? NULL : nq_map_put(&l->topics, nq_buf_str(&place));
    nq_buf_finish(&place);
    if (!e)
        return nq_fail_nomem(err);
    if (e->mark == 0) {
        status = find_topic(l->db, kind, key, &e->mark, &len, err);
        if (status == NQ_OK && e->mark == 0) {
            status = add_topic(l->db, kind, key, name, &e->mark, err);
            len = count_characters(name);
        }
        e->value = (int32_t)len;
    }
    if (status == NQ_OK && titled && count_characters(name) > (size_t)e->value) {
        e->value = (int32_t)count_characters(name);
        status = rename_topic(l->db, e->mark, name, err);
    }
    *id = e->mark;
    return status;
}

enum nq_status nq_store_topics_prune(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db, "DELETE FROM topic WHERE passages <= 0", err);
}

static enum nq_status read_row(struct nq_db *db, sqlite3_stmt *stmt, struct nq_arena *arena,
                               struct nq_topic_row *out, struct nq_error *err)
{
    bool row;
    *out = (struct nq_topic_row){0};
    enum nq_status status = nq_db_step(db, stmt, &row, err);
    if (status != NQ_OK || !row)
        return status;
    *out = (struct nq_topic_row){.id = sqlite3_column_int64(stmt, 0),
                                 .kind = (enum nq_topic_kind)sqlite3_column_int(stmt, 1),
                                 .key = nq_arena_str(arena, nq_db_column_str(stmt, 2)),
                                 .name = nq_arena_str(arena, nq_db_column_str(stmt, 3)),
                                 .passages = (uint64_t)sqlite3_column_int64(stmt, 4)};
    sqlite3_reset(stmt);
    return nq_arena_failed(arena) ? nq_fail_nomem(err) : NQ_OK;
}

enum nq_status nq_store_topic_get(struct nq_db *db, int64_t id, struct nq_arena *arena,
                                  struct nq_topic_row *row, struct nq_error *err)
{
    static const char sql[] =
        "SELECT id, kind, key, coalesce(name, key), passages FROM topic WHERE id = ?1";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, id);
    return read_row(db, stmt, arena, row, err);
}

enum nq_status nq_store_topic_find(struct nq_db *db, struct nq_str key, struct nq_arena *arena,
                                   struct nq_topic_row *row, struct nq_error *err)
{
    static const char sql[] = "SELECT id, kind, key, coalesce(name, key), passages FROM topic"
                              " WHERE key = ?1 AND passages > 0 ORDER BY passages DESC LIMIT 1";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    nq_db_bind_str(stmt, 1, key);
    return read_row(db, stmt, arena, row, err);
}

/* ---- changes
 * ----------------------------------------------------------------------------------- */

static enum nq_status add_change(struct nq_links *l, struct nq_link_change change,
                                 struct nq_error *err)
{
    if (l->n == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 1024;
        struct nq_link_change *grown = realloc(l->changes, cap * sizeof *grown);
        if (!grown)
            return nq_fail_nomem(err);
        l->changes = grown;
        l->cap = cap;
    }
    change.number = (uint32_t)l->n;
    l->changes[l->n++] = change;
    return NQ_OK;
}

enum nq_status nq_links_put(struct nq_links *l, int64_t passage, enum nq_topic_kind kind,
                            struct nq_str key, struct nq_str name, double weight,
                            struct nq_error *err)
{
    int64_t id = 0;
    enum nq_status status = topic_id(l, kind, key, name, &id, err);
    int fifteenths = (int)(weight * NQ_LINK_WEIGHTS + 0.5);
    fifteenths = fifteenths > NQ_LINK_WEIGHTS ? NQ_LINK_WEIGHTS : fifteenths;
    if (status != NQ_OK)
        return status;
    return add_change(l, (struct nq_link_change){passage, (uint32_t)id, 0, (uint8_t)fifteenths},
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

/* ---- chunks
 * ------------------------------------------------------------------------------------ */

/* Reads the next passage of a chunk: its distance and its links.  False at the end or where the
 * bytes make no sense (*broken). */
static bool read_links(struct nq_str data, size_t *at, uint64_t *distance, struct nq_link *links,
                       size_t *n, bool *broken)
{
    uint64_t count, value;
    if (*at == data.len)
        return false;
    *broken = !nq_varint_read(data, at, distance) || !nq_varint_read(data, at, &count) ||
              count > MOST_LINKS;
    for (*n = 0; !*broken && *n < count; ++*n) {
        *broken = !nq_varint_read(data, at, &value) || value >> 4 > UINT32_MAX;
        links[*n] = (struct nq_link){(uint32_t)(value >> 4), (uint8_t)(value & 15)};
    }
    return !*broken;
}

/* A chunk being written anew. */
struct rewriting {
    struct nq_links *links;
    struct nq_buf old, new;
    struct nq_map counts; /* topic's id -> how many passages more */
    int64_t first, last;  /* ids: of the chunk, and of the passage written last */
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
            links[(*n_links)++] = (struct nq_link){changes[i].topic, changes[i].weight};
            ok = add_count(r, changes[i].topic, 1);
        }
    }
    return ok;
}

/* Merges the `n` changes of a chunk with what it held. */
static bool merge(struct rewriting *r, const struct nq_link_change *changes, size_t n, bool *broken)
{
    /* Of the passage that was read last, and of one that is new. */
    struct nq_link *links = malloc(2 * MOST_LINKS * sizeof *links);
    struct nq_link *fresh = links ? links + MOST_LINKS : NULL;
    size_t at = 0, n_links = 0, c = 0;
    uint64_t distance;
    int64_t passage = r->first;
    bool ok = links != NULL;
    bool more = ok && read_links(nq_buf_str(&r->old), &at, &distance, links, &n_links, broken);
    passage += more ? (int64_t)distance : 0;
    r->last = r->first;
    r->new.len = 0;
    while (ok && (more || c < n)) {
        size_t same = 0;
        int64_t here =
            c < n && (!more || changes[c].passage < passage) ? changes[c].passage : passage;
        while (c + same < n && changes[c + same].passage == here)
            same++;
        if (more && here == passage) {
            ok = apply(r, changes + c, same, links, &n_links);
            write_links(r, here, links, n_links);
            more = read_links(nq_buf_str(&r->old), &at, &distance, links, &n_links, broken);
            passage += more ? (int64_t)distance : 0;
        } else {
            size_t n_fresh = 0;
            ok = apply(r, changes + c, same, fresh, &n_fresh);
            write_links(r, here, fresh, n_fresh);
        }
        c += same;
    }
    free(links);
    return ok && !r->new.failed;
}

static enum nq_status read_chunk(struct nq_db *db, int64_t chunk, struct nq_buf *out,
                                 struct nq_error *err)
{
    static const char sql[] = "SELECT data FROM topic_link WHERE chunk = ?1";
    sqlite3_stmt *stmt;
    bool row;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, chunk);
    status = nq_db_step(db, stmt, &row, err);
    out->len = 0;
    if (status == NQ_OK && row)
        nq_buf_add(out, (struct nq_str){sqlite3_column_blob(stmt, 0),
                                        (size_t)sqlite3_column_bytes(stmt, 0)});
    sqlite3_reset(stmt);
    return status == NQ_OK && out->failed ? nq_fail_nomem(err) : status;
}

static enum nq_status write_chunk(struct nq_db *db, int64_t chunk, struct nq_str data,
                                  struct nq_error *err)
{
    static const char put[] = "INSERT INTO topic_link (chunk, data) VALUES (?1, ?2)"
                              " ON CONFLICT (chunk) DO UPDATE SET data = excluded.data";
    static const char drop[] = "DELETE FROM topic_link WHERE chunk = ?1";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, data.len ? put : drop, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, chunk);
    if (data.len)
        sqlite3_bind_blob(stmt, 2, data.ptr, (int)data.len, SQLITE_STATIC);
    return nq_db_run(db, stmt, err);
}

static enum nq_status write_counts(struct nq_db *db, const struct nq_map *counts,
                                   struct nq_error *err)
{
    static const char sql[] = "UPDATE topic SET passages = passages + ?2 WHERE id = ?1";
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < counts->cap && status == NQ_OK; i++) {
        const struct nq_map_entry *e = &counts->entries[i];
        uint32_t topic;
        sqlite3_stmt *stmt;
        if (!e->key.ptr || e->value == 0)
            continue;
        memcpy(&topic, e->key.ptr, sizeof topic);
        status = nq_db_prepare(db, sql, &stmt, err);
        if (status != NQ_OK)
            break;
        sqlite3_bind_int64(stmt, 1, topic);
        sqlite3_bind_int(stmt, 2, e->value);
        status = nq_db_run(db, stmt, err);
    }
    return status;
}

enum nq_status nq_links_flush(struct nq_links *l, struct nq_error *err)
{
    struct rewriting r = {.links = l};
    enum nq_status status = NQ_OK;
    bool broken = false;
    if (l->n)
        qsort(l->changes, l->n, sizeof *l->changes, by_passage);
    for (size_t i = 0, end; i < l->n && status == NQ_OK; i = end) {
        int64_t chunk = l->changes[i].passage / NQ_LINK_CHUNK;
        for (end = i; end < l->n && l->changes[end].passage / NQ_LINK_CHUNK == chunk;)
            end++;
        r.first = chunk * NQ_LINK_CHUNK;
        status = read_chunk(l->db, chunk, &r.old, err);
        if (status == NQ_OK && !merge(&r, l->changes + i, end - i, &broken))
            status = nq_fail_nomem(err);
        if (status == NQ_OK && broken)
            status = nq_db_fail(l->db, SQLITE_CORRUPT, err);
        if (status == NQ_OK)
            status = write_chunk(l->db, chunk, nq_buf_str(&r.new), err);
    }
    if (status == NQ_OK)
        status = write_counts(l->db, &r.counts, err);
    nq_buf_finish(&r.old);
    nq_buf_finish(&r.new);
    nq_map_finish(&r.counts);
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
 * ----------------------------------------------------------------------------------- */

/* Calls `fn` for the passages of one chunk. */
static bool each_of(struct nq_str data, int64_t first,
                    bool (*fn)(void *user, int64_t passage, const struct nq_link *links, size_t n),
                    void *user, struct nq_link *links, bool *broken)
{
    size_t at = 0, n;
    uint64_t distance;
    for (int64_t id = first; read_links(data, &at, &distance, links, &n, broken);) {
        id += (int64_t)distance;
        if (!fn(user, id, links, n))
            return false;
    }
    return !*broken;
}

enum nq_status nq_store_each_links(struct nq_db *db,
                                   bool (*fn)(void *user, int64_t passage,
                                              const struct nq_link *links, size_t n),
                                   void *user, struct nq_error *err)
{
    static const char sql[] = "SELECT chunk, data FROM topic_link ORDER BY chunk";
    struct nq_link *links = malloc(MOST_LINKS * sizeof *links);
    sqlite3_stmt *stmt = NULL;
    bool row = true, broken = false, more = true;
    enum nq_status status = links ? nq_db_prepare(db, sql, &stmt, err) : nq_fail_nomem(err);
    while (status == NQ_OK && more) {
        status = nq_db_step(db, stmt, &row, err);
        if (status != NQ_OK || !row)
            break;
        struct nq_str data = {sqlite3_column_blob(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1)};
        more =
            each_of(data, sqlite3_column_int64(stmt, 0) * NQ_LINK_CHUNK, fn, user, links, &broken);
    }
    sqlite3_reset(stmt);
    if (status == NQ_OK && broken)
        status = nq_db_fail(db, SQLITE_CORRUPT, err);
    free(links);
    return status;
}

/* What is looked for in a chunk. */
struct lookup {
    int64_t passage;
    struct nq_link *out;
    size_t most, n;
};

static bool on_passage(void *user, int64_t passage, const struct nq_link *links, size_t n)
{
    struct lookup *l = user;
    if (passage < l->passage)
        return true;
    if (passage == l->passage)
        for (; l->n < n && l->n < l->most; l->n++)
            l->out[l->n] = links[l->n];
    return false;
}

enum nq_status nq_store_links_of(struct nq_db *db, int64_t passage, struct nq_link *out,
                                 size_t most, size_t *n, struct nq_error *err)
{
    struct lookup l = {passage, out, most, 0};
    struct nq_buf data = {0};
    bool broken = false;
    int64_t chunk = passage / NQ_LINK_CHUNK;
    struct nq_link *links = malloc(MOST_LINKS * sizeof *links);
    enum nq_status status = links ? read_chunk(db, chunk, &data, err) : nq_fail_nomem(err);
    if (status == NQ_OK)
        each_of(nq_buf_str(&data), chunk * NQ_LINK_CHUNK, on_passage, &l, links, &broken);
    if (broken)
        status = nq_db_fail(db, SQLITE_CORRUPT, err);
    *n = l.n;
    nq_buf_finish(&data);
    free(links);
    return status;
}
