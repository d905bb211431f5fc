/* Our side of FTS5's extension interface. */
#include "engine/fts5.h"
#include "store/sql.h"

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

static int tokenize(Fts5Tokenizer *instance, void *context, int flags, const char *text, int len,
                    emit_fn *emit)
{
    const struct nq_fts5 *fts5 = (const struct nq_fts5 *)instance;
    size_t column =
        len == 1 && flags != FTS5_TOKENIZE_QUERY ? (size_t)(text[0] - '0') : NQ_FTS5_COLUMNS;
    if (column >= NQ_FTS5_COLUMNS)
        return SQLITE_MISUSE; /* somebody else's INSERT */
    const struct nq_token *tokens = fts5->documents[column].tokens;
    int rc = SQLITE_OK;
    for (size_t i = 0; i < fts5->documents[column].n && rc == SQLITE_OK; i++)
        rc = emit(context, tokens[i].colocated ? FTS5_TOKEN_COLOCATED : 0, tokens[i].text.ptr,
                  (int)tokens[i].text.len, 0, 0);
    return rc;
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
    if (api->xCreateTokenizer(api, "nq", fts5, &module, NULL) != SQLITE_OK)
        return nq_fail_nomem(err);
    return NQ_OK;
}
