/* Reports that appear again and again, and the days on which one should have. */
#include "api/series.h"

#include <stdlib.h>

enum {
    LEAST_DAYS = 10,  /* to speak of a rhythm */
    WEEKS = 8,        /* that are looked at on either side of a gap */
    LEAST_WEEKS = 3,  /* of them that must lie within the series */
    LONGEST_GAP = 366 /* beyond that the series was given up, or a date is wrong */
};

void nq_series_pattern(struct nq_buf *out, struct nq_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        bool digit = s.ptr[i] >= '0' && s.ptr[i] <= '9';
        bool before = i > 0 && s.ptr[i - 1] >= '0' && s.ptr[i - 1] <= '9';
        if (!digit)
            nq_buf_add_byte(out, s.ptr[i]);
        else if (!before)
            nq_buf_add_byte(out, '#');
    }
}

/* 0 to 6; 1970-01-01 was a Thursday, which does not matter here. */
static int weekday(int32_t day)
{
    return (day % 7 + 7) % 7;
}

int nq_series_rhythm(const int32_t *days, size_t n)
{
    int64_t counts[7] = {0}, most = 0, span = 1;
    int rhythm = 0;
    if (n < LEAST_DAYS)
        return 0;
    for (size_t i = 0; i < n; i++) {
        if (++counts[weekday(days[i])] > most)
            most = counts[weekday(days[i])];
        if (i > 0 && days[i] - days[i - 1] <= LONGEST_GAP)
            span += days[i] - days[i - 1];
    }
    for (int w = 0; w < 7; w++)
        rhythm += counts[w] * 2 >= most;
    /* At least half of the days that this would be. */
    return (int64_t)n * 7 * 2 >= span * rhythm ? rhythm : 0;
}

static int by_day(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* Counts how many of the `WEEKS` days from `day` on in steps of `step` lie in the series' time, and
 * on how many of them it appeared. */
static void look(const int32_t *days, size_t n, int32_t day, int step, int *seen, int *present)
{
    for (int k = 0; k < WEEKS && day >= days[0] && day <= days[n - 1]; k++, day += step) {
        ++*seen;
        *present += bsearch(&day, days, n, sizeof *days, by_day) != NULL;
    }
}

/* Whether the series should have appeared on `day`, which lies between its days `before` and
 * `behind`. */
static bool is_missed(const int32_t *days, size_t n, int32_t before, int32_t behind, int32_t day)
{
    int seen = 0, present = 0;
    look(days, n, before - (weekday(before) - weekday(day) + 7) % 7, -7, &seen, &present);
    look(days, n, behind + (weekday(day) - weekday(behind) + 7) % 7, 7, &seen, &present);
    return seen >= LEAST_WEEKS && present * 2 > seen;
}

static bool add_day(struct nq_arena *arena, struct nq_gap **gaps, size_t *n, int32_t day,
                    bool *open)
{
    if (*open) {
        (*gaps)[*n - 1].last = day;
        (*gaps)[*n - 1].days++;
        return true;
    }
    struct nq_gap *grown = nq_arena_grow(arena, *gaps, *n, sizeof *grown);
    if (!grown)
        return false;
    *gaps = grown;
    grown[(*n)++] = (struct nq_gap){day, day, 1};
    *open = true;
    return true;
}

bool nq_series_gaps(const int32_t *days, size_t n, struct nq_arena *arena, struct nq_gap **out,
                    size_t *n_out, uint64_t *n_days)
{
    *out = NULL;
    *n_out = 0;
    *n_days = 0;
    for (size_t i = 1; i < n; i++) {
        bool open = false; /* a gap ends where the series appeared */
        if (days[i] - days[i - 1] > LONGEST_GAP)
            continue;
        for (int32_t day = days[i - 1] + 1; day < days[i]; day++) {
            if (!is_missed(days, n, days[i - 1], days[i], day))
                continue;
            if (!add_day(arena, out, n_out, day, &open))
                return false;
            ++*n_days;
        }
    }
    return true;
}
