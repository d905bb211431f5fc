/* Suggestions: the word at the end of a query, completed. */
#include <stdlib.h>

#include "api/index.h"
#include "text/utf8.h"

/* The public struct first, then what owns its memory. */
struct owned {
    struct nq_suggestions suggestions;
    struct nq_arena *arena;
    struct nq_str before; /* of the query: what stands before the word */
    struct nq_str beginning;
    size_t limit;
    bool known; /* the beginning is a word itself */
    bool failed;
};

static bool add(void *user, struct nq_str word, uint64_t passages)
{
    struct owned *o = user;
    struct nq_suggestions *s = &o->suggestions;
    struct nq_buf text = {0};
    if (nq_str_eq(word, o->beginning))
        return o->known = true;
    if (s->n_items == o->limit)
        return false;
    nq_buf_add(&text, o->before);
    nq_buf_add(&text, word);
    struct nq_suggestion *items = nq_arena_grow(o->arena, s->items, s->n_items, sizeof *items);
    if (items && !text.failed) {
        s->items = items;
        items[s->n_items++] =
            (struct nq_suggestion){nq_arena_str(o->arena, nq_buf_str(&text)), passages};
    }
    o->failed = !items || text.failed || nq_arena_failed(o->arena);
    nq_buf_finish(&text);
    return !o->failed;
}

/* Where the run of Han characters at the end begins; words of other letters are not completed. */
static size_t last_word(const struct nq_folded *f)
{
    size_t i = f->n;
    while (i > 0 && f->cls[i - 1] == NQ_CLASS_HAN)
        i--;
    return i;
}

static enum nq_status complete(struct nq_index *index, struct nq_str query, struct owned *o,
                               struct nq_error *err)
{
    enum { LONGEST = 8 }; /* characters of a beginning behind other words */
    struct nq_folded folded = {0};
    struct nq_buf beginning = {0};
    enum nq_status status = NQ_OK;
    if (!nq_fold_text(query, &folded))
        status = nq_fail_nomem(err);
    size_t run = status == NQ_OK ? last_word(&folded) : 0, first = run;
    if (folded.n - run > LONGEST)
        first = folded.n - LONGEST;
    for (; status == NQ_OK && first < folded.n && o->suggestions.n_items == 0 && !o->known;
         first++) {
        beginning.len = 0;
        for (size_t i = first; i < folded.n; i++)
            nq_buf_add_cp(&beginning, folded.cp[i]);
        o->before = nq_str_sub(query, 0, folded.start[first]);
        o->beginning = nq_buf_str(&beginning);
        status = beginning.failed
                     ? nq_fail_nomem(err)
                     : nq_engine_complete(index->engine, o->beginning, o->limit + 1, add, o, err);
        if (status == NQ_OK && o->failed)
            status = nq_fail_nomem(err);
    }
    nq_folded_finish(&folded);
    nq_buf_finish(&beginning);
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
    o->limit = limit < INT32_MAX ? limit : INT32_MAX - 1;
    size_t repaired;
    struct nq_str clean = nq_utf8_clean(o->arena, query, &repaired);
    enum nq_status status =
        clean.ptr || query.len == 0 ? complete(index, clean, o, err) : nq_fail_nomem(err);
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
