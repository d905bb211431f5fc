/* Topics in the index. */
#include "store/topics.h"

#include <stddef.h>

#include "store/sql.h"
#include "topics_sql.h"

enum { MOST_MET = 50000 }; /* topics whose ids are remembered */

#define COLUMNS "id, kind, key, coalesce(name, key), passages"

enum nq_status nq_store_topics_create(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db, topics_sql, err);
}

static const struct nq_meta_member numbers[] = {
    {"topics", offsetof(struct nq_topics_state, hash)},
    {"topics_next", offsetof(struct nq_topics_state, next_hash)},
    {"topics_upto", offsetof(struct nq_topics_state, upto)},
};

enum nq_status nq_store_topics_state(struct nq_db *db, struct nq_topics_state *s,
                                     struct nq_error *err)
{
    return nq_db_meta_load(db, numbers, NQ_COUNT(numbers), s, err);
}

enum nq_status nq_store_topics_set_state(struct nq_db *db, const struct nq_topics_state *s,
                                         struct nq_error *err)
{
    return nq_db_meta_save(db, numbers, NQ_COUNT(numbers), s, err);
}

static enum nq_status add(struct nq_db *db, enum nq_topic_kind kind, struct nq_str key,
                          struct nq_str name, int64_t *id, struct nq_error *err)
{
    static const char sql[] =
        "INSERT INTO topic (kind, key, name, passages) VALUES (?1, ?2, ?3, 0)";
    struct nq_str own = nq_str_eq(key, name) ? (struct nq_str){0} : name;
    enum nq_status status =
        nq_sql_run(db, sql, NQ_WITH(nq_int(kind), nq_text(key), nq_text(own)), err);
    *id = sqlite3_last_insert_rowid(db->sql);
    return status;
}

static enum nq_status rename_topic(struct nq_db *db, int64_t id, struct nq_str name,
                                   struct nq_error *err)
{
    static const char sql[] = "UPDATE topic SET name = ?2 WHERE id = ?1";
    return nq_sql_run(db, sql, NQ_WITH(nq_int(id), nq_text(name)), err);
}

/* Its id (0: there is none) and how many characters its name has. */
static enum nq_status find_id(struct nq_db *db, enum nq_topic_kind kind, struct nq_str key,
                              int64_t *id, size_t *name_len, struct nq_error *err)
{
    static const char sql[] =
        "SELECT id, length(coalesce(name, key)) FROM topic WHERE key = ?1 AND kind = ?2";
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_text(key), nq_int(kind)), err);
    bool found = nq_rows_next(&r);
    *id = found ? nq_rows_int(&r, 0) : 0;
    *name_len = found ? (size_t)nq_rows_int(&r, 1) : 0;
    return nq_rows_end(&r);
}

static size_t count_characters(struct nq_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

/* What is remembered of a topic: its id as mark, how long its name is as value; NULL without
 * memory. */
static struct nq_map_entry *remember(struct nq_map *met, enum nq_topic_kind kind, struct nq_str key)
{
    struct nq_buf place = {0};
    if (met->n >= MOST_MET)
        nq_map_finish(met);
    nq_buf_add_byte(&place, (char)('0' + kind));
    nq_buf_add(&place, key);
    struct nq_map_entry *e = place.failed ? NULL : nq_map_put(met, nq_buf_str(&place));
    nq_buf_finish(&place);
    return e;
}

/* Titles are printed in full or cut, so that a longer one is better; terms always in their longest
 * form. */
enum nq_status nq_store_topic_id(struct nq_db *db, struct nq_map *met, enum nq_topic_kind kind,
                                 struct nq_str key, struct nq_str name, int64_t *id,
                                 struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    size_t len = 0;
    bool titled = kind == NQ_TOPIC_DOCUMENT || kind == NQ_TOPIC_WORK;
    struct nq_map_entry *e = remember(met, kind, key);
    if (!e)
        return nq_fail_nomem(err);
    if (e->mark == 0) {
        status = find_id(db, kind, key, &e->mark, &len, err);
        if (status == NQ_OK && e->mark == 0) {
            status = add(db, kind, key, name, &e->mark, err);
            len = count_characters(name);
        }
        e->value = (int32_t)len;
    }
    if (status == NQ_OK && titled && count_characters(name) > (size_t)e->value) {
        e->value = (int32_t)count_characters(name);
        status = rename_topic(db, e->mark, name, err);
    }
    *id = e->mark;
    return status;
}

enum nq_status nq_store_topic_count(struct nq_db *db, int64_t id, int64_t change,
                                    struct nq_error *err)
{
    static const char sql[] = "UPDATE topic SET passages = passages + ?2 WHERE id = ?1";
    return nq_sql_run(db, sql, NQ_WITH(nq_int(id), nq_int(change)), err);
}

enum nq_status nq_store_topics_prune(struct nq_db *db, struct nq_error *err)
{
    static const char same_sql[] =
        "DELETE FROM topic_same WHERE topic IN (SELECT id FROM topic WHERE passages <= 0)"
        " OR same IN (SELECT id FROM topic WHERE passages <= 0)";
    int64_t works = 0; /* whose tables an older index lacks */
    enum nq_status status = nq_db_meta_get(db, "works", &works, err);
    if (status == NQ_OK && works)
        status = nq_db_exec(db, same_sql, err);
    return status == NQ_OK ? nq_db_exec(db, "DELETE FROM topic WHERE passages <= 0", err) : status;
}

static enum nq_status first_row(struct nq_rows r, struct nq_arena *arena, struct nq_topic_row *out)
{
    *out = (struct nq_topic_row){0};
    if (nq_rows_next(&r))
        *out = (struct nq_topic_row){.id = nq_rows_int(&r, 0),
                                     .kind = (enum nq_topic_kind)nq_rows_int(&r, 1),
                                     .key = nq_rows_copy(&r, 2, arena),
                                     .name = nq_rows_copy(&r, 3, arena),
                                     .passages = (uint64_t)nq_rows_int(&r, 4)};
    return nq_rows_end(&r);
}

enum nq_status nq_store_topic_get(struct nq_db *db, int64_t id, struct nq_arena *arena,
                                  struct nq_topic_row *row, struct nq_error *err)
{
    static const char sql[] = "SELECT " COLUMNS " FROM topic WHERE id = ?1";
    return first_row(nq_rows(db, sql, NQ_WITH(nq_int(id)), err), arena, row);
}

enum nq_status nq_store_topic_titled(struct nq_db *db, struct nq_str key, struct nq_topic_row *row,
                                     struct nq_error *err)
{
    static const char sql[] = "SELECT id, kind, passages FROM topic WHERE kind IN (4, 8)"
                              " AND key = ?1 AND passages > 0 ORDER BY passages DESC LIMIT 1";
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_text(key)), err);
    *row = (struct nq_topic_row){0};
    if (nq_rows_next(&r))
        *row = (struct nq_topic_row){.id = nq_rows_int(&r, 0),
                                     .kind = (enum nq_topic_kind)nq_rows_int(&r, 1),
                                     .passages = (uint64_t)nq_rows_int(&r, 2)};
    return nq_rows_end(&r);
}

enum nq_status nq_store_topic_find(struct nq_db *db, struct nq_str key, struct nq_arena *arena,
                                   struct nq_topic_row *row, struct nq_error *err)
{
    static const char sql[] = "SELECT " COLUMNS " FROM topic WHERE key = ?1 AND passages > 0"
                              " ORDER BY passages DESC LIMIT 1";
    return first_row(nq_rows(db, sql, NQ_WITH(nq_text(key)), err), arena, row);
}
