/* Which candidates are proposed, and in which order. */
#include <math.h>
#include <stdlib.h>

#include "base/grow.h"
#include "link/discover_run.h"

/* Below these a candidate is left out: parts that meet no more often than words do by chance in one
 * subject, and what mostly stands beside the same words. */
static const double least_cohesion = 2.0, least_entropy = 1.2;

/* More cohesion is no better; that of a word made up by the unknown-word model; the share of
 * occurrences behind a title (总统, 主席) from which on it is a person's name. */
static const double most_cohesion = 6.0, unknown_cohesion = 4.0, named_share = 0.1;

/* The entry of words [first, last) of `e`, whose text is d->folded; or NULL. */
static const struct nq_entry *part(struct nq_discover *d, const struct nq_entry *e, size_t first,
                                   size_t last)
{
    size_t start = 0, end = 0;
    for (size_t i = 0; i < last; i++) {
        start += i < first ? e->chars[i] : 0;
        end += e->chars[i];
    }
    return end <= d->folded.n
               ? nq_entries_find(&d->entries, nq_discover_key(&d->folded, start, end))
               : NULL;
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
    const struct nq_discover_chosen *x = a, *y = b;
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
    struct nq_discover_chosen *grown =
        nq_grow(d->chosen, d->n_chosen, &d->cap_chosen, sizeof *grown);
    if (!grown)
        return false;
    d->chosen = grown;
    d->chosen[d->n_chosen++] =
        (struct nq_discover_chosen){.proposal = p, .key = e->key, .last_passage = -1};
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
