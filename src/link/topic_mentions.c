/* Mentions: words and titles of a passage, counted. */
#include "link/topic_mentions.h"

#include "base/hash.h"
#include "link/function_words.h"
#include "link/profile.h"
#include "text/organisation.h"
#include "text/utf8.h"

enum {
    LEAD = 40,    /* characters of a beginning */
    WORD_MAX = 8, /* characters of a word that may be a topic */
};

/* What an occurrence in a stock phrase counts; the least rarity of a word that may be a topic; the
 * rarity of terms at least. */
static const double stock_count = 0.1, word_rarity = 0.55, term_rarity = 0.5;

uint64_t nq_topic_hash(struct nq_str key)
{
    uint64_t h = nq_fnv(NQ_FNV_START, key);
    return h ^ h >> 31;
}

struct nq_topic_mention *nq_topic_mention(struct nq_topic_finder *f, uint64_t hash)
{
    size_t slot = hash % NQ_MENTION_SLOTS;
    while (f->slots[slot]) {
        struct nq_topic_mention *m = &f->mentions[f->slots[slot] - 1];
        if (m->hash == hash)
            return m;
        slot = (slot + 1) % NQ_MENTION_SLOTS;
    }
    if (f->n_mentions == NQ_MENTIONS_MOST)
        return NULL;
    struct nq_topic_mention *m = &f->mentions[f->n_mentions++];
    *m = (struct nq_topic_mention){.hash = hash, .slot = (uint32_t)slot};
    f->slots[slot] = (uint32_t)f->n_mentions;
    return m;
}

void nq_topic_mentions_clear(struct nq_topic_finder *f)
{
    for (size_t i = 0; i < f->n_mentions; i++)
        f->slots[f->mentions[i].slot] = 0;
    f->n_mentions = f->n = 0;
    nq_arena_reset(f->arena);
}

struct nq_str nq_topic_printed(const struct nq_topic_place *p, size_t first, size_t last)
{
    return nq_str_sub(p->text, p->folded->start[first], p->folded->end[last - 1]);
}

bool nq_topic_count(struct nq_topic_finder *f, struct nq_topic_mention *m,
                    const struct nq_topic_place *p, size_t first, size_t last, bool may_be_stock)
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

bool nq_topic_write_key(struct nq_topic_finder *f, const struct nq_folded *text, size_t first,
                        size_t last)
{
    f->key.len = 0;
    for (size_t i = first; i < last; i++)
        nq_buf_add_cp(&f->key, text->cp[i]);
    return !f->key.failed;
}

/* What a term or word is called: as it is printed first (AI, 一带一路), but one of Han characters
 * in the Simplified ones of the dictionary, since 數據要素 and 数据要素 are one.  f->key holds it
 * folded. */
static struct nq_str name_of(struct nq_topic_finder *f, const struct nq_topic_place *p,
                             const struct nq_word *w)
{
    struct nq_str printed = nq_topic_printed(p, w->first, w->last), folded = nq_buf_str(&f->key);
    bool han = printed.len == folded.len;
    for (size_t i = 0; i < printed.len && han; i++)
        han = (unsigned char)printed.ptr[i] >= 0x80;
    return han ? nq_arena_str(f->arena, folded) : printed;
}

/* Whether a word is no more than what kind of document a title is of: 《…行动方案》. */
static bool is_genre(const struct nq_folded *text, const struct nq_word *w, struct nq_str key)
{
    const uint32_t opens = 0x300A, closes = 0x300B;
    return w->last < text->n && text->cp[w->last] == closes && w->first > 0 &&
           text->cp[w->first - 1] != opens && nq_topic_is_document(key);
}

static bool add_term(struct nq_topic_finder *f, const struct nq_topic_place *p,
                     const struct nq_word *w)
{
    if (!nq_topic_write_key(f, p->folded, w->first, w->last))
        return false;
    if (is_genre(p->folded, w, nq_buf_str(&f->key)))
        return true;
    bool organisation = nq_organisation_known(nq_buf_str(&f->key));
    struct nq_str key = nq_profile_common_form(nq_buf_str(&f->key));
    struct nq_topic_mention *m = nq_topic_mention(f, nq_topic_hash(key));
    if (!m)
        return true;
    if (!m->kind) {
        double rarity = rarity_of(f, p->folded, w->first, w->last);
        m->kind = organisation ? NQ_TOPIC_ORGANISATION : NQ_TOPIC_TERM;
        m->rarity = rarity > term_rarity ? rarity : term_rarity;
        m->key = nq_arena_str(f->arena, key);
        m->printed = organisation ? m->key : name_of(f, p, w); /* a body: its full name */
    }
    return !nq_arena_failed(f->arena) && nq_topic_count(f, m, p, w->first, w->last, true);
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

/* Whether a word is the rest of something that the dictionary does not know: 战书 behind 栗, a
 * character that is neither a word by itself nor a function word. */
static bool is_piece(const struct nq_folded *text, const struct nq_word *w,
                     const struct nq_word *before)
{
    return w->last - w->first == 2 && before && before->last == w->first &&
           before->last - before->first == 1 && before->kind == NQ_WORD_HAN &&
           !nq_function_word(text, before);
}

static uint64_t word_hash(const struct nq_folded *text, size_t first, size_t last)
{
    uint64_t hash = 0x84222325CBF29CE4u;
    for (size_t i = first; i < last; i++)
        hash = nq_fnv_add(hash, text->cp[i]);
    return hash ^ hash >> 31;
}

/* Counts a word that stands behind the word `before` (NULL: nothing): behind a title it is a
 * person. */
static bool add_word(struct nq_topic_finder *f, const struct nq_topic_place *p,
                     const struct nq_word *w, const struct nq_word *before)
{
    size_t n = w->last - w->first;
    if (n < 2 || (w->kind != NQ_WORD_HAN && w->kind != NQ_WORD_LATIN))
        return true;
    if (w->flags & NQ_WORD_TERM)
        return add_term(f, p, w);
    if (nq_function_word(p->folded, w) || is_piece(p->folded, w, before))
        return true;
    struct nq_topic_mention *m = nq_topic_mention(f, word_hash(p->folded, w->first, w->last));
    if (!m)
        return true;
    if (m->rarity == 0) {
        if (!nq_topic_write_key(f, p->folded, w->first, w->last))
            return false;
        m->rarity = rarity_of(f, p->folded, w->first, w->last);
        bool word = w->kind == NQ_WORD_HAN && n <= WORD_MAX && m->rarity >= word_rarity;
        m->kind = word && may_be_topic(p->folded, w) ? NQ_TOPIC_WORD : 0;
        m->printed = name_of(f, p, w);
    }
    if (before && m->kind && before->last == w->first &&
        (nq_function_word(p->folded, before) & NQ_TITLE))
        m->kind = 0;
    return nq_topic_count(f, m, p, w->first, w->last, false);
}

/* Another name of a term that the dictionary of words lacks: “双碳”. */
static bool add_other_name(struct nq_topic_finder *f, const struct nq_topic_place *p, size_t first,
                           size_t last, struct nq_str common)
{
    struct nq_topic_mention *m = nq_topic_mention(f, nq_topic_hash(common));
    if (!m)
        return true;
    if (!m->kind) {
        m->kind = nq_organisation_known(common) ? NQ_TOPIC_ORGANISATION : NQ_TOPIC_TERM;
        m->rarity = NQ_TITLE_RARITY;
        m->printed = m->key = nq_arena_str(f->arena, common);
    }
    return !nq_arena_failed(f->arena) && nq_topic_count(f, m, p, first, last, true);
}

/* A new word is put in quotation marks: “向新力”. */
static bool add_quoted(struct nq_topic_finder *f, const struct nq_topic_place *p, size_t first,
                       size_t last)
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
    if (!nq_topic_write_key(f, t, first, last))
        return false;
    struct nq_str key = nq_buf_str(&f->key), common = nq_profile_common_form(key);
    if (!nq_str_eq(key, common))
        return add_other_name(f, p, first, last, common);
    struct nq_topic_mention *m = nq_topic_mention(f, word_hash(t, first, last));
    if (!m)
        return true;
    m->kind = NQ_TOPIC_WORD;
    m->rarity = NQ_TITLE_RARITY;
    m->printed = nq_topic_printed(p, first, last);
    m->quoted = true;
    return nq_topic_count(f, m, p, first, last, true);
}

/* Titles in 《》 and quoted words. */
static bool add_marked(struct nq_topic_finder *f, const struct nq_topic_place *p)
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
        if (!(title ? nq_topic_add_title : add_quoted)(f, p, i + 1, close))
            return false;
    }
    return true;
}

bool nq_topic_add_words(struct nq_topic_finder *f, const struct nq_segmented *s, bool heading)
{
    struct nq_topic_place p = {s->text, s->folded, heading};
    const struct nq_word *words = s->words->words;
    for (size_t i = 0; i < s->words->n; i++)
        if (!add_word(f, &p, &words[i], i > 0 ? &words[i - 1] : NULL))
            return false;
    return add_marked(f, &p);
}
