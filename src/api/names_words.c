/* Words of the index for suggestions; what was counted once is kept until the index changes. */
#include "api/names_held.h"
#include "text/fold.h"
#include "text/utf8.h"

struct counting {
    uint64_t passages;
    int64_t last;
};

static enum nq_next on_posting(void *user, const struct nq_posting *posting)
{
    struct counting *c = user;
    c->passages++;
    c->last = posting->passage;
    return NQ_NEXT_POSTING;
}

static bool has_han(struct nq_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t cp;
        at += nq_utf8_decode(nq_str_sub(text, at, text.len), &cp, NULL);
        if (nq_class_of(cp) == NQ_CLASS_HAN)
            return true;
    }
    return false;
}

static enum nq_status count(struct nq_index *index, struct nq_str word, struct nq_name_count *out,
                            struct nq_error *err)
{
    struct counting c = {0};
    struct nq_attribute last;
    *out = (struct nq_name_count){.day = NQ_NO_DAY};
    enum nq_status status =
        nq_engine_lists(index->engine, &word, 1, has_han(word), on_posting, &c, err);
    if (status == NQ_OK)
        status = nq_attributes_get(&index->engine->attributes, index->db, c.last, &last, err);
    if (status != NQ_OK)
        return status;
    out->passages = c.passages;
    if (last.kind)
        out->day = last.day;
    return NQ_OK;
}

enum nq_status nq_names_count(struct nq_index *index, struct nq_str word, struct nq_name_count *out,
                              struct nq_error *err)
{
    struct nq_names *names = index->names;
    struct nq_map_entry *e = nq_map_find(&names->counts, word);
    if (e) {
        *out = names->counted[e->value];
        return NQ_OK;
    }
    enum nq_status status = count(index, word, out, err);
    if (status != NQ_OK)
        return status;
    struct nq_name_count *counted =
        nq_arena_grow(names->arena, names->counted, names->n_counted, sizeof *counted);
    if (!counted)
        return nq_fail_nomem(err);
    names->counted = counted;
    if (!(e = nq_map_put(&names->counts, word)))
        return nq_fail_nomem(err);
    e->value = (int32_t)names->n_counted;
    counted[names->n_counted++] = *out;
    return NQ_OK;
}

struct completing {
    struct nq_arena *arena;
    struct nq_name_words *out;
    bool failed;
};

static bool on_word(void *user, struct nq_str word, uint64_t passages)
{
    struct completing *c = user;
    struct nq_name_words *out = c->out;
    out->words[out->n] = nq_arena_str(c->arena, word);
    out->passages[out->n++] = passages;
    c->failed |= nq_arena_failed(c->arena);
    return !c->failed && out->n < NQ_NAME_WORDS;
}

static enum nq_status complete(struct nq_index *index, struct nq_arena *arena,
                               struct nq_str beginning, struct nq_name_words *out,
                               struct nq_error *err)
{
    struct completing c = {.arena = arena, .out = out};
    out->n = 0;
    out->words = nq_arena_array(arena, NQ_NAME_WORDS, sizeof *out->words);
    out->passages = nq_arena_array(arena, NQ_NAME_WORDS, sizeof *out->passages);
    if (nq_arena_failed(arena))
        return nq_fail_nomem(err);
    enum nq_status status =
        nq_engine_complete(index->engine, beginning, NQ_NAME_WORDS, on_word, &c, err);
    return status == NQ_OK && c.failed ? nq_fail_nomem(err) : status;
}

enum nq_status nq_names_words(struct nq_index *index, struct nq_str beginning,
                              struct nq_name_words *out, struct nq_error *err)
{
    struct nq_names *names = index->names;
    uint32_t cp;
    /* The words of one character are many, and worth keeping. */
    if (beginning.len == 0 || nq_utf8_decode(beginning, &cp, NULL) < beginning.len) {
        nq_arena_reset(names->scratch);
        return complete(index, names->scratch, beginning, out, err);
    }
    struct nq_map_entry *e = nq_map_find(&names->beginnings, beginning);
    if (e) {
        *out = names->words[e->value];
        return NQ_OK;
    }
    enum nq_status status = complete(index, names->arena, beginning, out, err);
    if (status != NQ_OK)
        return status;
    struct nq_name_words *words =
        nq_arena_grow(names->arena, names->words, names->n_words, sizeof *words);
    if (!words)
        return nq_fail_nomem(err);
    names->words = words;
    if (!(e = nq_map_put(&names->beginnings, beginning)))
        return nq_fail_nomem(err);
    e->value = (int32_t)names->n_words;
    words[names->n_words++] = *out;
    return NQ_OK;
}
