/* Discovery of new terms. */
#include "link/discover.h"

#include <math.h>
#include <stdlib.h>

#include "link/discover_entry.h"
#include "link/function_words.h"

enum {
    LEAST_CHARS = 2,
    MOST_CHARS = 10,
    SHORT_CHARS = 4, /* so short a term may begin or end with 向 or 以: 向新力 */
    QUOTE_CHARS = 40,
};

/* Below these a candidate is left out: parts that meet no more often than words do by chance in one
 * subject, and what mostly stands beside the same words. */
static const double least_cohesion = 2.0, least_entropy = 1.2;

/* More cohesion is no better; that of a word made up by the unknown-word model; the share of
 * occurrences behind a title (总统, 主席) from which on it is a person's name. */
static const double most_cohesion = 6.0, unknown_cohesion = 4.0, named_share = 0.1;

/* A word of the text at hand, as candidates see it. */
struct piece {
    uint32_t first, last; /* folded characters */
    uint64_t hash;
    uint8_t places; /* where it may not stand */
    bool single, known;
};

/* A proposal and what the third pass finds of it. */
struct chosen {
    struct nq_proposal proposal;
    uint64_t key;
    int64_t last_passage, reports[NQ_QUOTES];
};

struct nq_discover {
    const struct nq_segmenter *segmenter;
    size_t least_count;
    struct nq_sketch sketch;
    struct nq_entries entries;
    struct nq_arena *arena; /* texts of entries, quotes */
    struct chosen *chosen;
    size_t n_chosen;
    struct nq_entries places; /* key -> entry whose count is the number of the chosen, plus 1 */
    double n_words;
    bool failed;
    /* The text at hand. */
    struct nq_folded folded;
    struct nq_word_buf words;
    struct piece *pieces;
    size_t n_pieces, cap_pieces;
    struct nq_str text;
    int64_t passage, report;
    int32_t day;
};

struct nq_discover *nq_discover_create(const struct nq_segmenter *segmenter, size_t least_count)
{
    struct nq_discover *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    d->segmenter = segmenter;
    d->least_count = least_count > 2 ? least_count : 2;
    if (!(d->arena = nq_arena_create()) || !nq_sketch_init(&d->sketch) ||
        !nq_entries_init(&d->entries)) {
        nq_discover_destroy(d);
        return NULL;
    }
    return d;
}

void nq_discover_destroy(struct nq_discover *d)
{
    if (!d)
        return;
    nq_sketch_finish(&d->sketch);
    nq_entries_finish(&d->entries);
    nq_entries_finish(&d->places);
    nq_arena_destroy(d->arena);
    nq_folded_finish(&d->folded);
    nq_word_buf_finish(&d->words);
    free(d->pieces);
    free(d->chosen);
    free(d);
}

/* ---- the text as runs of words
 * --------------------------------------------------------------------- */

static uint64_t hash_on(uint64_t hash, uint32_t cp)
{
    hash = (hash ^ cp) * 0x100000001B3u;
    return hash ^ hash >> 29;
}

/* The key of folded characters [first, last): the same however they are cut into words. */
static uint64_t key_of(const struct nq_folded *f, size_t first, size_t last)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = first; i < last; i++)
        hash = hash_on(hash, f->cp[i]);
    return hash | 1;
}

static bool read_text(struct nq_discover *d, struct nq_str text)
{
    d->text = text;
    d->n_pieces = 0;
    if (!nq_fold_text(text, &d->folded) || !nq_segment_folded(d->segmenter, &d->folded, &d->words))
        return false;
    if (d->words.n > d->cap_pieces) {
        struct piece *grown = realloc(d->pieces, d->words.n * 2 * sizeof *grown);
        if (!grown)
            return false;
        d->pieces = grown;
        d->cap_pieces = d->words.n * 2;
    }
    for (size_t i = 0; i < d->words.n; i++) {
        const struct nq_word *w = &d->words.words[i];
        struct piece *p = &d->pieces[d->n_pieces++];
        *p = (struct piece){.first = w->first,
                            .last = w->last,
                            .hash = key_of(&d->folded, w->first, w->last),
                            .single = w->last - w->first == 1,
                            .known = w->flags & NQ_WORD_KNOWN};
        bool word = w->kind == NQ_WORD_HAN || w->kind == NQ_WORD_LATIN;
        p->places = word ? nq_function_word(&d->folded, w) : NQ_NEVER;
        if (!word)
            p->hash = 0; /* the edge of a clause */
    }
    return true;
}

/* Calls `fn` with each sequence of words [first, last) that may be a candidate or a part of one. */
static void each_sequence(struct nq_discover *d, void (*fn)(struct nq_discover *d, size_t first,
                                                            size_t last, uint64_t key))
{
    for (size_t first = 0; first < d->n_pieces; first++) {
        const struct piece *p = &d->pieces[first];
        uint64_t hash = 0xCBF29CE484222325u;
        size_t most = first + NQ_ENTRY_WORDS < d->n_pieces ? first + NQ_ENTRY_WORDS : d->n_pieces;
        for (size_t last = first; last < most; last++) {
            const struct piece *q = &d->pieces[last];
            if ((q->places & NQ_NEVER) || q->last - p->first > MOST_CHARS ||
                (last > first && (q[-1].places & NQ_TITLE)) ||
                (last > first && q->first != q[-1].last))
                break;
            for (size_t i = q->first; i < q->last; i++)
                hash = hash_on(hash, d->folded.cp[i]);
            fn(d, first, last + 1, hash | 1);
        }
    }
}

/* ---- the passes
 * ------------------------------------------------------------------------------------ */

static void count_one(struct nq_discover *d, size_t first, size_t last, uint64_t key)
{
    nq_sketch_add(&d->sketch, key);
    d->n_words += last - first == 1;
}

bool nq_discover_count(struct nq_discover *d, struct nq_str text)
{
    if (!read_text(d, text))
        return false;
    each_sequence(d, count_one);
    return true;
}

/* Whether the words at both ends allow a term. */
static bool has_ends(const struct nq_discover *d, size_t first, size_t last)
{
    const struct piece *p = &d->pieces[first], *q = &d->pieces[last - 1];
    bool start = p->places & NQ_START, end = q->places & NQ_END;
    size_t chars = q->last - p->first;
    if (!start && !end)
        return true;
    bool shorts = chars > 2 && chars < SHORT_CHARS && p->single && q->single;
    return shorts && !(start && end);
}

static bool is_new(const struct nq_discover *d, size_t first, size_t last)
{
    const struct piece *p = &d->pieces[first], *q = &d->pieces[last - 1];
    size_t han = 0;
    for (size_t i = p->first; i < q->last; i++)
        han += d->folded.cls[i] == NQ_CLASS_HAN;
    return han >= LEAST_CHARS &&
           !nq_segmenter_has(d->segmenter, d->folded.cp + p->first, q->last - p->first);
}

static void fill(struct nq_discover *d, struct nq_entry *e, size_t first, size_t last, uint64_t key)
{
    size_t start = d->pieces[first].first, end = d->pieces[last - 1].last;
    e->text =
        nq_arena_str(d->arena, nq_str_sub(d->text, d->folded.start[start], d->folded.end[end - 1]));
    if (!e->text.ptr) {
        d->failed = true;
        return;
    }
    e->key = key;
    e->n_words = (uint8_t)(last - first);
    e->n_chars = (uint8_t)(end - start);
    for (size_t i = first; i < last; i++)
        e->chars[i - first] = (uint8_t)(d->pieces[i].last - d->pieces[i].first);
    e->proposable = has_ends(d, first, last) && is_new(d, first, last);
}

static void weigh_one(struct nq_discover *d, size_t first, size_t last, uint64_t key)
{
    if (nq_sketch_count(&d->sketch, key) < d->least_count)
        return;
    struct nq_entry *e = nq_entries_place(&d->entries, key);
    if (!e)
        return;
    if (e->key == 0)
        fill(d, e, first, last, key);
    /* The edge of a clause is another neighbour each time, so is a verb that no term begins or ends
     * with. */
    uint64_t left = 0, right = 0;
    if (first > 0 && !(d->pieces[first - 1].places & NQ_START))
        left = d->pieces[first - 1].hash;
    if (last < d->n_pieces && !(d->pieces[last].places & NQ_END))
        right = d->pieces[last].hash;
    e->count++;
    e->named += first > 0 && (d->pieces[first - 1].places & NQ_TITLE);
    nq_entry_beside(e->left, left ? left : e->count);
    nq_entry_beside(e->right, right ? right : e->count);
}

/* The least count that no more candidates have than there is room for. */
static void raise_least(struct nq_discover *d)
{
    while (d->least_count < NQ_SKETCH_MOST &&
           d->sketch.reached[d->least_count] > NQ_ENTRY_MOST * 9 / 10)
        d->least_count++;
}

bool nq_discover_weigh(struct nq_discover *d, struct nq_str text)
{
    raise_least(d);
    if (!read_text(d, text))
        return false;
    each_sequence(d, weigh_one);
    return !d->failed;
}

/* ---- ranking
 * --------------------------------------------------------------------------------------- */

/* The entry of words [first, last) of `e`, whose text is d->folded; or NULL. */
static const struct nq_entry *part(struct nq_discover *d, const struct nq_entry *e, size_t first,
                                   size_t last)
{
    size_t start = 0, end = 0;
    for (size_t i = 0; i < last; i++) {
        start += i < first ? e->chars[i] : 0;
        end += e->chars[i];
    }
    return end <= d->folded.n ? nq_entries_find(&d->entries, key_of(&d->folded, start, end)) : NULL;
}

/* The pointwise mutual information at the weakest split; d->folded is the entry's text. */
static double cohesion_of(struct nq_discover *d, const struct nq_entry *e)
{
    double least = INFINITY;
    for (size_t split = 1; split < e->n_words; split++) {
        const struct nq_entry *a = part(d, e, 0, split), *b = part(d, e, split, e->n_words);
        if (!a || !b)
            continue;
        double pmi = log(e->count * d->n_words / ((double)a->count * b->count));
        if (pmi < least)
            least = pmi;
    }
    return least < INFINITY ? least : unknown_cohesion;
}

/* Notes in the parts of `e` of two words and more that they stand within it. */
static void note_parts(struct nq_discover *d, const struct nq_entry *e)
{
    for (size_t first = 0; first < e->n_words; first++)
        for (size_t last = first + 2; last <= e->n_words; last++) {
            if (last - first == e->n_words)
                continue;
            struct nq_entry *p = (struct nq_entry *)part(d, e, first, last);
            if (!p || p == e)
                continue;
            p->longer += e->count;
            p->n_longer++;
        }
}

static int by_score(const void *a, const void *b)
{
    const struct chosen *x = a, *y = b;
    if (x->proposal.score != y->proposal.score)
        return x->proposal.score < y->proposal.score ? 1 : -1;
    return nq_str_cmp(x->proposal.term, y->proposal.term);
}

static bool choose(struct nq_discover *d, const struct nq_entry *e)
{
    struct nq_proposal p = {.term = e->text, .count = e->count, .first_day = NQ_NO_DAY};
    double nested = e->n_longer ? (double)e->longer / e->n_longer : 0;
    double freq = e->count - nested;
    p.left = nq_entry_entropy(e->left);
    p.right = nq_entry_entropy(e->right);
    double least = p.left < p.right ? p.left : p.right;
    if (least < least_entropy || freq <= 0 || e->named > named_share * e->count)
        return true;
    if (!nq_fold_text(e->text, &d->folded))
        return false;
    p.cohesion = cohesion_of(d, e);
    if (p.cohesion < least_cohesion)
        return true;
    p.score = log2(1 + e->n_chars) * log(1 + freq) * least *
              (p.cohesion < most_cohesion ? p.cohesion : most_cohesion);
    struct chosen *grown = realloc(d->chosen, (d->n_chosen + 1) * sizeof *grown);
    if (!grown)
        return false;
    d->chosen = grown;
    d->chosen[d->n_chosen++] = (struct chosen){.proposal = p, .key = e->key, .last_passage = -1};
    return true;
}

bool nq_discover_rank(struct nq_discover *d, size_t limit)
{
    nq_sketch_finish(&d->sketch);
    for (size_t i = 0; i < NQ_ENTRY_SLOTS; i++) {
        const struct nq_entry *e = &d->entries.slots[i];
        if (e->key == 0 || !e->proposable || e->n_words < 3)
            continue;
        if (!nq_fold_text(e->text, &d->folded))
            return false;
        note_parts(d, e);
    }
    for (size_t i = 0; i < NQ_ENTRY_SLOTS; i++) {
        const struct nq_entry *e = &d->entries.slots[i];
        if (e->key != 0 && e->proposable && e->count >= d->least_count && !choose(d, e))
            return false;
    }
    if (d->n_chosen > 0)
        qsort(d->chosen, d->n_chosen, sizeof *d->chosen, by_score);
    if (d->n_chosen > limit)
        d->n_chosen = limit;
    nq_entries_finish(&d->entries);
    if (!nq_entries_init(&d->places))
        return false;
    for (size_t i = 0; i < d->n_chosen; i++) {
        struct nq_entry *place = nq_entries_place(&d->places, d->chosen[i].key);
        if (!place)
            break;
        place->key = d->chosen[i].key;
        place->count = (uint32_t)i + 1;
    }
    return true;
}

/* ---- quotes
 * ---------------------------------------------------------------------------------------- */

static bool ends_quote(const struct nq_folded *f, size_t i)
{
    return f->cls[i] == NQ_CLASS_BREAK && f->cp[i] != ',' && f->cp[i] != 0x3001;
}

/* The sentence around folded characters [first, last), with … where it is cut; absent without
 * memory. */
static struct nq_str quote_around(const struct nq_discover *d, size_t first, size_t last)
{
    const struct nq_folded *f = &d->folded;
    struct nq_buf text = {0};
    struct nq_str quoted = {0};
    size_t from = first, to = last;
    while (from > 0 && first - from < QUOTE_CHARS && !ends_quote(f, from - 1))
        from--;
    while (to < f->n && to - last < QUOTE_CHARS && !ends_quote(f, to))
        to++;
    if (from > 0 && !ends_quote(f, from - 1))
        nq_buf_add(&text, NQ_STR("…"));
    nq_buf_add(&text, nq_str_trim(nq_str_sub(d->text, f->start[from], f->end[to - 1])));
    if (to < f->n && !ends_quote(f, to))
        nq_buf_add(&text, NQ_STR("…"));
    if (!text.failed)
        quoted = nq_arena_str(d->arena, nq_buf_str(&text));
    nq_buf_finish(&text);
    return quoted;
}

static void quote(struct nq_discover *d, struct chosen *c, size_t first, size_t last)
{
    struct nq_proposal *p = &c->proposal;
    size_t at = p->n_quotes;
    bool earlier = d->day != NQ_NO_DAY && (p->first_day == NQ_NO_DAY || d->day < p->first_day);
    for (size_t i = 0; i < p->n_quotes; i++)
        if (c->reports[i] == d->report)
            return;
    if (earlier)
        p->first_day = d->day;
    if (at == NQ_QUOTES && !earlier)
        return;
    if (at == NQ_QUOTES)
        at = NQ_QUOTES - 1;
    else
        p->n_quotes++;
    struct nq_quote q = {d->passage, d->day,
                         quote_around(d, d->pieces[first].first, d->pieces[last - 1].last)};
    d->failed |= !q.text.ptr;
    for (; earlier && at > 0; at--) {
        p->quotes[at] = p->quotes[at - 1];
        c->reports[at] = c->reports[at - 1];
    }
    p->quotes[at] = q;
    c->reports[at] = d->report;
}

static void quote_one(struct nq_discover *d, size_t first, size_t last, uint64_t key)
{
    const struct nq_entry *place = nq_entries_find(&d->places, key);
    if (!place)
        return;
    struct chosen *c = &d->chosen[place->count - 1];
    if (c->last_passage == d->passage)
        return;
    c->last_passage = d->passage;
    c->proposal.passages++;
    quote(d, c, first, last);
}

bool nq_discover_quote(struct nq_discover *d, struct nq_str text, int64_t passage, int64_t report,
                       int32_t day)
{
    if (!read_text(d, text))
        return false;
    d->passage = passage;
    d->report = report;
    d->day = day;
    each_sequence(d, quote_one);
    return !d->failed;
}

bool nq_discover_take(const struct nq_discover *d, struct nq_arena *arena, struct nq_proposal **out,
                      size_t *n)
{
    struct nq_proposal *items = nq_arena_array(arena, d->n_chosen + 1, sizeof *items);
    for (size_t i = 0; i < d->n_chosen && items; i++) {
        items[i] = d->chosen[i].proposal;
        items[i].term = nq_arena_str(arena, items[i].term);
        for (size_t q = 0; q < items[i].n_quotes; q++)
            items[i].quotes[q].text = nq_arena_str(arena, items[i].quotes[q].text);
    }
    if (!items || nq_arena_failed(arena))
        return false;
    *out = items;
    *n = d->n_chosen;
    return true;
}
