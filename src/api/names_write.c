/* Writing names into the index. */
#include "api/names_rows.h"
#include "store/events.h"
#include "store/names.h"
#include "store/sql.h"
#include "text/organisation.h"

enum {
    FEW = 4096,        /* an index of so many passages has its names made anew each time, */
    GROWN = 16,        /* another where this share of it is new */
    MOST_CHUNKS = 256, /* of attributes in memory meanwhile: 9 MB at most, 1 MB of daily reports */
    RARE = 13, /* words of less than a 2^RAREth of the passages are no names by themselves */
};

/* What the names follow from besides the texts. */
static int64_t hash_of(const struct nq_index *index)
{
    uint64_t h = nq_segmenter_hash(index->segmenter);
    return (int64_t)((h * 31 + NQ_NAMES_FORM) * 31 + NQ_EVENTS_VERSION);
}

/* ---- words */

struct counting {
    struct nq_index *index;
    struct nq_name_list *list;
    uint64_t least;
    enum nq_status status;
    struct nq_error *err;
};

static uint32_t bounded(uint64_t n)
{
    return n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
}

/* Counts a word of the list; another of the dictionary that is frequent is put in. */
static bool on_word(void *user, struct nq_str word, uint64_t passages, int64_t last)
{
    struct counting *c = user;
    enum nq_suggestion_kind kind;
    struct nq_name *name = nq_name_list_find(c->list, word);
    if (!name && passages >= c->least && nq_name_word_known(c->index, word, &kind)) {
        if (!nq_name_list_word(c->list, word, kind))
            c->status = nq_fail_nomem(c->err);
        else
            name = nq_name_list_find(c->list, word);
    }
    if (!name || !last)
        return c->status == NQ_OK;
    c->status = nq_names_day(c->index, last, &name->day, c->err);
    name->n = bounded(passages);
    return c->status == NQ_OK;
}

static enum nq_status add_words(struct nq_index *index, struct nq_name_list *list,
                                struct nq_error *err)
{
    uint64_t least = (uint64_t)index->engine->n_passages >> RARE;
    struct counting c = {.index = index, .list = list, .least = least, .err = err};
    enum nq_status status = nq_engine_words(index->engine, NQ_STR(""), on_word, &c, err);
    return status == NQ_OK ? c.status : status;
}

/* Counts what has not been yet and leaves out what stands in no passage. */
static enum nq_status count_words(struct nq_index *index, struct nq_name_list *list,
                                  struct nq_error *err)
{
    enum nq_status status = NQ_OK;
    size_t kept = 0;
    for (size_t i = 0; i < list->n && status == NQ_OK; i++) {
        struct nq_name *name = &list->items[i];
        struct nq_name_count count = {0};
        if (name->n == 0) {
            status = nq_names_count_now(index, name->text, &count, err);
            name->n = bounded(count.passages);
            name->day = count.day;
        }
        if (name->n > 0)
            list->items[kept++] = *name;
    }
    list->n = kept;
    return status;
}

/* ---- tiers */

static enum nq_status put_row(void *user, int64_t id, struct nq_str data, struct nq_error *err)
{
    return nq_store_names_put(user, id, data, err);
}

/* Writes the names of what came behind `upto` and `topics` as a tier. */
static enum nq_status write_tier(struct nq_index *index, unsigned tier, int64_t upto,
                                 int64_t topics, int32_t *newest, struct nq_error *err)
{
    struct nq_name_list list = {0};
    int64_t last = nq_name_row_id(tier, 31, NQ_NAME_LAST);
    enum nq_status status = nq_names_collect(index, upto, topics, &list, err);
    if (status == NQ_OK && tier == 0)
        status = add_words(index, &list, err);
    if (status == NQ_OK)
        status = count_words(index, &list, err);
    if (status == NQ_OK)
        status = nq_store_names_clear(index->db, nq_name_row_id(tier, 0, 0), last, err);
    if (status == NQ_OK)
        status = nq_name_list_rows(&list, tier, put_row, index->db, err);
    *newest = list.newest > *newest ? list.newest : *newest;
    nq_name_list_finish(&list);
    return status;
}

static bool needs_first(const struct nq_index *index, const struct nq_names_state *s)
{
    int64_t n = index->engine->n_passages, grown = n - s->counted;
    return s->made != hash_of(index) || s->passages == 0 || n <= FEW || grown * GROWN >= n;
}

/* Within a transaction. */
static enum nq_status renew(struct nq_index *index, struct nq_error *err)
{
    struct nq_names_state s = {0};
    int32_t newest = NQ_NO_DAY;
    enum nq_status status = nq_engine_refresh(index->engine, err);
    if (status == NQ_OK)
        status = nq_store_names_create(index->db, err);
    if (status == NQ_OK)
        status = nq_store_names_state(index->db, &s, err);
    if (status == NQ_OK && needs_first(index, &s)) {
        s = (struct nq_names_state){
            .form = NQ_NAMES_FORM, .made = hash_of(index), .counted = index->engine->n_passages};
        status = write_tier(index, 0, 0, 0, &newest, err);
        if (status == NQ_OK)
            status = nq_db_meta_get(index->db, "next_id", &s.passages, err);
        if (status == NQ_OK)
            status = nq_sql_int(index->db, "SELECT max(id) FROM topic", NULL, &s.topics, err);
    } else if (status == NQ_OK) {
        newest = (int32_t)s.newest;
    }
    if (status == NQ_OK)
        status = write_tier(index, 1, s.passages, s.topics, &newest, err);
    s.newest = newest;
    s.generation = index->engine->generation;
    return status == NQ_OK ? nq_store_names_set_state(index->db, &s, err) : status;
}

enum nq_status nq_names_renew(struct nq_index *index, struct nq_error *err)
{
    struct nq_names_state s = {0};
    enum nq_status status = nq_store_names_state(index->db, &s, err);
    if (status != NQ_OK || (s.generation == index->engine->generation && s.made == hash_of(index)))
        return status;
    status = nq_db_begin(index->db, err);
    index->engine->attributes.most = MOST_CHUNKS;
    if (status == NQ_OK)
        status = nq_db_end(index->db, renew(index, err), err);
    index->engine->attributes.most = 0;
    return status;
}
