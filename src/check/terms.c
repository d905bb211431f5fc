/* Terms of a section and what each of them weighs. */
#include "check/terms.h"

#include <math.h>
#include <stdlib.h>

#include "base/grow.h"
#include "text/numeral.h"

enum {
    PASSAGE_WORDS = 60, /* a passage's words: by it a word's share becomes a passage's */
    FEW = 1,            /* sections at hand with a term that tells as much as it can */
    MANY = 60,          /* with one that tells nothing */
};

static const double most_likely = 0.9;

static void weigh(const struct nq_check_terms *terms, struct nq_check_term *term, double held)
{
    double all = terms->passages + NQ_PRIOR_PASSAGES;
    double with = held + NQ_PRIOR_PASSAGES * (double)term->prior + 0.5;
    term->weight = with < all ? (float)log(all / with) : 0;
}

/* The number of a term, made where it is new; SIZE_MAX without memory. */
static size_t number_of(struct nq_check_terms *terms, struct nq_str text, const uint32_t *cp,
                        size_t n, bool latin)
{
    struct nq_map_entry *entry = nq_map_put(&terms->numbers, text);
    if (!entry)
        return SIZE_MAX;
    if (entry->mark > 0)
        return (size_t)entry->mark - 1;
    struct nq_check_term *items = nq_grow(terms->items, terms->n, &terms->cap, sizeof *items);
    if (!items)
        return SIZE_MAX;
    terms->items = items;
    struct nq_check_term *term = &terms->items[terms->n];
    double share = PASSAGE_WORDS * exp(nq_segmenter_log_frequency(terms->segmenter, cp, n));
    *term = (struct nq_check_term){.text = entry->key, .latin = latin};
    term->prior = (float)(share < most_likely ? share : most_likely);
    weigh(terms, term, terms->passages * (double)term->prior);
    entry->mark = (int64_t)++terms->n;
    return terms->n - 1;
}

static int by_term(const void *a, const void *b)
{
    const struct nq_term_count *x = a, *y = b;
    return (x->term > y->term) - (x->term < y->term);
}

/* 六月份, 一季度, 年底: words of numerals and units of time. */
static bool is_date(const uint32_t *cp, size_t n)
{
    static const uint32_t units[] = {0x5E74, 0x6708, 0x65E5, 0x53F7, 0x4EFD, 0x5B63, 0x5EA6,
                                     0x65EC, 0x521D, 0x672B, 0x5E95, 0x534A}; /* 年月日号份季度
                                                                                 旬初末底半 */
    for (size_t i = 0; i < n; i++) {
        bool unit = false;
        for (size_t k = 0; k < NQ_COUNT(units) && !unit; k++)
            unit = cp[i] == units[k];
        if (!unit && !nq_is_numeral(cp[i]))
            return false;
    }
    return true;
}

bool nq_check_terms_find(struct nq_check_terms *terms, struct nq_arena *arena,
                         const struct nq_folded *text, struct nq_term_set *out)
{
    struct nq_word_buf *words = &terms->words;
    if (!nq_segment_folded(terms->segmenter, text, words))
        return false;
    struct nq_term_count *items = nq_arena_array(arena, words->n + 1, sizeof *items);
    size_t found = 0, kept = 0;
    for (size_t w = 0; w < words->n && items; w++) {
        const struct nq_word *word = &words->words[w];
        bool latin = word->kind == NQ_WORD_LATIN;
        if ((!latin && word->kind != NQ_WORD_HAN) || word->last - word->first < 2 ||
            is_date(text->cp + word->first, word->last - word->first))
            continue;
        terms->bytes.len = 0;
        for (uint32_t i = word->first; i < word->last; i++)
            nq_buf_add_cp(&terms->bytes, text->cp[i]);
        size_t number = terms->bytes.failed
                            ? SIZE_MAX
                            : number_of(terms, nq_buf_str(&terms->bytes), text->cp + word->first,
                                        word->last - word->first, latin);
        if (number == SIZE_MAX)
            return false;
        items[found++] = (struct nq_term_count){(uint32_t)number, 1};
    }
    if (!items)
        return false;
    if (found)
        qsort(items, found, sizeof *items, by_term);
    for (size_t i = 0; i < found; i++) {
        if (kept > 0 && items[kept - 1].term == items[i].term)
            items[kept - 1].count++;
        else
            items[kept++] = items[i];
    }
    *out = (struct nq_term_set){items, kept};
    return true;
}

bool nq_term_sets_join(struct nq_arena *arena, const struct nq_term_set *a,
                       const struct nq_term_set *b, uint32_t factor, struct nq_term_set *out)
{
    struct nq_term_count *items = nq_arena_array(arena, a->n + b->n + 1, sizeof *items);
    size_t n = 0;
    for (size_t i = 0, j = 0; items && (i < a->n || j < b->n);) {
        bool first = j == b->n || (i < a->n && a->items[i].term <= b->items[j].term);
        bool second = i == a->n || (j < b->n && b->items[j].term <= a->items[i].term);
        items[n].term = first ? a->items[i].term : b->items[j].term;
        items[n].count = first ? a->items[i++].count : 0;
        items[n++].count += second ? factor * b->items[j++].count : 0;
    }
    *out = (struct nq_term_set){items, n};
    return items != NULL;
}

void nq_check_term_count(struct nq_check_terms *terms, size_t i, double passages)
{
    terms->items[i].counted = true;
    weigh(terms, &terms->items[i], passages);
}

void nq_check_terms_here(struct nq_check_terms *terms, const uint16_t *held)
{
    double all = log((MANY + 2.0) / (FEW + 2.0));
    for (size_t i = 0; i < terms->n; i++) {
        double n = held[i] > FEW ? held[i] : FEW;
        double share = n < MANY ? log((MANY + 2.0) / (n + 2.0)) / all : 0;
        terms->items[i].here = terms->items[i].weight * (float)share;
    }
}

double nq_term_anchor(const struct nq_check_terms *terms, const struct nq_term_set *a,
                      const struct nq_term_set *b)
{
    float most = 0;
    for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
        uint32_t x = a->items[i].term, y = b->items[k].term;
        if (x == y && !terms->items[x].form && terms->items[x].here > most)
            most = terms->items[x].here;
        i += x <= y;
        k += y <= x;
    }
    return (double)most;
}

void nq_check_terms_finish(struct nq_check_terms *terms)
{
    nq_map_finish(&terms->numbers);
    nq_word_buf_finish(&terms->words);
    nq_buf_finish(&terms->bytes);
    free(terms->items);
    *terms = (struct nq_check_terms){0};
}

static double weight(const struct nq_check_terms *terms, struct nq_term_count t)
{
    return (double)terms->items[t.term].weight * (1 + log((double)t.count));
}

struct nq_overlap nq_term_overlap(const struct nq_check_terms *terms, const struct nq_term_set *a,
                                  const struct nq_term_set *b)
{
    struct nq_overlap sums = {0};
    for (size_t i = 0, j = 0; i < a->n || j < b->n;) {
        bool first = j == b->n || (i < a->n && a->items[i].term <= b->items[j].term);
        bool second = i == a->n || (j < b->n && b->items[j].term <= a->items[i].term);
        double x = first ? weight(terms, a->items[i++]) : 0;
        double y = second ? weight(terms, b->items[j++]) : 0;
        sums.dot += x * y;
        sums.covered += first && second ? x * x : 0;
        sums.first += x * x;
        sums.second += y * y;
    }
    return sums;
}
