/* Finding the topics of a passage. */
#include "link/topics.h"

#include <math.h>
#include <stdlib.h>

#include "link/alias.h"
#include "link/function_words.h"
#include "link/profile.h"
#include "text/organisation.h"
#include "text/title.h"
#include "text/utf8.h"

enum {
    SLOTS = 1 << 13, /* more than the words of a passage */
    MOST_MENTIONS = SLOTS / 2,
    LEAD = 40,      /* characters of a beginning */
    WORD_MAX = 8,   /* characters of a word that may be a topic */
    WORDS_MOST = 4, /* topics of a passage that are no more than words */
};

/* What an occurrence in a stock phrase counts; the least rarity of a word that may be a topic, and
 * its least weight; the rarity of terms at least, and of titles and quoted words. */
static const double stock_count = 0.1, word_rarity = 0.55, word_weight = 0.25, term_rarity = 0.5,
                    title_rarity = 0.9;

/* A word or title of the passage at hand. */
struct nq_topic_mention {
    uint64_t hash;
    struct nq_str printed, key; /* key: absent where it is what folding makes of `printed` */
    double count, rarity;
    enum nq_topic_kind kind; /* 0: a word that tells nothing */
    bool heading, body, lead, quoted;
    uint32_t slot;
};

/* A title that has a short name in the report at hand. */
struct nq_topic_full {
    struct nq_str key, name;
    enum nq_topic_kind kind;
};

bool nq_topic_finder_init(struct nq_topic_finder *f, const struct nq_segmenter *segmenter)
{
    *f = (struct nq_topic_finder){.segmenter = segmenter};
    f->slots = calloc(SLOTS, sizeof *f->slots);
    f->mentions = calloc(MOST_MENTIONS, sizeof *f->mentions);
    f->items = calloc(MOST_MENTIONS, sizeof *f->items);
    f->arena = nq_arena_create();
    return f->slots && f->mentions && f->items && f->arena;
}

void nq_topic_finder_finish(struct nq_topic_finder *f)
{
    nq_stock_finish(&f->stock);
    nq_folded_finish(&f->folded);
    nq_folded_finish(&f->folded_heading);
    nq_folded_finish(&f->folded_title);
    nq_folded_finish(&f->folded_work);
    nq_word_buf_finish(&f->words);
    nq_buf_finish(&f->key);
    nq_arena_destroy(f->arena);
    nq_map_finish(&f->briefs);
    free(f->full);
    free(f->items);
    free(f->mentions);
    free(f->slots);
    *f = (struct nq_topic_finder){0};
}

static uint64_t hash_of(struct nq_str key)
{
    uint64_t h = 0xCBF29CE484222325u;
    for (size_t i = 0; i < key.len; i++)
        h = (h ^ (unsigned char)key.ptr[i]) * 0x100000001B3u;
    return h ^ h >> 31;
}

/* ---- mentions
 * ---------------------------------------------------------------------------------- */

/* The mention with this hash, made where there is none; NULL where there are too many. */
static struct nq_topic_mention *mention(struct nq_topic_finder *f, uint64_t hash)
{
    size_t slot = hash % SLOTS;
    while (f->slots[slot]) {
        struct nq_topic_mention *m = &f->mentions[f->slots[slot] - 1];
        if (m->hash == hash)
            return m;
        slot = (slot + 1) % SLOTS;
    }
    if (f->n_mentions == MOST_MENTIONS)
        return NULL;
    struct nq_topic_mention *m = &f->mentions[f->n_mentions++];
    *m = (struct nq_topic_mention){.hash = hash, .slot = (uint32_t)slot};
    f->slots[slot] = (uint32_t)f->n_mentions;
    return m;
}

static void clear(struct nq_topic_finder *f)
{
    for (size_t i = 0; i < f->n_mentions; i++)
        f->slots[f->mentions[i].slot] = 0;
    f->n_mentions = f->n = 0;
    nq_arena_reset(f->arena);
}

/* Where in a passage something stands. */
struct place {
    struct nq_str text;
    const struct nq_folded *folded;
    bool heading;
};

static struct nq_str printed_at(const struct place *p, size_t first, size_t last)
{
    return nq_str_sub(p->text, p->folded->start[first], p->folded->end[last - 1]);
}

/* Counts an occurrence; in a stock phrase it counts little. */
static bool count(struct nq_topic_finder *f, struct nq_topic_mention *m, const struct place *p,
                  size_t first, size_t last, bool may_be_stock)
{
    bool stock = false;
    if (p->heading) {
        m->heading = true;
        return true;
    }
    if (may_be_stock && !nq_stock_add(&f->stock, p->folded, first, last, &stock))
        return false;
    m->body = true;
    m->count += stock ? stock_count : 1;
    m->lead |= first < LEAD && !stock;
    return true;
}

static double rarity_of(const struct nq_topic_finder *f, const struct nq_folded *text, size_t first,
                        size_t last)
{
    const double usual = -7.5, range = 9;
    double log_frequency = nq_segmenter_log_frequency(f->segmenter, text->cp + first, last - first);
    double rarity = (usual - log_frequency) / range;
    return rarity < 0.05 ? 0.05 : rarity > 1 ? 1 : rarity;
}

/* Puts the folded characters [first, last) into f->key; false without memory. */
static bool write_key(struct nq_topic_finder *f, const struct nq_folded *text, size_t first,
                      size_t last)
{
    f->key.len = 0;
    for (size_t i = first; i < last; i++)
        nq_buf_add_cp(&f->key, text->cp[i]);
    return !f->key.failed;
}

static bool add_term(struct nq_topic_finder *f, const struct place *p, const struct nq_word *w)
{
    if (!write_key(f, p->folded, w->first, w->last))
        return false;
    bool organisation = nq_organisation_known(nq_buf_str(&f->key));
    struct nq_str key = nq_profile_common_form(nq_buf_str(&f->key));
    struct nq_topic_mention *m = mention(f, hash_of(key));
    if (!m)
        return true;
    if (!m->kind) {
        double rarity = rarity_of(f, p->folded, w->first, w->last);
        m->kind = organisation ? NQ_TOPIC_ORGANISATION : NQ_TOPIC_TERM;
        m->rarity = rarity > term_rarity ? rarity : term_rarity;
        m->key = nq_arena_str(f->arena, key);
        /* A term is called as it is printed first (一带一路), a body by its full name. */
        m->printed = organisation ? m->key : printed_at(p, w->first, w->last);
    }
    return !nq_arena_failed(f->arena) && count(f, m, p, w->first, w->last, true);
}

/* Whether a word may be a topic by its looks: 第十四届 and 万例 count something, 举行会谈 and
 * 致辞说 begin or end with a function word. */
static bool may_be_topic(const struct nq_folded *text, const struct nq_word *w)
{
    static const struct nq_str numerals =
        NQ_STR_INIT("第一二三四五六七八九十百千万亿两几数多首各该");
    uint32_t n = w->last - w->first, cp;
    for (size_t at = 0; at < numerals.len;) {
        at += nq_utf8_decode(nq_str_sub(numerals, at, numerals.len), &cp, NULL);
        if (text->cp[w->first] == cp)
            return false;
    }
    for (uint32_t part = 1; part <= 2 && part < n && n > 2; part++) {
        struct nq_word start = {w->first, w->first + part, 0, 0},
                       end = {w->last - part, w->last, 0, 0};
        if ((nq_function_word(text, &start) & NQ_START) ||
            (nq_function_word(text, &end) & NQ_END) ||
            (part == 2 &&
             ((nq_function_word(text, &start) | nq_function_word(text, &end)) & NQ_NEVER)))
            return false;
    }
    return true;
}

/* Counts a word that stands behind the word `before` (NULL: nothing): behind a title it is a
 * person. */
static bool add_word(struct nq_topic_finder *f, const struct place *p, const struct nq_word *w,
                     const struct nq_word *before)
{
    size_t n = w->last - w->first;
    if (n < 2 || (w->kind != NQ_WORD_HAN && w->kind != NQ_WORD_LATIN))
        return true;
    if (w->flags & NQ_WORD_TERM)
        return add_term(f, p, w);
    if (nq_function_word(p->folded, w))
        return true;
    uint64_t hash = 0x84222325CBF29CE4u;
    for (size_t i = w->first; i < w->last; i++)
        hash = (hash ^ p->folded->cp[i]) * 0x100000001B3u;
    struct nq_topic_mention *m = mention(f, hash ^ hash >> 31);
    if (!m)
        return true;
    if (m->rarity == 0) {
        m->rarity = rarity_of(f, p->folded, w->first, w->last);
        bool word = w->kind == NQ_WORD_HAN && n <= WORD_MAX && m->rarity >= word_rarity;
        m->kind = word && may_be_topic(p->folded, w) ? NQ_TOPIC_WORD : 0;
        m->printed = printed_at(p, w->first, w->last);
    }
    if (before && m->kind && before->last == w->first &&
        (nq_function_word(p->folded, before) & NQ_TITLE))
        m->kind = 0;
    return count(f, m, p, w->first, w->last, false);
}

/* A new word is put in quotation marks: “向新力”. */
static bool add_quoted(struct nq_topic_finder *f, const struct place *p, size_t first, size_t last)
{
    const struct nq_folded *t = p->folded;
    struct nq_word w = {(uint32_t)first, (uint32_t)last, NQ_WORD_HAN, 0};
    if (last - first < 2 || last - first > WORD_MAX || nq_function_word(t, &w) ||
        !may_be_topic(t, &w))
        return true;
    for (size_t i = first; i < last; i++)
        if (t->cls[i] != NQ_CLASS_HAN)
            return true;
    if (nq_segmenter_has(f->segmenter, t->cp + first, last - first))
        return true;
    uint64_t hash = 0x84222325CBF29CE4u;
    for (size_t i = first; i < last; i++)
        hash = (hash ^ t->cp[i]) * 0x100000001B3u;
    struct nq_topic_mention *m = mention(f, hash ^ hash >> 31);
    if (!m)
        return true;
    m->kind = NQ_TOPIC_WORD;
    m->rarity = title_rarity;
    m->printed = printed_at(p, first, last);
    m->quoted = true;
    return count(f, m, p, first, last, true);
}

/* How to call a title: without what it is wrapped in and without （草案）, on one line. */
static struct nq_str name_of(struct nq_topic_finder *f, struct nq_str title)
{
    size_t open = nq_str_find(title, NQ_STR("〈"), 0), close = SIZE_MAX;
    if (open != SIZE_MAX)
        close = nq_str_find(title, NQ_STR("〉"), open);
    if (close != SIZE_MAX)
        title = nq_str_sub(title, open + strlen("〈"), close);
    if (nq_str_ends(title, NQ_STR("）")) &&
        nq_str_ends(nq_str_sub(title, 0, title.len - 3), NQ_STR("稿")))
        for (size_t at = title.len - 3; at > 3; at--)
            if (nq_str_starts(nq_str_sub(title, at, title.len), NQ_STR("（"))) {
                title.len = at;
                break;
            }
    if (nq_str_ends(title, NQ_STR("（草案）")))
        title.len -= strlen("（草案）");
    struct nq_str name = nq_arena_str(f->arena, title);
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] == '\n' || name.ptr[i] == '\t')
            ((char *)name.ptr)[i] = ' ';
    return name;
}

void nq_topics_new_report(struct nq_topic_finder *f)
{
    nq_map_finish(&f->briefs);
    f->n_full = 0;
}

static bool fold_key(struct nq_topic_finder *f, struct nq_str text)
{
    return nq_fold_text(text, &f->folded_title) &&
           write_key(f, &f->folded_title, 0, f->folded_title.n);
}

/* Remembers a short name; its title's strings live beside the map's keys. */
static bool add_brief(struct nq_topic_finder *f, const struct nq_alias *alias)
{
    enum nq_topic_kind kind;
    if (!fold_key(f, alias->brief))
        return false;
    struct nq_map_entry *e = nq_map_put(&f->briefs, nq_buf_str(&f->key));
    struct nq_topic_full *grown = realloc(f->full, (f->n_full + 1) * sizeof *grown);
    f->full = grown ? grown : f->full;
    if (!e || !grown)
        return false;
    if (!nq_topic_of_title(alias->full, &f->folded_title, &f->key, &kind))
        return !f->key.failed;
    struct nq_arena *arena = f->briefs.keys;
    f->full[f->n_full] = (struct nq_topic_full){nq_arena_str(arena, nq_buf_str(&f->key)),
                                                nq_arena_str(arena, name_of(f, alias->full)), kind};
    e->value = (int32_t)f->n_full++;
    e->mark = 1;
    return !nq_arena_failed(arena) && !nq_arena_failed(f->arena);
}

/* The short names that `text` introduces for titles. */
static bool read_briefs(struct nq_topic_finder *f, struct nq_str text)
{
    struct nq_alias alias;
    size_t at = 0;
    if (nq_str_find(text, NQ_STR("称"), 0) == SIZE_MAX)
        return true;
    while (nq_alias_next(text, &at, &alias))
        if (alias.whole && !add_brief(f, &alias))
            return false;
    return true;
}

/* The title that the report calls so; NULL where it has not said. */
static const struct nq_topic_full *full_of(struct nq_topic_finder *f, struct nq_str title)
{
    if (f->briefs.n == 0 || !fold_key(f, title))
        return NULL;
    const struct nq_map_entry *e = nq_map_find(&f->briefs, nq_buf_str(&f->key));
    return e && e->mark ? &f->full[e->value] : NULL;
}

static bool add_title(struct nq_topic_finder *f, const struct place *p, size_t first, size_t last)
{
    enum nq_topic_kind kind;
    struct nq_str title = printed_at(p, first, last);
    const struct nq_topic_full *full = full_of(f, title);
    title = full ? full->name : title;
    if (!nq_topic_of_title(title, &f->folded_title, &f->key, &kind))
        return !f->key.failed;
    struct nq_topic_mention *m = mention(f, hash_of(nq_buf_str(&f->key)) + 1);
    if (!m)
        return true;
    if (!m->kind) {
        m->kind = kind;
        m->rarity = title_rarity;
        m->key = nq_arena_str(f->arena, nq_buf_str(&f->key));
    }
    title = name_of(f, title);
    if (title.len > m->printed.len)
        m->printed = title;
    return !nq_arena_failed(f->arena) && count(f, m, p, first, last, true);
}

/* Titles in 《》 and quoted words. */
static bool add_marked(struct nq_topic_finder *f, const struct place *p)
{
    enum { TITLE_MOST = 80, QUOTED_MOST = WORD_MAX + 1 };
    const struct nq_folded *t = p->folded;
    for (size_t i = 0; i < t->n; i++) {
        bool title = t->cp[i] == 0x300A, quoted = t->cp[i] == 0x201C;
        if (!title && !quoted)
            continue;
        size_t most = i + (title ? TITLE_MOST : QUOTED_MOST), close = i + 1;
        while (close < t->n && close <= most && t->cp[close] != (title ? 0x300B : 0x201D) &&
               t->cp[close] != t->cp[i])
            close++;
        if (close == t->n || close > most || close == i + 1 || t->cp[close] == t->cp[i])
            continue;
        if (!(title ? add_title : add_quoted)(f, p, i + 1, close))
            return false;
    }
    return true;
}

static bool add_place(struct nq_topic_finder *f, struct place p)
{
    if (!nq_segment_folded(f->segmenter, p.folded, &f->words))
        return false;
    for (size_t i = 0; i < f->words.n; i++)
        if (!add_word(f, &p, &f->words.words[i], i > 0 ? &f->words.words[i - 1] : NULL))
            return false;
    return add_marked(f, &p);
}

/* The heading of a column tells nothing of what stands below it. */
static bool add_heading(struct nq_topic_finder *f, struct nq_str heading, bool opens)
{
    bool stock = false;
    if (!nq_fold_text(heading, &f->folded_heading) ||
        !nq_stock_heading(&f->stock, &f->folded_heading, opens, &stock))
        return false;
    return stock || add_place(f, (struct place){heading, &f->folded_heading, true});
}

/* ---- weights
 * ----------------------------------------------------------------------------------- */

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
    if (m->kind != NQ_TOPIC_WORD || m->quoted)
        return true;
    return (m->heading || m->count >= 2) && weight >= word_weight;
}

static bool take(struct nq_topic_finder *f, const struct nq_topic_mention *m, double weight)
{
    struct nq_str key = m->key;
    if (!key.ptr) { /* a word: folded as it is printed */
        if (!nq_fold_text(m->printed, &f->folded_title) ||
            !write_key(f, &f->folded_title, 0, f->folded_title.n))
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

bool nq_topics_find(struct nq_topic_finder *f, struct nq_str heading, bool opens,
                    struct nq_str text, struct nq_str work)
{
    double sum = 1;
    clear(f);
    if (!read_briefs(f, text) || (heading.len > 0 && !add_heading(f, heading, opens)) ||
        !nq_fold_text(text, &f->folded) || !add_place(f, (struct place){text, &f->folded, false}))
        return false;
    struct place cited = {work, &f->folded_work, false};
    if (!nq_fold_text(work, &f->folded_work) ||
        (f->folded_work.n > 0 && !add_title(f, &cited, 0, f->folded_work.n)))
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
