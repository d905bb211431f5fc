/* mkdict: the word list: reading, merging, costs, alphabet. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/fold.h"
#include "text/mkdict.h"
#include "text/utf8.h"

void mkdict_die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("mkdict: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

void *mkdict_alloc(size_t size)
{
    void *p = calloc(size ? size : 1, 1);
    if (!p)
        mkdict_die("out of memory");
    return p;
}

void mkdict_add(struct mkdict_words *words, const struct mkdict_word *word)
{
    if (word->n == 0 || word->n > MKDICT_WORD_MAX)
        return;
    for (size_t i = 0; i < word->n; i++)
        if (word->cp[i] >= 0x10000 || nq_class_of(word->cp[i]) == NQ_CLASS_SPACE)
            return;
    if (words->n == words->cap) {
        words->cap = words->cap ? 2 * words->cap : 1 << 16;
        words->items = realloc(words->items, words->cap * sizeof *words->items);
        if (!words->items)
            mkdict_die("out of memory");
    }
    struct mkdict_word *copy = &words->items[words->n++];
    *copy = *word;
    copy->cp = mkdict_alloc(word->n * sizeof *copy->cp);
    memcpy(copy->cp, word->cp, word->n * sizeof *copy->cp);
}

/* Adds `text` with the other fields as in `like`. */
static void add_text(struct mkdict_words *words, struct nq_str text, struct mkdict_word like)
{
    struct nq_folded folded = {0};
    if (!nq_fold_text(nq_str_trim(text), &folded))
        mkdict_die("out of memory");
    like.cp = folded.cp;
    like.n = (uint16_t)(folded.n <= MKDICT_WORD_MAX ? folded.n : 0);
    mkdict_add(words, &like);
    nq_folded_finish(&folded);
}

/* Calls `row` with each line of the file, comments and empty lines left out. */
static void each_line(const char *path, struct mkdict_words *words,
                      void (*row)(struct mkdict_words *words, const char *path, struct nq_str line))
{
    FILE *f = fopen(path, "r");
    if (!f)
        mkdict_die("%s: cannot be read", path);
    char line[8192];
    while (fgets(line, sizeof line, f)) {
        struct nq_str text = nq_str_from(line);
        if (text.len == sizeof line - 1)
            mkdict_die("%s: line too long", path);
        text = nq_str_trim(text);
        if (text.len > 0 && text.ptr[0] != '#')
            row(words, path, text);
    }
    fclose(f);
}

static void base_row(struct mkdict_words *words, const char *path, struct nq_str line)
{
    struct nq_str rest = line, text, count, class = NQ_STR("");
    /* Words may hold a space ("AT&T" does not, user additions might): split from the right. */
    if (!nq_str_split(&rest, ' ', &text) || !nq_str_split(&rest, ' ', &count))
        mkdict_die("%s: no count: %.*s", path, NQ_STR_ARG(line));
    if (rest.ptr)
        class = rest;
    double value = strtod(count.ptr, NULL);
    if (!(value >= 0))
        mkdict_die("%s: bad count: %.*s", path, NQ_STR_ARG(line));
    words->total += value;
    bool person = nq_str_eq(class, NQ_STR("nr")) || nq_str_eq(class, NQ_STR("nrfg"));
    bool foreign = nq_str_eq(class, NQ_STR("nrt"));
    add_text(words, text,
             (struct mkdict_word){.count = value, .person = person, .foreign = foreign});
}

void mkdict_read_base(struct mkdict_words *words, const char *path)
{
    each_line(path, words, base_row);
    if (words->n < 1000)
        mkdict_die("%s: too short for a word list", path);
}

/* The weight in the third column of terms.tsv, 5 where there is none. */
static uint8_t weight_of(struct nq_str rest)
{
    struct nq_str category, weight;
    if (nq_str_split(&rest, '\t', &category) && nq_str_split(&rest, '\t', &weight) &&
        weight.len == 1 && weight.ptr[0] >= '1' && weight.ptr[0] <= '9')
        return (uint8_t)(weight.ptr[0] - '0');
    return 5;
}

static void term_row(struct mkdict_words *words, const char *path, struct nq_str line)
{
    struct nq_str rest = line, name, aliases, alias;
    const char *file = strrchr(path, '/');
    file = file ? file + 1 : path;
    nq_str_split(&rest, '\t', &name);
    if (strcmp(file, "terms.tsv") == 0) {
        add_text(words, name, (struct mkdict_word){.weight = weight_of(rest)});
        return;
    }
    add_text(words, name, (struct mkdict_word){.weight = 7});
    if (strcmp(file, "organisations.tsv") == 0 && nq_str_split(&rest, '\t', &aliases))
        while (nq_str_split(&aliases, '|', &alias))
            add_text(words, alias, (struct mkdict_word){.weight = 5});
}

void mkdict_read_terms(struct mkdict_words *words, const char *path)
{
    each_line(path, words, term_row);
}

static int compare(const uint32_t *a, size_t n_a, const uint32_t *b, size_t n_b)
{
    for (size_t i = 0; i < n_a && i < n_b; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return (n_a > n_b) - (n_a < n_b);
}

static int by_characters(const void *a, const void *b)
{
    const struct mkdict_word *x = a, *y = b;
    return compare(x->cp, x->n, y->cp, y->n);
}

void mkdict_merge(struct mkdict_words *words)
{
    qsort(words->items, words->n, sizeof *words->items, by_characters);
    size_t n = 0;
    for (size_t i = 0; i < words->n; i++) {
        struct mkdict_word *word = &words->items[i], *last = n ? &words->items[n - 1] : NULL;
        if (!last || by_characters(last, word) != 0) {
            words->items[n++] = *word;
            continue;
        }
        if (word->alias || last->alias)
            last->count = word->count > last->count ? word->count : last->count;
        else
            last->count += word->count;
        last->alias &= word->alias;
        last->person |= word->person;
        last->foreign |= word->foreign;
        last->weight = word->weight > last->weight ? word->weight : last->weight;
    }
    words->n = n;
}

const struct mkdict_word *mkdict_find(const struct mkdict_words *words, const uint32_t *cp,
                                      size_t n)
{
    size_t low = 0, high = words->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct mkdict_word *word = &words->items[middle];
        int order = compare(word->cp, word->n, cp, n);
        if (order == 0)
            return word;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The cost of the best path over `word` that does not use it. */
static uint32_t parts_cost(const struct mkdict_words *words, const struct mkdict_word *word,
                           uint32_t unknown)
{
    uint32_t best[MKDICT_WORD_MAX + 1] = {0};
    for (size_t i = word->n; i-- > 0;) {
        best[i] = unknown + best[i + 1];
        for (size_t end = i + 1; end <= word->n; end++) {
            const struct mkdict_word *part = mkdict_find(words, word->cp + i, end - i);
            if (part && part != word && part->count > 0 && part->cost + best[end] < best[i])
                best[i] = part->cost + best[end];
        }
    }
    return best[0];
}

/* A term costs as much as a word seen TERM_COUNT[weight] times, and less than its parts in a row.
 */
static uint32_t term_cost(const struct mkdict_words *words, const struct mkdict_word *word,
                          uint32_t unknown)
{
    static const double term_count[10] = {0, 10, 20, 50, 100, 200, 400, 800, 1600, 3200};
    double count = term_count[word->weight] > word->count ? term_count[word->weight] : word->count;
    double cost = log(words->total / count) * NQ_DICT_NAT;
    double parts = parts_cost(words, word, unknown) - 0.25 * (1 + word->weight) * NQ_DICT_NAT;
    if (word->n > 1 && parts < cost)
        cost = parts;
    return cost > 1 ? (uint32_t)cost : 1;
}

void mkdict_costs(struct mkdict_words *words)
{
    uint32_t unknown = (uint32_t)lround(log(words->total) * NQ_DICT_NAT);
    for (size_t i = 0; i < words->n; i++) {
        struct mkdict_word *word = &words->items[i];
        double count = word->count > 1 ? word->count : 1;
        word->cost = (uint32_t)lround(log(words->total / count) * NQ_DICT_NAT);
    }
    for (size_t i = 0; i < words->n; i++)
        if (words->items[i].weight)
            words->items[i].cost = term_cost(words, &words->items[i], unknown);
}

static double char_weight[65536];

static int by_weight(const void *a, const void *b)
{
    const uint16_t *x = a, *y = b;
    if (char_weight[*x] != char_weight[*y])
        return char_weight[*x] > char_weight[*y] ? -1 : 1;
    return (*x > *y) - (*x < *y);
}

uint32_t mkdict_codes(const struct mkdict_words *words, uint16_t codes[65536])
{
    static uint16_t order[65536];
    uint32_t n = 0;
    for (size_t i = 0; i < words->n; i++)
        for (size_t j = 0; j < words->items[i].n; j++) {
            uint32_t cp = words->items[i].cp[j];
            if (char_weight[cp] == 0)
                order[n++] = (uint16_t)cp;
            char_weight[cp] += words->items[i].count + 1;
        }
    qsort(order, n, sizeof *order, by_weight);
    for (uint32_t i = 0; i < n; i++)
        codes[order[i]] = (uint16_t)(i + 1);
    return n + 1;
}
