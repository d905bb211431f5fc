/* Our side of FTS5's extension interface. */
#include "engine/fts5.h"
#include "store/sql.h"

/* What nq_collect is called with. */
struct collector {
    struct nq_db *db;
    size_t n_asked; /* postings of xQueryPhrase, which no instruction of SQLite's counts */
    bool phrases;   /* walk each phrase by itself, at the first row */
    bool counts;    /* the index knows how often */
    size_t phrase;
    nq_posting_fn *posting;
    void *user;
    enum nq_next next;
};

static const char collector_type[] = "nq_collector";

typedef int emit_fn(void *context, int flags, const char *token, int len, int start, int end);

static int create(void *context, const char **args, int n_args, Fts5Tokenizer **out)
{
    (void)args;
    (void)n_args;
    *out = context; /* the connection's struct nq_fts5: instances have no state */
    return SQLITE_OK;
}

static void delete (Fts5Tokenizer *instance)
{
    (void)instance;
}

static int emit_list(const char *list, size_t len, void *context, emit_fn *emit)
{
    int flags = 0, rc = SQLITE_OK;
    for (size_t at = 0; at < len && rc == SQLITE_OK;) {
        size_t end = at;
        while (end < len && list[end] != NQ_LIST_NEXT && list[end] != NQ_LIST_SYNONYM)
            end++;
        rc = emit(context, flags, list + at, (int)(end - at), (int)at, (int)end);
        flags = end < len && list[end] == NQ_LIST_SYNONYM ? FTS5_TOKEN_COLOCATED : 0;
        at = end + 1;
    }
    return rc;
}

static int tokenize(Fts5Tokenizer *instance, void *context, int flags, const char *text, int len,
                    emit_fn *emit)
{
    const struct nq_fts5 *fts5 = (const struct nq_fts5 *)instance;
    if (flags & FTS5_TOKENIZE_QUERY)
        return emit_list(text, len > 0 ? (size_t)len : 0, context, emit);
    size_t column = len == 1 ? (size_t)(text[0] - '0') : NQ_FTS5_COLUMNS;
    if (column >= NQ_FTS5_COLUMNS)
        return SQLITE_MISUSE; /* somebody else's INSERT */
    const struct nq_token *tokens = fts5->documents[column].tokens;
    int rc = SQLITE_OK;
    for (size_t i = 0; i < fts5->documents[column].n && rc == SQLITE_OK; i++)
        rc = emit(context, tokens[i].colocated ? FTS5_TOKEN_COLOCATED : 0, tokens[i].text.ptr,
                  (int)tokens[i].text.len, 0, 0);
    return rc;
}

/* The posting of phrase `at` of the row that `context` stands on; false where it has none. */
static bool read_posting(const Fts5ExtensionApi *api, Fts5Context *context, int at,
                         struct nq_posting *out)
{
    Fts5PhraseIter iter;
    int column, offset;
    out->in_body = out->in_heading = 0;
    if (api->xPhraseFirst(context, at, &iter, &column, &offset) != SQLITE_OK)
        return false;
    for (; column >= 0; api->xPhraseNext(context, &iter, &column, &offset)) {
        if (column == 0)
            out->in_body++;
        else
            out->in_heading++;
    }
    return out->in_body + out->in_heading > 0;
}

static int on_phrase_row(const Fts5ExtensionApi *api, Fts5Context *context, void *user)
{
    enum { ASK_EVERY = 64 };
    struct collector *c = user;
    struct nq_posting posting = {
        .passage = api->xRowid(context), .phrase = c->phrase, .in_body = 1};
    if (c->n_asked++ % ASK_EVERY == 0 && nq_db_is_stopped(c->db))
        return SQLITE_INTERRUPT;
    if (c->counts && !read_posting(api, context, 0, &posting))
        return SQLITE_OK;
    c->next = c->posting(c->user, &posting);
    return c->next == NQ_NEXT_POSTING ? SQLITE_OK : SQLITE_DONE;
}

static int walk_phrases(struct collector *c, const Fts5ExtensionApi *api, Fts5Context *context)
{
    int n = api->xPhraseCount(context), rc = SQLITE_OK;
    for (int i = 0; i < n && rc == SQLITE_OK && c->next != NQ_NEXT_NONE; i++) {
        c->phrase = (size_t)i;
        rc = api->xQueryPhrase(context, i, c, on_phrase_row);
        if (rc == SQLITE_DONE)
            rc = SQLITE_OK;
    }
    return rc;
}

static void read_row(struct collector *c, const Fts5ExtensionApi *api, Fts5Context *context)
{
    int n = api->xPhraseCount(context);
    struct nq_posting posting = {.passage = api->xRowid(context)};
    c->next = NQ_NEXT_POSTING;
    for (int i = 0; i < n && c->next == NQ_NEXT_POSTING; i++) {
        posting.phrase = (size_t)i;
        if (read_posting(api, context, i, &posting))
            c->next = c->posting(c->user, &posting);
    }
}

static void collect(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result,
                    int n_args, sqlite3_value **args)
{
    struct collector *c = n_args == 1 ? sqlite3_value_pointer(args[0], collector_type) : NULL;
    if (!c) {
        sqlite3_result_error(result, "nq_collect is not for SQL", -1);
        return;
    }
    int rc = SQLITE_OK;
    if (c->phrases)
        rc = walk_phrases(c, api, context);
    else
        read_row(c, api, context);
    if (rc != SQLITE_OK)
        sqlite3_result_error_code(result, rc);
}

static fts5_api *api_of(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &stmt, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
        sqlite3_step(stmt);
    }
    sqlite3_finalize(stmt);
    return api;
}

enum nq_status nq_fts5_register(struct nq_db *db, struct nq_fts5 *fts5, struct nq_error *err)
{
    static fts5_tokenizer module = {create, delete, tokenize};
    fts5_api *api = api_of(db->sql);
    if (!api && sqlite3_errcode(db->sql) == SQLITE_NOMEM)
        return nq_fail_nomem(err);
    if (!api)
        return nq_fail(err, NQ_ERR_IO, "%s", _("this SQLite library has no FTS5"));
    if (api->xCreateTokenizer(api, "nq", fts5, &module, NULL) != SQLITE_OK ||
        api->xCreateFunction(api, "nq_collect", NULL, collect, NULL) != SQLITE_OK)
        return nq_fail_nomem(err);
    return NQ_OK;
}

static enum nq_status run(struct nq_db *db, const char *sql, struct nq_str match,
                          struct collector *c, struct nq_error *err)
{
    struct nq_rows r = nq_rows(db, sql, NQ_WITH(nq_text(match)), err);
    if (r.status == NQ_OK)
        sqlite3_bind_pointer(r.stmt, 2, c, collector_type, NULL);
    while (c->next != NQ_NEXT_NONE && nq_rows_next(&r)) {
    }
    return nq_rows_end(&r);
}

enum nq_status nq_fts5_phrases(struct nq_db *db, bool words, struct nq_str match,
                               nq_posting_fn *posting, void *user, struct nq_error *err)
{
    static const char text_sql[] =
        "SELECT nq_collect(text, ?2) FROM text WHERE text MATCH ?1 LIMIT 1";
    static const char words_sql[] =
        "SELECT nq_collect(words, ?2) FROM words WHERE words MATCH ?1 LIMIT 1";
    struct collector c = {
        .db = db, .phrases = true, .counts = !words, .posting = posting, .user = user};
    return run(db, words ? words_sql : text_sql, match, &c, err);
}

enum nq_status nq_fts5_passages(struct nq_db *db, struct nq_str match, nq_posting_fn *posting,
                                void *user, struct nq_error *err)
{
    static const char sql[] = "SELECT nq_collect(text, ?2) FROM text WHERE text MATCH ?1";
    struct collector c = {.db = db, .counts = true, .posting = posting, .user = user};
    return run(db, sql, match, &c, err);
}
