/* The second step of ranking. */
#include "query/pattern.h"

#include <math.h>
#include <stdlib.h>

static const double share_power = 0.3;
/* What a topic's and a question's bigrams and lead weigh. */
static const struct {
    double bigrams, lead;
} weights[] = {{0.5, 1}, {1.1, 0.6}};
enum { NARROW = 20, WIDE = 80, LEAD = 60 };

double nq_idf(double n, double total)
{
    if (n > total)
        n = total;
    return log(1 + (total - n + 0.5) / (n + 0.5));
}

static bool units_init(struct nq_units *units, struct nq_arena *arena)
{
    units->by_atom = nq_arena_array(arena, NQ_PATTERN_ATOMS, sizeof *units->by_atom);
    if (units->by_atom)
        memset(units->by_atom, -1, NQ_PATTERN_ATOMS * sizeof *units->by_atom);
    return units->by_atom != NULL;
}

bool nq_pattern_init(struct nq_pattern *p, struct nq_arena *arena)
{
    *p = (struct nq_pattern){.arena = arena};
    p->atoms = nq_arena_array(arena, NQ_PATTERN_ATOMS, sizeof *p->atoms);
    p->idf = nq_arena_array(arena, NQ_PATTERN_ATOMS, sizeof *p->idf);
    return p->atoms && p->idf && units_init(&p->terms, arena) && units_init(&p->bigrams, arena) &&
           units_init(&p->words, arena);
}

void nq_pattern_finish(struct nq_pattern *p)
{
    nq_map_finish(&p->index);
}

/* Twelve bits of an atom's last three bytes. */
static uint32_t filter_hash(struct nq_str atom)
{
    const unsigned char *end = (const unsigned char *)atom.ptr + atom.len;
    uint32_t h = end[-1];
    if (atom.len >= 3)
        h = (end[-1] & 0x3Fu) | (end[-2] & 0x3Fu) << 6;
    return h & 0xFFF;
}

/* The number of an atom, a new one if need be; -1 where there is no room, -2 without memory. */
static int32_t number_of(struct nq_pattern *p, const struct nq_atoms *atoms, size_t i)
{
    struct nq_str text = nq_atom_text(atoms, i);
    struct nq_map_entry *entry = nq_map_find(&p->index, text);
    if (entry)
        return entry->value;
    if (p->n_atoms == NQ_PATTERN_ATOMS)
        return -1;
    entry = nq_map_put(&p->index, text);
    if (!entry)
        return -2;
    entry->value = (int32_t)p->n_atoms;
    struct nq_str single = nq_arena_str(p->arena, nq_atom_single(atoms, i));
    if (!single.ptr)
        return -2;
    p->atoms[p->n_atoms++] = single;
    p->filter[filter_hash(text) / 64] |= (uint64_t)1 << filter_hash(text) % 64;
    return entry->value;
}

static bool has_unit(const struct nq_pattern *p, const struct nq_units *units,
                     const uint32_t *sequence, size_t n, bool exact)
{
    for (int32_t u = units->by_atom[sequence[0]]; u >= 0; u = units->items[u].next) {
        const struct nq_unit *unit = &units->items[u];
        if (unit->n == n && unit->exact == exact &&
            memcmp(p->sequence + unit->first, sequence, n * sizeof *sequence) == 0)
            return true;
    }
    return false;
}

bool nq_pattern_add(struct nq_pattern *p, struct nq_units *units, const struct nq_atoms *atoms,
                    size_t first, size_t last, bool exact)
{
    size_t start = p->n_sequence;
    for (size_t i = first; i < last; i++) {
        int32_t number = number_of(p, atoms, i);
        uint32_t *grown = nq_arena_grow(p->arena, p->sequence, p->n_sequence, sizeof *p->sequence);
        if (number == -2 || !grown)
            return false;
        p->sequence = grown;
        if (number == -1) {
            p->n_sequence = start;
            return true;
        }
        p->sequence[p->n_sequence++] = (uint32_t)number;
    }
    size_t n = p->n_sequence - start;
    if (n == 0 || has_unit(p, units, p->sequence + start, n, exact)) {
        p->n_sequence = start;
        return true;
    }
    struct nq_unit *items = nq_arena_grow(p->arena, units->items, units->n, sizeof *items);
    if (!items)
        return false;
    units->items = items;
    int32_t *head = &units->by_atom[p->sequence[start]];
    items[units->n] =
        (struct nq_unit){.first = (uint32_t)start, .n = (uint32_t)n, .exact = exact, .next = *head};
    *head = (int32_t)units->n++;
    return true;
}

bool nq_scan_text(struct nq_scan *scan, const struct nq_pattern *p, const struct nq_atoms *atoms)
{
    if (atoms->n > scan->cap) {
        int32_t *at = realloc(scan->at, atoms->n * sizeof *at);
        if (!at)
            return false;
        scan->at = at;
        scan->cap = atoms->n;
    }
    scan->atoms = atoms;
    scan->n = atoms->n;
    for (size_t i = 0; i < atoms->n; i++) {
        struct nq_str text = nq_atom_text(atoms, i);
        uint32_t hash = filter_hash(text);
        scan->at[i] = -1;
        if (!(p->filter[hash / 64] >> hash % 64 & 1))
            continue;
        const struct nq_map_entry *entry = nq_map_find(&p->index, text);
        if (entry)
            scan->at[i] = entry->value;
    }
    return true;
}

void nq_scan_finish(struct nq_scan *scan)
{
    free(scan->at);
    *scan = (struct nq_scan){0};
}

bool nq_unit_at(const struct nq_pattern *p, const struct nq_unit *unit, const struct nq_scan *scan,
                size_t i)
{
    if (i + unit->n > scan->n)
        return false;
    for (uint32_t k = 0; k < unit->n; k++) {
        if (scan->at[i + k] != (int32_t)p->sequence[unit->first + k])
            return false;
        uint8_t join = scan->atoms->items[i + k].join;
        if (k + 1 < unit->n && join > (unit->exact ? NQ_JOIN_NEXT : NQ_JOIN_BRACKET))
            return false;
    }
    return true;
}

/* BM25 of one kind of units; *all says whether each occurs. */
static double bm25(const struct nq_pattern *p, const struct nq_units *units,
                   const struct nq_scan *scan, double average_length, bool *all)
{
    uint16_t counts[2 * NQ_PATTERN_ATOMS] = {0};
    size_t n = units->n < NQ_COUNT(counts) ? units->n : NQ_COUNT(counts);
    for (size_t i = 0; i < scan->n; i++) {
        if (scan->at[i] < 0)
            continue;
        for (int32_t u = units->by_atom[scan->at[i]]; u >= 0; u = units->items[u].next)
            if ((size_t)u < n && counts[u] < UINT16_MAX && nq_unit_at(p, &units->items[u], scan, i))
                counts[u]++;
    }
    double sum = 0;
    for (size_t u = 0; u < n; u++) {
        if (counts[u])
            sum += units->items[u].idf * nq_saturate(counts[u], (double)scan->n, average_length);
        else
            *all = false;
    }
    return sum;
}

/* The largest sum of idf of distinct atoms in a window of `width` atoms. */
static double best_window(const struct nq_pattern *p, const struct nq_scan *scan, size_t width)
{
    uint16_t counts[NQ_PATTERN_ATOMS] = {0};
    double sum = 0, best = 0;
    for (size_t i = 0; i < scan->n; i++) {
        int32_t in = scan->at[i], out = i >= width ? scan->at[i - width] : -1;
        if (out >= 0 && --counts[out] == 0)
            sum -= p->idf[out];
        if (in >= 0 && counts[in]++ == 0)
            sum += p->idf[in];
        if (sum > best)
            best = sum;
    }
    return best;
}

/* The sum of idf of distinct atoms among the first `n`. */
static double held(const struct nq_pattern *p, const struct nq_scan *scan, size_t n)
{
    bool seen[NQ_PATTERN_ATOMS] = {false};
    double sum = 0;
    for (size_t i = 0; i < scan->n && i < n; i++) {
        int32_t a = scan->at[i];
        if (a >= 0 && !seen[a]) {
            seen[a] = true;
            sum += p->idf[a];
        }
    }
    return sum;
}

struct nq_relevance nq_pattern_score(const struct nq_pattern *p, const struct nq_scan *scan,
                                     double average_length)
{
    struct nq_relevance r = {.all_words = true};
    bool all_bigrams = true;
    double sum = bm25(p, &p->words, scan, average_length, &r.all_words);
    sum += weights[p->question].bigrams * bm25(p, &p->bigrams, scan, average_length, &all_bigrams);
    sum += best_window(p, scan, NARROW) + best_window(p, scan, WIDE);
    sum += weights[p->question].lead * held(p, scan, LEAD);
    r.share = p->total > 0 ? held(p, scan, scan->n) / p->total : 1;
    r.score = sum * pow(r.share, share_power);
    return r;
}

struct nq_unit *nq_pattern_twin(const struct nq_pattern *p, const struct nq_unit *word)
{
    const uint32_t *atoms = p->sequence + word->first;
    if (word->n != 2)
        return NULL;
    for (int32_t u = p->bigrams.by_atom[atoms[0]]; u >= 0; u = p->bigrams.items[u].next) {
        struct nq_unit *bigram = &p->bigrams.items[u];
        if (p->sequence[bigram->first + 1] == atoms[1] && !bigram->exact)
            return bigram;
    }
    return NULL;
}
