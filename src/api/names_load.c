/* The names that an index holds: of the dictionaries, its documents, headlines and their words, and
 * the words that are its topics. */
#include "api/names_held.h"

#include "model/passage.h"
#include "periods.h"
#include "store/names.h"
#include "store/sql.h"
#include "store/topics.h"
#include "term_names.h"
#include "text/organisation.h"

enum {
    HEADLINES = 2000, /* the newest, whose words are names, too, */
    SEVERAL = 2,      /* where so many headlines have them, */
    LONGEST_WORD = 8, /* of so many characters at most */
};

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
        ok = text.ptr && nq_names_add(l->names, (struct nq_name){.text = text,
                                                                 .day = NQ_NO_DAY,
                                                                 .kind = NQ_SUGGESTION_WORD});
    }
    return ok;
}

/* A document or headline, with those that are called the same. */
static bool add_title(struct nq_names *names, const struct nq_stored_name *stored, int32_t day)
{
    struct nq_map_entry *e = nq_map_put(&names->by_text, stored->text);
    if (e && e->value) {
        struct nq_name *known = &names->items[e->value - 1];
        known->n += (uint32_t)stored->n;
        known->day = day > known->day ? day : known->day;
        return true;
    }
    struct nq_name name = {.text = e ? e->key : stored->text,
                           .n = (uint32_t)stored->n,
                           .day = day,
                           .kind = NQ_SUGGESTION_HEADLINE};
    if (stored->document)
        name.kind = NQ_SUGGESTION_DOCUMENT;
    size_t n = names->n;
    bool ok = e && nq_names_add(names, name);
    if (ok && names->n > n)
        e->value = (int32_t)names->n;
    name.from = (uint32_t)other_beginning(name.text);
    return ok && (name.from == 0 || nq_names_add(names, name));
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
    if (!add_title(names, stored, day))
        l->status = nq_fail_nomem(l->err);
    return l->status == NQ_OK;
}

static bool add_terms(struct nq_names *names)
{
    bool ok = true;
    for (size_t i = 0; i < NQ_COUNT(term_names) && ok; i++) {
        struct nq_str text = nq_str_from(term_names[i]);
        if (!nq_organisation_known(text))
            ok = nq_names_add(
                names,
                (struct nq_name){.text = text, .day = NQ_NO_DAY, .kind = NQ_SUGGESTION_TOPIC});
    }
    for (size_t i = 0; i < NQ_COUNT(periods) && ok; i++)
        ok = nq_names_add(names, (struct nq_name){.text = nq_str_from(periods[i][0]),
                                                  .day = NQ_NO_DAY,
                                                  .kind = NQ_SUGGESTION_TOPIC});
    struct nq_str text = nq_organisation_name(0);
    for (size_t i = 0; text.ptr && ok; text = nq_organisation_name(++i))
        ok = nq_names_add(
            names,
            (struct nq_name){.text = text, .day = NQ_NO_DAY, .kind = NQ_SUGGESTION_ORGANISATION});
    return ok;
}

/* Words that are topics of the archive (nq_topics): typed like terms, by their initials too. */
static enum nq_status add_topics(struct loading *l)
{
    static const char sql[] = "SELECT coalesce(name, key) FROM topic"
                              " WHERE kind = 16 AND passages >= ?1";
    struct nq_topics_state state = {0};
    bool ok = true;
    enum nq_status status = nq_store_topics_state(l->index->db, &state, l->err);
    if (status != NQ_OK || state.hash == 0)
        return status;
    struct nq_rows row = nq_rows(l->index->db, sql, NQ_WITH(nq_int(SEVERAL)), l->err);
    while (ok && nq_rows_next(&row)) {
        struct nq_str text = nq_rows_copy(&row, 0, l->names->arena);
        struct nq_map_entry *e = text.ptr ? nq_map_put(&l->words, text) : NULL;
        if (e)
            e->value = 0; /* no mere word of headlines */
        ok = e && nq_names_add(l->names, (struct nq_name){.text = text,
                                                          .day = NQ_NO_DAY,
                                                          .kind = NQ_SUGGESTION_TOPIC});
    }
    status = nq_rows_end(&row);
    return status == NQ_OK && !ok ? nq_fail_nomem(l->err) : status;
}

static enum nq_status load(struct loading *l)
{
    if (!add_terms(l->names))
        return nq_fail_nomem(l->err);
    nq_db_map(l->index->db);
    enum nq_status status = nq_store_names(l->index->db, on_name, l, l->err);
    if (status == NQ_OK)
        status = l->status;
    if (status == NQ_OK)
        status = add_topics(l);
    return status == NQ_OK && !add_words(l) ? nq_fail_nomem(l->err) : status;
}

enum nq_status nq_names_refresh(struct nq_index *index, struct nq_error *err)
{
    enum nq_status status = nq_engine_refresh(index->engine, err);
    if (status != NQ_OK || (index->names && index->names->generation == index->engine->generation))
        return status;
    nq_names_destroy(index->names);
    index->names = NULL;
    struct loading l = {.index = index, .names = nq_names_create(), .err = err};
    status = l.names ? load(&l) : nq_fail_nomem(err);
    nq_map_finish(&l.words);
    nq_folded_finish(&l.folded);
    nq_word_buf_finish(&l.segmented);
    nq_buf_finish(&l.word);
    if (status != NQ_OK) {
        nq_names_destroy(l.names);
        return status;
    }
    l.names->generation = index->engine->generation;
    index->names = l.names;
    return NQ_OK;
}
