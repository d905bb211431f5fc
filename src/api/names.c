/* Names in memory, in chains by their first character: of twenty thousand some hundreds are looked
 * at for a letter, and none is folded before it is. */
#include "api/names_held.h"

#include <stdlib.h>

#include "model/passage.h"
#include "periods.h"
#include "store/names.h"
#include "store/topics.h"
#include "term_names.h"
#include "text/fold.h"
#include "text/organisation.h"
#include "text/utf8.h"

enum {
    N_CHAINS = 1 << 16, /* by the first character; the few beyond share that of 0 */
    LOOKED_AHEAD = 6,   /* characters behind what is typed: a word may end there */
    HEADLINES = 2000,   /* the newest, whose words are names, too, */
    SEVERAL = 2,        /* where so many headlines have them, */
    LONGEST_WORD = 8,   /* of so many characters at most */
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
    /* The words that the newest headlines are made of. */
    struct nq_map words;
    struct nq_folded folded;
    struct nq_word_buf segmented;
    struct nq_buf word;
    size_t n_headlines;
};

/* Counts the words of a headline that no table here has.  False without memory. */
static bool count_words(struct loading *l, struct nq_str headline)
{
    const struct nq_segmenter *segmenter = l->index->segmenter;
    if (!nq_fold_text(headline, &l->folded) ||
        !nq_segment_folded(segmenter, &l->folded, &l->segmented))
        return false;
    for (size_t i = 0, whole = l->segmented.n; i < whole; i++)
        if (!nq_segment_subwords(segmenter, &l->folded, l->segmented.words[i], &l->segmented))
            return false;
    for (size_t i = 0; i < l->segmented.n; i++) {
        const struct nq_word *w = &l->segmented.words[i];
        size_t n = w->last - w->first;
        if (w->kind != NQ_WORD_HAN || w->flags != NQ_WORD_KNOWN || n < 2 || n > LONGEST_WORD)
            continue;
        l->word.len = 0;
        for (size_t k = w->first; k < w->last; k++)
            nq_buf_add_cp(&l->word, l->folded.cp[k]);
        struct nq_map_entry *e =
            l->word.failed ? NULL : nq_map_put(&l->words, nq_buf_str(&l->word));
        if (!e)
            return false;
        e->value++;
    }
    return true;
}

/* Makes names of the words that several headlines have. */
static bool add_words(struct loading *l)
{
    bool ok = true;
    for (size_t i = 0; i < l->words.cap && ok; i++) {
        const struct nq_map_entry *e = &l->words.entries[i];
        if (!e->key.ptr || e->value < SEVERAL || nq_organisation_known(e->key))
            continue;
        struct nq_str text = nq_arena_str(l->names->arena, e->key);
        ok = text.ptr &&
             add(l->names,
                 (struct nq_name){.text = text, .day = NQ_NO_DAY, .kind = NQ_SUGGESTION_WORD});
    }
    return ok;
}

static bool on_name(void *user, const struct nq_stored_name *stored)
{
    struct loading *l = user;
    struct nq_names *names = l->names;
    struct nq_attribute a;
    if (!stored->document && nq_passage_heading_is_ours(stored->text))
        return true;
    l->status =
        nq_attributes_get(&l->index->engine->attributes, l->index->db, stored->passage, &a, l->err);
    if (l->status != NQ_OK)
        return false;
    int32_t day = a.kind ? a.day : NQ_NO_DAY;
    bool counted = stored->document || l->n_headlines++ >= HEADLINES;
    if (!counted && !count_words(l, stored->text)) {
        l->status = nq_fail_nomem(l->err);
        return false;
    }
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
    for (size_t i = 0; i < NQ_COUNT(periods) && ok; i++)
        ok = add(names, (struct nq_name){.text = nq_str_from(periods[i][0]),
                                         .day = NQ_NO_DAY,
                                         .kind = NQ_SUGGESTION_TOPIC});
    struct nq_str text = nq_organisation_name(0);
    for (size_t i = 0; text.ptr && ok; text = nq_organisation_name(++i))
        ok = add(names, (struct nq_name){
                            .text = text, .day = NQ_NO_DAY, .kind = NQ_SUGGESTION_ORGANISATION});
    return ok;
}

/* Words that are topics of the archive (nq_topics): typed like terms, by their initials too. */
static enum nq_status add_topics(struct loading *l)
{
    static const char sql[] = "SELECT coalesce(name, key) FROM topic"
                              " WHERE kind = 16 AND passages >= ?1";
    struct nq_topics_state state = {0};
    sqlite3_stmt *stmt;
    bool row = true, ok = true;
    enum nq_status status = nq_store_topics_state(l->index->db, &state, l->err);
    if (status != NQ_OK || state.hash == 0)
        return status;
    status = nq_db_prepare(l->index->db, sql, &stmt, l->err);
    if (status != NQ_OK)
        return status;
    sqlite3_bind_int(stmt, 1, SEVERAL);
    while (ok && (status = nq_db_step(l->index->db, stmt, &row, l->err)) == NQ_OK && row) {
        struct nq_str text = nq_arena_str(l->names->arena, nq_db_column_str(stmt, 0));
        struct nq_map_entry *e = text.ptr ? nq_map_put(&l->words, text) : NULL;
        if (e)
            e->value = 0; /* no mere word of headlines */
        ok =
            e && add(l->names,
                     (struct nq_name){.text = text, .day = NQ_NO_DAY, .kind = NQ_SUGGESTION_TOPIC});
    }
    sqlite3_reset(stmt);
    return status == NQ_OK && !ok ? nq_fail_nomem(l->err) : status;
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
    nq_db_map(index->db);
    struct loading l = {.index = index, .names = names, .err = err};
    status = nq_store_names(index->db, on_name, &l, err);
    if (status == NQ_OK)
        status = l.status;
    if (status == NQ_OK)
        status = add_topics(&l);
    if (status == NQ_OK && !add_words(&l))
        status = nq_fail_nomem(err);
    nq_map_finish(&l.words);
    nq_folded_finish(&l.folded);
    nq_word_buf_finish(&l.segmented);
    nq_buf_finish(&l.word);
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
