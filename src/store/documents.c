/* Documents in the index.  The key of a cut title ends with …, until a whole one is met. */
#include "store/documents.h"

#include "store/sql.h"

/* Characters of a key that a cut title has to have: less is the beginning of many. */
enum { CUT_LEAST = 8 };

/* The one id that a statement with a key and a number finds; 0 where it finds none, or more. */
static enum nq_status find_id(struct nq_db *db, const char *sql, struct nq_str key, int number,
                              int64_t *id, struct nq_error *err)
{
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_text(key), nq_int(number)), err);
    *id = nq_rows_next(&r) ? nq_rows_int(&r, 0) : 0;
    if (*id && nq_rows_next(&r))
        *id = 0;
    return nq_rows_end(&r);
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
    enum nq_status status =
        nq_sql_run(db, *id ? change : add,
                   NQ_WITH(nq_text(t->key), nq_text(t->title), nq_int(*id ? *id : t->cut)), err);
    if (!*id)
        *id = sqlite3_last_insert_rowid(db->sql);
    return status;
}

enum nq_status nq_store_document(struct nq_db *db, const struct nq_titled *t, int64_t *id,
                                 struct nq_error *err)
{
    static const char find[] = "SELECT id, length(title), title LIKE '%草案%' OR title LIKE '%稿）'"
                               " FROM document WHERE key = ?1";
    struct nq_rows r = nq_rows(db, find, NQ_WITH(nq_text(t->key)), err);
    bool better = true;
    *id = 0;
    if (nq_rows_next(&r)) {
        bool was_draft = nq_rows_int(&r, 2);
        *id = nq_rows_int(&r, 0);
        better = was_draft != t->draft ? was_draft : (size_t)nq_rows_int(&r, 1) * 3 < t->title.len;
        better = better && !t->cut;
    }
    enum nq_status status = nq_rows_end(&r);
    if (status == NQ_OK && !*id) {
        status = find_other(db, t, id, err);
        better = !*id || !t->cut;
    }
    return status == NQ_OK && better ? put(db, t, id, err) : status;
}

enum nq_status nq_store_document_title(struct nq_db *db, struct nq_arena *arena, int64_t id,
                                       struct nq_str *title, struct nq_error *err)
{
    static const char sql[] = "SELECT title FROM document WHERE id = ?1";
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_int(id)), err);
    *title = nq_rows_next(&r) ? nq_rows_copy(&r, 0, arena) : (struct nq_str){0};
    return nq_rows_end(&r);
}

enum nq_status nq_store_documents_prune(struct nq_db *db, struct nq_error *err)
{
    return nq_db_exec(db,
                      "DELETE FROM document WHERE id NOT IN"
                      " (SELECT document FROM event WHERE document IS NOT NULL)",
                      err);
}
