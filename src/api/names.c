/* Finding names: in the rows of the index, or of memory where it has none. */
#include "api/names_rows.h"

#include <stdlib.h>

#include "store/names.h"
#include "text/organisation.h"

enum { LOOKED_AHEAD = 6 }; /* characters behind what is typed: a word may end there */

/* A row in memory. */
struct row {
    int64_t id;
    struct nq_str data;
};

struct nq_names {
    int64_t generation; /* of the index, when this was read */
    int32_t newest;
    bool stored;            /* the index has rows: none here */
    struct nq_arena *arena; /* of what follows */
    struct row *rows;
    size_t n_rows;
    struct nq_map counts; /* words: index + 1 in counted */
    struct nq_name_count *counted;
    size_t n_counted;
};

void nq_names_destroy(struct nq_names *names)
{
    if (!names)
        return;
    nq_map_finish(&names->counts);
    nq_arena_destroy(names->arena);
    free(names);
}

int32_t nq_names_newest(const struct nq_names *names)
{
    return names->newest;
}

bool nq_name_word_known(const struct nq_index *index, struct nq_str word,
                        enum nq_suggestion_kind *kind)
{
    uint32_t cp[NQ_SPELLED_MAX];
    size_t n = nq_typed_fold(word, NQ_SPELLED_MAX, cp);
    unsigned flags = nq_segmenter_find(index->segmenter, cp, n);
    *kind = flags & NQ_WORD_TERM ? NQ_SUGGESTION_TOPIC : NQ_SUGGESTION_WORD;
    if (nq_organisation_known(word))
        *kind = NQ_SUGGESTION_ORGANISATION;
    return flags;
}

/* ---- reading */

static enum nq_status keep_row(void *user, int64_t id, struct nq_str data, struct nq_error *err)
{
    struct nq_names *names = user;
    struct row *rows = nq_arena_grow(names->arena, names->rows, names->n_rows, sizeof *rows);
    if (!rows)
        return nq_fail_nomem(err);
    names->rows = rows;
    rows[names->n_rows++] = (struct row){id, nq_arena_str(names->arena, data)};
    return nq_arena_failed(names->arena) ? nq_fail_nomem(err) : NQ_OK;
}

static enum nq_status gather(struct nq_index *index, struct nq_names *names, struct nq_error *err)
{
    struct nq_name_list list = {0};
    nq_db_map(index->db);
    enum nq_status status = nq_names_collect(index, 0, 0, &list, err);
    if (status == NQ_OK)
        status = nq_name_list_rows(&list, 0, keep_row, names, err);
    names->newest = list.newest;
    nq_name_list_finish(&list);
    return status;
}

static enum nq_status read_names(struct nq_index *index, struct nq_names **out,
                                 struct nq_error *err)
{
    struct nq_names_state state = {0};
    struct nq_names *names = calloc(1, sizeof *names);
    if (!names || !(names->arena = nq_arena_create())) {
        free(names);
        return nq_fail_nomem(err);
    }
    names->generation = index->engine->generation;
    enum nq_status status = nq_store_names_state(index->db, &state, err);
    names->stored = state.form == NQ_NAMES_FORM;
    names->newest = (int32_t)state.newest;
    if (status == NQ_OK && !names->stored)
        status = gather(index, names, err);
    if (status == NQ_OK)
        *out = names;
    else
        nq_names_destroy(names);
    return status;
}

enum nq_status nq_names_refresh(struct nq_index *index, struct nq_error *err)
{
    enum nq_status status = nq_engine_refresh(index->engine, err);
    if (status != NQ_OK || (index->names && index->names->generation == index->engine->generation))
        return status;
    nq_names_destroy(index->names);
    index->names = NULL;
    return read_names(index, &index->names, err);
}

/* ---- finding */

struct finding {
    const struct nq_typed *typed;
    bool (*wanted)(void *user, const struct nq_name *name);
    nq_name_fn *fn;
    void *user;
    enum nq_status status;
};

static bool on_row(void *user, int64_t id, struct nq_str data)
{
    struct finding *f = user;
    uint32_t cp[NQ_SPELLED_MAX];
    size_t most = f->typed->n + LOOKED_AHEAD;
    struct nq_name name;
    for (size_t at = 0; f->status == NQ_OK && nq_name_read(data, &at, &name);) {
        struct nq_str text = nq_str_sub(name.text, name.from, name.text.len);
        name.tier = id >= nq_name_row_id(1, 0, 0);
        if (!f->wanted(f->user, &name))
            continue;
        int fit = nq_typed_fit(f->typed, cp, nq_typed_fold(text, most, cp), false);
        if (fit >= 0)
            f->status = f->fn(f->user, &name, fit);
    }
    return f->status == NQ_OK;
}

static enum nq_status find_rows(struct nq_index *index, int64_t first, int64_t last,
                                struct finding *f, struct nq_error *err)
{
    const struct nq_names *names = index->names;
    if (names->stored) {
        enum nq_status status = nq_store_names_rows(index->db, first, last, on_row, f, err);
        return status == NQ_OK ? f->status : status;
    }
    for (size_t i = 0; i < names->n_rows && names->rows[i].id <= last; i++)
        if (names->rows[i].id >= first && !on_row(f, names->rows[i].id, names->rows[i].data))
            break;
    return f->status;
}

enum nq_status nq_names_find(struct nq_index *index, const struct nq_typed *typed,
                             bool (*wanted)(void *user, const struct nq_name *name), nq_name_fn *fn,
                             void *user, struct nq_error *err)
{
    struct finding f = {.typed = typed, .wanted = wanted, .fn = fn, .user = user};
    uint8_t letters[NQ_NAME_LETTERS_MAX];
    uint32_t first = typed->cp[0];
    bool letter = first >= 'a' && first <= 'z';
    enum nq_status status = NQ_OK;
    nq_name_letters(first, letters);
    for (unsigned tier = NQ_NAME_TIERS; tier-- > 0 && status == NQ_OK;)
        status =
            find_rows(index, nq_name_row_id(tier, letters[0], letter ? 0 : first),
                      nq_name_row_id(tier, letters[0], letter ? NQ_NAME_LAST : first), &f, err);
    return status;
}

/* ---- counting */

enum nq_status nq_names_count(struct nq_index *index, struct nq_str word, struct nq_name_count *out,
                              struct nq_error *err)
{
    struct nq_names *names = index->names;
    struct nq_map_entry *e = nq_map_find(&names->counts, word);
    if (e) {
        *out = names->counted[e->value];
        return NQ_OK;
    }
    enum nq_status status = nq_names_count_now(index, word, out, err);
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
