/* Completing a beginning with the names and words of the index. */
#include "api/complete.h"

#include <math.h>
#include <stdlib.h>

#include "text/organisation.h"

enum {
    STANDING = 8,    /* a headline printed more often is that of a column */
    HALF_LIFE = 365, /* days in which a name loses half of what its age counts */
};

/* What a kind is worth beside the binary logarithm of its passages. */
static const double kind_weight[] = {-1, 2, 1, 1, 0};
static const double age_weight = 2, whole_weight = 2, column_weight = -3;

/* ---- candidates */

/* Whether a name is typed whole, and *same, in its own characters. */
static bool is_whole(const struct nq_completion *c, struct nq_str text, bool *same)
{
    uint32_t cp[NQ_SPELLED_MAX];
    size_t n = nq_typed_fold(text, c->typed.n + 1, cp);
    *same = n == c->typed.n && memcmp(cp, c->typed.cp, n * sizeof *cp) == 0;
    return nq_typed_fit(&c->typed, cp, n, true) == 0;
}

static double score(const struct nq_completion *c, const struct nq_candidate *k, bool whole)
{
    bool headline = k->kind == NQ_SUGGESTION_HEADLINE;
    double sum = kind_weight[k->kind] + log2(1 + (headline ? 1 : (double)k->passages));
    int32_t newest = nq_names_newest(c->index->names);
    if (k->day != NQ_NO_DAY && newest != NQ_NO_DAY)
        sum += age_weight * exp2(-fabs((double)newest - k->day) / HALF_LIFE);
    if (headline && k->passages > STANDING)
        sum += column_weight;
    return sum + (whole ? whole_weight : 0);
}

/* Whether `a` stands before `b`. */
static bool before(const struct nq_candidate *a, const struct nq_candidate *b)
{
    if ((a->fit > 0) != (b->fit > 0))
        return b->fit > 0;
    if (a->score != b->score)
        return a->score > b->score;
    return nq_str_cmp(a->text, b->text) < 0;
}

static int by_rank(const void *a, const void *b)
{
    return before(a, b) ? -1 : before(b, a);
}

/* Takes a name in; its text is borrowed and copied where it is kept. */
static enum nq_status take(struct nq_completion *c, struct nq_candidate k)
{
    bool same;
    if (k.passages == 0)
        return NQ_OK;
    k.score = score(c, &k, is_whole(c, k.text, &same));
    if (same) {
        c->known = true;
        return NQ_OK;
    }
    size_t worst = 0;
    for (size_t i = 0; i < c->n; i++)
        if (nq_str_eq(c->best[i].text, k.text) && c->best[i].kind == k.kind)
            return NQ_OK; /* from another source */
    if (c->n < c->most) {
        worst = c->n++;
    } else {
        for (size_t i = 1; i < c->n; i++)
            if (before(&c->best[worst], &c->best[i]))
                worst = i;
        if (!before(&k, &c->best[worst]))
            return NQ_OK;
    }
    k.text = nq_arena_str(c->arena, k.text);
    c->best[worst] = k;
    return k.text.ptr ? NQ_OK : nq_fail_nomem(c->err);
}

/* Takes a word or term in that the words index may hold. */
static enum nq_status take_word(struct nq_completion *c, struct nq_str word, int kind, int fit)
{
    struct nq_name_count count;
    enum nq_status status = nq_names_count(c->index, word, &count, c->err);
    if (status != NQ_OK)
        return status;
    return take(c, (struct nq_candidate){.text = word,
                                         .kind = (enum nq_suggestion_kind)kind,
                                         .passages = count.passages,
                                         .day = count.day,
                                         .fit = fit});
}

/* ---- sources of them */

static enum nq_status on_name(void *user, const struct nq_name *name, int fit)
{
    struct nq_completion *c = user;
    if (name->n == 0)
        return take_word(c, name->text, name->kind, fit);
    if (c->words_only)
        return NQ_OK;
    return take(c, (struct nq_candidate){.text = name->text,
                                         .kind = (enum nq_suggestion_kind)name->kind,
                                         .passages = name->n,
                                         .day = name->day,
                                         .fit = fit});
}

static enum nq_suggestion_kind kind_of(const struct nq_completion *c, struct nq_str word)
{
    uint32_t cp[NQ_SPELLED_MAX];
    if (nq_organisation_known(word))
        return NQ_SUGGESTION_ORGANISATION;
    size_t n = nq_typed_fold(word, NQ_SPELLED_MAX, cp);
    unsigned flags = nq_segmenter_find(c->index->segmenter, cp, n);
    return flags & NQ_WORD_TERM ? NQ_SUGGESTION_TOPIC : NQ_SUGGESTION_WORD;
}

static bool is_pinyin(uint32_t cp)
{
    return (cp >= 'a' && cp <= 'z') || cp == NQ_TYPED_END;
}

/* Words of the index that begin with the characters that are typed first, and go on as typed. */
static enum nq_status add_indexed(struct nq_completion *c)
{
    struct nq_buf beginning = {0};
    struct nq_name_words words = {0};
    for (size_t i = 0; i < c->typed.n && !is_pinyin(c->typed.cp[i]); i++)
        nq_buf_add_cp(&beginning, c->typed.cp[i]);
    if (beginning.len == 0 && !beginning.failed)
        return NQ_OK;
    enum nq_status status = beginning.failed
                                ? nq_fail_nomem(c->err)
                                : nq_names_words(c->index, nq_buf_str(&beginning), &words, c->err);
    for (size_t i = 0; i < words.n && status == NQ_OK; i++) {
        uint32_t cp[NQ_SPELLED_MAX];
        size_t n = nq_typed_fold(words.words[i], NQ_SPELLED_MAX, cp);
        int fit = nq_typed_fit(&c->typed, cp, n, false);
        if (fit >= 0)
            status = take_word(c, words.words[i], (int)kind_of(c, words.words[i]), fit);
    }
    nq_buf_finish(&beginning);
    return status;
}

/* Keeps the best of the table's words. */
static void on_spelt(void *user, const uint16_t *cp, size_t n, unsigned weight, int fit)
{
    struct nq_completion *c = user;
    size_t i = c->n_spelt;
    while (i > 0 && ((fit > 0) < (c->spelt[i - 1].fit > 0) ||
                     ((fit > 0) == (c->spelt[i - 1].fit > 0) && weight > c->spelt[i - 1].weight)))
        i--;
    if (i == NQ_COMPLETION_SPELT)
        return;
    if (c->n_spelt < NQ_COMPLETION_SPELT)
        c->n_spelt++;
    memmove(&c->spelt[i + 1], &c->spelt[i], (c->n_spelt - 1 - i) * sizeof *c->spelt);
    c->spelt[i] = (struct nq_spelling){cp, n, weight, fit};
}

/* Words of everyday language by their pinyin, as far as the index holds them. */
static enum nq_status add_spelt(struct nq_completion *c)
{
    struct nq_buf word = {0};
    enum nq_status status = NQ_OK;
    nq_pinyin_words(&c->typed, false, on_spelt, c);
    for (size_t i = 0; i < c->n_spelt && status == NQ_OK; i++) {
        word.len = 0;
        for (size_t k = 0; k < c->spelt[i].n; k++)
            nq_buf_add_cp(&word, c->spelt[i].cp[k]);
        status = word.failed ? nq_fail_nomem(c->err)
                             : take_word(c, nq_buf_str(&word), (int)kind_of(c, nq_buf_str(&word)),
                                         c->spelt[i].fit);
    }
    nq_buf_finish(&word);
    return status;
}

/* Whether a space behind characters says that the word is whole; behind pinyin it parts syllables.
 */
static bool ends_a_word(const struct nq_typed *typed, struct nq_str query)
{
    struct nq_str trimmed = nq_str_trim(query);
    bool space = trimmed.len > 0 && trimmed.ptr + trimmed.len < query.ptr + query.len;
    uint32_t last = typed->cp[typed->n - 1];
    return space && nq_class_of(last) == NQ_CLASS_HAN;
}

enum nq_status nq_complete(struct nq_completion *c, struct nq_str query, size_t start)
{
    struct nq_str end = nq_str_sub(query, start, query.len);
    c->n = c->n_spelt = 0;
    if (!nq_typed_read(end, &c->typed))
        return NQ_OK;
    bool ended = ends_a_word(&c->typed, query);
    if (ended && c->words_only)
        return NQ_OK;
    enum nq_status status = nq_names_find(c->index->names, &c->typed, on_name, c);
    if (status == NQ_OK && !ended)
        status = add_indexed(c);
    if (status == NQ_OK && !ended && c->typed.letters)
        status = add_spelt(c);
    if (c->n > 1)
        qsort(c->best, c->n, sizeof *c->best, by_rank);
    return status;
}

bool nq_same_name(struct nq_str a, struct nq_str b)
{
    uint32_t x[NQ_SPELLED_MAX], y[NQ_SPELLED_MAX];
    size_t n = nq_typed_fold(a, NQ_SPELLED_MAX, x);
    return n == nq_typed_fold(b, NQ_SPELLED_MAX, y) && memcmp(x, y, n * sizeof *x) == 0;
}
