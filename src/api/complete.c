/* Completing a beginning with the names and words of the index. */
#include "api/complete.h"

#include <math.h>
#include <stdlib.h>

enum {
    STANDING = 8,    /* a headline printed more often is that of a column */
    HALF_LIFE = 365, /* days in which a name loses half of what its age counts */
    MOST_WORDS = 64, /* of the index that begin as typed, which are looked at */
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

static bool is_title(enum nq_suggestion_kind kind)
{
    return kind == NQ_SUGGESTION_DOCUMENT || kind == NQ_SUGGESTION_HEADLINE;
}

/* Takes in what another source has of a candidate: a title's other passages, those of another tier.
 */
static void merge(struct nq_candidate *k, const struct nq_candidate *other)
{
    if (!is_title(k->kind) || k->tiers & other->tiers)
        return;
    k->tiers |= other->tiers;
    k->passages += other->passages;
    if (other->day > k->day)
        k->day = other->day;
}

/* The candidate that is this name, or NULL. */
static struct nq_candidate *find_candidate(struct nq_completion *c, struct nq_str text,
                                           enum nq_suggestion_kind kind)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->best[i].kind == kind && nq_str_eq(c->best[i].text, text))
            return &c->best[i];
    return NULL;
}

/* Where there is no more room, notes the worst candidate and the score that another needs. */
static void find_worst(struct nq_completion *c)
{
    if (c->n < c->most)
        return;
    c->worst = 0;
    for (size_t i = 1; i < c->n; i++)
        if (before(&c->best[c->worst], &c->best[i]))
            c->worst = i;
    c->least = c->best[c->worst].fit > 0 ? -INFINITY : c->best[c->worst].score;
}

/* Takes a name in; its text is borrowed and copied where it is kept. */
static enum nq_status take(struct nq_completion *c, struct nq_candidate k)
{
    bool same, whole = is_whole(c, k.text, &same);
    struct nq_candidate *known = find_candidate(c, k.text, k.kind);
    if (k.passages == 0)
        return NQ_OK;
    if (same) {
        c->known = true;
        return NQ_OK;
    }
    k.score = score(c, &k, whole);
    if (known) {
        merge(known, &k);
        known->score = score(c, known, whole);
    } else if (c->n < c->most || before(&k, &c->best[c->worst])) {
        size_t at = c->n < c->most ? c->n++ : c->worst;
        k.text = nq_arena_str(c->arena, k.text);
        c->best[at] = k;
    }
    find_worst(c);
    return k.text.ptr ? NQ_OK : nq_fail_nomem(c->err);
}

static enum nq_status take_word(struct nq_completion *c, struct nq_str word,
                                enum nq_suggestion_kind kind, const struct nq_name_count *count,
                                int fit)
{
    return take(c, (struct nq_candidate){.text = word,
                                         .kind = kind,
                                         .passages = count->passages,
                                         .day = count->day,
                                         .fit = fit});
}

/* ---- sources of them */

static struct nq_candidate candidate_of(const struct nq_name *name)
{
    return (struct nq_candidate){.text = name->text,
                                 .kind = (enum nq_suggestion_kind)name->kind,
                                 .passages = name->n,
                                 .day = name->day,
                                 .tiers = 1u << name->tier};
}

/* Whether a name may become a candidate, or add to one, if it is typed well: matching takes more
 * time than this. */
static bool is_wanted(void *user, const struct nq_name *name)
{
    struct nq_completion *c = user;
    struct nq_candidate k = candidate_of(name);
    if (c->words_only && is_title(k.kind))
        return false;
    return c->n < c->most || name->n == 0 || score(c, &k, true) >= c->least ||
           find_candidate(c, k.text, k.kind);
}

static enum nq_status on_name(void *user, const struct nq_name *name, int fit)
{
    struct nq_completion *c = user;
    struct nq_candidate k = candidate_of(name);
    struct nq_name_count count;
    k.fit = fit;
    if (name->n > 0)
        return take(c, k);
    enum nq_status status = nq_names_count(c->index, name->text, &count, c->err);
    return status == NQ_OK ? take_word(c, name->text, k.kind, &count, fit) : status;
}

static bool is_pinyin(uint32_t cp)
{
    return (cp >= 'a' && cp <= 'z') || cp == NQ_TYPED_END;
}

static bool on_word(void *user, struct nq_str word, uint64_t passages, int64_t last)
{
    struct nq_completion *c = user;
    struct nq_name_count count = {.passages = passages};
    enum nq_suggestion_kind kind;
    uint32_t cp[NQ_SPELLED_MAX];
    int fit = nq_typed_fit(&c->typed, cp, nq_typed_fold(word, NQ_SPELLED_MAX, cp), false);
    if (fit < 0)
        return true;
    nq_name_word_known(c->index, word, &kind);
    c->status = last ? nq_names_day(c->index, last, &count.day, c->err)
                     : nq_names_count(c->index, word, &count, c->err);
    if (c->status == NQ_OK)
        c->status = take_word(c, word, kind, &count, fit);
    return c->status == NQ_OK;
}

/* Words of the index, however rare, that begin with the characters that are typed first, and go on
 * as typed. */
static enum nq_status add_indexed(struct nq_completion *c)
{
    struct nq_buf beginning = {0};
    enum nq_status status = NQ_OK;
    for (size_t i = 0; i < c->typed.n && !is_pinyin(c->typed.cp[i]); i++)
        nq_buf_add_cp(&beginning, c->typed.cp[i]);
    if (beginning.failed)
        status = nq_fail_nomem(c->err);
    else if (beginning.len > 0)
        status = nq_engine_complete(c->index->engine, nq_buf_str(&beginning), MOST_WORDS, on_word,
                                    c, c->err);
    nq_buf_finish(&beginning);
    return status == NQ_OK ? c->status : status;
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
    c->n = 0;
    c->least = -INFINITY;
    if (!nq_typed_read(end, &c->typed))
        return NQ_OK;
    bool ended = ends_a_word(&c->typed, query);
    if (ended && c->words_only)
        return NQ_OK;
    enum nq_status status = nq_names_find(c->index, &c->typed, is_wanted, on_name, c, c->err);
    if (status == NQ_OK && !ended && c->n < c->most)
        status = add_indexed(c);
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
