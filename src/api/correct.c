/* "Did you mean". */
#include "api/correct.h"

#include "engine/correct.h"
#include "query/parse.h"
#include "text/pinyin.h"
#include "text/utf8.h"

enum {
    MOST_CLAUSES = 4,   /* a longer query is a sentence: partial matches serve it better */
    MOST_SYLLABLES = 8, /* with spaces between */
};

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
            nq_clause_is_filter(clause))
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

/* Whether it is pinyin with spaces between, if anything: nothing but loose terms of letters. */
static bool is_letters(struct nq_str text, const struct nq_query *query)
{
    struct nq_typed typed;
    bool ok =
        query->n_clauses > 1 && query->n_clauses <= MOST_SYLLABLES && nq_typed_read(text, &typed);
    for (size_t i = 0; ok && i < typed.n; i++)
        ok = (typed.cp[i] >= 'a' && typed.cp[i] <= 'z') || typed.cp[i] == NQ_TYPED_END;
    for (size_t c = 0; ok && c < query->n_clauses; c++) {
        const struct nq_clause *clause = &query->clauses[c];
        const struct nq_term *term = &clause->terms[0];
        ok = !clause->negated && clause->n_terms == 1 && !term->exact && !term->prefix &&
             term->field == NQ_FIELD_ANY;
    }
    return ok;
}

/* Takes the query for one term. */
static enum nq_status read_as_one(struct nq_index *index, struct nq_str text,
                                  const struct nq_query *query, struct nq_buf *out,
                                  struct nq_error *err)
{
    struct nq_term term = query->clauses[0].terms[0];
    term.text = text;
    return nq_engine_correct(index->engine, &term, out, err);
}

enum nq_status nq_correct(struct nq_index *index, struct nq_arena *arena, struct nq_str text,
                          const struct nq_query *query, struct nq_str *out, struct nq_error *err)
{
    struct nq_buf buf = {0};
    struct nq_query *corrected = NULL;
    bool changed = false, any = false;
    enum nq_status status = NQ_OK;
    if (is_letters(text, query)) {
        status = read_as_one(index, text, query, &buf, err);
        changed = buf.len > 0;
    }
    if (query->n_clauses == 0 || (query->n_clauses > MOST_CLAUSES && !changed)) {
        nq_buf_finish(&buf);
        return status;
    }
    if (status == NQ_OK && !changed)
        status = rewrite(index, text, query, &buf, &changed, err);
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
