/* Counting a word of the index for suggestions. */
#include "api/names.h"
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

enum nq_status nq_names_day(struct nq_index *index, int64_t passage, int32_t *day,
                            struct nq_error *err)
{
    struct nq_attribute a;
    enum nq_status status =
        nq_attributes_get(&index->engine->attributes, index->db, passage, &a, err);
    *day = status == NQ_OK && a.kind ? a.day : NQ_NO_DAY;
    return status;
}

enum nq_status nq_names_count_now(struct nq_index *index, struct nq_str word,
                                  struct nq_name_count *out, struct nq_error *err)
{
    struct counting c = {0};
    enum nq_status status =
        nq_engine_lists(index->engine, &word, 1, has_han(word), on_posting, &c, err);
    *out = (struct nq_name_count){.passages = c.passages, .day = NQ_NO_DAY};
    return status == NQ_OK ? nq_names_day(index, c.last, &out->day, err) : status;
}
