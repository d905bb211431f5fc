/* Suggestions: where in a query that is being typed a name may begin, and what it becomes. */
#include <stdlib.h>

#include "api/complete.h"
#include "engine/correct.h"
#include "text/utf8.h"

enum {
    MOST_STARTS = 8,   /* ends of the query that are tried */
    MOST_LIMIT = 1000, /* suggestions */
    SPARE = 32,        /* candidates beyond the limit, for some are the same */
    MOST_FITTED = 20,  /* candidates that are looked for behind what stands before them */
};

/* The public struct first, then what owns its memory. */
struct owned {
    struct nq_suggestions suggestions;
    struct nq_arena *arena;
};

/* Where a word may begin within the query, behind its first: at Han characters that stand behind
 * white space or marks, behind a word, or two together; and at pinyin behind a word.  Half a word
 * is not completed: nothing begins with 算电, so 电 becomes nothing. */
static bool may_start(const struct nq_completion *c, const struct nq_folded *f, size_t i)
{
    enum { LONGEST = 4 };
    bool han = f->cls[i] == NQ_CLASS_HAN;
    size_t from = i;
    while (from > 0 && f->cls[from - 1] == NQ_CLASS_HAN && i - from < LONGEST)
        from--;
    if (from == i) { /* pinyin goes on behind spaces and apostrophes */
        size_t k = i;
        while (k > 0 && f->cls[k - 1] != NQ_CLASS_HAN && f->cls[k - 1] != NQ_CLASS_LETTER)
            k--;
        return han || k == 0 || f->cls[k - 1] == NQ_CLASS_HAN;
    }
    if (han && i + 1 < f->n && f->cls[i + 1] == NQ_CLASS_HAN)
        return true;
    for (; i - from >= 2; from++)
        if (nq_segmenter_has(c->index->segmenter, f->cp + from, i - from))
            return true;
    return false;
}

/* Where names may begin in the query, as bytes; returns their number, the first and the last ones.
 */
static size_t find_starts(const struct nq_completion *c, const struct nq_folded *f,
                          size_t starts[MOST_STARTS])
{
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) {
        bool latin = f->cls[i] == NQ_CLASS_LETTER || f->cls[i] == NQ_CLASS_DIGIT;
        bool run = i > 0 && (f->cls[i - 1] == NQ_CLASS_LETTER || f->cls[i - 1] == NQ_CLASS_DIGIT);
        if (!(f->cls[i] == NQ_CLASS_HAN || (latin && !run)) || (n > 0 && !may_start(c, f, i)))
            continue;
        if (n == MOST_STARTS) {
            memmove(starts + 1, starts + 2, (MOST_STARTS - 2) * sizeof *starts);
            n--;
        }
        starts[n++] = f->start[i];
    }
    return n;
}

/* ---- what stands before the end
 * -------------------------------------------------------------------------------- */

/* The Han characters that `head` ends with, two at most: they tell what may follow. */
static struct nq_str glued(struct nq_str head)
{
    size_t at = head.len;
    for (int n = 0; n < 2 && at > 0; n++) {
        size_t start = at - 1;
        uint32_t cp;
        while (start > 0 && ((unsigned char)head.ptr[start] & 0xC0) == 0x80)
            start--;
        nq_utf8_decode(nq_str_sub(head, start, at), &cp, NULL);
        if (nq_class_of(cp) != NQ_CLASS_HAN)
            break;
        at = start;
    }
    return nq_str_sub(head, at, head.len);
}

/* Whether any passage has the candidate directly behind `before`. */
static enum nq_status stands(struct nq_completion *c, struct nq_str before, struct nq_str text,
                             bool *out)
{
    struct nq_buf phrase = {0};
    nq_buf_add(&phrase, before);
    nq_buf_add(&phrase, text);
    struct nq_term term = {.text = nq_buf_str(&phrase), .field = NQ_FIELD_ANY};
    struct nq_clause clause = {&term, 1, false};
    struct nq_query query = {.clauses = &clause, .n_clauses = 1};
    enum nq_status status = phrase.failed ? nq_fail_nomem(c->err)
                                          : nq_engine_any(c->index->engine, &query, out, c->err);
    nq_buf_finish(&phrase);
    return status;
}

/* Orders candidates behind Han characters: what the archive has there comes first, then names,
 * which may be meant as a second thing (数据要素低空经济); another word makes no sense
 * (国务院常年). */
static enum nq_status fit_to_head(struct nq_completion *c, struct nq_str head)
{
    struct nq_candidate *others;
    struct nq_str before = glued(head);
    enum nq_status status = NQ_OK;
    size_t n = 0, n_others = 0;
    if (before.len == 0 || c->n == 0)
        return NQ_OK;
    if (!(others = nq_arena_array(c->arena, c->n, sizeof *others)))
        return nq_fail_nomem(c->err);
    for (size_t i = 0; i < c->n && status == NQ_OK; i++) {
        bool any = false;
        if (i < MOST_FITTED)
            status = stands(c, before, c->best[i].text, &any);
        if (any)
            c->best[n++] = c->best[i];
        else if (c->best[i].kind != NQ_SUGGESTION_WORD)
            others[n_others++] = c->best[i];
    }
    if (n == 0)
        memcpy(c->best, others, n_others * sizeof *others);
    c->n = n > 0 ? n : n_others;
    return status;
}

/* ---- suggestions
 * ------------------------------------------------------------------------------- */

/* Writes the candidates, the best first and each once, behind what stands before them. */
static enum nq_status write_out(struct nq_completion *c, struct nq_str head, size_t limit,
                                struct owned *o)
{
    struct nq_suggestions *s = &o->suggestions;
    struct nq_buf text = {0};
    s->items = nq_arena_array(o->arena, limit, sizeof *s->items);
    for (size_t i = 0; i < c->n && s->n_items < limit && s->items; i++) {
        const struct nq_candidate *k = &c->best[i];
        bool again = false;
        for (size_t b = 0; b < i && !again; b++)
            again = nq_same_name(c->best[b].text, k->text);
        if (again)
            continue;
        text.len = 0;
        nq_buf_add(&text, head);
        nq_buf_add(&text, k->text);
        if (k->kind == NQ_SUGGESTION_DOCUMENT && nq_str_ends(head, NQ_STR("《")))
            nq_buf_add(&text, NQ_STR("》"));
        s->items[s->n_items++] = (struct nq_suggestion){nq_arena_str(o->arena, nq_buf_str(&text)),
                                                        k->passages, k->kind, k->day};
    }
    bool failed = text.failed || nq_arena_failed(o->arena);
    nq_buf_finish(&text);
    return failed ? nq_fail_nomem(c->err) : NQ_OK;
}

static enum nq_status complete(struct nq_index *index, struct nq_str query, size_t limit,
                               struct owned *o, struct nq_error *err)
{
    struct nq_folded folded = {0};
    size_t starts[MOST_STARTS], n = 0;
    struct nq_completion *c = nq_arena_alloc(o->arena, sizeof *c);
    if (!c)
        return nq_fail_nomem(err);
    *c = (struct nq_completion){
        .index = index, .arena = o->arena, .most = limit + SPARE, .err = err};
    c->best = nq_arena_array(o->arena, c->most, sizeof *c->best);
    bool ok = c->best && nq_fold_text(query, &folded);
    enum nq_status status = ok ? nq_names_refresh(index, err) : nq_fail_nomem(err);
    if (status == NQ_OK)
        n = find_starts(c, &folded, starts);
    nq_folded_finish(&folded);
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        c->words_only = i > 0;
        status = nq_complete(c, query, starts[i]);
        if (status == NQ_OK)
            status = fit_to_head(c, nq_str_sub(query, 0, starts[i]));
        if (status == NQ_OK && (c->n > 0 || c->known))
            return write_out(c, nq_str_sub(query, 0, starts[i]), limit, o);
    }
    return status;
}

enum nq_status nq_suggest(struct nq_index *index, struct nq_str query, size_t limit,
                          struct nq_suggestions **out, struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    struct owned *o = calloc(1, sizeof *o);
    if (!o || !(o->arena = nq_arena_create())) {
        free(o);
        return nq_fail_nomem(err);
    }
    size_t repaired;
    struct nq_str clean = nq_utf8_clean(o->arena, query, &repaired);
    nq_index_asked(index);
    enum nq_status status =
        clean.ptr || query.len == 0 ? nq_db_exec(index->db, "BEGIN", err) : nq_fail_nomem(err);
    if (status == NQ_OK) {
        status = complete(index, clean, limit < MOST_LIMIT ? limit : MOST_LIMIT, o, err);
        nq_db_leave(index->db);
    }
    if (status == NQ_OK)
        *out = &o->suggestions;
    else
        nq_suggestions_destroy(&o->suggestions);
    return status;
}

void nq_suggestions_destroy(struct nq_suggestions *suggestions)
{
    struct owned *o = (struct owned *)suggestions;
    if (!o)
        return;
    nq_arena_destroy(o->arena);
    free(o);
}
