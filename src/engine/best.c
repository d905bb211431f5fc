/* The best k of a stream of matches. */
#include "engine/best.h"

#include <stdlib.h>

#include "base/grow.h"

/* Whether `a` stands before `b`: what matches as typed first, then by score or by day, then the
 * newer, then by id.  All words and some words are told apart for the reader but ranked by score
 * alone: putting the former first costs 0.002-0.004 MRR@10 on news headlines, as a common word may
 * be just what is missing. */
static bool before(const struct nq_match *a, const struct nq_match *b, enum nq_sort sort)
{
    bool exact_a = a->tier == NQ_TIER_EXACT, exact_b = b->tier == NQ_TIER_EXACT;
    if (exact_a != exact_b)
        return exact_a;
    if (sort == NQ_SORT_DATE && a->day != b->day)
        return a->day > b->day; /* NQ_NO_DAY is the least */
    if (a->score != b->score)
        return a->score > b->score;
    if (a->day != b->day)
        return a->day > b->day;
    return a->passage < b->passage;
}

/* Moves items[i] down to where no child is worse than it. */
static void sift_down(struct nq_best *best, size_t i)
{
    struct nq_match moved = best->items[i];
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= best->n)
            break;
        if (child + 1 < best->n && before(&best->items[child], &best->items[child + 1], best->sort))
            child++;
        if (!before(&moved, &best->items[child], best->sort))
            break;
        best->items[i] = best->items[child];
        i = child;
    }
    best->items[i] = moved;
}

static void sift_up(struct nq_best *best, size_t i)
{
    struct nq_match moved = best->items[i];
    while (i > 0 && before(&best->items[(i - 1) / 2], &moved, best->sort)) {
        best->items[i] = best->items[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    best->items[i] = moved;
}

void nq_best_add(struct nq_best *best, struct nq_match match)
{
    if (best->n == best->k) {
        if (best->k > 0 && before(&match, &best->items[0], best->sort)) {
            best->items[0] = match;
            sift_down(best, 0);
        }
        return;
    }
    struct nq_match *items = nq_grow(best->items, best->n, &best->cap, sizeof *items);
    if (!items) {
        best->failed = true;
        return;
    }
    best->items = items;
    best->items[best->n++] = match;
    sift_up(best, best->n - 1);
}

static int by_score(const void *a, const void *b)
{
    return before(a, b, NQ_SORT_RELEVANCE) ? -1 : 1;
}

static int by_day(const void *a, const void *b)
{
    return before(a, b, NQ_SORT_DATE) ? -1 : 1;
}

void nq_match_sort(struct nq_match *items, size_t n, enum nq_sort sort)
{
    if (n > 1)
        qsort(items, n, sizeof *items, sort == NQ_SORT_DATE ? by_day : by_score);
}
