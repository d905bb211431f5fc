/* Suggestions: where in a query that is being typed a name may begin, and what it becomes. */
#include <stdlib.h>

#include "api/complete.h"
#include "text/utf8.h"

enum {
    MOST_STARTS = 8,   /* ends of the query that are tried */
    MOST_LIMIT = 1000, /* suggestions */
    SPARE = 32,        /* candidates beyond the limit, for some are the same */
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
        nq_db_exec(index->db, "COMMIT", NULL);
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
