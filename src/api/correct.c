/* "Did you mean". */
#include "api/correct.h"

#include "engine/correct.h"
#include "query/parse.h"
#include "text/utf8.h"

enum { MOST_CLAUSES = 4 }; /* a longer query is a sentence: partial matches serve it better */

/* Where a term's own characters stand in the query; SIZE_MAX where they are not as typed. */
static size_t place_of(struct nq_str text, const struct nq_term *term)
{
    size_t at = 0;
    uint32_t cp;
    for (size_t i = 0; i < term->column && at < text.len; i++)
        at += nq_utf8_decode(nq_str_sub(text, at, text.len), &cp, NULL);
    return nq_str_find(text, term->text, at);
}

/* Appends the query with its wrong terms corrected; *changed says whether there are any. */
static enum nq_status rewrite(struct nq_index *index, struct nq_str text,
                              const struct nq_query *query, struct nq_buf *out, bool *changed,
                              struct nq_error *err)
{
    struct nq_buf term = {0};
    enum nq_status status = NQ_OK;
    size_t done = 0;
    for (size_t c = 0; c < query->n_clauses && status == NQ_OK; c++) {
        const struct nq_clause *clause = &query->clauses[c];
        size_t at = place_of(text, &clause->terms[0]);
        if (clause->negated || clause->n_terms > 1 || at == SIZE_MAX || at < done ||
            clause->terms[0].field == NQ_FIELD_SOURCE)
            continue;
        status = nq_engine_correct(index->engine, &clause->terms[0], &term, err);
        if (status != NQ_OK || term.len == 0)
            continue;
        nq_buf_add(out, nq_str_sub(text, done, at));
        nq_buf_add(out, nq_buf_str(&term));
        done = at + clause->terms[0].text.len;
        *changed = true;
    }
    nq_buf_add(out, nq_str_sub(text, done, text.len));
    nq_buf_finish(&term);
    return status == NQ_OK && out->failed ? nq_fail_nomem(err) : status;
}

enum nq_status nq_correct(struct nq_index *index, struct nq_arena *arena, struct nq_str text,
                          const struct nq_query *query, struct nq_str *out, struct nq_error *err)
{
    struct nq_buf buf = {0};
    struct nq_query *corrected = NULL;
    bool changed = false, any = false;
    if (query->n_clauses == 0 || query->n_clauses > MOST_CLAUSES)
        return NQ_OK;
    enum nq_status status = rewrite(index, text, query, &buf, &changed, err);
    if (status == NQ_OK && changed)
        status = nq_query_parse(arena, nq_buf_str(&buf), &corrected, err);
    if (status == NQ_OK && changed)
        status = nq_engine_any(index->engine, corrected, &any, err);
    if (status == NQ_OK && any) {
        *out = nq_arena_str(arena, nq_buf_str(&buf));
        status = out->ptr ? NQ_OK : nq_fail_nomem(err);
    }
    nq_buf_finish(&buf);
    return status;
}
