/* Checking names: every row can be read, and headlines are those of the index. */
#include "api/verify_names.h"

#include "api/names_rows.h"
#include "store/names.h"

struct checking {
    struct nq_map titles; /* of the index; marked: a row has it */
    struct nq_name_defects *found;
};

/* Whether the row of a name is the one that it is looked up in. */
static bool stands_right(int64_t id, const struct nq_name *name)
{
    uint32_t first[NQ_SPELLED_MAX];
    uint8_t letters[NQ_NAME_LETTERS_MAX];
    if (nq_typed_fold(nq_str_sub(name->text, name->from, name->text.len), 1, first) == 0)
        return false;
    for (size_t i = 0, n = nq_name_letters(first[0], letters); i < n; i++)
        for (unsigned tier = 0; tier < NQ_NAME_TIERS; tier++)
            if (nq_name_row_id(tier, letters[i], first[0]) == id)
                return true;
    return false;
}

static bool on_row(void *user, int64_t id, struct nq_str data)
{
    struct checking *c = user;
    struct nq_name name;
    size_t at = 0;
    while (nq_name_read(data, &at, &name) && stands_right(id, &name)) {
        struct nq_map_entry *e = nq_map_find(&c->titles, name.text);
        if (e)
            e->mark = 1;
        c->found->unknown += !e && name.kind == NQ_SUGGESTION_HEADLINE;
    }
    c->found->damaged += at < data.len;
    return true;
}

/* Notes the titles that can be looked up. */
static bool note_titles(struct checking *c, const struct nq_name_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct nq_name *name = &list->items[i];
        uint32_t first[NQ_SPELLED_MAX];
        if (name->n > 0 && nq_typed_fold(name->text, 1, first) > 0 &&
            !nq_map_put(&c->titles, name->text))
            return false;
    }
    return true;
}

enum nq_status nq_verify_names(struct nq_index *index, struct nq_name_defects *out,
                               struct nq_error *err)
{
    struct nq_names_state s = {0};
    struct nq_name_list list = {0};
    struct checking c = {.found = out};
    *out = (struct nq_name_defects){0};
    enum nq_status status = nq_engine_refresh(index->engine, err);
    if (status == NQ_OK)
        status = nq_store_names_state(index->db, &s, err);
    if (status != NQ_OK || s.form != NQ_NAMES_FORM || s.generation != index->engine->generation)
        return status;
    status = nq_names_collect(index, 0, 0, &list, err);
    if (status == NQ_OK && !note_titles(&c, &list))
        status = nq_fail_nomem(err);
    if (status == NQ_OK)
        status = nq_store_names_rows(index->db, 0, INT64_MAX, on_row, &c, err);
    for (size_t i = 0; i < c.titles.cap; i++)
        out->missing += c.titles.entries[i].key.ptr && !c.titles.entries[i].mark;
    nq_map_finish(&c.titles);
    nq_name_list_finish(&list);
    return status;
}
