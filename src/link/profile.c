/* Profiles of texts. */
#include "link/profile.h"

#include <stdlib.h>

#include "base/grow.h"
#include "text/organisation.h"
#include "text/synonyms.h"

enum {
    TITLE_MIN = 4,  /* characters of a document's title: 《求是》 is a magazine */
    TITLE_MAX = 60, /* further away no closing mark is looked for */
};

/* Of two forms of a group each names the other first, so that the longer of the first two is the
 * same from whichever form one comes. */
struct nq_str nq_profile_common_form(struct nq_str word)
{
    struct nq_str others[NQ_SYNONYMS_MAX], first, second;
    if (nq_synonyms(word, others) == 0)
        return word;
    first = others[0];
    nq_synonyms(first, others);
    second = others[0];
    if (first.len != second.len)
        return first.len > second.len ? first : second;
    return nq_str_cmp(first, second) < 0 ? first : second;
}

static bool count(struct nq_profile *p, struct nq_str key, struct nq_str printed,
                  enum nq_shared_kind kind, double weight)
{
    struct nq_map_entry *entry = nq_map_put(&p->index, key);
    if (!entry)
        return false;
    if (entry->mark == 0) { /* new: value is its place */
        struct nq_feature *features = nq_grow(p->features, p->n, &p->cap, sizeof *features);
        if (!features)
            return false;
        p->features = features;
        struct nq_str text = nq_arena_str(p->index.keys, printed);
        if (!text.ptr)
            return false;
        entry->mark = 1;
        entry->value = (int32_t)p->n;
        p->features[p->n++] = (struct nq_feature){text, entry->key, kind, 0, 0};
    }
    p->features[entry->value].count += weight;
    p->length += weight;
    return true;
}

static struct nq_str printed_at(const struct nq_profile *p, struct nq_str text, size_t first,
                                size_t last)
{
    return nq_str_sub(text, p->folded.start[first], p->folded.end[last - 1]);
}

static bool add_word(struct nq_profile *p, struct nq_str text, const struct nq_word *word,
                     double weight)
{
    size_t n = word->last - word->first;
    if (n < 2 || (word->kind != NQ_WORD_HAN && word->kind != NQ_WORD_LATIN))
        return true;
    p->key.len = 0;
    for (size_t i = word->first; i < word->last; i++)
        nq_buf_add_cp(&p->key, p->folded.cp[i]);
    if (p->key.failed)
        return false;
    enum nq_shared_kind kind = NQ_SHARED_WORD;
    struct nq_str key = nq_buf_str(&p->key);
    if (word->flags & NQ_WORD_TERM) {
        kind = nq_organisation_known(key) ? NQ_SHARED_ORGANISATION : NQ_SHARED_TERM;
        key = nq_profile_common_form(key);
    }
    return count(p, key, printed_at(p, text, word->first, word->last), kind, weight);
}

/* Counts the title between the marks at `open` and `close`, known by its letters and characters,
 * without 中华人民共和国 before it. */
static bool add_title(struct nq_profile *p, struct nq_str text, size_t open, size_t close,
                      double weight)
{
    static const struct nq_str state = NQ_STR_INIT("《中华人民共和国");
    size_t n = 0;
    p->key.len = 0;
    nq_buf_add(&p->key, NQ_STR("《"));
    for (size_t i = open + 1; i < close; i++)
        if (p->folded.cls[i] >= NQ_CLASS_HAN && p->folded.cls[i] <= NQ_CLASS_DIGIT) {
            nq_buf_add_cp(&p->key, p->folded.cp[i]);
            n++;
        }
    if (p->key.failed)
        return false;
    struct nq_str key = nq_buf_str(&p->key);
    if (n < TITLE_MIN)
        return true;
    if (nq_str_starts(key, state) && key.len > state.len) {
        size_t mark = strlen("《");
        memmove(p->key.ptr + mark, p->key.ptr + state.len, key.len - state.len);
        key.len -= state.len - mark;
    }
    return count(p, key, printed_at(p, text, open + 1, close), NQ_SHARED_DOCUMENT, weight);
}

static bool add_titles(struct nq_profile *p, struct nq_str text, double weight)
{
    const struct nq_folded *f = &p->folded;
    for (size_t i = 0; i < f->n; i++) {
        if (f->cp[i] != 0x300A)
            continue;
        size_t close = i + 1, limit = i + TITLE_MAX < f->n ? i + TITLE_MAX : f->n;
        while (close < limit && f->cp[close] != 0x300B && f->cp[close] != 0x300A)
            close++;
        if (close == limit || f->cp[close] != 0x300B || close == i + 1)
            continue;
        if (!add_title(p, text, i, close, weight))
            return false;
        i = close;
    }
    return true;
}

bool nq_profile_add(struct nq_profile *p, const struct nq_segmenter *segmenter, struct nq_str text,
                    double weight)
{
    if (!nq_fold_text(text, &p->folded) || !nq_segment_folded(segmenter, &p->folded, &p->words))
        return false;
    for (size_t i = 0; i < p->words.n; i++)
        if (!add_word(p, text, &p->words.words[i], weight))
            return false;
    return add_titles(p, text, weight);
}

const struct nq_feature *nq_profile_find(const struct nq_profile *p, struct nq_str key)
{
    const struct nq_map_entry *entry = nq_map_find(&p->index, key);
    return entry ? &p->features[entry->value] : NULL;
}

void nq_profile_clear(struct nq_profile *p)
{
    p->n = 0;
    p->length = 0;
    nq_map_finish(&p->index);
}

void nq_profile_finish(struct nq_profile *p)
{
    free(p->features);
    nq_map_finish(&p->index);
    nq_folded_finish(&p->folded);
    nq_word_buf_finish(&p->words);
    nq_buf_finish(&p->key);
    *p = (struct nq_profile){0};
}
