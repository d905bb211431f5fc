/* Documents in the index.  The key of a cut title ends with …, until a whole one is met. */
#include "store/documents.h"

/* Characters of a key that a cut title has to have: less is the beginning of many. */
enum { CUT_LEAST = 8 };

/* Runs a query for one id with a key and a number; 0 where it finds none, or more than one. */
static enum nq_status find_id(struct nq_db *db, const char *sql, struct nq_str key, int number,
                              int64_t *id, struct nq_error *err)
{
    sqlite3_stmt *stmt;
    bool row, more = false;
    *id = 0;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    nq_db_bind_str(stmt, 1, key);
    sqlite3_bind_int(stmt, 2, number);
    status = nq_db_step(db, stmt, &row, err);
    if (status == NQ_OK && row) {
        int64_t found = sqlite3_column_int64(stmt, 0);
        status = nq_db_step(db, stmt, &more, err);
        *id = more ? 0 : found;
    }
    if (more)
        sqlite3_reset(stmt);
    return status;
}

static int count_characters(struct nq_str s)
{
    int n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

/* Another printing of the document: the one that a cut title begins, or begins a whole one. */
static enum nq_status find_other(struct nq_db *db, const struct nq_titled *t, int64_t *id,
                                 struct nq_error *err)
{
    static const char begins[] = "SELECT id FROM document WHERE key >= ?1"
                                 " AND key < ?1 || char(1114111) AND ?2 LIMIT 2";
    static const char begun[] = "SELECT id FROM document WHERE key = substr(?1, 1, ?2) || '…'";
    int n = count_characters(t->key);
    enum nq_status status = NQ_OK;
    *id = 0;
    if (t->cut)
        return n >= CUT_LEAST ? find_id(db, begins, t->key, 1, id, err) : NQ_OK;
    for (; n >= CUT_LEAST && !*id && status == NQ_OK; n--)
        status = find_id(db, begun, t->key, n, id, err);
    return status;
}

static enum nq_status put(struct nq_db *db, const struct nq_titled *t, int64_t *id,
                          struct nq_error *err)
{
    static const char add[] = "INSERT INTO document (key, title)"
                              " VALUES (?1 || iif(?3, '…', ''), ?2)";
    static const char change[] = "UPDATE document SET key = ?1, title = ?2 WHERE id = ?3";
    sqlite3_stmt *stmt;
    enum nq_status status = nq_db_prepare(db, *id ? change : add, &stmt, err);
    if (status != NQ_OK)
        return status;
    nq_db_bind_str(stmt, 1, t->key);
    nq_db_bind_str(stmt, 2, t->title);
    sqlite3_bind_int64(stmt, 3, *id ? *id : t->cut);
    status = nq_db_run(db, stmt, err);
    if (!*id)
        *id = sqlite3_last_insert_rowid(db->sql);
    return status;
}

enum nq_status nq_store_document(struct nq_db *db, const struct nq_titled *t, int64_t *id,
                                 struct nq_error *err)
{
    static const char find[] = "SELECT id, length(title), title LIKE '%草案%' OR title LIKE '%稿）'"
                               " FROM document WHERE key = ?1";
    sqlite3_stmt *stmt;
    bool row = false, better = true;
    *id = 0;
    enum nq_status status = nq_db_prepare(db, find, &stmt, err);
    if (status != NQ_OK)
        return status;
    nq_db_bind_str(stmt, 1, t->key);
    status = nq_db_step(db, stmt, &row, err);
    if (status == NQ_OK && row) {
        bool was_draft = sqlite3_column_int(stmt, 2);
        *id = sqlite3_column_int64(stmt, 0);
        better = was_draft != t->draft ? was_draft
                                       : (size_t)sqlite3_column_int64(stmt, 1) * 3 < t->title.len;
        better = better && !t->cut;
        sqlite3_reset(stmt);
    } else if (status == NQ_OK) {
        status = find_other(db, t, id, err);
        better = !*id || !t->cut;
    }
    return status == NQ_OK && better ? put(db, t, id, err) : status;
}

enum nq_status nq_store_document_title(struct nq_db *db, struct nq_arena *arena, int64_t id,
                                       struct nq_str *title, struct nq_error *err)
{
    static const char sql[] = "SELECT title FROM document WHERE id = ?1";
    sqlite3_stmt *stmt;
    bool row;
    enum nq_status status = nq_db_prepare(db, sql, &stmt, err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int64(stmt, 1, id);
    status = nq_db_step(db, stmt, &row, err);
    if (status != NQ_OK)
        return status;
    *title = row ? nq_arena_str(arena, nq_db_column_str(stmt, 0)) : (struct nq_str){0};
    sqlite3_reset(stmt);
    return nq_arena_failed(arena) ? nq_fail_nomem(err) : NQ_OK;
}

enum nq_status nq_store_documents_prune(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db,
                      "DELETE FROM document WHERE id NOT IN"
                      " (SELECT document FROM event WHERE document IS NOT NULL)",
                      err);
}
