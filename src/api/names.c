/* Names in memory, in chains by their first character: of twenty thousand some hundreds are looked
 * at for a letter, and none is folded before it is.  What is counted for a word is kept, too. */
#include "api/names.h"

#include <stdlib.h>

#include "model/passage.h"
#include "store/names.h"
#include "term_names.h"
#include "text/fold.h"
#include "text/organisation.h"
#include "text/utf8.h"

enum {
    N_CHAINS = 1 << 16, /* by the first character; the few beyond share that of 0 */
    LOOKED_AHEAD = 6,   /* characters behind what is typed: a word may end there */
};

struct nq_names {
    int64_t generation;
    int32_t newest;
    struct nq_arena *arena;
    struct nq_name *items;
    size_t n, cap;
    int32_t *chains;  /* index + 1 of the first name; 0: none */
    uint32_t *firsts; /* the first characters that there are */
    size_t n_firsts;
    struct nq_map by_text; /* headlines and documents: index + 1 */
    struct nq_map counts;  /* words: index + 1 in counted */
    struct nq_name_count *counted;
    size_t n_counted;
    struct nq_map beginnings; /* index + 1 in words */
    struct nq_name_words *words;
    size_t n_words;
    struct nq_arena *scratch; /* of the words that are not kept */
};

void nq_names_destroy(struct nq_names *names)
{
    if (!names)
        return;
    nq_map_finish(&names->by_text);
    nq_map_finish(&names->counts);
    nq_map_finish(&names->beginnings);
    nq_arena_destroy(names->arena);
    nq_arena_destroy(names->scratch);
    free(names->items);
    free(names->chains);
    free(names->firsts);
    free(names);
}

int32_t nq_names_newest(const struct nq_names *names)
{
    return names->newest;
}

/* ---- reading */

static bool reserve(struct nq_names *names)
{
    if (names->n < names->cap)
        return true;
    size_t cap = names->cap ? 2 * names->cap : 4096;
    struct nq_name *items = realloc(names->items, cap * sizeof *items);
    if (items)
        names->items = items;
    uint32_t *firsts = items ? realloc(names->firsts, cap * sizeof *firsts) : NULL;
    if (!firsts)
        return false;
    names->firsts = firsts;
    names->cap = cap;
    return true;
}

static uint32_t chain_of(uint32_t cp)
{
    return cp < N_CHAINS ? cp : 0;
}

/* Puts a name into its chain.  False without memory. */
static bool add(struct nq_names *names, struct nq_name name)
{
    uint32_t first[NQ_SPELLED_MAX];
    if (nq_typed_fold(nq_str_sub(name.text, name.from, name.text.len), 1, first) == 0)
        return true;
    if (!reserve(names))
        return false;
    int32_t *chain = &names->chains[chain_of(first[0])];
    if (!*chain)
        names->firsts[names->n_firsts++] = chain_of(first[0]);
    name.next = *chain - 1;
    names->items[names->n++] = name;
    *chain = (int32_t)names->n;
    return true;
}

/* Where a title may be typed from besides its beginning: behind 关于, or a column in 【】. */
static size_t other_beginning(struct nq_str text)
{
    struct nq_str about = NQ_STR("关于"), close = NQ_STR("】");
    if (nq_str_starts(text, about))
        return about.len;
    size_t end = nq_str_starts(text, NQ_STR("【")) ? nq_str_find(text, close, 0) : SIZE_MAX;
    return end < text.len - close.len ? end + close.len : 0;
}

struct loading {
    struct nq_index *index;
    struct nq_names *names;
    struct nq_error *err;
    enum nq_status status;
};

static bool on_name(void *user, const struct nq_stored_name *stored)
{
    struct loading *l = user;
    struct nq_names *names = l->names;
    struct nq_attribute *chunk;
    if (!stored->document && nq_passage_heading_is_ours(stored->text))
        return true;
    l->status = nq_attributes_chunk(&l->index->engine->attributes, l->index->db, stored->passage,
                                    &chunk, l->err);
    if (l->status != NQ_OK)
        return false;
    const struct nq_attribute *a = &chunk[stored->passage % NQ_ATTRIBUTE_CHUNK];
    int32_t day = a->kind ? a->day : NQ_NO_DAY;
    names->newest = day > names->newest ? day : names->newest;
    struct nq_map_entry *e = nq_map_put(&names->by_text, stored->text);
    bool ok = e != NULL;
    if (ok && e->value) {
        struct nq_name *known = &names->items[e->value - 1];
        known->n += (uint32_t)stored->n;
        known->day = day > known->day ? day : known->day;
        return true;
    }
    struct nq_name name = {
        .text = ok ? e->key : stored->text, .n = (uint32_t)stored->n, .day = day};
    name.kind = stored->document ? NQ_SUGGESTION_DOCUMENT : NQ_SUGGESTION_HEADLINE;
    size_t n = names->n;
    ok = ok && add(names, name);
    if (ok && names->n > n)
        e->value = (int32_t)names->n;
    name.from = (uint32_t)other_beginning(name.text);
    ok = ok && (name.from == 0 || add(names, name));
    if (!ok)
        l->status = nq_fail_nomem(l->err);
    return ok;
}

static bool add_terms(struct nq_names *names)
{
    bool ok = true;
    for (size_t i = 0; i < NQ_COUNT(term_names) && ok; i++) {
        struct nq_str text = nq_str_from(term_names[i]);
        if (!nq_organisation_known(text))
            ok = add(names,
                     (struct nq_name){.text = text, .day = NQ_NO_DAY, .kind = NQ_SUGGESTION_TOPIC});
    }
    struct nq_str text = nq_organisation_name(0);
    for (size_t i = 0; text.ptr && ok; text = nq_organisation_name(++i))
        ok = add(names, (struct nq_name){
                            .text = text, .day = NQ_NO_DAY, .kind = NQ_SUGGESTION_ORGANISATION});
    return ok;
}

enum nq_status nq_names_refresh(struct nq_index *index, struct nq_error *err)
{
    enum nq_status status = nq_engine_refresh(index->engine, err);
    if (status != NQ_OK || (index->names && index->names->generation == index->engine->generation))
        return status;
    nq_names_destroy(index->names);
    index->names = NULL;
    struct nq_names *names = calloc(1, sizeof *names);
    if (!names || !(names->arena = nq_arena_create()) || !(names->scratch = nq_arena_create()) ||
        !(names->chains = calloc(N_CHAINS, sizeof *names->chains)) || !add_terms(names)) {
        nq_names_destroy(names);
        return nq_fail_nomem(err);
    }
    names->generation = index->engine->generation;
    names->newest = NQ_NO_DAY;
    struct loading l = {.index = index, .names = names, .err = err};
    status = nq_store_names(index->db, on_name, &l, err);
    if (status == NQ_OK)
        status = l.status;
    if (status == NQ_OK)
        index->names = names;
    else
        nq_names_destroy(names);
    return status;
}

/* ---- finding */

enum nq_status nq_names_find(const struct nq_names *names, const struct nq_typed *typed,
                             enum nq_status (*fn)(void *user, const struct nq_name *name, int fit),
                             void *user)
{
    uint32_t cp[NQ_SPELLED_MAX];
    size_t most = typed->n + LOOKED_AHEAD;
    enum nq_status status = NQ_OK;
    for (size_t f = 0; f < names->n_firsts && status == NQ_OK; f++) {
        uint32_t first = names->firsts[f];
        if (first && !nq_typed_may_begin(typed, first))
            continue;
        for (int32_t i = names->chains[first] - 1; i >= 0 && status == NQ_OK;
             i = names->items[i].next) {
            const struct nq_name *name = &names->items[i];
            struct nq_str text = nq_str_sub(name->text, name->from, name->text.len);
            int fit = nq_typed_fit(typed, cp, nq_typed_fold(text, most, cp), false);
            if (fit >= 0)
                status = fn(user, name, fit);
        }
    }
    return status;
}

/* ---- words */

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
    struct nq_attribute *chunk;
    *out = (struct nq_name_count){.day = NQ_NO_DAY};
    enum nq_status status =
        nq_engine_lists(index->engine, &word, 1, has_han(word), on_posting, &c, err);
    if (status == NQ_OK)
        status = nq_attributes_chunk(&index->engine->attributes, index->db, c.last, &chunk, err);
    if (status != NQ_OK)
        return status;
    out->passages = c.passages;
    if (chunk[c.last % NQ_ATTRIBUTE_CHUNK].kind)
        out->day = chunk[c.last % NQ_ATTRIBUTE_CHUNK].day;
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
