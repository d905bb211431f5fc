/* Finding the topics of a passage, and their weights. */
#include "link/topics.h"

#include <math.h>
#include <stdlib.h>

#include "link/topic_mentions.h"

enum { WORDS_MOST = 4 }; /* topics of a passage that are no more than words */

static const double word_weight = 0.25; /* at least, of such a topic */

bool nq_topic_finder_init(struct nq_topic_finder *f, const struct nq_segmenter *segmenter)
{
    *f = (struct nq_topic_finder){.segmenter = segmenter};
    f->slots = calloc(NQ_MENTION_SLOTS, sizeof *f->slots);
    f->mentions = calloc(NQ_MENTIONS_MOST, sizeof *f->mentions);
    f->items = calloc(NQ_MENTIONS_MOST, sizeof *f->items);
    f->arena = nq_arena_create();
    return f->slots && f->mentions && f->items && f->arena;
}

void nq_topic_finder_finish(struct nq_topic_finder *f)
{
    nq_stock_finish(&f->stock);
    nq_folded_finish(&f->folded_title);
    nq_folded_finish(&f->folded_work);
    nq_buf_finish(&f->key);
    nq_arena_destroy(f->arena);
    nq_map_finish(&f->briefs);
    free(f->full);
    free(f->items);
    free(f->mentions);
    free(f->slots);
    *f = (struct nq_topic_finder){0};
}

/* The heading of a column tells nothing of what stands below it. */
static bool add_heading(struct nq_topic_finder *f, const struct nq_segmented *heading, bool opens)
{
    bool stock = false;
    return nq_stock_heading(&f->stock, heading->folded, opens, &stock) &&
           (stock || nq_topic_add_words(f, heading, true));
}

static double raw_weight(const struct nq_topic_mention *m)
{
    const double heading = 0.5, lead = 0.2;
    return m->rarity *
           (m->count / (m->count + 1) + (m->heading ? heading : 0) + (m->lead ? lead : 0));
}

static bool is_topic(const struct nq_topic_mention *m, bool opens, double weight)
{
    if (!m->kind || (!m->body && !opens))
        return false;
    if (m->kind & (NQ_TOPIC_WORD | NQ_TOPIC_TERM) && nq_topic_is_generic(m->printed))
        return false;
    if (m->kind != NQ_TOPIC_WORD || m->quoted)
        return true;
    return m->count >= 2 && weight >= word_weight;
}

static bool take(struct nq_topic_finder *f, const struct nq_topic_mention *m, double weight)
{
    struct nq_str key = m->key;
    if (!key.ptr) { /* a word: folded as it is printed */
        if (!nq_fold_text(m->printed, &f->folded_title) ||
            !nq_topic_write_key(f, &f->folded_title, 0, f->folded_title.n))
            return false;
        key = nq_arena_str(f->arena, nq_buf_str(&f->key));
    }
    f->items[f->n++] = (struct nq_topic_found){key, m->printed, m->kind, weight};
    return !nq_arena_failed(f->arena);
}

static int by_weight(const void *a, const void *b)
{
    const struct nq_topic_found *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    return nq_str_cmp(x->key, y->key);
}

/* Of topics that are mere words the weightiest stay. */
static void drop_words(struct nq_topic_finder *f)
{
    size_t words = 0, kept = 0;
    qsort(f->items, f->n, sizeof *f->items, by_weight);
    for (size_t i = 0; i < f->n; i++) {
        words += f->items[i].kind == NQ_TOPIC_WORD;
        if (f->items[i].kind != NQ_TOPIC_WORD || words <= WORDS_MOST)
            f->items[kept++] = f->items[i];
    }
    f->n = kept;
}

bool nq_topics_find(struct nq_topic_finder *f, const struct nq_segmented *heading, bool opens,
                    const struct nq_segmented *text, struct nq_str work)
{
    double sum = 1;
    nq_topic_mentions_clear(f);
    if (!nq_topic_read_briefs(f, text->text) ||
        (heading->text.len > 0 && !add_heading(f, heading, opens)) ||
        !nq_topic_add_words(f, text, false))
        return false;
    struct nq_topic_place cited = {work, &f->folded_work, false};
    if (!nq_fold_text(work, &f->folded_work) ||
        (f->folded_work.n > 0 && !nq_topic_add_title(f, &cited, 0, f->folded_work.n)))
        return false;
    for (size_t i = 0; i < f->n_mentions; i++)
        sum += raw_weight(&f->mentions[i]) * raw_weight(&f->mentions[i]);
    sum = sqrt(sum);
    for (size_t i = 0; i < f->n_mentions; i++) {
        double weight = raw_weight(&f->mentions[i]) / sum;
        if (is_topic(&f->mentions[i], opens, weight) && !take(f, &f->mentions[i], weight))
            return false;
    }
    drop_words(f);
    return true;
}
