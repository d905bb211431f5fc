/* Suggestions: a beginning, completed with the names and words of the index. */
#include <math.h>
#include <stdlib.h>

#include "api/names.h"
#include "text/organisation.h"
#include "text/utf8.h"

enum {
    MOST_STARTS = 8,   /* ends of the query that are tried */
    MOST_SPELT = 32,   /* words of everyday language that are looked up for pinyin */
    MOST_LIMIT = 1000, /* suggestions */
    SPARE = 32,        /* candidates beyond the limit, for some are the same */
    STANDING = 8,      /* a headline printed more often is that of a column */
    HALF_LIFE = 365,   /* days in which a name loses half of what its age counts */
};

/* What a kind is worth beside the binary logarithm of its passages. */
static const double kind_weight[] = {-1, 2, 1, 1, 0};
static const double age_weight = 2, whole_weight = 2, column_weight = -3;

struct candidate {
    struct nq_str text; /* of the name alone */
    enum nq_suggestion_kind kind;
    uint64_t passages;
    int32_t day;
    int fit;
    double score;
};

/* The public struct first, then what owns its memory. */
struct owned {
    struct nq_suggestions suggestions;
    struct nq_arena *arena;
};

struct spelt {
    const uint16_t *cp;
    size_t n;
    unsigned weight;
    int fit;
};

/* One beginning being completed. */
struct completion {
    struct nq_index *index;
    struct nq_arena *arena;
    struct nq_typed typed;
    bool words_only; /* something stands before it */
    bool known;      /* it is a word or name itself */
    struct candidate *best;
    size_t n, most;
    struct spelt spelt[MOST_SPELT];
    size_t n_spelt;
    struct nq_error *err;
};

/* ---- candidates */

/* How a name's whole fits; -1 where the beginning is only a part of it. */
static bool is_whole(const struct completion *c, struct nq_str text, bool *same)
{
    uint32_t cp[NQ_SPELLED_MAX];
    size_t n = nq_typed_fold(text, c->typed.n + 1, cp);
    *same = n == c->typed.n && memcmp(cp, c->typed.cp, n * sizeof *cp) == 0;
    return nq_typed_fit(&c->typed, cp, n, true) == 0;
}

static double score(const struct completion *c, const struct candidate *k, bool whole)
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
static bool before(const struct candidate *a, const struct candidate *b)
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
static enum nq_status take(struct completion *c, struct candidate k)
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
static enum nq_status take_word(struct completion *c, struct nq_str word, int kind, int fit)
{
    struct nq_name_count count;
    enum nq_status status = nq_names_count(c->index, word, &count, c->err);
    if (status != NQ_OK)
        return status;
    return take(c, (struct candidate){.text = word,
                                      .kind = (enum nq_suggestion_kind)kind,
                                      .passages = count.passages,
                                      .day = count.day,
                                      .fit = fit});
}

/* ---- sources of them */

static enum nq_status on_name(void *user, const struct nq_name *name, int fit)
{
    struct completion *c = user;
    if (name->n == 0)
        return take_word(c, name->text, name->kind, fit);
    if (c->words_only)
        return NQ_OK;
    return take(c, (struct candidate){.text = name->text,
                                      .kind = (enum nq_suggestion_kind)name->kind,
                                      .passages = name->n,
                                      .day = name->day,
                                      .fit = fit});
}

static enum nq_suggestion_kind kind_of(const struct completion *c, struct nq_str word)
{
    uint32_t cp[NQ_SPELLED_MAX];
    if (nq_organisation_known(word))
        return NQ_SUGGESTION_ORGANISATION;
    size_t n = nq_typed_fold(word, NQ_SPELLED_MAX, cp);
    unsigned flags = nq_segmenter_find(c->index->segmenter, cp, n);
    return flags & NQ_WORD_TERM ? NQ_SUGGESTION_TOPIC : NQ_SUGGESTION_WORD;
}

/* Words of the index that begin with characters. */
static enum nq_status add_indexed(struct completion *c)
{
    struct nq_buf beginning = {0};
    struct nq_name_words words = {0};
    for (size_t i = 0; i < c->typed.n; i++)
        nq_buf_add_cp(&beginning, c->typed.cp[i]);
    enum nq_status status = beginning.failed
                                ? nq_fail_nomem(c->err)
                                : nq_names_words(c->index, nq_buf_str(&beginning), &words, c->err);
    for (size_t i = 0; i < words.n && status == NQ_OK; i++)
        status = take_word(c, words.words[i], (int)kind_of(c, words.words[i]), 0);
    nq_buf_finish(&beginning);
    return status;
}

/* Keeps the best of the table's words. */
static void on_spelt(void *user, const uint16_t *cp, size_t n, unsigned weight, int fit)
{
    struct completion *c = user;
    size_t i = c->n_spelt;
    while (i > 0 && ((fit > 0) < (c->spelt[i - 1].fit > 0) ||
                     ((fit > 0) == (c->spelt[i - 1].fit > 0) && weight > c->spelt[i - 1].weight)))
        i--;
    if (i == MOST_SPELT)
        return;
    if (c->n_spelt < MOST_SPELT)
        c->n_spelt++;
    memmove(&c->spelt[i + 1], &c->spelt[i], (c->n_spelt - 1 - i) * sizeof *c->spelt);
    c->spelt[i] = (struct spelt){cp, n, weight, fit};
}

/* Words of everyday language by their pinyin, as far as the index holds them. */
static enum nq_status add_spelt(struct completion *c)
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

/* ---- the query */

/* Where a word may begin within the query, behind its first: at Han characters that stand behind
 * white space or marks, behind a word, or two together; and at pinyin behind a word.  Half a word
 * is not completed: nothing begins with 算电, so 电 becomes nothing. */
static bool may_start(const struct completion *c, const struct nq_folded *f, size_t i)
{
    enum { LONGEST = 4 };
    bool han = f->cls[i] == NQ_CLASS_HAN;
    size_t before = i;
    while (before > 0 && f->cls[before - 1] == NQ_CLASS_HAN && i - before < LONGEST)
        before--;
    if (before == i) { /* pinyin goes on behind spaces and apostrophes */
        size_t k = i;
        while (k > 0 && f->cls[k - 1] != NQ_CLASS_HAN && f->cls[k - 1] != NQ_CLASS_LETTER)
            k--;
        return han || k == 0 || f->cls[k - 1] == NQ_CLASS_HAN;
    }
    if (han && i + 1 < f->n && f->cls[i + 1] == NQ_CLASS_HAN)
        return true;
    for (; i - before >= 2; before++)
        if (nq_segmenter_has(c->index->segmenter, f->cp + before, i - before))
            return true;
    return false;
}

/* Where names may begin in the query, as bytes; returns their number, the first and the last ones.
 */
static size_t find_starts(const struct completion *c, const struct nq_folded *f,
                          size_t starts[MOST_STARTS])
{
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) {
        bool latin = f->cls[i] == NQ_CLASS_LETTER || f->cls[i] == NQ_CLASS_DIGIT;
        bool run = i > 0 && (f->cls[i - 1] == NQ_CLASS_LETTER || f->cls[i - 1] == NQ_CLASS_DIGIT);
        if (!(f->cls[i] == NQ_CLASS_HAN || (latin && !run)) || (n > 0 && !may_start(c, f, i)))
            continue;
        if (n == MOST_STARTS) {
            memmove(starts + 1, starts + 2, (MOST_STARTS - 2) * sizeof *starts);
            n--;
        }
        starts[n++] = f->start[i];
    }
    return n;
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

/* Fills c->best from the end of the query that begins at `start`. */
static enum nq_status complete_from(struct completion *c, struct nq_str query, size_t start)
{
    struct nq_str end = nq_str_sub(query, start, query.len);
    c->n = c->n_spelt = 0;
    if (!nq_typed_read(end, &c->typed))
        return NQ_OK;
    bool ended = ends_a_word(&c->typed, query);
    if (ended && c->words_only)
        return NQ_OK;
    enum nq_status status = nq_names_find(c->index->names, &c->typed, on_name, c);
    if (status != NQ_OK || ended)
        return status;
    return c->typed.letters ? add_spelt(c) : add_indexed(c);
}

/* Whether two names are the same but for how they are printed. */
static bool same_name(struct nq_str a, struct nq_str b)
{
    uint32_t x[NQ_SPELLED_MAX], y[NQ_SPELLED_MAX];
    size_t n = nq_typed_fold(a, NQ_SPELLED_MAX, x);
    return n == nq_typed_fold(b, NQ_SPELLED_MAX, y) && memcmp(x, y, n * sizeof *x) == 0;
}

/* Writes the candidates, the best first and each once, behind what stands before them. */
static enum nq_status write_out(struct completion *c, struct nq_str head, size_t limit,
                                struct owned *o)
{
    struct nq_suggestions *s = &o->suggestions;
    struct nq_buf text = {0};
    if (c->n > 1)
        qsort(c->best, c->n, sizeof *c->best, by_rank);
    s->items = nq_arena_array(o->arena, limit, sizeof *s->items);
    for (size_t i = 0; i < c->n && s->n_items < limit && s->items; i++) {
        const struct candidate *k = &c->best[i];
        bool again = false;
        for (size_t b = 0; b < i && !again; b++)
            again = same_name(c->best[b].text, k->text);
        if (again)
            continue;
        text.len = 0;
        nq_buf_add(&text, head);
        nq_buf_add(&text, k->text);
        if (k->kind == NQ_SUGGESTION_DOCUMENT && nq_str_ends(head, NQ_STR("《")))
            nq_buf_add(&text, NQ_STR("》"));
        s->items[s->n_items++] = (struct nq_suggestion){nq_arena_str(o->arena, nq_buf_str(&text)),
                                                        k->passages, k->kind, k->day};
    }
    bool failed = text.failed || nq_arena_failed(o->arena);
    nq_buf_finish(&text);
    return failed ? nq_fail_nomem(c->err) : NQ_OK;
}

static enum nq_status complete(struct nq_index *index, struct nq_str query, size_t limit,
                               struct owned *o, struct nq_error *err)
{
    struct nq_folded folded = {0};
    size_t starts[MOST_STARTS], n = 0;
    struct completion *c = nq_arena_alloc(o->arena, sizeof *c);
    if (!c)
        return nq_fail_nomem(err);
    *c = (struct completion){.index = index, .arena = o->arena, .most = limit + SPARE, .err = err};
    c->best = nq_arena_array(o->arena, c->most, sizeof *c->best);
    bool ok = c->best && nq_fold_text(query, &folded);
    enum nq_status status = ok ? nq_names_refresh(index, err) : nq_fail_nomem(err);
    if (status == NQ_OK)
        n = find_starts(c, &folded, starts);
    nq_folded_finish(&folded);
    for (size_t i = 0; i < n && status == NQ_OK; i++) {
        c->words_only = i > 0;
        status = complete_from(c, query, starts[i]);
        if (status == NQ_OK && (c->n > 0 || c->known))
            return write_out(c, nq_str_sub(query, 0, starts[i]), limit, o);
    }
    return status;
}

enum nq_status nq_suggest(struct nq_index *index, struct nq_str query, size_t limit,
                          struct nq_suggestions **out, struct nq_error *err)
{
    if (err)
        *err = (struct nq_error){.column = -1};
    struct owned *o = calloc(1, sizeof *o);
    if (!o || !(o->arena = nq_arena_create())) {
        free(o);
        return nq_fail_nomem(err);
    }
    size_t repaired;
    struct nq_str clean = nq_utf8_clean(o->arena, query, &repaired);
    enum nq_status status =
        clean.ptr || query.len == 0 ? nq_db_exec(index->db, "BEGIN", err) : nq_fail_nomem(err);
    if (status == NQ_OK) {
        status = complete(index, clean, limit < MOST_LIMIT ? limit : MOST_LIMIT, o, err);
        nq_db_exec(index->db, "COMMIT", NULL);
    }
    if (status == NQ_OK)
        *out = &o->suggestions;
    else
        nq_suggestions_destroy(&o->suggestions);
    return status;
}

void nq_suggestions_destroy(struct nq_suggestions *suggestions)
{
    struct owned *o = (struct owned *)suggestions;
    if (!o)
        return;
    nq_arena_destroy(o->arena);
    free(o);
}
