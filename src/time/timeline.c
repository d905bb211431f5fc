/* Merging what passages tell: see timeline.h. */
#include "time/timeline.h"

#include "text/utf8.h"

#include <math.h>
#include <stdlib.h>

enum {
    REPORTED_LATE =
        20,            /* days in which what happened is news: told again in them, it is the same */
    HEADLINE_LATE = 3, /* days between an event and the report whose headline it is */
    RECALLED = 400,    /* days: what happens to a document once is recalled so long */
    GRAMS = 256,       /* bits of a statement's set of character pairs */
};

static const double same_statement = 0.55; /* share of character pairs in common */

/* What weighs less than this share of the weightest event only mentions the matter. */
static const double least_share = 0.01;

/* A statement as a set of character pairs, hashed. */
struct grams {
    uint64_t bits[GRAMS / 64];
    int n;
};

static struct grams grams_of(struct nq_str s)
{
    struct grams g = {0};
    uint32_t last = 0;
    for (size_t i = 0; i < s.len;) {
        uint32_t cp;
        i += nq_utf8_decode(nq_str_sub(s, i, s.len), &cp, NULL);
        if (cp < 0x30)
            continue;
        uint32_t h = (last * 0x9E3779B1u ^ cp * 0x85EBCA6Bu) >> 24;
        if (last)
            g.bits[h / 64] |= 1ull << (h % 64);
        last = cp;
    }
    for (size_t i = 0; i < NQ_COUNT(g.bits); i++)
        g.n += __builtin_popcountll(g.bits[i]);
    return g;
}

/* The share of the smaller set that both hold. */
static double alike(const struct grams *a, const struct grams *b)
{
    int common = 0, least = a->n < b->n ? a->n : b->n;
    for (size_t i = 0; i < NQ_COUNT(a->bits); i++)
        common += __builtin_popcountll(a->bits[i] & b->bits[i]);
    return least >= 4 ? (double)common / least : 0;
}

/* An event on its way: its best telling, and the others as a list. */
struct group {
    struct nq_telling *best;
    struct grams label, quote;
    size_t first, last; /* of `next` chains, as index + 1 */
    size_t n_reports;
    int32_t day, day_end; /* the event's, told by a dated telling where there is one */
    bool undated, past;
    double weight;
};

/* Issuing, passing … of one document are different events, 印发 and 发布 are not. */
static unsigned stage_class(unsigned stage)
{
    return stage == STAGE_REPORT || stage == STAGE_SAY || stage >= STAGE_NONE ? STAGE_NONE : stage;
}

/* One stage of one document's life: told at the same time, or by one who tells no day. */
static bool same_stage(const struct group *g, const struct nq_telling *t)
{
    const struct nq_timeline_event *a = &g->best->event, *b = &t->event;
    unsigned sa = stage_class(g->best->stage), sb = stage_class(t->stage);
    bool overlap = g->day <= b->last && b->first <= g->day_end;
    int32_t most = sa <= STAGE_FORCE ? RECALLED : REPORTED_LATE;
    bool came = sa == STAGE_FORCE && overlap; /* told before its day and after it */
    return a->document && a->document == b->document && (a->kind == b->kind || came) && sa == sb &&
           (overlap || ((g->undated || b->undated) && abs(g->day - b->first) <= most));
}

/* Whether one of two is a month (去年12月，中央经济工作会议提出…) and the other days of it. */
static bool month_and_day(int32_t a_first, int32_t a_last, int32_t b_first, int32_t b_last)
{
    int32_t a = a_last - a_first, b = b_last - b_first;
    bool a_holds = a_first <= b_first && b_last <= a_last;
    bool b_holds = b_first <= a_first && a_last <= b_last;
    return (a_holds && a >= 27 && a <= 30 && b < 27) || (b_holds && b >= 27 && b <= 30 && a < 27);
}

/* Whether two name one document, on one day: 重庆市数字经济促进条例 and 数字经济促进条例. */
static bool one_title(const struct nq_timeline_event *a, const struct nq_timeline_event *b)
{
    return a->document == b->document || nq_str_ends(a->document_title, b->document_title) ||
           nq_str_ends(b->document_title, a->document_title);
}

static bool same_event(const struct group *g, const struct nq_telling *t, const struct grams *label,
                       const struct grams *quote)
{
    const struct nq_timeline_event *a = &g->best->event, *b = &t->event;
    bool same_day = g->day == b->first && g->day_end == b->last;
    bool same_actor = a->actor.ptr && nq_str_eq(a->actor, b->actor);
    unsigned sa = stage_class(g->best->stage), sb = stage_class(t->stage);
    if (a->kind != b->kind ||
        (a->document && b->document &&
         !(same_day && sa == sb ? one_title(a, b) : a->document == b->document)))
        return false;
    bool some_day = g->undated || b->undated;
    bool here = g->best->section && g->best->section == t->section;
    if (!same_day) /* a headline without the day that its text prints; news told again */
        return (same_actor && nq_str_ends(a->actor, NQ_STR("会议")) &&
                month_and_day(g->day, g->day_end, b->first, b->last)) ||
               (some_day && here && nq_str_eq(a->label, b->label)) ||
               (sa == sb && some_day &&
                ((here && abs(g->day - b->first) <= HEADLINE_LATE) ||
                 (same_actor && abs(g->day - b->first) <= REPORTED_LATE &&
                  alike(&g->quote, quote) >= same_statement)));
    if (a->document && a->document == b->document && (same_actor || g->best->section == t->section))
        return true;
    double said = fmax(alike(&g->label, label), alike(&g->quote, quote));
    return said >= same_statement || (same_actor && sa == sb && said >= 0.25) ||
           (g->best->section && g->best->section == t->section && sa == sb && !a->document &&
            !b->document && a->kind == NQ_EVENT_PAST);
}

/* Whether [first, last] is a month or more, and `day`, when it was news, so near that it tells the
 * time better. */
static bool recalls(int32_t first, int32_t last, int32_t day)
{
    enum { MONTH = 27, NEAR = 62 };
    return last - first >= MONTH && day >= first && day <= last + NEAR;
}

static void join(struct group *g, struct nq_telling *tellings, size_t *next, size_t i)
{
    struct nq_telling *t = &tellings[i];
    bool new_report = true;
    for (size_t k = g->first; k; k = next[k - 1])
        new_report &= tellings[k - 1].coverage.report != t->coverage.report;
    g->n_reports += new_report;
    next[g->last - 1] = i + 1;
    g->last = i + 1;
    g->past |= t->event.kind == NQ_EVENT_PAST;
    bool narrower = t->event.last - t->event.first < g->day_end - g->day;
    bool inside = t->event.first <= g->day && g->day_end <= t->event.last;
    /* 2023年 and 年初 tell less than news of 2月27日. */
    bool dated = g->undated && !t->event.undated && !inside &&
                 !recalls(t->event.first, t->event.last, g->day);
    bool news = !g->undated && t->event.undated && recalls(g->day, g->day_end, t->event.first);
    if (dated || news ||
        (g->undated == t->event.undated && (narrower || (g->undated && t->event.first < g->day)))) {
        g->day = t->event.first;
        g->day_end = t->event.last;
        g->undated = t->event.undated;
    }
    double w = nq_telling_weight(t);
    if (w > g->weight) {
        g->weight = w;
        g->best = t;
        g->label = grams_of(t->event.label);
        g->quote = grams_of(t->clause);
    }
}

static int by_day(const void *a, const void *b)
{
    const struct nq_telling *x = a, *y = b;
    if (x->event.first != y->event.first)
        return x->event.first < y->event.first ? -1 : 1;
    if (x->event.undated != y->event.undated)
        return x->event.undated ? 1 : -1;
    return x->coverage.passage < y->coverage.passage ? -1
                                                     : x->coverage.passage > y->coverage.passage;
}

static int by_weight(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->day < y->day ? -1 : x->day > y->day;
}

static int by_time(const void *a, const void *b)
{
    const struct nq_timeline_event *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->last != y->last)
        return x->last < y->last ? -1 : 1;
    return x->importance > y->importance ? -1 : x->importance < y->importance;
}

/* Other events of the same day and section say less that is new. */
static void discount(struct group *groups, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double share = 1;
        for (size_t k = 0; k < i && share > 0.2; k++)
            if (groups[k].day == groups[i].day && groups[k].day_end == groups[i].day_end)
                share *= groups[k].best->section == groups[i].best->section ? 0.5 : 0.8;
        groups[i].weight *= share;
    }
}

static bool finish(struct nq_arena *arena, const struct group *g, const struct nq_telling *tellings,
                   const size_t *next, struct nq_timeline_event *out)
{
    size_t n = 0;
    for (size_t k = g->first; k; k = next[k - 1])
        n++;
    struct nq_coverage *coverage = nq_arena_array(arena, n, sizeof *coverage);
    *out = g->best->event;
    out->kind = g->past ? NQ_EVENT_PAST : out->kind;
    out->first = g->day;
    out->last = g->day_end;
    out->undated = g->undated;
    out->importance = 1 - exp(-g->weight);
    out->coverage = coverage;
    for (size_t k = g->first; k && coverage; k = next[k - 1]) {
        const struct nq_coverage *c = &tellings[k - 1].coverage;
        size_t at = out->n_coverage;
        while (at > 0 && coverage[at - 1].passage > c->passage)
            at--;
        if (at > 0 && coverage[at - 1].passage == c->passage)
            continue;
        memmove(&coverage[at + 1], &coverage[at], (out->n_coverage - at) * sizeof *coverage);
        coverage[at] = *c;
        out->n_coverage++;
    }
    return coverage != NULL;
}

/* Groups from tellings in order of time: each is compared with those of the days before that may
 * still be open. */
static size_t group_all(struct group *groups, struct nq_telling *tellings, size_t n, size_t *next)
{
    size_t n_groups = 0, open = 0;
    for (size_t i = 0; i < n; i++) {
        struct nq_telling *t = &tellings[i];
        struct grams label = grams_of(t->event.label), quote = grams_of(t->clause);
        struct group *found = NULL;
        while (open < n_groups && groups[open].day < t->event.first - RECALLED)
            open++;
        for (size_t k = n_groups; k > open && !found; k--)
            if (same_stage(&groups[k - 1], t))
                found = &groups[k - 1];
        for (size_t k = n_groups; k > open && !found; k--)
            if (same_event(&groups[k - 1], t, &label, &quote))
                found = &groups[k - 1];
        if (found) {
            join(found, tellings, next, i);
            continue;
        }
        groups[n_groups++] = (struct group){.best = t,
                                            .label = label,
                                            .quote = quote,
                                            .first = i + 1,
                                            .last = i + 1,
                                            .n_reports = 1,
                                            .day = t->event.first,
                                            .day_end = t->event.last,
                                            .undated = t->event.undated,
                                            .past = t->event.kind == NQ_EVENT_PAST,
                                            .weight = nq_telling_weight(t)};
    }
    return n_groups;
}

bool nq_timeline_merge(struct nq_arena *arena, struct nq_telling *tellings, size_t n, size_t limit,
                       struct nq_timeline_event **out, size_t *n_out, uint64_t *total)
{
    struct group *groups = calloc(n + 1, sizeof *groups);
    size_t *next = calloc(n + 1, sizeof *next), kept = 0;
    bool ok = groups && next;
    if (ok && n > 0)
        qsort(tellings, n, sizeof *tellings, by_day);
    size_t n_groups = ok ? group_all(groups, tellings, n, next) : 0;
    for (size_t i = 0; i < n_groups; i++)
        groups[i].weight *= 1 + 0.3 * log2((double)groups[i].n_reports);
    if (n_groups > 0) {
        qsort(groups, n_groups, sizeof *groups, by_weight);
        discount(groups, n_groups);
        qsort(groups, n_groups, sizeof *groups, by_weight);
        while (groups[n_groups - 1].weight < least_share * groups[0].weight)
            n_groups--;
    }
    *total = n_groups;
    *n_out = n_groups < limit ? n_groups : limit;
    *out = nq_arena_array(arena, *n_out + 1, sizeof **out);
    ok = ok && *out;
    while (ok && kept < *n_out) {
        ok = finish(arena, &groups[kept], tellings, next, &(*out)[kept]);
        kept += ok;
    }
    if (ok && *n_out > 0)
        qsort(*out, *n_out, sizeof **out, by_time);
    free(groups);
    free(next);
    return ok;
}
