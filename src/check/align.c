/* The longest common subsequence of two rows of numbers. */
#include "check/align.h"

#include <stdlib.h>
#include <string.h>

enum {
    RUN = 3, /* members in a row are worth more than the same number strewn about */
};

/* Cells hold the best score of a[i..] and b[j..]: two for a pair, one more for a pair that follows
 * another.  One cell for "a pair has just ended", one for "none has". */
struct cell {
    uint16_t open, after;
};

static void fill(struct cell *cells, const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    for (size_t i = n; i-- > 0;) {
        for (size_t j = m; j-- > 0;) {
            struct cell *here = &cells[i * (m + 1) + j], *down = here + m + 1, *across = here + 1;
            unsigned best = down->open > across->open ? down->open : across->open;
            unsigned after = best;
            if (a[i] == b[j]) {
                unsigned next = (down + 1)->after;
                best = next + 2 > best ? next + 2 : best;
                after = next + RUN > best ? next + RUN : best;
            }
            here->open = (uint16_t)best;
            here->after = (uint16_t)(after > best ? after : best);
        }
    }
}

static void trace(const struct cell *cells, const uint32_t *a, size_t n, const uint32_t *b,
                  size_t m, bool *in_a, bool *in_b)
{
    bool after = false;
    for (size_t i = 0, j = 0; i < n && j < m;) {
        const struct cell *here = &cells[i * (m + 1) + j];
        unsigned score = after ? here->after : here->open;
        unsigned pair = (here + m + 2)->after + (after ? RUN : 2u);
        if (a[i] == b[j] && pair == score) {
            in_a[i++] = in_b[j++] = true;
            after = true;
        } else if ((here + m + 1)->open >= (here + 1)->open) {
            i++;
            after = false;
        } else {
            j++;
            after = false;
        }
    }
}

/* Takes out members at b's ends that a gap longer than their run parts from the rest. */
static void trim(bool *in_a, size_t n, bool *in_b, size_t m, bool from_end)
{
    for (;;) {
        size_t i = 0, run = 0, gap = 0;
#define AT(k) (from_end ? m - 1 - (k) : (k))
        while (i < m && !in_b[AT(i)])
            i++;
        size_t first = i;
        for (; i < m && in_b[AT(i)]; i++)
            run++;
        for (; i < m && !in_b[AT(i)]; i++)
            gap++;
        if (i == m || run == 0 || gap <= 2 * run + 1)
            return;
        for (size_t k = first; k < first + run; k++)
            in_b[AT(k)] = false;
#undef AT
        for (size_t k = 0; k < n && run > 0; k++) {
            size_t at = from_end ? n - 1 - k : k;
            run -= in_a[at];
            in_a[at] = false;
        }
    }
}

bool nq_align(const uint32_t *a, size_t n, const uint32_t *b, size_t m, bool *in_a, bool *in_b,
              size_t *start, size_t *end, size_t *common)
{
    struct cell *cells = calloc((n + 1) * (m + 1), sizeof *cells);
    if (!cells)
        return false;
    memset(in_a, 0, n * sizeof *in_a);
    memset(in_b, 0, m * sizeof *in_b);
    fill(cells, a, n, b, m);
    trace(cells, a, n, b, m, in_a, in_b);
    free(cells);
    trim(in_a, n, in_b, m, false);
    trim(in_a, n, in_b, m, true);
    *common = 0;
    *start = m;
    *end = 0;
    for (size_t j = 0; j < m; j++) {
        if (!in_b[j])
            continue;
        *start = j < *start ? j : *start;
        *end = j + 1;
        ++*common;
    }
    if (*common == 0)
        *start = 0;
    return true;
}
